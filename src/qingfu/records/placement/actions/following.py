"""After the draw: who comes later takes the next seat of the same draw; whatever else is changed is public."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Max

from qingfu.base.actor import Actor
from qingfu.base.errors import AboveCap, FieldFault, Invalid, NotFound
from qingfu.base.words import N_
from qingfu.records.journal.actions import deed, first_answer, record
from qingfu.records.placement.actions.collecting import NewPupil, judged
from qingfu.records.placement.actions.locking import locked
from qingfu.records.placement.models import Change, Placement, Pupil
from qingfu.records.placement.queries.telling import drawn_result, told
from qingfu.records.placement.queries.views import PlacementView

NO_REASON = N_("Say why, in at most 200 characters; it is public.")
NO_APPROVER = N_("Say who approved it.")
NO_CLASS = N_("Choose another class.")
NO_SEATS = N_("All {seats} seats that were drawn for later arrivals are taken; hold a draw for those who still come.")
KNOWN = N_("Somebody on the list has the number {number}.")


def arrive(
    actor: Actor, *, placement: int, pupil: NewPupil, permit: str = "", client_id: UUID | None = None, at: datetime
) -> PlacementView:
    """A pupil who comes after the draw takes its next seat: nobody chooses a class. Invalid once no seats are left.

    AboveCap where that class is full and nobody permitted a larger one.
    """
    with deed(actor):
        row = locked(actor, placement, "arrive")
        if first_answer(actor, client_id, subject="placement-change") is not None:
            return told(actor, row)
        judged([pupil])
        if Pupil.objects.filter(placement=row, number=pupil.number).exists():
            raise Invalid(FieldFault("number", KNOWN, {"number": pupil.number}))
        seats: list[str] = (drawn_result(row) or {})["later"]  # type: ignore[assignment]  # the record's own shape
        taken = Pupil.objects.filter(placement=row).aggregate(Max("later"))["later__max"] or 0
        if taken >= len(seats):
            raise Invalid(FieldFault("number", NO_SEATS, {"seats": len(seats)}))
        _make_room(row, seats[taken], permit)
        made = Pupil.objects.create(
            bureau_id=actor.bureau, placement=row, number=pupil.number, name=pupil.name, gender=pupil.gender,
            township=pupil.township, level=pupil.level, special=pupil.special, ticket=f"L{taken + 1:03d}",
            label=seats[taken], later=taken + 1,
        )  # fmt: skip
        _change(actor, made, "arrive", "", seats[taken], "", "", client_id, at)
        return told(actor, row)


def leave(
    actor: Actor, *, placement: int, number: str, reason: str, client_id: UUID | None = None, at: datetime
) -> PlacementView:
    """A pupil leaves the school; the place in the class stays empty until somebody comes."""
    with deed(actor):
        row = locked(actor, placement, "leave")
        if first_answer(actor, client_id, subject="placement-change") is not None:
            return told(actor, row)
        pupil = _present(row, number)
        why = _reason(reason)
        pupil.left_at = at
        pupil.save(update_fields=["left_at"])
        _change(actor, pupil, "leave", pupil.label, "", why, "", client_id, at)
        return told(actor, row)


def except_pupil(
    actor: Actor, *, placement: int, number: str, goal: str, reason: str, approver: str, permit: str = "",
    client_id: UUID | None = None, at: datetime,
) -> PlacementView:  # fmt: skip
    """Put a pupil into another class by hand: an exception with its reason and who approved it, both public.

    AboveCap where that class is full and nobody permitted a larger one.
    """
    with deed(actor):
        row = locked(actor, placement, "except_pupil")
        if first_answer(actor, client_id, subject="placement-change") is not None:
            return told(actor, row)
        pupil, why, by = _present(row, number), _reason(reason), approver.strip()[:60]
        if not by:
            raise Invalid(FieldFault("approver", NO_APPROVER))
        labels = {f"{place}班" for place in range(1, row.classes + 1)}
        if goal not in labels - {pupil.label}:
            raise Invalid(FieldFault("goal", NO_CLASS))
        _make_room(row, goal, permit)
        source, pupil.label = pupil.label, goal
        pupil.save(update_fields=["label"])
        _change(actor, pupil, "exception", source, goal, why, by, client_id, at)
        return told(actor, row)


def _make_room(row: Placement, label: str, permit: str) -> None:
    """A class that would be larger than the cap needs the written permit, after the draw as before it (C08)."""
    size = Pupil.objects.filter(placement=row, label=label, left_at=None).count() + 1
    if not row.cap or size <= row.cap or row.permit:
        return
    if not permit.strip():
        raise AboveCap(clause=row.clause or None, size=size, cap=row.cap)
    row.permit = permit.strip()[:200]
    row.save(update_fields=["permit"])


def _present(row: Placement, number: str) -> Pupil:
    found = Pupil.objects.filter(placement=row, number=number.strip(), left_at=None).first()
    if found is None:
        raise NotFound(what=number)
    return found


def _reason(reason: str) -> str:
    why = reason.strip()
    if not why or len(why) > 200:
        raise Invalid(FieldFault("reason", NO_REASON))
    return why


def _change(
    actor: Actor, pupil: Pupil, kind: str, source: str, goal: str, reason: str, approver: str,
    client_id: UUID | None, at: datetime,
) -> None:  # fmt: skip
    made = Change.objects.create(
        bureau_id=actor.bureau, pupil=pupil, kind=kind, source=source, goal=goal, reason=reason, approver=approver,
        person_id=actor.person, at=at,
    )  # fmt: skip
    record(
        actor, verb=f"placement.{kind}", subject="placement-change", subject_id=made.id, client_id=client_id, at=at
    )  # fmt: skip
