"""What the register tells about lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from qingfu.packfile.words.moves import Exit
from qingfu.records.lists.models import Departure, Listing, Roll
from qingfu.records.lists.queries.standing import cap_of
from qingfu.records.lists.states import LISTING, verb_of
from qingfu.records.plans.queries import InForce


@dataclass(frozen=True)
class RollView:
    """名单 of one span. `places_left` is None where the plan sets no cap."""

    id: int
    edition: int
    plan_title: str
    list: str
    says: str
    clause: str
    span: str
    taken: int
    cap: int | None
    places_left: int | None


@dataclass(frozen=True)
class ExitView:
    """A way off the list that this actor may choose; `returns` says whether it can be taken back."""

    id: str
    says: str
    returns: bool


@dataclass(frozen=True)
class DepartureView:
    """How a listing left or came back: the exit in the plan's words, the state it led to, why, who, when."""

    exit: str
    says: str
    verb: str
    state: str
    reason: str
    person_name: str
    at: datetime


@dataclass(frozen=True)
class ListingView:
    """An item on a roll. `card` is what the public reads; `exits` and `may_come_back` are this actor's verbs."""

    id: int
    roll: int
    edition: int
    list: str
    list_says: str
    span: str
    number: int
    title: str
    organ: int
    organ_name: str
    card: Mapping[str, object]
    digest: str
    valid_from: date
    valid_until: date | None
    state: str
    holds_place: bool
    exits: tuple[ExitView, ...] = ()
    may_come_back: bool = False
    departures: tuple[DepartureView, ...] = ()


def told_roll(row: Roll, plan: InForce) -> RollView:
    """The view of a roll; the cap is the plan's own until the first listing has fixed it."""
    held = plan.pack.lists[row.list]
    cap = row.cap if row.cap is not None else cap_of(plan, row.list)
    return RollView(
        id=row.id,
        edition=row.edition_id,
        plan_title=plan.title,
        list=row.list,
        says=held.says,
        clause="、".join(held.clause),
        span=row.span,
        taken=row.taken,
        cap=cap,
        places_left=None if cap is None else max(cap - row.taken, 0),
    )


def told(
    row: Listing, plan: InForce, *, roles: frozenset[str] = frozenset(), departures: Sequence[Departure] = ()
) -> ListingView:
    """The view of a listing, with the verbs of somebody who has these roles."""
    held = plan.pack.lists[row.roll.list]
    possible = LISTING.verbs(row.state, roles)
    ways = {way.id: way for way in held.leaves_by}
    return ListingView(
        id=row.id,
        roll=row.roll_id,
        edition=row.roll.edition_id,
        list=row.roll.list,
        list_says=held.says,
        span=row.roll.span,
        number=row.number,
        title=row.title,
        organ=row.organ_id,
        organ_name=row.organ.name,
        card=dict(row.card),
        digest=row.digest,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        state=row.state,
        holds_place=row.holds_place,
        exits=tuple(ExitView(way.id, way.says, way.returns) for way in held.leaves_by if verb_of(way) in possible),
        may_come_back="come_back" in possible,
        departures=tuple(_departure(one, ways) for one in departures),
    )


def _departure(row: Departure, ways: Mapping[str, Exit]) -> DepartureView:
    way = ways.get(row.exit)
    name = row.person.name if row.person else ""
    return DepartureView(row.exit, way.says if way else "", row.verb, row.state, row.reason, name, row.at)
