"""Plans in force: the frozen pack with its blanks filled, who sits where, which dates were moved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from qingfu.base.actor import Actor
from qingfu.base.errors import NotAllowed, NotFound, RefusedInForce
from qingfu.base.terms import SchoolTerm
from qingfu.base.words import Word
from qingfu.packfile import blanks, hurdles, read
from qingfu.packfile.due import terms_of
from qingfu.packfile.words.asks import Duty
from qingfu.packfile.words.pack import Pack
from qingfu.records.journal.queries import reading, remembered
from qingfu.records.people.models import Organ, Post
from qingfu.records.people.queries import OrganView, organ_view
from qingfu.records.plans.models import Edition, OfficialText, Reschedule, Term


@dataclass(frozen=True)
class InForce:
    """An edition as every room reads it: `pack` with the bureau's fillings, `moved` from a target to its new day."""

    bureau: int
    edition: int
    pack: Pack
    digest: str
    title: str
    state: str
    seats: Mapping[str, int]
    in_force_on: date | None
    moved: Mapping[str, date]
    terms: tuple[SchoolTerm, ...] = ()


@dataclass(frozen=True)
class EditionView:
    """An edition in the list of plans."""

    id: int
    pack: str
    title: str
    digest: str
    state: str
    in_force_on: date | None
    open_blanks: int
    unseated: int


@dataclass(frozen=True)
class BlankView:
    """A blank, or a number we assumed (`kind` "assumed", `given` its value): where it stands, what the bureau wrote.

    `holds` is number, text or day; empty for an assumption that cannot be set.
    """

    path: str
    says: str
    unit: str
    kind: str
    clause: str
    given: str
    value: str
    holds: str = ""


@dataclass(frozen=True)
class SeatView:
    """A party of the plan and the organ that fills it, if the bureau has seated it."""

    party: str
    says: str
    organ_name: str
    organ: OrganView | None
    needed: bool


@dataclass(frozen=True)
class MovedDate:
    """A date a leader moved: old day, new day, why, who, when."""

    target: str
    was: date | None
    now: date
    reason: str
    by: str
    at: datetime


@lru_cache(maxsize=64)
def _pack(digest: str, content: bytes, fillings: tuple[tuple[str, str], ...]) -> Pack:
    return blanks.filled(read.from_bytes(content), dict(fillings))


def _in_force(row: Edition, terms: tuple[SchoolTerm, ...]) -> InForce:
    """The edition; the bureau's school terms stand in place of those its pack assumed."""
    pack = _pack(row.digest, bytes(row.content), tuple(sorted((f.path, f.value) for f in row.fillings.all())))
    moved: dict[str, date] = {}
    for move in sorted(row.reschedules.all(), key=lambda m: m.id):
        moved[move.target] = move.now
    return InForce(
        bureau=row.bureau_id,
        edition=row.id,
        pack=pack,
        digest=row.digest,
        title=row.title,
        state=row.state,
        seats={seat.party: seat.organ_id for seat in row.seats.all()},
        in_force_on=row.in_force_on,
        moved=moved,
        terms=terms or terms_of(pack),
    )


def _terms() -> tuple[SchoolTerm, ...]:
    rows = Term.objects.order_by("from_on")
    return remembered("term", "all", lambda: tuple(SchoolTerm(row.name, row.from_on, row.until_on) for row in rows))


def in_force(actor: Actor, edition: int) -> InForce:
    """One edition, in whatever state; raises NotFound."""
    with reading(actor):
        return remembered("edition", edition, lambda: _one(edition))


def _one(edition: int) -> InForce:
    row = Edition.objects.prefetch_related("fillings", "seats", "reschedules").filter(id=edition).first()
    if row is None:
        raise NotFound(what=str(edition))
    return _in_force(row, _terms())


def plans_in_force(actor: Actor) -> tuple[InForce, ...]:
    """Every plan in force in the bureau, oldest first."""
    with reading(actor):
        return remembered("edition", "in-force", _all)


def _all() -> tuple[InForce, ...]:
    rows = Edition.objects.prefetch_related("fillings", "seats", "reschedules").filter(state="in-force")
    return tuple(_in_force(row, _terms()) for row in rows.order_by("id"))


def editions(actor: Actor) -> tuple[EditionView, ...]:
    """Every edition of the bureau with what it still lacks."""
    with reading(actor):
        rows = Edition.objects.prefetch_related("fillings", "seats", "reschedules").order_by("-id")
        views = []
        for row in rows:
            plan = _in_force(row, _terms())
            views.append(
                EditionView(
                    row.id,
                    row.pack,
                    row.title,
                    row.digest,
                    row.state,
                    row.in_force_on,
                    len(blanks.open_blanks(plan.pack)),
                    len(unseated(plan)),
                )
            )
        return tuple(views)


def unseated(plan: InForce) -> tuple[str, ...]:
    """Parties with an organ's name that the bureau has not seated yet."""
    return tuple(key for key, party in plan.pack.parties.items() if party.organ and key not in plan.seats)


def blanks_of(actor: Actor, edition: int) -> tuple[BlankView, ...]:
    """Every blank of an edition as its pack was written, with the bureau's filling."""
    with reading(actor):
        row = Edition.objects.prefetch_related("fillings").filter(id=edition).first()
        if row is None:
            raise NotFound(what=str(edition))
        written = {f.path: f.value for f in row.fillings.all()}
        pack = read.from_bytes(bytes(row.content))
        asked = tuple(
            BlankView(b.name, b.asks, b.unit or "", b.holds, b.clause or "", "", written.get(b.name, ""), b.holds)
            for b in blanks.open_blanks(pack)
        )
        assumed = tuple(
            BlankView(a.name, "", a.unit or "", "assumed", a.clause or "", a.value, written.get(a.name, ""), a.holds)
            for a in blanks.assumptions(pack)
        )
        return asked + assumed


def seats_of(actor: Actor, plan: InForce) -> tuple[SeatView, ...]:
    """Every party of the plan that is one organ, and who fills it."""
    with reading(actor):
        organs = {o.id: organ_view(o) for o in Organ.objects.filter(id__in=plan.seats.values())}
        return tuple(
            SeatView(key, party.says, party.organ, organs.get(plan.seats.get(key, 0)), needed=True)
            for key, party in plan.pack.parties.items()
            if party.organ
        )


def hurdles_of(plan: InForce) -> tuple[RefusedInForce, ...]:
    """Why the plan cannot be put in force yet."""
    return hurdles.hurdles(plan.pack)


def parties_of(actor: Actor, plan: InForce) -> frozenset[str]:
    """The party keys of the plan that the actor fills: by its organ's seat, its kind, and where asked its title."""
    if actor.kind != "person" and actor.kind != "link":
        return frozenset()
    title = ""
    if any(party.titled for party in plan.pack.parties.values()) and actor.post is not None:
        with reading(actor):
            title = Post.objects.filter(id=actor.post).values_list("title", flat=True).first() or ""
    return frozenset(
        key
        for key, party in plan.pack.parties.items()
        if ((party.organ and plan.seats.get(key) == actor.organ) or (party.any and party.any in actor.roles))
        and (not party.titled or party.titled == title)
    )


def organs_of(plan: InForce, duty: Duty, everybody: tuple[OrganView, ...]) -> tuple[OrganView, ...]:
    """The organs that owe a duty: a party's own organ, or every organ of its kind."""
    found: dict[int, OrganView] = {}
    for key in duty.who:
        party = plan.pack.parties[key]
        for organ in everybody:
            if (party.any and organ.kind == party.any) or (party.organ and plan.seats.get(key) == organ.id):
                found[organ.id] = organ
    return tuple(found.values())


def scope_of(plan: InForce, duty: Duty, organ: OrganView) -> str | None:
    """The scope with a date of its own that an organ falls under, by its kind and level."""
    return next((key for key in duty.due_for if in_scope(plan, key, organ)), None)


def in_scope(plan: InForce, key: str, organ: OrganView) -> bool:
    """Whether an organ falls under a scope."""
    scope = plan.pack.scopes[key]
    return scope.each == organ.kind and scope.level in (None, organ.level)


def sees_all(actor: Actor, plan: InForce) -> bool:
    """Whether the actor is on the bureau side of this plan."""
    return actor.kind == "clock" or any(plan.pack.parties[key].sees == "all" for key in parties_of(actor, plan))


def sees_all_somewhere(actor: Actor) -> bool:
    """Whether the actor is on the bureau side of any plan in force."""
    return any(sees_all(actor, plan) for plan in plans_in_force(actor))


def is_office(actor: Actor) -> bool:
    """Whether the actor acts for the bureau: on the bureau side of a plan in force, or keeper of the register."""
    return "administrator" in actor.roles or sees_all_somewhere(actor)


def require_bureau_side(actor: Actor, plan: InForce) -> None:
    """Raises NotAllowed unless the actor is on the bureau side of the plan."""
    if not sees_all(actor, plan):
        who = [party.says for party in plan.pack.parties.values() if party.sees == "all"]
        raise NotAllowed(verb=Word("act for the bureau"), who=who)


def moved_dates(actor: Actor, edition: int) -> tuple[MovedDate, ...]:
    """Every date that was moved, oldest first: everybody concerned sees the old and the new day."""
    with reading(actor):
        rows = Reschedule.objects.filter(edition=edition).select_related("by").order_by("id")
        return tuple(MovedDate(r.target, r.was, r.now, r.reason, r.by.name, r.at) for r in rows)


def official_texts(actor: Actor, edition: int) -> dict[str, str]:
    """Exact official words by clause number, where the bureau entered them."""
    with reading(actor):
        return dict(OfficialText.objects.filter(edition=edition).values_list("clause", "text"))
