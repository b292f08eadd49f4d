"""Results: a school's own, and who has published and who has not."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from qingfu.base.actor import Actor
from qingfu.base.clock import day_of
from qingfu.records.duties.queries import board
from qingfu.records.enrolment.models import Catchment, EnrolmentResult
from qingfu.records.enrolment.queries.rights import RESULTS, require_office, require_result_of, schools
from qingfu.records.enrolment.queries.views import Ground, ResultRow, ResultView
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
        plan, _, _ = require_result_of(actor, organ)
        row = EnrolmentResult.objects.filter(edition=plan.edition, organ=organ, year=year).first()
        if row is None:
            return None
        return result_view(row, organ_of(actor, organ), planned(plan, year).get(organ))


def planned_of(actor: Actor, *, organ: int, year: int) -> int | None:
    """How many places the announcement of a year has for a school; None where it has none. Raises NotFound."""
    with reading(actor):
        plan, _, _ = require_result_of(actor, organ)
        return planned(plan, year).get(organ)


def planned(plan: InForce, year: int) -> dict[int, int | None]:
    """The places of each school by the announcement of a year."""
    rows = Catchment.objects.filter(announcement__edition=plan.edition, announcement__year=year)
    return dict(rows.values_list("organ", "places"))


def result_view(row: EnrolmentResult, school: OrganView, places: int | None) -> ResultView:
    """The view of a row."""
    grounds = tuple(Ground(one["ground"], one["number"]) for one in row.grounds)
    return ResultView(
        school, row.year, places, row.places, row.registered, row.within, row.otherwise, grounds, row.refused,
        row.refused_within, row.note, row.at, row.on_behalf,
    )  # fmt: skip


def results(actor: Actor, *, year: int, at: datetime) -> tuple[ResultRow, ...]:
    """Every school with its result or without; for the office. Late where the plan's day is over."""
    with reading(actor):
        plan, _, said = require_office(actor, RESULTS)
        held = {row.organ_id: row for row in EnrolmentResult.objects.filter(edition=plan.edition, year=year)}
        places, due = planned(plan, year), _due(actor, plan, said.clause, year, at)
        return tuple(_row(one, held, places, due, day_of(at)) for one in schools(actor))


def _due(actor: Actor, plan: InForce, clause: tuple[str, ...], year: int, at: datetime) -> dict[int, date]:
    """The day by which each school publishes, where the plan sets one in that year."""
    rows = [
        row
        for duty in duties_of(plan, clause)
        for row in board(actor, edition=plan.edition, duty=duty, size=MOST_TASKS, at=at).rows
    ]
    return {row.organ.id: row.due_on for row in rows if row.due_on is not None and row.due_on.year == year}


def _row(
    school: OrganView, held: Mapping[int, EnrolmentResult], places: Mapping[int, int | None],
    due: Mapping[int, date], today: date,
) -> ResultRow:  # fmt: skip
    row = held.get(school.id)
    view = result_view(row, school, places.get(school.id)) if row else None
    day = due.get(school.id)
    return ResultRow(school, view, day, view is None and day is not None and day < today)


def duties_of(plan: InForce, clause: tuple[str, ...]) -> tuple[str, ...]:
    """The duties that ask for nothing but that this be published or set up: those under the same clause."""
    return tuple(
        key
        for key, duty in plan.pack.duties.items()
        if duty.hand_in is None and duty.does in ("publish", "set-up") and set(duty.clause) & set(clause)
    )


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
