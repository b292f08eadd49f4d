"""The draw is run: seed, result, record, anchor (draw-record.md, 5, 7 and 9)."""

from __future__ import annotations

from qingfu.base.canon import canonical
from qingfu.base.draw import older
from qingfu.base.draw.allotment import allot
from qingfu.base.draw.ceremony import Ceremony, missing, opened, point_of
from qingfu.base.draw.curve import packed
from qingfu.base.draw.keys import scalar
from qingfu.base.draw.matching import match
from qingfu.base.draw.notice import LOT, RFC3797, Match, Notice, Pick, Share
from qingfu.base.draw.picking import pick, share
from qingfu.base.draw.stream import Chance
from qingfu.base.errors import CircleClosed, SharesMissing
from qingfu.base.words import N_, Word


def anchor(at: Ceremony) -> bytes:
    """What is posted before anything is revealed: canonical bytes; CircleClosed before the seal."""
    if not at.sealed:
        raise CircleClosed
    return canonical({
        "qingfu": "draw-anchor/1",
        "draw": at.notice.draw,
        "rehearsal": at.notice.rehearsal,
        "title": at.notice.title,
        "notice": at.notice.digest().hex(),
        "seal": at.seal_digest().hex(),
        "shares": [one.hex() for one in at.share_hashes()],
    })  # fmt: skip


def seed_of(at: Ceremony) -> bytes:
    """32 bytes; SharesMissing while something that goes into it is not there."""
    if not at.sealed:
        raise CircleClosed
    if names := missing(at):
        raise SharesMissing(names=names)
    if at.notice.number is not None and at.number is None:
        raise SharesMissing(names=Word(N_("the public number")))
    domain = at.notice.domain
    contributions = [
        domain.hash("contribution", hashed, packed(point))
        for one, hashed in zip(at.deals, at.share_hashes(), strict=True)
        if (point := point_of(at, one)) is not None
    ]
    number = canonical({"values": at.number} if at.number is not None else None)
    return domain.hash("seed", at.notice.digest(), at.seal_digest(), *contributions, number)


def drawn(notice: Notice, chance: Chance) -> dict[str, object]:
    """The result of our own scheme from its seed."""
    method = notice.method
    if isinstance(method, Pick):
        return pick(method, notice.pool, chance)
    if isinstance(method, Share):
        return share(method, notice.pool, chance)
    if isinstance(method, Match):
        return match(method, notice.pool, chance)
    return allot(method, notice.pool, chance)


def run(at: Ceremony) -> bytes:
    """The record: canonical bytes. The same ceremony gives the same bytes, wherever it is run."""
    seed = seed_of(at)
    return canonical({
        "qingfu": "draw/1",
        "notice": at.notice.document(),
        "notice_digest": at.notice.digest().hex(),
        "circle": [member.document() for member in at.circle],
        "threshold": at.threshold,
        "deals": [one.document() for one in at.deals],
        "seal_digest": at.seal_digest().hex(),
        "reveals": [_reveal(at, one.by) for one in at.deals],
        "number": {"values": at.number} if at.number is not None else None,
        "seed": seed.hex(),
        "result": _result(at, seed),
    })  # fmt: skip


def _reveal(at: Ceremony, by: int) -> dict[str, object]:
    for dealer, told in at.shares:
        if dealer == by:
            return {"by": by, "share": scalar(told)}
    one = next(deal for deal in at.deals if deal.by == by)
    return {"by": by, "pieces": [opening.document() for opening in opened(at, one)]}


def _result(at: Ceremony, seed: bytes) -> dict[str, object]:
    notice, method = at.notice, at.notice.method
    if isinstance(method, Pick) and at.number is not None:
        if notice.scheme == RFC3797:
            return older.rfc3797(method, notice.pool, at.number)
        if notice.scheme == LOT:
            return older.sha256_lot(notice.pool, at.number)
    return drawn(notice, Chance(notice.domain, seed))
