"""The ceremony of a draw, put together again from its rows: where it stands after any interruption."""

from __future__ import annotations

from qingfu.base.actor import Actor
from qingfu.base.draw.ceremony import Ceremony
from qingfu.base.draw.escrow import Deal, Opening
from qingfu.base.draw.keys import number
from qingfu.base.draw.reading import member_of
from qingfu.records.draws.models import Dealing, Draw, Reveal
from qingfu.records.draws.models import Member as MemberRow
from qingfu.records.draws.queries.notices import notice_of_row
from qingfu.records.draws.queries.rights import visible
from qingfu.records.journal.queries import reading


def ceremony(actor: Actor, draw: int) -> Ceremony:
    """The ceremony as it stands; NotFound for a draw one may not know of."""
    with reading(actor):
        return ceremony_of(visible(actor, draw))


def ceremony_of(row: Draw) -> Ceremony:
    """Four questions, however many witnesses there are."""
    members = list(MemberRow.objects.filter(draw=row).order_by("place"))
    dealings = list(Dealing.objects.filter(draw=row).select_related("member").order_by("member__place"))
    reveals = list(Reveal.objects.filter(dealing__draw=row).select_related("dealing__member").order_by("id"))
    shares, openings = [], []
    for one in reveals:
        by = one.dealing.member.place
        if "share" in one.document:
            shares.append((by, number(one.document["share"])))
        else:
            openings.append((by, Opening.read(one.document)))
    return Ceremony(
        notice=notice_of_row(row),
        circle=tuple(member_of(one.document) for one in members),
        threshold=row.threshold,
        deals=tuple(Deal.of(one.document) for one in dealings),
        sealed=row.sealed_at is not None,
        shares=tuple(shares),
        openings=tuple(openings),
        number=tuple(tuple(source) for source in row.values) if row.values is not None else None,
    )
