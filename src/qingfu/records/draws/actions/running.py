"""The draw is run, once; or it became void before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from qingfu.base.actor import Actor
from qingfu.base.draw import ceremony as steps
from qingfu.base.draw.running import run as drawn
from qingfu.base.errors import DrawnAlready, FieldFault, Invalid, OutcomeStands
from qingfu.base.words import N_
from qingfu.records.draws.actions.locking import locked
from qingfu.records.draws.actions.witnessing import reveal_kept
from qingfu.records.draws.models import DrawRecord, Secret
from qingfu.records.draws.queries.ceremony import ceremony_of
from qingfu.records.draws.queries.rights import roles_in
from qingfu.records.draws.queries.telling import outcome_stands, told
from qingfu.records.draws.queries.views import DrawView
from qingfu.records.draws.states import DRAW
from qingfu.records.journal.actions import deed, first_answer, record

NO_REASON = N_("Say why, in at most 300 characters; it is published.")
NO_NUMBERS = N_("Type the numbers as they were published, separated by spaces.")


def tell_number(
    actor: Actor, *, draw: int, values: Sequence[Sequence[int]], client_id: UUID | None = None, at: datetime
) -> DrawView:
    """The public number that the notice named, as it was published."""
    with deed(actor):
        row = locked(actor, draw, "tell_number")
        if first_answer(actor, client_id, subject="draw") is not None:
            return told(actor, row)
        DRAW.move(row.state, "tell_number", roles_in(actor, row))
        said = tuple(tuple(source) for source in values)
        if not said or not all(source and min(source) >= 0 for source in said):
            raise Invalid(FieldFault("values", NO_NUMBERS))
        steps.tell_number(ceremony_of(row), said)
        row.values = [list(source) for source in said]
        row.save(update_fields=["values"])
        record(actor, verb="draws.tell_number", subject="draw", subject_id=row.id, client_id=client_id, at=at)
        return told(actor, row)


def run(actor: Actor, *, draw: int, client_id: UUID | None = None, at: datetime) -> DrawView:
    """Tell the organiser's share and draw. SharesMissing names whom it waits for; DrawnAlready the second time."""
    with deed(actor):
        row = locked(actor, draw, "run")
        if first_answer(actor, client_id, subject="draw") is not None:
            return told(actor, row)
        if row.state == "drawn":
            raise DrawnAlready(draw=row.number)
        after = DRAW.move(row.state, "run", roles_in(actor, row))
        reveal_kept(actor, row, at)
        content = drawn(ceremony_of(row))
        digest = sha256(content).hexdigest()
        DrawRecord.objects.create(bureau_id=actor.bureau, draw=row, content=content, digest=digest, at=at)
        row.state, row.drawn_at = after, at
        row.save(update_fields=["state", "drawn_at"])
        Secret.objects.filter(member__draw=row).delete()
        record(
            actor, verb="draws.run", subject="draw", subject_id=row.id, digest=digest, client_id=client_id, at=at
        )  # fmt: skip
        return told(actor, row)


def void(actor: Actor, *, draw: int, reason: str, client_id: UUID | None = None, at: datetime) -> DrawView:
    """Give a draw up before it is run, with a reason that the next notice repeats; never after.

    OutcomeStands once nothing is missing of what witnesses dealt: whoever has the organiser's share can compute then
    what will be drawn, and would be giving up what he does not like.
    """
    with deed(actor):
        row = locked(actor, draw, "void")
        if first_answer(actor, client_id, subject="draw") is not None:
            return told(actor, row)
        after = DRAW.move(row.state, "void", roles_in(actor, row))
        if outcome_stands(row, ceremony_of(row)):
            raise OutcomeStands(draw=row.number)
        why = reason.strip()
        if not why or len(why) > 300:
            raise Invalid(FieldFault("reason", NO_REASON))
        row.state, row.void_at, row.void_reason = after, at, why
        row.save(update_fields=["state", "void_at", "void_reason"])
        Secret.objects.filter(member__draw=row).delete()
        record(actor, verb="draws.void", subject="draw", subject_id=row.id, client_id=client_id, at=at)
        return told(actor, row)
