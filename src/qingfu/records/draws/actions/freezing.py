"""A list is frozen: the eligible, the excluded with their reasons, and what is to be drawn from them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connections
from django.db.models import Exists, OuterRef

from qingfu.base.actor import Actor
from qingfu.base.canon import canonical
from qingfu.base.chance import new_id, new_token
from qingfu.base.clock import day_of
from qingfu.base.draw.freezing import freeze as checked
from qingfu.base.draw.hashing import Domain
from qingfu.base.draw.notice import Allot, Entry, Exclusion, Match, Method, Notice, Pick, PublicNumber, Share, Void
from qingfu.base.errors import FieldFault, Invalid
from qingfu.base.words import N_
from qingfu.records.draws.actions.ordering import require_ordered
from qingfu.records.draws.actions.witnessing import begin_alone, enter_organiser
from qingfu.records.draws.models import Draw, Ticket
from qingfu.records.draws.queries.rights import require_holder, visible
from qingfu.records.draws.queries.telling import told
from qingfu.records.draws.queries.ticketing import Tied, entries_of, matching_of
from qingfu.records.draws.queries.views import Candidate, DrawView
from qingfu.records.journal.actions import deed, first_answer, record
from qingfu.records.people.models import Bureau
from qingfu.records.people.queries import organ as organ_of
from qingfu.records.plans.queries import InForce

KINDS = {Pick: "pick", Share: "share", Match: "match", Allot: "allot"}
NOT_VOID = N_("Only a draw that became void can be replaced.")
NO_TITLE = N_("Give it a title.")


@dataclass(frozen=True)
class Frozen:
    """What is frozen: a list, a method, and where it comes from. `key` is a draw of the plan's pack, or empty.

    A matching has `takers` too, persons whose names are sealed in any case, and `ties` by places in the two lists.
    `pool`: which list the candidates are, as a plan names it. `clause`: of a plan that orders no draw by this key.
    """

    title: str
    method: Method
    candidates: Sequence[Candidate]
    key: str = ""
    clause: str = ""
    sealed_names: bool = False
    rehearsal: bool = False
    number: PublicNumber | None = None
    replaces: int | None = None
    takers: Sequence[Candidate] = ()
    ties: Sequence[Tied] = ()
    pool: str = ""


def freeze(
    actor: Actor, *, plan: InForce | None, frozen: Frozen, alone: bool = False, client_id: UUID | None = None,
    at: datetime,
) -> DrawView:  # fmt: skip
    """Post the notice of a draw. Raises BadNotice, NoMatch, Invalid; NotAllowed to whoever holds no draws.

    A draw that the plan orders, by `key`, is held at least as the plan orders it.

    `alone`: no witnesses; the organiser's share is dealt and sealed at once, and the verdict of every verifier will be
    that the draw can be replayed but is not proven random, unless a public number is named.
    """
    with deed(actor):
        if (first := first_answer(actor, client_id, subject="draw")) is not None:
            return told(actor, visible(actor, first))
        require_holder(actor)
        if not frozen.title.strip():
            raise Invalid(FieldFault("title", NO_TITLE))
        require_ordered(plan, frozen.key, method=frozen.method, candidates=frozen.candidates, pool=frozen.pool)
        row = _row(actor, plan, frozen, at)
        record(
            actor, verb="draws.freeze", subject="draw", subject_id=row.id, digest=row.notice_digest,
            client_id=client_id, at=at,
        )  # fmt: skip
        enter_organiser(actor, row, at)
        if alone:
            begin_alone(actor, row, at)
        return told(actor, row)


def _row(actor: Actor, plan: InForce | None, frozen: Frozen, at: datetime) -> Draw:
    assert actor.organ is not None  # noqa: S101 - judged by require_holder
    organ = organ_of(actor, actor.organ)
    void = _replaced(actor, frozen)
    number = _number(actor, frozen.rehearsal, at)
    listed = _listed(frozen)
    notice = checked(
        Notice(
            draw=number,
            title=frozen.title.strip(),
            organiser=organ.name,
            clause=_clause(plan, frozen),
            frozen_at=at,
            method=_method(frozen, listed.takers),
            pool=listed.pool,
            excluded=listed.excluded,
            rehearsal=frozen.rehearsal,
            number=frozen.number,
            replaces=Void(void.number, void.void_reason) if void else None,
        )
    )
    row = Draw.objects.create(
        bureau_id=actor.bureau, number=number, edition_id=plan.edition if plan else None, key=frozen.key,
        kind=KINDS[type(frozen.method)], title=frozen.title.strip(), organ_id=organ.id, person_id=actor.person,
        rehearsal=frozen.rehearsal, sealed_names=frozen.sealed_names or bool(frozen.takers),
        notice=canonical(notice.document()), notice_digest=notice.digest().hex(), door=new_token(), frozen_at=at,
        replaces=void,
    )  # fmt: skip
    _keep(row, listed.rows)
    return row


def _clause(plan: InForce | None, frozen: Frozen) -> str:
    """The clause in the notice: the plan's own where it orders this draw, and none without a plan."""
    ordered = plan.pack.draws.get(frozen.key) if plan is not None else None
    if ordered is not None:
        return "、".join(ordered.clause)
    return frozen.clause if plan is not None else ""


def _keep(row: Draw, tickets: Sequence[Ticket]) -> None:
    for one in tickets:
        one.bureau_id, one.draw_id = row.bureau_id, row.id
    Ticket.objects.bulk_create(tickets, batch_size=2_000)


def _method(frozen: Frozen, takers: Sequence[Entry]) -> Method:
    if not isinstance(frozen.method, Match):
        return frozen.method
    return matching_of(frozen.method, takers, frozen.ties, frozen.candidates, frozen.takers)


def _replaced(actor: Actor, frozen: Frozen) -> Draw | None:
    if frozen.replaces is None:
        return None if frozen.rehearsal else _forgotten(actor, frozen)
    row = visible(actor, frozen.replaces)
    if row.state != "void":
        raise Invalid(FieldFault("replaces", NOT_VOID))
    return row


def _forgotten(actor: Actor, frozen: Frozen) -> Draw | None:
    """A draw of the same title that became void and that no notice names yet: this one does, asked or not."""
    held = Draw.objects.filter(organ=actor.organ, title=frozen.title.strip(), rehearsal=False, state="void")
    named = Draw.objects.filter(replaces=OuterRef("id"))
    return held.filter(~Exists(named)).order_by("-frozen_at", "-id").first()


def _number(actor: Actor, rehearsal: bool, at: datetime) -> str:
    """The next number of the bureau and the year; two who freeze at once wait for each other."""
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"draws:{actor.bureau}"])
    prefix = f"{Bureau.objects.get(id=actor.bureau).slug}-{'R' if rehearsal else ''}"
    day = day_of(at)
    taken = Draw.objects.filter(number__startswith=f"{prefix}{day.year}-").count()
    return f"{prefix}{day.year}-{taken + 1:03d}"


@dataclass(frozen=True)
class _Listed:
    """Tickets in the order of the lists; a sealed name is bound to its ticket by a salted digest."""

    pool: tuple[Entry, ...]
    takers: tuple[Entry, ...]
    excluded: tuple[Exclusion, ...]
    rows: tuple[Ticket, ...]


def _listed(frozen: Frozen) -> _Listed:
    pool = _tickets(frozen, frozen.candidates, taker=False)
    takers = _tickets(frozen, frozen.takers, taker=True)
    return _Listed(pool[0], takers[0], (*pool[1], *takers[1]), (*pool[2], *takers[2]))


def _tickets(
    frozen: Frozen, listed: Sequence[Candidate], *, taker: bool
) -> tuple[tuple[Entry, ...], tuple[Exclusion, ...], tuple[Ticket, ...]]:
    domain, sealed = Domain(frozen.rehearsal), frozen.sealed_names or taker
    entries, exclusions, rows = [], [], []
    for ticket, one in entries_of(listed, taker=taker):
        salt = new_id().hex if sealed else ""
        name = None if sealed else one.name
        holder = holder_of(domain, ticket, salt, one.name) if sealed else None
        if one.reason:
            exclusions.append(Exclusion(ticket, one.reason, name, holder))
        else:
            entries.append(Entry(ticket, name, holder, one.marks, one.level, one.most))
        rows.append(
            Ticket(
                ticket=ticket, taker=taker, name=one.name, salt=salt, organ_id=one.organ,
                person_id=one.person, excluded=one.reason, contact=one.contact,
            )
        )  # fmt: skip
    return tuple(entries), tuple(exclusions), tuple(rows)


def holder_of(domain: Domain, ticket: str, salt: str, name: str) -> str:
    """What binds a ticket to whoever holds it, without saying who that is (draw-record.md, 8)."""
    return domain.hash("holder", ticket.encode("ascii"), bytes.fromhex(salt), name.encode("utf-8")).hex()
