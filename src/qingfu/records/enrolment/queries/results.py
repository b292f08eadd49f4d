"""Results: a school's own, and who has published and who has not."""

from __future__ import annotations

from datetime import date, datetime

from qingfu.base.actor import Actor
from qingfu.base.clock import day_of
from qingfu.packfile.published import published_under
from qingfu.records.disclosures.queries import Trace, trail
from qingfu.records.duties.queries import board
from qingfu.records.enrolment.models import Catchment, EnrolmentResult
from qingfu.records.enrolment.queries.rights import RESULTS, require_office, require_result_of, require_year, schools
from qingfu.records.enrolment.queries.views import Ground, ResultRow, ResultView
from qingfu.records.enrolment.queries.years import shown_under
from qingfu.records.journal.queries import reading
from qingfu.records.people.queries import OrganView
from qingfu.records.people.queries import organ as organ_of
from qingfu.records.plans.queries import InForce

# A number this small, of one ground, could tell of a child.
FEWEST = 5
# More tasks of one duty than a province has schools.
MOST_TASKS = 5_000


def result(actor: Actor, *, organ: int, year: int) -> ResultView | None:
    """The result of a school for a year as it was published last; None where there is none. Raises NotFound."""
    with reading(actor):
        plan, key, _ = require_result_of(actor, organ)
        require_year(year)
        row = EnrolmentResult.objects.filter(edition=plan.edition, organ=organ, year=year).first()
        if row is None:
            return None
        school = organ_of(actor, organ)
        shown = shown_under(actor, plan, _key(key, year, school))
        return result_view(row, school, planned(plan, year).get(organ), _is_withdrawn(shown))


def planned_of(actor: Actor, *, organ: int, year: int) -> int | None:
    """How many places the announcement of a year has for a school; None where it has none. Raises NotFound."""
    with reading(actor):
        plan, _, _ = require_result_of(actor, organ)
        return planned(plan, year).get(organ)


def _key(key: str, year: int, school: OrganView) -> str:
    return f"{key}:{year}:{school.code}"


def _is_withdrawn(copy: Trace | None) -> bool:
    return copy is not None and copy.state == "withdrawn"


def planned(plan: InForce, year: int) -> dict[int, int | None]:
    """The places of each school by the announcement of a year."""
    rows = Catchment.objects.filter(announcement__edition=plan.edition, announcement__year=year)
    rows = rows.filter(announcement__state="published")
    return dict(rows.values_list("organ", "places"))


def result_view(row: EnrolmentResult, school: OrganView, places: int | None, is_withdrawn: bool) -> ResultView:
    """The view of a row."""
    grounds = tuple(Ground(one["ground"], one["number"]) for one in row.grounds)
    return ResultView(
        school, row.year, places, row.places, row.registered, row.within, row.otherwise, grounds, row.refused,
        row.refused_within, row.note, row.at, row.on_behalf, is_withdrawn,
    )  # fmt: skip


def results(actor: Actor, *, year: int, at: datetime) -> tuple[ResultRow, ...]:
    """Every school with its result or without; for the office. Late where the plan's day is over."""
    with reading(actor):
        plan, key, said = require_office(actor, RESULTS)
        require_year(year)
        held = {row.organ_id: row for row in EnrolmentResult.objects.filter(edition=plan.edition, year=year)}
        places, due = planned(plan, year), _due(actor, plan, said.clause, year, at)
        gone = _withdrawn(actor, plan, f"{key}:{year}:")
        known = schools(actor)
        views = {
            one.id: result_view(held[one.id], one, places.get(one.id), one.code in gone)
            for one in known
            if one.id in held
        }
        return tuple(_row(one, views.get(one.id), due.get(one.id), day_of(at)) for one in known)


def _withdrawn(actor: Actor, plan: InForce, under: str) -> frozenset[str]:
    """The codes of the schools whose newest copy under a key is withdrawn."""
    copies = {one.key: one for one in reversed(trail(actor, edition=plan.edition)) if one.key.startswith(under)}
    return frozenset(key.removeprefix(under) for key, copy in copies.items() if _is_withdrawn(copy))


def _due(actor: Actor, plan: InForce, clause: tuple[str, ...], year: int, at: datetime) -> dict[int, date]:
    """The day by which each school publishes, where the plan sets one in that year."""
    rows = [
        row
        for duty in published_under(plan.pack, clause)
        for row in board(actor, edition=plan.edition, duty=duty, size=MOST_TASKS, at=at).rows
    ]
    return {row.organ.id: row.due_on for row in rows if row.due_on is not None and row.due_on.year == year}


def _row(school: OrganView, view: ResultView | None, due: date | None, today: date) -> ResultRow:
    return ResultRow(school, view, due, view is None and due is not None and due < today)


def shown_grounds(grounds: tuple[Ground, ...]) -> tuple[Ground, ...]:
    """The grounds as the public sees them: small ones are one line without a name, and never one alone among others.

    Of the small ones together only their sum is told; where it is small itself, the next smallest ground joins it.
    """
    ranked = sorted((one for one in grounds if one.number > 0), key=lambda one: one.number)
    hidden = [one for one in ranked if one.number < FEWEST]
    rest = ranked[len(hidden) :]
    if hidden and rest and sum(one.number for one in hidden) < FEWEST:
        hidden.append(rest.pop(0))
    kept = [one for one in grounds if one in rest]
    return (*kept, *([Ground("", sum(one.number for one in hidden))] if hidden else []))
