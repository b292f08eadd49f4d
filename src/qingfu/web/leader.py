"""The leader's page: one screen, one A4. What is late and whose, what I must decide, what changed. Nobody is ranked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby

from django.http import HttpResponse
from django.urls import path
from django.utils.translation import gettext as _

from qingfu.base.errors import NotAllowed
from qingfu.base.words import N_, Word
from qingfu.records.disclosures.queries import Trace, trail
from qingfu.records.duties.queries import TaskRow, board
from qingfu.records.journal.queries import head, tallied
from qingfu.records.plans.queries import InForce, MovedDate, moved_dates, plans_in_force, sees_all
from qingfu.records.problems.queries import ProblemRow, ledger
from qingfu.records.routes.queries import CaseRow, waiting_for_others
from qingfu.web.desk import Desk, page
from qingfu.web.inbox import decide, gather, wording
from qingfu.web.navigation import address
from qingfu.web.parts import Group, Row
from qingfu.web.spoken import numbers
from qingfu.web.words import STATES

WEEK = timedelta(days=7)
MOST_LATE = 500
# How many names one line holds before it says how many more there are: the page is one A4.
MOST_NAMES = 24
CHANGES: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        N_("applications handed in"),
        ("affairs.apply", "affairs.reapply", "affairs.plan_activity", "affairs.replan_activity"),
    ),
    (N_("opinions given"), ("routes.opine",)),
    (N_("decisions signed"), ("routes.pass", "routes.approve", "routes.return", "routes.refuse", "routes.record")),
    (N_("put on the list"), ("lists.enter",)),
    (N_("hand-ins"), ("duties.hand_in", "duties.tick_off")),
    (N_("hand-ins accepted"), ("duties.accept",)),
    (N_("hand-ins given back"), ("duties.give_back",)),
    (N_("problems found"), ("problems.find",)),
    (N_("problems struck off"), ("problems.strike_off",)),
)


@dataclass(frozen=True)
class LateLine:
    """Something late, and whose it is: names in the order of the register, never by how many."""

    says: str
    href: str
    clause: tuple[str, ...]
    due: date | None
    names: tuple[str, ...]
    more: int = 0


@page("leader")
def leader(desk: Desk) -> HttpResponse:
    """The page for whoever has ninety seconds."""
    plans = [plan for plan in plans_in_force(desk.actor) if sees_all(desk.actor, plan)]
    if not plans and not desk.is_bureau_side:
        raise NotAllowed(verb=Word(N_("open the leader's page")), who=[Word(N_("the bureau side"))])
    since = desk.at - WEEK
    counts = tallied(desk.actor, since=since, until=desk.at)
    return desk.show(
        "leader/leader.html",
        late=[*_late_duties(desk, plans), *_late_problems(desk), *_late_cases(desk)],
        decide=_by_act(row for row in decide(desk, gather(desk)).rows if not row.quiet),
        changes=[(_(says), n) for says, verbs in CHANGES if (n := sum(counts.get(verb, 0) for verb in verbs))],
        moved=list(_moved(desk, plans)),
        shown=_shown(desk, plans),
        since=since.date(), head=head(desk.actor), plans=plans, clauses=wording(plans),
    )  # fmt: skip


def _by_act(rows: Iterable[Row]) -> list[Group]:
    """What is to be decided, together where the same act is asked."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        # The unit's day is met once it has handed in; whoever judges has no day of their own.
        shown = replace(row, due=None) if row.state in ("handed-in", "reported") else row
        found.setdefault(_act(row), []).append(shown)
    return [Group(title, tuple(held)) for title, held in found.items()]


def _act(row: Row) -> str:
    state = STATES[row.subject][row.state].text if row.state else ""
    return row.says or row.aside or state or row.note


def _late_duties(desk: Desk, plans: Iterable[InForce]) -> Iterator[LateLine]:
    for plan in plans:
        rows = board(desk.actor, edition=plan.edition, state="late", size=MOST_LATE, at=desk.at).rows
        for duty, held in groupby(sorted(rows, key=lambda row: row.duty), key=lambda row: row.duty):
            yield _late_duty(plan, duty, tuple(held))


def _late_duty(plan: InForce, duty: str, rows: tuple[TaskRow, ...]) -> LateLine:
    href = f"{address('duties')}?edition={plan.edition}&duty={duty}&state=late"
    due = min((row.due_on for row in rows if row.due_on), default=None)
    return _line(rows[0].says, href, rows[0].clause, due, [row.organ.short_name or row.organ.name for row in rows])


def _line(says: str, href: str, clause: tuple[str, ...], due: date | None, names: list[str]) -> LateLine:
    kept = tuple(dict.fromkeys(names))
    return LateLine(says, href, clause, due, kept[:MOST_NAMES], max(0, len(kept) - MOST_NAMES))


def _late_problems(desk: Desk) -> Iterator[LateLine]:
    rows = ledger(desk.actor, late=True, size=MOST_LATE, at=desk.at).rows
    by_kind: dict[str, list[ProblemRow]] = {}
    for row in rows:
        by_kind.setdefault(row.kind_says or row.title, []).append(row)
    for says, held in by_kind.items():
        due = min((row.deadline for row in held if row.deadline), default=None)
        names = sorted(row.owner_name for row in held)
        said = _("To be put right: {kind}").format(kind=says)
        yield _line(said, f"{address('problems')}?late=1", numbers(held[0].clause), due, names)


def _late_cases(desk: Desk) -> Iterator[LateLine]:
    for row in waiting_for_others(desk.actor, at=desk.at):
        if row.late:
            yield _case(row)


def _case(row: CaseRow) -> LateLine:
    href = address("case", row.id) or address("cases")
    return LateLine(row.title, href, numbers(row.clause), row.due_on, (row.step_says,))


def _moved(desk: Desk, plans: Iterable[InForce]) -> Iterator[tuple[str, MovedDate]]:
    for plan in plans:
        for one in moved_dates(desk.actor, plan.edition):
            if one.at > desk.at - WEEK:
                yield _says(plan, one.target), one


def _says(plan: InForce, target: str) -> str:
    kind, _dot, key = target.partition(".")
    thing = plan.pack.things(kind).get(key) if kind in ("duties", "phases") else None
    return thing.says if thing else _("the day of one unit")


def _shown(desk: Desk, plans: Iterable[InForce]) -> list[Trace]:
    editions = {plan.edition for plan in plans}
    found = (one for one in trail(desk.actor) if one.edition in editions and one.shows != "progress")
    latest: dict[tuple[int, str], Trace] = {}
    for one in sorted(found, key=lambda one: one.published_at):
        # Every item that enters a list publishes it anew; on one sheet of paper the last copy is enough.
        if one.published_at > desk.at - WEEK:
            latest[one.edition, one.title] = one
    return list(latest.values())


urlpatterns = [path("leader", leader, name="leader")]
