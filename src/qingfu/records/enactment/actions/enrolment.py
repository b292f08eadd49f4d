"""What is published of enrolment is what a plan's duty asked for: its task is done with it (C06)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from qingfu.base.actor import Actor
from qingfu.records.duties.actions import tick_off
from qingfu.records.duties.queries import owed_by
from qingfu.records.enrolment import actions
from qingfu.records.enrolment.queries import ANNOUNCES, RESULTS, Figures, ResultView, YearView, duties_of, ordered
from qingfu.records.journal.actions import deed
from qingfu.records.people.queries import organs
from qingfu.records.plans.queries import organs_of


def publish_announcement(
    actor: Actor, *, year: int, client_id: UUID | None = None, at: datetime
) -> YearView:  # fmt: skip
    """Publish the announcement; the bureau's own tasks under the same clause are done."""
    with deed(actor):
        view = actions.publish_announcement(actor, year=year, client_id=client_id, at=at)
        _tick_off(actor, ANNOUNCES, None, at)
        return view


def publish_result(
    actor: Actor, *, organ: int, year: int, figures: Figures, note: str = "", on_behalf: str = "",
    client_id: UUID | None = None, at: datetime,
) -> ResultView:  # fmt: skip
    """Publish a school's result; the school's task under the same clause is done."""
    with deed(actor):
        view = actions.publish_result(
            actor, organ=organ, year=year, figures=figures, note=note, on_behalf=on_behalf, client_id=client_id, at=at
        )  # fmt: skip
        _tick_off(actor, RESULTS, organ, at)
        return view


def _tick_off(actor: Actor, shows: str, organ: int | None, at: datetime) -> None:
    """The open tasks of the duties under the clause of a disclosure: of one organ, or of everybody who owes them."""
    order = ordered(actor, shows)
    if order is None:
        return
    plan, _, said = order
    keys = duties_of(plan, said.clause)
    everybody = organs(actor) if organ is None else ()
    owing = {one.id for key in keys for one in organs_of(plan, plan.pack.duties[key], everybody)} or {organ or 0}
    for one in sorted(owing):
        for row in owed_by(actor, organ=one, at=at):
            if row.edition == plan.edition and row.duty in keys and row.state == "open":
                tick_off(actor, task=row.id, at=at)
