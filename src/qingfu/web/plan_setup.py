"""An edition being prepared: blanks are filled in, every party is seated, then the plan is put in force."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from qingfu.base.errors import FieldFault, Invalid, NoSuchDay, OpenBlank
from qingfu.base.once import part_of
from qingfu.base.words import N_
from qingfu.packfile.words.pack import Pack
from qingfu.records.duties.queries import late_at_once
from qingfu.records.enactment import actions as enactment
from qingfu.records.monitoring.queries import terms as school_terms
from qingfu.records.people.queries import OrganView, organs, require_keeper
from qingfu.records.plans import actions, queries
from qingfu.records.plans.queries import BlankView, InForce, SeatView
from qingfu.web.desk import Desk, page, spoken
from qingfu.web.plan_told import KIND_WORDS

PLACES = {
    "minutes": N_("Minutes it takes"), "due": N_("Due"), "reply": N_("Time to reply"),
    "until": N_("Last day"), "from": N_("First day"), "from-": N_("First day"), "to": N_("Filed with"),
}  # fmt: skip


@dataclass(frozen=True)
class BlankTold:
    """A place to fill in, with the thing of the plan it belongs to."""

    path: str
    label: str
    about: str
    kind: str
    unit: str
    clause: tuple[str, ...]
    value: str
    given: str
    holds: str


@dataclass(frozen=True)
class SeatTold:
    """A party, and the organs that could fill it."""

    party: str
    name: str
    says: str
    chosen: int
    offered: tuple[OrganView, ...]
    kind: str


@page("plan")
def setup(desk: Desk, edition: int) -> HttpResponse:
    """What is still missing before the plan can be put in force."""
    require_keeper(desk.actor)
    held = queries.in_force(desk.actor, edition)
    if held.state != "draft":
        return redirect("plan-page", edition)
    told = [_told(held.pack, blank, desk) for blank in queries.blanks_of(desk.actor, edition)]
    seats = tuple(_seats(held, queries.seats_of(desk.actor, held), organs(desk.actor), desk))
    hurdles = [spoken(one) for one in queries.hurdles_of(held) if not isinstance(one, OpenBlank)]
    blanks = [one for one in told if not one.given]
    left = sum(not one.value for one in blanks) + sum(not seat.chosen for seat in seats)
    return desk.show(
        "plans/setup.html", plan=held, blanks=blanks, seats=seats, hurdles=hurdles, left=left,
        late=[] if hurdles or left else _late_at_once(desk, held),
        assumed=[one for one in told if one.given and one.holds],
        terms=() if school_terms(desk.actor) else held.pack.plan.terms,
        readings=[one for one in told if one.given and not one.holds],
        clauses={clause.id: clause.says for clause in held.pack.clauses},
    )  # fmt: skip


@setup.act("fill")
def fill(desk: Desk, edition: int) -> HttpResponse:
    """Keep every value that can be read; say which cannot."""
    require_keeper(desk.actor)
    faults: list[FieldFault] = []
    for blank in queries.blanks_of(desk.actor, edition):
        text = desk.request.POST.get(blank.path, "").strip()
        if not blank.holds or not text or text in (blank.value, blank.value or blank.given):
            continue
        try:
            once = part_of(desk.client_id, blank.path)
            actions.fill_blank(desk.actor, edition=edition, path=blank.path, value=text, client_id=once, at=desk.at)
        except NoSuchDay:
            faults.append(FieldFault(blank.path, N_("There is no such day: {text}."), {"text": text}))
        except Invalid as error:
            faults += [replace(fault, field=blank.path) for fault in error.faults]
    if faults:
        raise Invalid(*faults)
    return desk.go("plan-setup", edition, said=_("The values were kept."))


@setup.act("seat")
def seat(desk: Desk, edition: int) -> HttpResponse:
    """Say which organ fills each party."""
    require_keeper(desk.actor)
    held = queries.in_force(desk.actor, edition)
    for one in queries.seats_of(desk.actor, held):
        chosen = desk.request.POST.get(f"seats.{one.party}", "")
        if chosen.isdigit() and int(chosen) != held.seats.get(one.party):
            once = part_of(desk.client_id, one.party)
            actions.seat_party(
                desk.actor, edition=edition, party=one.party, organ=int(chosen), client_id=once, at=desk.at
            )
    return desk.go("plan-setup", edition, said=_("The seats were kept."))


@setup.act("put-in-force")
def put_in_force(desk: Desk, edition: int) -> HttpResponse:
    """From today on the plan runs."""
    enactment.put_in_force(desk.actor, edition=edition, on=desk.today, client_id=desk.client_id, at=desk.at)
    return desk.go("plan-page", edition, said=_("The plan is in force. Its duties open by themselves on their days."))


def _late_at_once(desk: Desk, held: InForce) -> list[tuple[str, date]]:
    """Duties that would be late from the first day, with the day that is over, oldest first."""
    over = late_at_once(desk.actor, plan=held, on=desk.today)
    return sorted(((held.pack.duties[key].says, day) for key, day in over.items()), key=lambda one: one[1])


def _told(pack: Pack, blank: BlankView, desk: Desk) -> BlankTold:
    kind, _dot, rest = blank.path.partition(".")
    thing = pack.things(kind).get(rest.split(".")[0]) if kind in KIND_WORDS else None
    end = blank.path.rpartition(".")[2]
    label = blank.says or (_(PLACES[end]) if end in PLACES else end)
    return BlankTold(
        path=blank.path, label=label, about=thing.says if thing else "",
        kind=_(KIND_WORDS[kind]) if kind in KIND_WORDS else _("The plan itself"),
        unit=_(blank.unit) if blank.unit else "",
        clause=tuple(part for part in blank.clause.split("、") if part),
        value=desk.typed(blank.path, blank.value), given=blank.given, holds=blank.holds,
    )  # fmt: skip


def _seats(
    held: InForce, seats: Iterable[SeatView], known: tuple[OrganView, ...], desk: Desk
) -> Iterator[SeatTold]:  # fmt: skip
    for one in seats:
        kind = held.pack.parties[one.party].kind
        chosen = desk.typed(f"seats.{one.party}", str(one.organ.id) if one.organ else "")
        fitting = tuple(organ for organ in known if kind is None or organ.kind == kind)
        yield SeatTold(one.party, one.organ_name, one.says, int(chosen) if chosen.isdigit() else 0, fitting, kind or "")
