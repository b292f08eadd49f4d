"""The inbox: what is asked of whoever sits in this post, grouped by what is asked, the oldest day first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qingfu.records.affairs import queries as affairs
from qingfu.records.affairs.queries import EvaluationDue
from qingfu.records.duties import queries as duties
from qingfu.records.duties.queries import TaskRow
from qingfu.records.enactment.queries import DrawsWaiting, draws_waiting
from qingfu.records.monitoring import queries as monitoring
from qingfu.records.plans.queries import InForce, plans_in_force
from qingfu.records.problems import queries as problems
from qingfu.records.problems.queries import ProblemRow
from qingfu.records.routes import queries as routes
from qingfu.records.routes.queries import CaseRow, DoneRow
from qingfu.web.affairs.choosing import Begun, begun
from qingfu.web.desk import Desk, page
from qingfu.web.draws.waiting import draw_rows
from qingfu.web.monitoring import asked as school_data
from qingfu.web.navigation import address
from qingfu.web.parts import Group, Row
from qingfu.web.spoken import numbers
from qingfu.web.words import day, moment

# From so many on, what was handed in under one duty is one line that leads to the board.
MANY = 4
MOST_DONE = 12
SOON = timedelta(days=31)
MOST_OF_OTHERS = 8


@dataclass(frozen=True)
class Asked:
    """Everything the register says about one actor now, before it is put into groups."""

    plans: Mapping[int, InForce]
    cases: tuple[CaseRow, ...]
    mine: tuple[TaskRow, ...]
    to_judge: tuple[TaskRow, ...]
    closed: tuple[TaskRow, ...]
    ledger: problems.Inbox
    evaluations: tuple[EvaluationDue, ...]
    others: tuple[CaseRow, ...]
    done: tuple[DoneRow, ...]
    next_opening: date | None
    begun: tuple[Begun, ...]
    school_data: monitoring.Waiting
    draws: DrawsWaiting


@page("inbox")
def inbox(desk: Desk) -> HttpResponse:
    """What I must do, by what is asked; what I wait for; what I have done."""
    asked = gather(desk)
    now = (decide(desk, asked), hand_in(desk, asked), late(desk, asked))
    then = (waiting(asked), done(desk, asked))
    return desk.show(
        "inbox/inbox.html",
        groups=[group for group in now if group.rows],
        after=[group for group in then if group.rows],
        waits=sum(len([row for row in group.rows if not row.quiet]) for group in now),
        expected=expected(desk, asked),
        to_begin=desk.keeps_register and not asked.plans,
        clauses=wording(asked.plans.values()),
    )


def gather(desk: Desk) -> Asked:
    """Ask every room once."""
    actor, at = desk.actor, desk.at
    plans = {plan.edition: plan for plan in plans_in_force(actor)}
    return Asked(
        plans=plans,
        cases=routes.to_decide(actor, at),
        mine=duties.mine(actor, at=at),
        to_judge=duties.to_judge(actor, at=at),
        closed=duties.mine_done(actor, at=at),
        ledger=problems.inbox(actor, at=at),
        evaluations=affairs.to_evaluate(actor, at),
        others=routes.waiting_for_others(actor, at=at),
        done=routes.done_by(actor),
        next_opening=duties.next_opening(actor, at=at),
        begun=begun(desk, plans.values()),
        school_data=monitoring.waiting(actor, at=at),
        draws=draws_waiting(actor),
    )


def decide(desk: Desk, asked: Asked) -> Group:
    """Cases on which I act, hand-ins I judge, lines I verify or look at again, evaluations."""
    rows = [_case(row) for row in asked.cases if row.state != "returned"]
    rows += [*_judged(asked.to_judge)]
    rows += [_problem(row, row.deadline) for row in asked.ledger.to_verify]
    rows += [_again(row) for row in asked.ledger.to_revisit]
    rows += _evaluations(asked.evaluations, desk.today)
    rows += school_data.exceptions(asked.school_data, asked.plans)
    rows += school_data.to_decide(asked.school_data)
    drawn = list(draw_rows(asked.draws))
    rows += [row for row in drawn if not row.quiet]
    return Group(_("To decide"), _by_day(rows) + tuple(row for row in drawn if row.quiet), key="decide")


def hand_in(desk: Desk, asked: Asked) -> Group:
    """What my organ owes: forms, applications that came back, lines to put right; last what asks for nothing."""
    owed = [row for row in asked.mine if not row.late]
    rows = [_case(row) for row in asked.cases if row.state == "returned"]
    rows += [_task(row, asked) for row in owed if not row.asks_nothing]
    rows += [_problem(row, row.deadline) for row in asked.ledger.to_put_right if not row.late]
    rows += [*school_data.to_report(asked.school_data), *school_data.returned(asked.school_data, asked.plans)]
    quiet = [_task(row, asked) for row in owed if row.asks_nothing]
    quiet += [
        Row(
            href=one.href, what=one.says, quiet=True,
            aside=_("Begun and not handed in; saved {when}").format(when=moment(one.saved_at, desk.today)),
        )
        for one in asked.begun
    ]  # fmt: skip
    return Group(_("To hand in or put right"), _by_day(rows) + _by_day(quiet), key="hand-in")


def late(desk: Desk, asked: Asked) -> Group:
    """What is over its day: mine first, then what others are late with, where I keep the board or the ledger."""
    mine = [row for row in asked.mine if row.late]
    rows = [_task(row, asked) for row in mine]
    rows += [_problem(row, row.deadline) for row in asked.ledger.to_put_right if row.late]
    others = [
        _overdue(plan, count, n)
        for plan in asked.plans.values()
        for count, n in late_beside(_late_counts(desk, plan), mine)
    ]
    lines = [_problem(row, row.deadline) for row in asked.ledger.late]
    if len(lines) > MOST_OF_OTHERS:
        many = ngettext(
            "{n} line of the ledger is over its day", "{n} lines of the ledger are over their day", len(lines)
        )  # fmt: skip
        href = f"{address('problems')}?{urlencode({'late': 1})}"
        lines = [Row(href=href, what=many.format(n=len(lines)), subject="problem", state="late")]
    return Group(_("Late"), _by_day(rows) + _by_day([*others, *lines]), key="late")


def waiting(asked: Asked) -> Group:
    """What I have handed on and somebody else has now."""
    rows = [
        Row(
            href=_case_address(row.id), what=row.title, whom=_whose(row, asked),
            clause=numbers(row.clause), due=row.due_on, subject="run", state=row.state, says=_awaits(row),
        )
        for row in asked.others
    ]  # fmt: skip
    rows += [
        Row(href=reverse("task", args=[row.id]), what=row.says, whom=_receiver(row, asked), clause=row.clause,
            subject="task", state=row.state)
        for row in asked.closed if row.state == "handed-in"
    ]  # fmt: skip
    rows += [_problem(row, None) for row in asked.ledger.waiting]
    return Group(_("Waiting for others"), _by_day(rows), key="waiting")


def done(desk: Desk, asked: Asked) -> Group:
    """What was done last, newest first."""
    rows = [
        Row(href=_case_address(row.run), what=row.title, whom=row.step_says, aside=moment(row.at, desk.today))
        for row in asked.done
    ]
    rows += [
        Row(href=reverse("task", args=[row.id]), what=row.says, clause=row.clause, subject="task", state=row.state)
        for row in asked.closed if row.state != "handed-in" and not row.asks_nothing
    ]  # fmt: skip
    rows += [_problem(row, None) for row in asked.ledger.done]
    return Group(_("Done"), tuple(rows[:MOST_DONE]), key="done")


def expected(desk: Desk, asked: Asked) -> str:
    """When the next thing is expected."""
    if not asked.plans:
        return _("No plan is in force yet. Once one is, what is asked of you appears here by itself.")
    if asked.next_opening is None:
        return _("Nothing more is expected under the plans in force.")
    return _("The next duty opens on {day}.").format(day=day(asked.next_opening, desk.today))


def wording(plans: Iterable[InForce]) -> dict[str, str]:
    """Our wording of every clause, by its number."""
    return {clause.id: clause.says for plan in plans for clause in plan.pack.clauses}


def _case(row: CaseRow) -> Row:
    return Row(
        href=_case_address(row.id), what=row.title, whom=row.organ_name, clause=numbers(row.clause), due=row.due_on,
        subject="run", state=row.state, note=row.number, says=_awaits(row),
    )  # fmt: skip


def _whose(row: CaseRow, asked: Asked) -> str:
    """Who has the case now: the applicant itself once it came back."""
    return row.organ_name if row.state == "returned" else _short(asked.plans.get(row.edition), row.whose)


def _evaluations(rows: Iterable[EvaluationDue], today: date) -> Iterator[Row]:
    """One line for each; months ahead they are known, but ask for nothing yet: those of one day are one line."""
    far: dict[tuple[str, date | None], list[EvaluationDue]] = {}
    for row in rows:
        if row.due_on is not None and row.due_on - today > SOON:
            far.setdefault((row.says, row.due_on), []).append(row)
        else:
            yield _evaluation(row)
    for held in far.values():
        if len(held) < MANY:
            yield from (replace(_evaluation(row), quiet=True) for row in held)
            continue
        said = ngettext("{n} listed affair", "{n} listed affairs", len(held)).format(n=len(held))
        yield replace(_evaluation(held[0]), href=address("list"), what=held[0].says, note="", whom="", aside=said,
                      quiet=True)  # fmt: skip


def _evaluation(row: EvaluationDue) -> Row:
    return Row(
        href=address("listing", row.listing) or address("list"), what=row.title, note=row.says, whom=row.organ_name,
        clause=numbers(row.clause), due=row.due_on,
    )  # fmt: skip


def _again(row: ProblemRow) -> Row:
    """A closed line to be looked at again: its day is said, that it is closed is not."""
    line = _problem(row, row.revisit_on, aside=_("Look whether it still holds"))
    return replace(line, subject="", state="")


def _awaits(row: CaseRow) -> str:
    if "appoint_panel" in row.verbs:
        return _("panel to be chosen")
    return _("awaiting: {step}").format(step=row.step_says) if row.state == "at" else ""


def _task(row: TaskRow, asked: Asked) -> Row:
    aside = _("moved from {day}").format(day=day(row.moved_from)) if row.moved_from else ""
    return Row(
        href=reverse("task", args=[row.id]), what=row.says, whom=_receiver(row, asked), clause=row.clause,
        due=row.due_on, subject="" if row.asks_nothing else "task", state="" if row.asks_nothing else row.state,
        aside=_("Nothing to hand in") if row.asks_nothing else aside, quiet=row.asks_nothing,
    )  # fmt: skip


def _judged(rows: Iterable[TaskRow]) -> Iterable[Row]:
    by_duty: dict[tuple[int, str], list[TaskRow]] = {}
    for row in rows:
        by_duty.setdefault((row.edition, row.duty), []).append(row)
    for (edition, duty), held in by_duty.items():
        if len(held) < MANY:
            for row in held:
                yield Row(
                    href=reverse("task", args=[row.id]), what=row.says, whom=row.organ.name, clause=row.clause,
                    due=row.due_on, subject="task", state="handed-in", says=_("to be accepted or given back"),
                )  # fmt: skip
            continue
        query = urlencode({"edition": edition, "duty": duty, "state": "handed-in"})
        said = _("{n} hand-ins to accept or give back").format(n=len(held))
        yield Row(href=f"{reverse('duties')}?{query}", what=held[0].says, aside=said, clause=held[0].clause)


def late_beside(
    counts: Iterable[duties.DutyCount], mine: Iterable[duties.TaskRow]
) -> Iterator[tuple[duties.DutyCount, int]]:
    """How many are late with each duty of a period beside myself, who am told of mine already."""
    own = Counter((row.edition, row.duty, row.period) for row in mine)
    for count in counts:
        if (n := count.late - own[count.edition, count.duty, count.period]) > 0:
            yield count, n


def _late_counts(desk: Desk, plan: InForce) -> list[duties.DutyCount]:
    if not desk.is_bureau_side:
        return []
    return [count for count in duties.counts(desk.actor, edition=plan.edition, at=desk.at) if count.late]


def _overdue(plan: InForce, count: duties.DutyCount, late: int) -> Row:
    duty = plan.pack.duties[count.duty]
    query = urlencode({"edition": plan.edition, "duty": count.duty, "state": "late"})
    said = ngettext("{n} unit is late", "{n} units are late", late).format(n=late)
    return Row(
        href=f"{reverse('duties')}?{query}", what=duty.says, clause=duty.clause, due=count.next_due, subject="task",
        state="late", says=said,
    )  # fmt: skip


def _problem(row: ProblemRow, due: date | None, *, aside: str = "") -> Row:
    return Row(
        href=address("problem", row.id) or address("problems"), what=row.title, whom=row.owner_name,
        clause=numbers(row.clause), due=due, subject="problem", state=row.state, note=row.number, aside=aside,
    )  # fmt: skip


def _receiver(row: TaskRow, asked: Asked) -> str:
    return _short(asked.plans.get(row.edition), row.to)


def _short(plan: InForce | None, party: str) -> str:
    """The name of a party without what the plan adds about it."""
    known = plan.pack.parties.values() if plan else ()
    return next((one.organ or one.says for one in known if one.says == party), party)


def _case_address(run: int) -> str:
    return address("case", run) or address("cases")


def _by_day(rows: Iterable[Row]) -> tuple[Row, ...]:
    key: Callable[[Row], Any] = lambda row: (row.due is None, row.due or date.max)  # noqa: E731 - one use
    return tuple(sorted(rows, key=key))


urlpatterns = [path("inbox", inbox, name="inbox")]
