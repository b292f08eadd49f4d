"""Where a draw stands, for a witness's phone: everything it needs to compute with, and nothing that names a ticket."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from qingfu.base.actor import Actor
from qingfu.base.draw import ceremony as steps
from qingfu.base.draw.ceremony import Ceremony
from qingfu.base.draw.curve import packed
from qingfu.base.errors import NotFound
from qingfu.records.draws.models import DrawRecord
from qingfu.records.draws.queries.ceremony import ceremony_of
from qingfu.records.draws.queries.rights import rows
from qingfu.records.journal.queries import reading


@dataclass(frozen=True)
class Missing:
    """A share that is not told, who opened a piece of it, and the piece that lies under the key of whoever asks."""

    by: int
    name: str
    opened_by: tuple[int, ...]
    piece: str


@dataclass(frozen=True)
class WitnessState:
    """Digests are hexadecimal; `circle` are the members' documents; `dealt` and `told` are places in it."""

    state: str
    rehearsal: bool
    notice: str
    threshold: int
    circle: tuple[Mapping[str, object], ...]
    dealt: tuple[int, ...]
    told: tuple[int, ...]
    seal: str
    shares: tuple[str, ...]
    missing: tuple[Missing, ...]
    organiser_could_open: bool
    record: str
    why: str


def witness_state(actor: Actor, door: str, *, of: int = -1) -> WitnessState:
    """For anybody with the code at the door; NotFound for another code. `of`: the place of the member who asks."""
    with reading(actor):
        row = rows().filter(door=door).first() if door else None
        if row is None:
            raise NotFound(what=door)
        at = ceremony_of(row)
        record = DrawRecord.objects.filter(draw=row).values_list("digest", flat=True).first()
        return WitnessState(
            state=row.state,
            rehearsal=row.rehearsal,
            notice=row.notice_digest,
            threshold=row.threshold,
            circle=tuple(member.document() for member in at.circle),
            dealt=tuple(one.by for one in at.deals),
            told=tuple(by for by, _ in at.shares),
            seal=at.seal_digest().hex() if at.sealed else "",
            shares=tuple(one.hex() for one in at.share_hashes()) if at.sealed else (),
            missing=_missing(at, of) if row.state == "sealed" else (),
            organiser_could_open=0 < row.threshold <= sum(one.role == "organiser" for one in at.circle),
            record=record or "",
            why=row.void_reason,
        )


def _missing(at: Ceremony, of: int) -> tuple[Missing, ...]:
    """What is not told and not opened; the organiser's own share is told when the draw is run."""
    return tuple(
        Missing(
            by=one.by,
            name=at.circle[one.by].name,
            opened_by=tuple(opening.of for by, opening in at.openings if by == one.by),
            piece=packed(one.pieces[of]).hex() if 0 <= of < len(one.pieces) else "",
        )
        for one in at.deals
        if steps.point_of(at, one) is None and at.circle[one.by].role != "organiser"
    )
