"""The ceremony of a draw, put together again from its rows: where it stands after any interruption."""

from __future__ import annotations

import json
from functools import lru_cache

from django.db.models import TextField
from django.db.models.functions import Cast

from qingfu.base.actor import Actor
from qingfu.base.draw.ceremony import Ceremony, Member
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
    members = MemberRow.objects.filter(draw=row).order_by("place")
    dealings = Dealing.objects.filter(draw=row).order_by("member__place")
    reveals = Reveal.objects.filter(dealing__draw=row).order_by("id")
    shares, openings = [], []
    for by, text in reveals.values_list("dealing__member__place", _TEXT):
        told = _reveal(text)
        if isinstance(told, Opening):
            openings.append((by, told))
        else:
            shares.append((by, told))
    return Ceremony(
        notice=notice_of_row(row),
        circle=tuple(_member(text) for text in members.values_list(_TEXT, flat=True)),
        threshold=row.threshold,
        deals=tuple(_deal(text) for text in dealings.values_list(_TEXT, flat=True)),
        sealed=row.sealed_at is not None,
        shares=tuple(shares),
        openings=tuple(openings),
        number=tuple(tuple(source) for source in row.values) if row.values is not None else None,
    )


# What was sent is kept as it was judged: each text is read once in a process, however often the phones ask.
_TEXT = Cast("document", TextField())


@lru_cache(maxsize=1024)
def _member(text: str) -> Member:
    return member_of(json.loads(text))


@lru_cache(maxsize=512)
def _deal(text: str) -> Deal:
    return Deal.of(json.loads(text))


@lru_cache(maxsize=1024)
def _reveal(text: str) -> int | Opening:
    document = json.loads(text)
    return number(document["share"]) if "share" in document else Opening.read(document)
