"""Changes after a placement's draw: what is entered in the school stands in the published copy at once."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from qingfu.base.actor import Actor
from qingfu.records.enactment.actions.draws import refresh_draw
from qingfu.records.journal.actions import deed
from qingfu.records.placement import actions
from qingfu.records.placement.actions import NewPupil
from qingfu.records.placement.queries import PlacementView


def arrive(
    actor: Actor, *, placement: int, pupil: NewPupil, client_id: UUID | None = None, at: datetime
) -> PlacementView:  # fmt: skip
    """A pupil who comes later takes the next seat of the draw."""
    with deed(actor):
        view = actions.arrive(actor, placement=placement, pupil=pupil, client_id=client_id, at=at)
        return _told(actor, view, at)


def leave(
    actor: Actor, *, placement: int, number: str, reason: str, client_id: UUID | None = None, at: datetime
) -> PlacementView:  # fmt: skip
    """A pupil leaves the school."""
    with deed(actor):
        view = actions.leave(actor, placement=placement, number=number, reason=reason, client_id=client_id, at=at)
        return _told(actor, view, at)


def except_pupil(
    actor: Actor, *, placement: int, number: str, goal: str, reason: str, approver: str,
    client_id: UUID | None = None, at: datetime,
) -> PlacementView:  # fmt: skip
    """A pupil is put into another class by hand; why, and who approved it, is public."""
    with deed(actor):
        view = actions.except_pupil(
            actor, placement=placement, number=number, goal=goal, reason=reason, approver=approver,
            client_id=client_id, at=at,
        )  # fmt: skip
        return _told(actor, view, at)


def _told(actor: Actor, view: PlacementView, at: datetime) -> PlacementView:
    if view.row.draw is not None:
        refresh_draw(actor, draw=view.row.draw, at=at)
    return view
