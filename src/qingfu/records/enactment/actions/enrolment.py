"""What is published of enrolment is what a plan's duty asked for: its task is done with it, and only with it (C06)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from qingfu.base.actor import Actor
from qingfu.packfile.published import published_under
from qingfu.records.disclosures.queries import latest
from qingfu.records.duties.actions import tick_off
from qingfu.records.duties.queries import owed_by
from qingfu.records.enrolment import actions
from qingfu.records.enrolment.queries import ANNOUNCES, RESULTS, Figures, ResultView, YearView, ordered
from qingfu.records.journal.actions import deed, first_answer
from qingfu.records.people.queries import OrganView, organs
from qingfu.records.plans.queries import InForce, organs_of


def publish_announcement(
    actor: Actor, *, year: int, client_id: UUID | None = None, at: datetime
) -> YearView:  # fmt: skip
    """Publish the announcement; the bureau's own tasks under the same clause are done."""
    with deed(actor):
        is_repeat = first_answer(actor, client_id, subject="enrolment") is not None
        view = actions.publish_announcement(actor, year=year, client_id=client_id, at=at)
        if not is_repeat:
            _tick_off(actor, ANNOUNCES, year, None, at)
        return view


def publish_result(
    actor: Actor, *, organ: int, year: int, figures: Figures, note: str = "", on_behalf: str = "", seen: str = "",
    client_id: UUID | None = None, at: datetime,
) -> ResultView:  # fmt: skip
    """Publish a school's result; the school's task under the same clause is done."""
    with deed(actor):
        is_repeat = first_answer(actor, client_id, subject="enrolment-result") is not None
        view = actions.publish_result(
            actor, organ=organ, year=year, figures=figures, note=note, on_behalf=on_behalf, seen=seen,
            client_id=client_id, at=at,
        )  # fmt: skip
        if not is_repeat:
            _tick_off(actor, RESULTS, year, view.school, at)
        return view


def _tick_off(actor: Actor, shows: str, year: int, school: OrganView | None, at: datetime) -> None:
    """The open tasks of the duties under the clause of a disclosure: of one school, or of everybody who owes them.

    A task of a later year stays: last year's correction, or last year entered afterwards, is not what it asks for.
    """
    order = ordered(actor, shows)
    if order is None:
        return
    plan, key, said = order
    duties = published_under(plan.pack, said.clause)
    copy = latest(actor, key=f"{key}:{year}:{school.code}" if school else f"{key}:{year}", plan=plan)
    owing = {school.id} if school else _owing(actor, plan, duties)
    for one in sorted(owing if copy else ()):
        for row in owed_by(actor, organ=one, at=at):
            is_meant = row.edition == plan.edition and row.duty in duties and row.state == "open"
            if copy and is_meant and (row.due_on is None or row.due_on.year <= year):
                tick_off(actor, task=row.id, published=copy.digest, at=at)


def _owing(actor: Actor, plan: InForce, duties: tuple[str, ...]) -> set[int]:
    everybody = organs(actor)
    return {one.id for key in duties for one in organs_of(plan, plan.pack.duties[key], everybody)}
