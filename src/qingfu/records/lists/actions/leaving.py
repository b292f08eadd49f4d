"""An item leaves a list, comes back, or runs out."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from qingfu.base.actor import Actor
from qingfu.base.clock import day_of
from qingfu.base.errors import FieldFault, Invalid, Late, NotFound
from qingfu.base.words import N_
from qingfu.records.journal.actions import deed, first_answer, record
from qingfu.records.lists.models import Departure, Listing, Roll
from qingfu.records.lists.queries import ListingView
from qingfu.records.lists.queries import listing as told_of
from qingfu.records.lists.queries.standing import roles_for
from qingfu.records.lists.states import HOLDING, LISTING, verb_of
from qingfu.records.plans.queries import InForce, in_force

NO_SUCH_EXIT = N_("The plan knows no such way off the list: {exit}.")
WHY = N_("Say why.")
TOO_LONG = N_("At most {most} characters.")
REASON = 300


def leave(
    actor: Actor,
    *,
    listing: int,
    exit: str,  # noqa: A002 - the pack's word
    reason: str,
    client_id: UUID | None = None,
    at: datetime,
) -> ListingView:
    """Take an item off the list by one of the pack's exits. A pause keeps the place; an exit for good frees it.

    Raises NotAllowed, WrongState, Invalid (no reason, or an exit the plan does not know).
    """
    with deed(actor):
        if (first := first_answer(actor, client_id)) is not None:
            return told_of(actor, first, at=at)
        row, plan = _locked(actor, listing)
        way = next((way for way in plan.pack.lists[row.roll.list].leaves_by if way.id == exit), None)
        if way is None:
            raise Invalid(FieldFault("exit", NO_SUCH_EXIT, {"exit": exit}))
        verb = verb_of(way)
        row.state = LISTING.move(row.state, verb, roles_for(actor, plan, row.roll.list))
        if row.state not in HOLDING and row.holds_place:
            row.holds_place = False
            row.roll.taken -= 1
            row.roll.save(update_fields=["taken"])
        return _departed(actor, row, exit=exit, verb=verb, reason=_given(reason), client_id=client_id, at=at)


def come_back(actor: Actor, *, listing: int, reason: str, client_id: UUID | None = None, at: datetime) -> ListingView:
    """An item that was paused, or has been put right, stands on the list again, while the list holds; else Late."""
    with deed(actor):
        if (first := first_answer(actor, client_id)) is not None:
            return told_of(actor, first, at=at)
        row, plan = _locked(actor, listing)
        row.state = LISTING.move(row.state, "come_back", roles_for(actor, plan, row.roll.list))
        if row.valid_until is not None and day_of(at) > row.valid_until:
            raise Late(last_day=row.valid_until, today=day_of(at))
        return _departed(actor, row, exit="", verb="come_back", reason=_given(reason), client_id=client_id, at=at)


def _locked(actor: Actor, key: int) -> tuple[Listing, InForce]:
    """The roll first, then the listing: the order of `enter`."""
    found = Listing.objects.filter(id=key).values_list("roll", flat=True).first()
    if found is None:
        raise NotFound(what=str(key))
    roll = Roll.objects.select_for_update().get(id=found)
    row = Listing.objects.select_for_update().get(id=key)
    row.roll = roll
    return row, in_force(actor, roll.edition_id)


def _given(reason: str) -> str:
    if not reason.strip():
        raise Invalid(FieldFault("reason", WHY))
    if len(reason.strip()) > REASON:
        raise Invalid(FieldFault("reason", TOO_LONG, {"most": REASON}))
    return reason.strip()


def _departed(
    actor: Actor,
    row: Listing,
    *,
    exit: str,  # noqa: A002 - the pack's word
    verb: str,
    reason: str,
    client_id: UUID | None,
    at: datetime,
) -> ListingView:
    row.save(update_fields=["state", "holds_place"])
    Departure.objects.create(
        bureau_id=actor.bureau, listing=row, exit=exit, verb=verb, state=row.state, reason=reason,
        person_id=actor.person, at=at,
    )  # fmt: skip
    record(
        actor, verb=f"lists.{verb}", subject="listing", subject_id=row.id, digest=row.digest, client_id=client_id, at=at
    )
    return told_of(actor, row.id, at=at)


def expire(actor: Actor, *, plan: InForce, on: date, at: datetime) -> int:
    """Listings whose last day is over run out; returns how many. Only the clock does this."""
    with deed(actor):
        over = Listing.objects.select_for_update().filter(
            roll__edition=plan.edition, valid_until__lt=on, state__in=HOLDING
        )
        rows = list(over.order_by("id"))
        for row in rows:
            row.state = LISTING.move(row.state, "expire", "clock" if actor.kind == "clock" else "nobody")
            row.save(update_fields=["state"])
            record(actor, verb="lists.expire", subject="listing", subject_id=row.id, digest=row.digest, at=at)
        return len(rows)
