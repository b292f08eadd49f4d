"""The circle: who joins, deals, reveals, and opens what a missing member dealt.

A witness has no account. What it sends is proven by its key, so it does not matter who carries it here; the door's
code only keeps strangers away.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from qingfu.base.actor import Actor
from qingfu.base.chance import new_scalar
from qingfu.base.draw import ceremony as steps
from qingfu.base.draw import escrow
from qingfu.base.draw.ceremony import Ceremony
from qingfu.base.draw.curve import N
from qingfu.base.draw.escrow import Deal, Opening
from qingfu.base.draw.keys import number, scalar
from qingfu.base.draw.reading import deal_of, member_of, opening_of, share_of
from qingfu.base.draw.running import anchor
from qingfu.base.errors import BadShare, MemberKnown, NotFound
from qingfu.records.draws.actions.locking import locked
from qingfu.records.draws.models import Dealing, Draw, Member, Reveal, Secret
from qingfu.records.draws.queries.ceremony import ceremony_of
from qingfu.records.draws.queries.notices import notice_of_row
from qingfu.records.draws.queries.rights import roles_in, rows
from qingfu.records.draws.queries.telling import told
from qingfu.records.draws.queries.views import DrawView
from qingfu.records.draws.states import DRAW
from qingfu.records.journal.actions import deed, first_answer, record

LONGEST_NAME = 60


def _fresh() -> int:
    return new_scalar(N)


def enter_organiser(actor: Actor, row: Draw, at: datetime) -> None:
    """The organiser is the first of the circle; its key is kept here until the draw is run."""
    notice, key = notice_of_row(row), _fresh()
    member = steps.new_member(notice, name=notice.organiser, role="organiser", secret=key, secrets=_fresh)
    made = _enter(actor, row, member.document(), at)
    Secret.objects.create(bureau_id=actor.bureau, member=made, key=scalar(key))


def begin_alone(actor: Actor, row: Draw, at: datetime) -> None:
    """No witnesses: the circle is the organiser, who deals; the seal stands at once."""
    _close(row, 1)
    _deal_kept(actor, row, at)
    _seal(actor, row, at)


def join(
    actor: Actor, *, door: str, member: Mapping[str, Any], client_id: UUID | None = None, at: datetime
) -> DrawView:
    """Join the circle with a key of one's own; MemberKnown, BadShare, CircleClosed, NotFound for another code."""
    with deed(actor):
        row = _through(door)
        if first_answer(actor, client_id, subject="draw-member") is not None:
            return told(actor, row)
        DRAW.move(row.state, "join", frozenset({"witness"}))
        if not _witnesses(member):
            raise BadShare(name=str(member.get("name", ""))[:LONGEST_NAME])
        _enter(actor, row, member, at, client_id)
        return told(actor, row)


def _witnesses(member: Mapping[str, Any]) -> bool:
    """Whether somebody joins as a witness under a name that can stand in the record and on the screen."""
    name = member.get("name")
    sayable = isinstance(name, str) and len(name) <= LONGEST_NAME and name.isprintable()
    return sayable and member.get("role") == "witness"


def _looks(name: str) -> str:
    """What two names have in common that nobody tells apart on a screen: width of letters, capitals, spaces."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


def _through(door: str) -> Draw:
    row = rows().select_for_update(of=("self",)).filter(door=door).first()
    if row is None or not door:
        raise NotFound(what=door)
    return row


def _enter(actor: Actor, row: Draw, document: Mapping[str, Any], at: datetime, client_id: UUID | None = None) -> Member:
    member = member_of(document)
    before = ceremony_of(row)
    if any(_looks(member.name) == _looks(other.name) for other in before.circle):
        raise MemberKnown(name=member.name)
    after = steps.join(before, member)
    made = Member.objects.create(
        bureau_id=actor.bureau, draw=row, place=len(after.circle) - 1, name=member.name, role=member.role,
        document=member.document(), person_id=actor.person, at=at,
    )  # fmt: skip
    record(actor, verb="draws.join", subject="draw-member", subject_id=made.id, client_id=client_id, at=at)
    return made


def close_circle(
    actor: Actor, *, draw: int, threshold: int | None = None, client_id: UUID | None = None, at: datetime
) -> DrawView:  # fmt: skip
    """Nobody joins any more; any `threshold` of the circle can open a share. The organiser deals.

    Without a threshold it is the majority of those who are in the circle at that moment.
    """
    with deed(actor):
        row = locked(actor, draw, "close_circle")
        if first_answer(actor, client_id, subject="draw") is not None:
            return told(actor, row)
        row.state = DRAW.move(row.state, "close_circle", roles_in(actor, row))
        circle = ceremony_of(row)
        wanted = threshold or len(circle.circle) // 2 + 1
        steps.close_circle(circle, threshold=wanted)
        _close(row, wanted)
        _deal_kept(actor, row, at)
        record(actor, verb="draws.close_circle", subject="draw", subject_id=row.id, client_id=client_id, at=at)
        return told(actor, row)


def _close(row: Draw, threshold: int) -> None:
    row.state, row.threshold = "dealing", threshold
    row.save(update_fields=["state", "threshold"])


def _deal_kept(actor: Actor, row: Draw, at: datetime) -> None:
    """Deal for every member whose key is kept here."""
    for kept in Secret.objects.filter(member__draw=row).select_related("member"):
        table = ceremony_of(row).table
        deal, share = escrow.deal(table, by=kept.member.place, secret=number(kept.key), secrets=_fresh)
        kept.share = scalar(share)
        kept.save(update_fields=["share"])
        _take_deal(actor, row, deal, at)


def give(actor: Actor, *, door: str, deal: Mapping[str, Any], client_id: UUID | None = None, at: datetime) -> DrawView:
    """A witness deals its share. BadShare where any `threshold` of the circle could not open it, or another signed."""
    with deed(actor):
        row = _through(door)
        if first_answer(actor, client_id, subject="draw-dealing") is not None:
            return told(actor, row)
        DRAW.move(row.state, "give", frozenset({"member"}))
        _take_deal(actor, row, deal_of(deal), at, client_id)
        return told(actor, row)


def _take_deal(actor: Actor, row: Draw, deal: Deal, at: datetime, client_id: UUID | None = None) -> None:
    after = steps.give(ceremony_of(row), deal)
    member = Member.objects.get(draw=row, place=deal.by)
    made = Dealing.objects.create(
        bureau_id=actor.bureau, draw=row, member=member, document=deal.document(), at=at
    )  # fmt: skip
    place = [one.by for one in after.deals].index(deal.by)
    record(
        actor, verb="draws.give", subject="draw-dealing", subject_id=made.id, client_id=client_id, at=at,
        digest=after.share_hashes()[place].hex(),
    )  # fmt: skip


def seal(actor: Actor, *, draw: int, client_id: UUID | None = None, at: datetime) -> DrawView:
    """Nothing is added or dropped any more; the anchor is posted before anybody reveals."""
    with deed(actor):
        row = locked(actor, draw, "seal")
        if first_answer(actor, client_id, subject="draw") is not None:
            return told(actor, row)
        DRAW.move(row.state, "seal", roles_in(actor, row))
        _seal(actor, row, at, client_id)
        return told(actor, row)


def _seal(actor: Actor, row: Draw, at: datetime, client_id: UUID | None = None) -> None:
    sealed = steps.seal(ceremony_of(row))
    row.state, row.anchor, row.sealed_at = "sealed", anchor(sealed), at
    row.save(update_fields=["state", "anchor", "sealed_at"])
    record(
        actor, verb="draws.seal", subject="draw", subject_id=row.id, digest=sealed.seal_digest().hex(),
        client_id=client_id, at=at,
    )  # fmt: skip


def reveal(actor: Actor, *, door: str, by: int, share: str, client_id: UUID | None = None, at: datetime) -> DrawView:
    """A witness tells its share; told twice it is told once."""
    with deed(actor):
        row = _through(door)
        if first_answer(actor, client_id, subject="draw-reveal") is not None:
            return told(actor, row)
        DRAW.move(row.state, "reveal", frozenset({"member"}))
        _take_share(actor, row, *share_of({"by": by, "share": share}), at, client_id)
        return told(actor, row)


def _take_share(actor: Actor, row: Draw, by: int, share: int, at: datetime, client_id: UUID | None = None) -> None:
    before = ceremony_of(row)
    after = steps.reveal(before, by=by, share=share)
    if after is before:
        return
    dealing = Dealing.objects.get(draw=row, member__place=by)
    made = Reveal.objects.create(
        bureau_id=actor.bureau, dealing=dealing, member_id=dealing.member_id, document={"share": scalar(share)}, at=at
    )
    record(actor, verb="draws.reveal", subject="draw-reveal", subject_id=made.id, client_id=client_id, at=at)


def reveal_kept(actor: Actor, row: Draw, at: datetime) -> None:
    """Tell the shares that are kept here."""
    for kept in Secret.objects.filter(member__draw=row).exclude(share="").select_related("member"):
        _take_share(actor, row, kept.member.place, number(kept.share), at)


def open_for(
    actor: Actor, *, door: str, by: int, opening: Mapping[str, Any], client_id: UUID | None = None, at: datetime
) -> DrawView:
    """A member opens its piece of what the member `by` dealt and does not tell."""
    with deed(actor):
        row = _through(door)
        if first_answer(actor, client_id, subject="draw-reveal") is not None:
            return told(actor, row)
        DRAW.move(row.state, "open_for", frozenset({"member"}))
        _take_opening(actor, row, *opening_of({**opening, "by": by}), at, client_id)
        return told(actor, row)


def _take_opening(
    actor: Actor, row: Draw, by: int, opening: Opening, at: datetime, client_id: UUID | None = None
) -> None:
    before = ceremony_of(row)
    after = steps.open_for(before, by=by, opening=opening)
    if after is before:
        return
    made = Reveal.objects.create(
        bureau_id=actor.bureau, dealing=Dealing.objects.get(draw=row, member__place=by),
        member=Member.objects.get(draw=row, place=opening.of), document=opening.document(), at=at,
    )  # fmt: skip
    record(actor, verb="draws.open_for", subject="draw-reveal", subject_id=made.id, client_id=client_id, at=at)


def open_missing(actor: Actor, *, draw: int, client_id: UUID | None = None, at: datetime) -> DrawView:
    """The organiser opens its pieces of every share that has not been told."""
    with deed(actor):
        row = locked(actor, draw, "open_for")
        if first_answer(actor, client_id, subject="draw") is not None:
            return told(actor, row)
        DRAW.move(row.state, "open_for", roles_in(actor, row))
        for kept in Secret.objects.filter(member__draw=row).select_related("member"):
            _open_all(actor, row, ceremony_of(row), kept, at)
        record(actor, verb="draws.open_missing", subject="draw", subject_id=row.id, client_id=client_id, at=at)
        return told(actor, row)


def _open_all(actor: Actor, row: Draw, before: Ceremony, kept: Secret, at: datetime) -> None:
    for one in before.deals:
        if steps.point_of(before, one) is None and one.by != kept.member.place:
            opening = escrow.open_piece(
                before.table, one, of=kept.member.place, secret=number(kept.key), secrets=_fresh
            )
            _take_opening(actor, row, one.by, opening, at)
