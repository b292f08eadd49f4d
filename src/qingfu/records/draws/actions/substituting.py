"""Somebody who was drawn does not go: whoever the same draw determines goes instead, and both are kept (P21, D10)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from qingfu.base.actor import Actor
from qingfu.base.draw.substitutes import CAUSES
from qingfu.base.errors import FieldFault, Invalid, Stale
from qingfu.base.words import N_
from qingfu.records.draws.actions.locking import locked
from qingfu.records.draws.models import Draw, Substitute, Ticket
from qingfu.records.draws.queries.matched import MatchView, Proposal, drawn_of, matching_of, proposed
from qingfu.records.draws.queries.rights import roles_in
from qingfu.records.draws.states import DRAW
from qingfu.records.journal.actions import deed, first_answer, record

NO_CAUSE = N_("Say whether somebody is absent in a round or must not go to a school.")
NO_WHY = N_("Say why somebody else goes, in at most 200 characters.")
SHOWN = 12


def substitute(
    actor: Actor, *, draw: int, cause: str, in_round: int, taker: str, target: str = "", reason: str, seen: str = "",
    client_id: UUID | None = None, at: datetime,
) -> MatchView:  # fmt: skip
    """Note who does not go, and who goes instead: every visit of a round (absent), or one target's (recused).

    `seen` is the digest of the proposal that was looked at. Raises Invalid where there is nothing to replace, for
    instance because somebody noted it first; Stale where the draw determines somebody else by now.
    """
    with deed(actor):
        row = locked(actor, draw, "substitute")
        DRAW.move(row.state, "substitute", roles_in(actor, row))
        drawn_of(row)
        if first_answer(actor, client_id, subject="draw-substitute") is not None:
            return matching_of(row)
        why = _judged(cause, reason)
        found = proposed(row, cause=cause, in_round=in_round, taker=taker, target=target)
        if seen and seen != found.digest:
            raise Stale(seen=seen[:SHOWN], now=found.digest[:SHOWN])
        last = _keep(actor, row, found, why, at)
        record(
            actor, verb="draws.substitute", subject="draw-substitute", subject_id=last, digest=found.digest,
            client_id=client_id, at=at,
        )  # fmt: skip
        return matching_of(row)


def _judged(cause: str, reason: str) -> str:
    why = reason.strip()
    if cause not in CAUSES:
        raise Invalid(FieldFault("cause", NO_CAUSE))
    if not 0 < len(why) <= 200:
        raise Invalid(FieldFault("reason", NO_WHY))
    return why


def _keep(actor: Actor, row: Draw, found: Proposal, why: str, at: datetime) -> int:
    """One row for each visit; the id of the last."""
    ids = dict(Ticket.objects.filter(draw=row).values_list("ticket", "id"))
    taken = Substitute.objects.filter(draw=row).count()
    last = 0
    for place, one in enumerate(found.changes, start=taken + 1):
        last = Substitute.objects.create(
            bureau_id=actor.bureau, draw=row, place=place, round=one.round, target_id=ids[one.target.ticket],
            gone_id=ids[one.gone.ticket], cause=one.cause, reason=why,
            heir_id=ids[one.heir.ticket] if one.heir else None, person_id=actor.person, at=at,
        ).id  # fmt: skip
    return last
