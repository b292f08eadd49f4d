"""The steps of a draw, each of which only goes forward: join, deal, seal, reveal, run once.

A ceremony is a value; a step gives the next one or says what is wrong. Whoever keeps its documents can take it up
again on another machine, at any step, and comes to the same record.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from functools import cached_property

from qingfu.base.canon import canonical
from qingfu.base.draw import escrow
from qingfu.base.draw.curve import Point, packed
from qingfu.base.draw.escrow import Deal, Opening, Table
from qingfu.base.draw.hashing import count
from qingfu.base.draw.keys import Secrets, Signature, key_of, sign, signed
from qingfu.base.draw.notice import LOT, SCHEME, Notice, seen
from qingfu.base.errors import BadShare, CircleClosed, MemberKnown, SharesMissing
from qingfu.base.words import N_, Word

LARGEST_CIRCLE = 60
Values = tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class Member:
    """One who keeps a piece of every share: the organiser, or a witness."""

    name: str
    role: str
    key: Point
    proof: Signature

    def document(self) -> dict[str, object]:
        return {"key": packed(self.key).hex(), "name": self.name, "proof": self.proof.document(), "role": self.role}


@dataclass(frozen=True)
class Ceremony:
    """Where a draw stands. ``threshold`` is 0 while the circle is open."""

    notice: Notice
    circle: tuple[Member, ...] = ()
    threshold: int = 0
    deals: tuple[Deal, ...] = ()
    sealed: bool = False
    shares: tuple[tuple[int, int], ...] = ()
    openings: tuple[tuple[int, Opening], ...] = ()
    number: Values | None = None

    @cached_property
    def table(self) -> Table:
        document = [member.document() for member in self.circle]
        domain = self.notice.domain
        circle = domain.hash("circle", self.notice.digest(), canonical(document), count(self.threshold))
        return Table(domain, circle, tuple(member.key for member in self.circle), self.threshold)

    def share_hashes(self) -> tuple[bytes, ...]:
        """What every dealer is bound to, in the order of the deals."""
        return self._share_hashes

    @cached_property
    def _share_hashes(self) -> tuple[bytes, ...]:
        table = self.table
        return tuple(escrow.share_hash(table, one) for one in self.deals)

    def seal_digest(self) -> bytes:
        drawn = (self.table.circle, *self.share_hashes()) if self.circle else ()
        return self.notice.domain.hash("seal", self.notice.digest(), *drawn)


def new_member(notice: Notice, *, name: str, role: str, secret: int, secrets: Secrets) -> Member:
    """What somebody sends who joins with the key of ``secret``."""
    name = unicodedata.normalize("NFC", name)
    return Member(name, role, key_of(secret), sign(notice.domain, "join", secret, _joins(notice, name, role), secrets))


def _joins(notice: Notice, name: str, role: str) -> bytes:
    return notice.domain.hash("member", notice.digest(), name.encode("utf-8"), role.encode("utf-8"))


def join(at: Ceremony, member: Member) -> Ceremony:
    """The circle with one more; MemberKnown, BadShare or CircleClosed."""
    if at.sealed or at.threshold or at.notice.scheme != SCHEME or len(at.circle) >= LARGEST_CIRCLE:
        raise CircleClosed
    if any(member.name == other.name or member.key == other.key for other in at.circle):
        raise MemberKnown(name=member.name)
    if not _named(member) or not _proven(at.notice, member):
        raise BadShare(name=member.name)
    return replace(at, circle=(*at.circle, member))


def _named(member: Member) -> bool:
    halves = any("\ud800" <= sign <= "\udfff" for sign in member.name)
    well = seen(member.name) and not halves and unicodedata.is_normalized("NFC", member.name)
    return well and member.role in ("organiser", "witness")


def _proven(notice: Notice, member: Member) -> bool:
    return signed(notice.domain, "join", member.key, _joins(notice, member.name, member.role), member.proof)


def close_circle(at: Ceremony, *, threshold: int) -> Ceremony:
    """From now on shares may be dealt; any ``threshold`` of the circle can open one."""
    if at.threshold:
        raise CircleClosed
    if not 1 <= threshold <= len(at.circle):
        raise SharesMissing(names=Word(N_("members of the circle")))
    return replace(at, threshold=threshold)


def give(at: Ceremony, deal: Deal) -> Ceremony:
    """A share of a member; it is proven that the circle can open it. BadShare, CircleClosed."""
    if at.sealed or not at.threshold:
        raise CircleClosed
    if any(deal.by == other.by for other in at.deals):
        raise CircleClosed
    if not escrow.stands(at.table, deal):
        raise BadShare(name=at.circle[deal.by].name if 0 <= deal.by < len(at.circle) else str(deal.by))
    return replace(at, deals=tuple(sorted((*at.deals, deal), key=lambda one: one.by)))


def seal(at: Ceremony) -> Ceremony:
    """Nothing is added or dropped any more; SharesMissing without a single share."""
    if at.sealed:
        raise CircleClosed
    if not at.deals and at.notice.scheme == SCHEME:
        raise SharesMissing(names=Word(N_("a share")))
    return replace(at, sealed=True)


def reveal(at: Ceremony, *, by: int, share: int) -> Ceremony:
    """A dealer tells the share; BadShare if it is another one."""
    one = _sealed_deal(at, by)
    if not escrow.share_fits(one, share):
        raise BadShare(name=at.circle[by].name)
    if any(by == known for known, _ in at.shares):
        return at
    return replace(at, shares=(*at.shares, (by, share)))


def open_for(at: Ceremony, *, by: int, opening: Opening) -> Ceremony:
    """A member opens its piece of the share that the member ``by`` dealt; BadShare if it is another one."""
    one = _sealed_deal(at, by)
    if not escrow.opened_rightly(at.table, one, opening):
        raise BadShare(name=at.circle[opening.of].name if 0 <= opening.of < len(at.circle) else str(opening.of))
    if any(by == known and opening.of == other.of for known, other in at.openings):
        return at
    return replace(at, openings=(*at.openings, (by, opening)))


def _sealed_deal(at: Ceremony, by: int) -> Deal:
    found = next((one for one in at.deals if one.by == by), None)
    if not at.sealed or found is None:
        raise CircleClosed
    return found


def tell_number(at: Ceremony, values: Values) -> Ceremony:
    """The public number that the notice names, as published; once. BadShare where there is no number in it."""
    if not at.sealed or at.notice.number is None or at.number is not None:
        raise CircleClosed
    whole = all(type(one) is int and 0 <= one < 1 << 53 for row in values for one in row)
    if not values or not all(values) or not whole or (at.notice.scheme == LOT and len(values) != 1):
        raise BadShare(name=at.notice.number.source)
    return replace(at, number=values)


def missing(at: Ceremony) -> tuple[str, ...]:
    """Whose shares are neither revealed nor opened by enough of the circle."""
    return tuple(at.circle[one.by].name for one in at.deals if point_of(at, one) is None)


def point_of(at: Ceremony, one: Deal) -> Point | None:
    """The point of a share: revealed by its dealer or opened by the circle, which comes to the same."""
    share = next((share for by, share in at.shares if by == one.by), None)
    if share is not None:
        return escrow.point_of_share(share)
    openings = opened(at, one)
    return escrow.point_of_pieces(openings) if len(openings) == at.threshold else None


def opened(at: Ceremony, one: Deal) -> tuple[Opening, ...]:
    """As many openings of a share as are needed, in the order of the circle."""
    found = sorted((opening for by, opening in at.openings if by == one.by), key=lambda opening: opening.of)
    return tuple(found[: at.threshold])
