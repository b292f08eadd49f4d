"""What becomes of a placement's draw: what is entered in the school stands in the published copy at once."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from qingfu.base.actor import Actor
from qingfu.records.draws.queries import draw as draw_of
from qingfu.records.enactment.actions.draws import make_public, refresh_draw, tell_void
from qingfu.records.journal.actions import deed, first_answer
from qingfu.records.placement import actions
from qingfu.records.placement.actions import NewPupil
from qingfu.records.placement.queries import PlacementView
from qingfu.records.placement.queries import placement as placement_of


def arrive(
    actor: Actor, *, placement: int, pupil: NewPupil, permit: str = "", client_id: UUID | None = None, at: datetime
) -> PlacementView:  # fmt: skip
    """A pupil who comes later takes the next seat of the draw."""
    with deed(actor):
        view = actions.arrive(actor, placement=placement, pupil=pupil, permit=permit, client_id=client_id, at=at)
        return _told(actor, view, at)


def leave(
    actor: Actor, *, placement: int, number: str, reason: str, client_id: UUID | None = None, at: datetime
) -> PlacementView:  # fmt: skip
    """A pupil leaves the school."""
    with deed(actor):
        view = actions.leave(actor, placement=placement, number=number, reason=reason, client_id=client_id, at=at)
        return _told(actor, view, at)


def except_pupil(
    actor: Actor, *, placement: int, number: str, goal: str, reason: str, approver: str, permit: str = "",
    client_id: UUID | None = None, at: datetime,
) -> PlacementView:  # fmt: skip
    """A pupil is put into another class by hand; why, and who approved it, is public."""
    with deed(actor):
        view = actions.except_pupil(
            actor, placement=placement, number=number, goal=goal, reason=reason, approver=approver, permit=permit,
            client_id=client_id, at=at,
        )  # fmt: skip
        if view.row.draw is not None:
            make_public(actor, draw=view.row.draw, at=at)
        return view


def give_up(
    actor: Actor, *, placement: int, reason: str, client_id: UUID | None = None, at: datetime
) -> PlacementView:  # fmt: skip
    """The draw becomes void before it is run; the public reads so at once."""
    with deed(actor):
        if first_answer(actor, client_id, subject="placement") is not None:
            return placement_of(actor, placement)
        view = actions.give_up(actor, placement=placement, reason=reason, client_id=client_id, at=at)
        if view.row.draw is not None:
            tell_void(actor, draw_of(actor, view.row.draw), at=at)
        return view


def _told(actor: Actor, view: PlacementView, at: datetime) -> PlacementView:
    if view.row.draw is not None:
        refresh_draw(actor, draw=view.row.draw, at=at)
    return view
