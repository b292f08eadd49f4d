"""Who was drawn is called; whoever is lost is followed by the next ticket of the same draw (D04)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from qingfu.base.actor import Actor
from qingfu.base.errors import FieldFault, Invalid, NotFound, WrongState
from qingfu.base.words import N_, Word
from qingfu.records.draws.actions.locking import locked
from qingfu.records.draws.models import Call, Draw, DrawRecord, Ticket
from qingfu.records.draws.queries.calls import line_of, listed
from qingfu.records.draws.queries.rights import roles_in, rows
from qingfu.records.draws.queries.views import CallList
from qingfu.records.draws.states import DRAW, LOST, OUTCOMES, TAKEN_BACK
from qingfu.records.journal.actions import deed, first_answer, record

NO_OUTCOME = N_("Say what the call came to.")
NO_REASON = N_("Say why the next ticket takes the place, in at most 200 characters.")


def call(
    actor: Actor, *, draw: int, ticket: str, outcome: str, reason: str = "", after_all: bool = False,
    client_id: UUID | None = None, at: datetime,
) -> CallList:  # fmt: skip
    """Note what a call came to. NotFound where it is not that ticket's turn; WrongState once it is settled.

    `after_all`: whoever was reached is lost after all, by not coming for instance. Whoever is lost stays so, or the
    office could exchange a follower it does not like for the one before.
    """
    with deed(actor):
        row, result = _called(actor, draw, "call")
        if first_answer(actor, client_id, subject="draw-call") is not None:
            return listed(row, result)
        why = _judged("" if after_all and outcome not in LOST else outcome, reason)
        standing = line_of(listed(row, result), ticket).standing
        if standing not in (("reached",) if after_all else ("waiting", "tried")):
            raise WrongState(verb=Word("call"), state=Word(standing), possible=[])
        _note(actor, Ticket.objects.get(draw=row, ticket=ticket), "call", outcome, why, client_id, at)
        return listed(row, result)


def take_back(
    actor: Actor, *, draw: int, ticket: str, client_id: UUID | None = None, at: datetime
) -> CallList:  # fmt: skip
    """What was noted last of a ticket was a mistake: it waits to be called again, and both notes are kept.

    WrongState where somebody who follows was called already, where the one who was drawn said it himself, and where
    nothing was noted. NotFound as `call`.
    """
    with deed(actor):
        row, result = _called(actor, draw, "take_back")
        if first_answer(actor, client_id, subject="draw-call") is not None:
            return listed(row, result)
        line = line_of(listed(row, result), ticket)
        if not line.may_wait_again:
            raise WrongState(verb=Word("take_back"), state=Word(line.standing), possible=[])
        _note(actor, Ticket.objects.get(draw=row, ticket=ticket), "take_back", TAKEN_BACK, "", client_id, at)
        return listed(row, result)


def _called(actor: Actor, draw: int, verb: str) -> tuple[Draw, Mapping[str, Any]]:
    """The draw, locked, with its result; NotFound where nobody is called."""
    row = locked(actor, draw, verb)
    made = DrawRecord.objects.filter(draw=row).values_list("content", flat=True).first()
    DRAW.move(row.state, verb, roles_in(actor, row))
    if made is None or row.kind not in ("pick", "share"):
        raise NotFound(what=str(draw))
    return row, json.loads(bytes(made))["result"]


def _note(
    actor: Actor, ticket: Ticket, verb: str, outcome: str, reason: str, client_id: UUID | None, at: datetime
) -> None:  # fmt: skip
    said = Call.objects.create(
        bureau_id=actor.bureau, ticket=ticket, outcome=outcome, reason=reason, person_id=actor.person, at=at
    )  # fmt: skip
    record(actor, verb=f"draws.{verb}", subject="draw-call", subject_id=said.id, client_id=client_id, at=at)


def _judged(outcome: str, reason: str) -> str:
    why = reason.strip()
    if outcome not in OUTCOMES:
        raise Invalid(FieldFault("outcome", NO_OUTCOME))
    if len(why) > 200 or (outcome in LOST and not why):
        raise Invalid(FieldFault("reason", NO_REASON))
    return why


def step_back(actor: Actor, *, draw: int, reason: str, client_id: UUID | None = None, at: datetime) -> None:
    """Whoever was drawn takes himself out, reached already or not; said twice it is said once.

    NotFound to everybody whose ticket is not in turn.
    """
    with deed(actor):
        row = rows().select_for_update(of=("self",)).filter(id=draw).first()
        mine = Ticket.objects.filter(draw=draw, person=actor.person, excluded="").first() if actor.person else None
        made = DrawRecord.objects.filter(draw=draw).values_list("content", flat=True).first()
        if row is None or mine is None or made is None or actor.acting_for is not None:
            raise NotFound(what=str(draw))
        DRAW.move(row.state, "step_back", frozenset({"called"}))
        if line_of(listed(row, json.loads(bytes(made))["result"]), mine.ticket).standing in LOST:
            return
        _note(actor, mine, "step_back", "refused", _judged("refused", reason), client_id, at)


def forget_contacts(actor: Actor, *, draw: int, client_id: UUID | None = None, at: datetime) -> int:
    """Take away the telephone numbers of a draw whose calls are done; how many were taken away."""
    with deed(actor):
        row = locked(actor, draw, "call")
        if first_answer(actor, client_id, subject="draw") is not None:
            return 0
        gone = Ticket.objects.filter(draw=row).exclude(contact="").update(contact="")
        record(actor, verb="draws.forget_contacts", subject="draw", subject_id=row.id, client_id=client_id, at=at)
        return gone
