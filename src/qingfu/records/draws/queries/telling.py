"""Draws as lists and as stories."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any

from django.db.models import Count, Q

from qingfu.base.actor import Actor
from qingfu.base.draw import ceremony as steps
from qingfu.base.draw.ceremony import Ceremony
from qingfu.base.draw.curve import packed
from qingfu.base.errors import NotFound
from qingfu.records.draws.models import Draw, DrawRecord, Secret, Ticket
from qingfu.records.draws.queries.ceremony import ceremony_of
from qingfu.records.draws.queries.rights import known_to, named, roles_in, rows, visible
from qingfu.records.draws.queries.views import DrawRow, DrawView, MemberView, TicketView
from qingfu.records.draws.states import DRAW
from qingfu.records.journal.queries import Page, reading


def draws(actor: Actor, *, kind: str = "", state: str = "", page: int = 1, size: int = 50) -> Page[DrawRow]:
    """The draws the actor may know of, the latest first."""
    with reading(actor):
        known = Draw.objects.filter(known_to(actor)).order_by("-frozen_at", "-id")
        if kind:
            known = known.filter(kind=kind)
        if state:
            known = known.filter(state=state)
        total = known.count()
        shown = known.select_related("organ").defer("notice", "anchor")
        counted = shown.annotate(pool=Count("tickets", filter=Q(tickets__excluded="", tickets__taker=False)))
        found = counted[(page - 1) * size : page * size]
        return Page(tuple(_row(one) for one in found), total, page, size)


def _row(one: Any) -> DrawRow:
    return DrawRow(
        id=one.id, number=one.number, title=one.title, kind=one.kind, state=one.state, rehearsal=one.rehearsal,
        organ=one.organ.name, frozen_at=one.frozen_at, drawn_at=one.drawn_at, pool=one.pool,
    )  # fmt: skip


def draw(actor: Actor, draw: int) -> DrawView:
    """The whole of a draw; NotFound for one the actor may not know of."""
    with reading(actor):
        return told(actor, visible(actor, draw))


def held_before(actor: Actor, draw: int) -> tuple[DrawRow, ...]:
    """Draws of the same organiser and year under the same title or the same order of a plan, the first one first.

    Whoever draws again until one pleases, and publishes that one, is seen by it. Classes are placed once in any case.
    """
    with reading(actor):
        row = visible(actor, draw)
        alike = Q(title=row.title) | Q(key=row.key, edition=row.edition_id) if row.key else Q(title=row.title)
        rows = Draw.objects.filter(alike, organ=row.organ_id, rehearsal=False, id__lt=row.id).exclude(kind="allot")
        rows = rows.filter(frozen_at__year=row.frozen_at.year).select_related("organ").defer("notice", "anchor")
        return tuple(_row(one) for one in rows.annotate(pool=Count("tickets")).order_by("id"))


def behind_door(actor: Actor, door: str) -> DrawView:
    """The draw whose QR code was read: what a witness without an account may see. NotFound for another code."""
    with reading(actor):
        row = rows().filter(door=door).first() if door else None
        if row is None:
            raise NotFound(what=door)
        return told(actor, row)


def told(actor: Actor, row: Draw) -> DrawView:
    at = ceremony_of(row)
    members = _members(row, at)
    verbs = DRAW.verbs(row.state, roles_in(actor, row))
    made = DrawRecord.objects.filter(draw=row).first()
    content = bytes(made.content) if made else None
    after = Draw.objects.filter(replaces=row).values_list("number", flat=True).first()
    return DrawView(
        id=row.id, number=row.number, title=row.title, kind=row.kind, key=row.key, edition=row.edition_id,
        state=row.state, rehearsal=row.rehearsal, sealed_names=row.sealed_names, organ=row.organ_id,
        organ_name=row.organ.name, notice=at.notice, notice_digest=row.notice_digest, door=row.door,
        threshold=row.threshold, members=members, missing=_missing(members, at),
        seal=at.seal_digest().hex() if at.sealed else "", anchor=bytes(row.anchor) if row.anchor else None,
        record=content, record_digest=made.digest if made else "",
        result=json.loads(content)["result"] if content else {}, frozen_at=row.frozen_at, sealed_at=row.sealed_at,
        drawn_at=row.drawn_at, void_at=row.void_at, void_reason=row.void_reason,
        replaces=row.replaces.number if row.replaces else "", replaced_by=after or "",
        may=tuple(verb for verb in verbs if verb != "void") if _stands(row, at, members) else verbs,
    )  # fmt: skip


def outcome_stands(row: Draw, at: Ceremony) -> bool:
    """Whether a sealed draw with witnesses lacks nothing but the organiser's own share.

    Where no witness dealt, nothing is proven random anyhow; a rehearsal may be given up at any time.
    """
    return _stands(row, at, _members(row, at))


def _stands(row: Draw, at: Ceremony, members: tuple[MemberView, ...]) -> bool:
    witnessed = any(at.circle[one.by].role == "witness" for one in at.deals)
    lacks_number = at.notice.number is not None and at.number is None
    return row.state == "sealed" and not row.rehearsal and witnessed and not lacks_number and not _missing(members, at)


def _missing(members: tuple[MemberView, ...], at: Ceremony) -> tuple[str, ...]:
    """Whom the draw waits for; what is kept here is told when it is run."""
    waited = steps.missing(at) if at.sealed else ()
    return tuple(one.name for one in members if one.name in waited and not one.kept_here)


def _members(row: Draw, at: Ceremony) -> tuple[MemberView, ...]:
    dealt = {one.by for one in at.deals}
    told_by = {by for by, _ in at.shares}
    kept = set(Secret.objects.filter(member__draw=row).values_list("member__place", flat=True))
    return tuple(
        MemberView(
            place=place,
            name=one.name,
            role=one.role,
            key=packed(one.key).hex(),
            dealt=place in dealt,
            told=place in told_by,
            opened=sum(by == place for by, _ in at.openings),
            kept_here=place in kept,
        )
        for place, one in enumerate(at.circle)
    )


def tickets(actor: Actor, draw: int) -> tuple[TicketView, ...]:
    """Everybody on the list, the excluded too, with the names behind the tickets: for the organiser."""
    with reading(actor):
        row = named(actor, draw)
        return tuple(ticket_views(row, ceremony_of(row)).values())


def ticket_views(row: Draw, at: Ceremony, *, only: Collection[str] | None = None) -> dict[str, TicketView]:
    """The whole list, or only these tickets of it."""
    marks = {one.ticket: one.marks for one in at.notice.pool if only is None or one.ticket in only}
    found = Ticket.objects.filter(draw=row).order_by("ticket")
    if only is not None:
        found = found.filter(ticket__in=only)
    return {
        one.ticket: TicketView(
            id=one.id,
            ticket=one.ticket,
            name=one.name,
            marks=marks.get(one.ticket, {}),
            excluded=one.excluded,
            contact=one.contact,
            organ=one.organ_id,
            person=one.person_id,
        )
        for one in found
    }


def slips(actor: Actor, draw: int) -> tuple[tuple[str, str, str], ...]:
    """Ticket, salt and identity of everybody on a list of sealed names: what each one gets privately."""
    with reading(actor):
        row = named(actor, draw)
        found = Ticket.objects.filter(draw=row).exclude(salt="").order_by("ticket")
        return tuple(found.values_list("ticket", "salt", "name"))
