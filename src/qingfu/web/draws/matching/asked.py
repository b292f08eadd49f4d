"""What the form of a matching says, and how it is carried from the form to the preview to the freezing."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _

from qingfu.base.canon import digest
from qingfu.base.draw.notice import Match, PublicNumber
from qingfu.base.errors import FieldFault, Invalid
from qingfu.base.words import N_
from qingfu.papers.visitors import Brought, RowFault, Side, read_visitors
from qingfu.records.draws import queries
from qingfu.records.draws.queries import TOWN, WORKS_THERE, Candidate, Expected, Impossible, Pool, Tied
from qingfu.records.plans.queries import InForce, plans_in_force
from qingfu.web.desk import Desk
from qingfu.web.draws.asked import (
    CHANGED,
    NO_EXCLUSIONS,
    NO_FILE,
    TITLE,
    Carried,
    basis_of,
    carried_in,
    number_of,
    text_of,
    whole,
)
from qingfu.web.ids import id_in

PLAIN = (
    "title", "basis", "clause", "targets", "school-stage", "town", "takers", "organ", "text", "rounds", "most", "apart",
    "circle", "rehearsal", "source", "issue", "expected", "replaces",
)  # fmt: skip
SIDES: tuple[Side, ...] = ("targets", "inspectors")
MOST_ROUNDS, MOST_VISITS, MOST_TIES = 60, 9_999, 2_000
_NOBODY = N_("Nobody stands on this list; choose it more widely.")
_WIDE = N_("The list has more than {most} entries; narrow it.")
MOST_LISTED = 5_000
Left = Mapping[int, str]


@dataclass(frozen=True)
class Asked:
    """A matching as it is asked for; texts as typed until `judged` judges them. `left`: who is left out, by place."""

    said: Mapping[str, str]
    sheets: Mapping[Side, Carried] = field(default_factory=dict)
    left: Mapping[Side, Left] = field(default_factory=dict)
    ties: tuple[Tied, ...] = ()

    def text(self, name: str) -> str:
        """What was typed into a field."""
        return self.said.get(name, "")

    @property
    def apart_by(self) -> tuple[str, ...]:
        """By what inspector and target are kept apart."""
        return (TOWN,) if self.text("apart") == "yes" else ()

    @property
    def stage(self) -> str:
        """The stage of the schools; the field `stage` is the step of the form."""
        return self.text("school-stage")

    @property
    def alone(self) -> bool:
        return self.text("circle") == "alone"

    @property
    def carried(self) -> list[tuple[Side, Carried]]:
        """The sheets that go along."""
        return [(side, one) for side in SIDES if (one := self.sheets.get(side)) and one.packed]

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """Everything as fields of the next form."""
        plain = [(name, self.text(name)) for name in PLAIN if self.text(name)]
        files = [
            pair
            for side, one in self.carried
            for pair in ((f"carried-{side}", one.packed), (f"carried-{side}-name", one.name))
        ]
        left = {side: {str(place): why for place, why in self.left.get(side, {}).items()} for side in SIDES}
        ties = [[one.target, one.taker, one.reason] for one in self.ties]
        kept = [("left", json.dumps(left, ensure_ascii=False)), ("ties", json.dumps(ties, ensure_ascii=False))]
        return [*plain, *files, *kept]

    def plan(self, desk: Desk) -> tuple[InForce | None, str]:
        """The plan and the key of its draw, where one was chosen."""
        return basis_of(desk, self.text("basis"))

    def fresh(self) -> Asked:
        """Without what was said of places in a list, which may be another list now."""
        return replace(self, left={}, ties=())


def sent(desk: Desk) -> Asked:
    """What was sent; raises Invalid for a file that cannot be carried."""
    post = desk.request.POST
    said = {name: post.get(name, "").strip() for name in PLAIN}
    sheets = {side: carried_in(desk, f"sheet-{side}", f"carried-{side}") for side in SIDES}
    try:
        left = {side: _left(json.loads(post.get("left") or "{}").get(side, {})) for side in SIDES}
        ties = tuple(_tied(one) for one in json.loads(post.get("ties") or "[]")[:MOST_TIES])
    except (ValueError, TypeError, AttributeError, OverflowError, RecursionError):
        raise Invalid(FieldFault("places", NO_EXCLUSIONS)) from None
    return Asked(said, sheets, left, ties)


def _left(found: Mapping[str, Any]) -> Left:
    return {int(place): text_of(why) for place, why in found.items()}


def _tied(found: Any) -> Tied:
    target, taker, reason = found
    return Tied(int(target), int(taker), text_of(reason))


@dataclass(frozen=True)
class Ready:
    """A matching as it would be frozen: both lists, who may not go where, and what is known of it beforehand."""

    asked: Asked
    targets: Pool
    takers: Pool
    faults: tuple[tuple[Side, RowFault], ...]
    method: Match
    number: PublicNumber | None
    listed: tuple[Candidate, ...] = ()
    people: tuple[Candidate, ...] = ()
    own: tuple[Tied, ...] = ()
    outcome: Expected | Impossible | None = None

    @property
    def ties(self) -> tuple[Tied, ...]:
        """Those who work there first; a pair is tied once."""
        found = {(one.target, one.taker): one for one in (*self.asked.ties, *self.own)}
        return tuple(found[pair] for pair in sorted(found))

    @property
    def digest(self) -> str:
        """Of both lists without exclusions: so that places mean the same in the next form."""
        sides = (self.targets.candidates, self.takers.candidates)
        return digest([[[one.name, dict(one.marks), one.most] for one in side] for side in sides])


def judged(desk: Desk, asked: Asked, *, seen: str = "") -> Ready:
    """The matching as it may be frozen; Invalid names every field that is wrong. `seen`: the lists that were shown."""
    queries.require_matcher(desk.actor)
    if not 0 < len(asked.text("title")) <= 120:
        raise Invalid(FieldFault("title", TITLE))
    method = Match(whole("rounds", asked.text("rounds"), 1, MOST_ROUNDS), (), asked.apart_by)
    most = whole("most", asked.text("most"), 1, MOST_VISITS) if asked.text("most") else None
    sheets = {side: _sheet(asked, side) for side in SIDES}
    targets, takers = _targets(desk, asked, sheets["targets"]), _takers(desk, asked, sheets["inspectors"], most)
    faults = tuple((side, one) for side, read in sheets.items() if read for one in read.faults)
    ready = Ready(asked, targets, takers, faults, method, number_of(asked.said, desk.today))
    if seen and seen != ready.digest:
        raise Invalid(FieldFault("places", CHANGED))
    return ready if faults else _tried(desk, ready)


def _tried(desk: Desk, ready: Ready) -> Ready:
    asked, by = ready.asked, ready.asked.apart_by
    for name, pool in (("targets", ready.targets), ("takers", ready.takers)):
        if not pool.candidates:
            raise Invalid(FieldFault(name, _NOBODY))
        if len(pool.candidates) > MOST_LISTED:
            raise Invalid(FieldFault(name, _WIDE, {"most": MOST_LISTED}))
    listed = queries.listed(ready.targets, by=by, excluded=asked.left.get("targets", {}), strata=False)
    people = queries.listed(ready.takers, by=by, excluded=asked.left.get("inspectors", {}), strata=False)
    if all(one.reason for one in listed) or all(one.reason for one in people):
        raise Invalid(FieldFault("places", _NOBODY))
    queries.require_ties(asked.ties, ready.targets, ready.takers)
    own = queries.own_places(
        desk.actor, ready.targets.candidates, ready.takers.candidates, on=desk.today, reason=_(WORKS_THERE)
    )
    whole_of = replace(ready, listed=listed, people=people, own=own)
    return replace(whole_of, outcome=queries.tried(ready.method, listed, people, whole_of.ties))


def _sheet(asked: Asked, side: Side) -> Brought | None:
    """What was brought; None where the register is asked. Raises SheetRefused and its kin."""
    if asked.text("targets" if side == "targets" else "takers") != "roster":
        return None
    one = asked.sheets.get(side, Carried())
    if not one.packed:
        raise Invalid(FieldFault(f"sheet-{side}", NO_FILE))
    return read_visitors(one.data(f"sheet-{side}"), side, name=one.name)


def _targets(desk: Desk, asked: Asked, brought: Brought | None) -> Pool:
    return queries.targets_of(
        desk.actor, kind=asked.text("targets"), on=desk.today, stage=asked.stage, town=asked.text("town"),
        brought=brought.people if brought else (),
    )  # fmt: skip


def _takers(desk: Desk, asked: Asked, brought: Brought | None, most: int | None) -> Pool:
    organ = id_in(asked.text("organ"))
    found = queries.takers_of(
        desk.actor, kind=asked.text("takers"), on=desk.today, organ=organ, text=asked.text("text"),
        brought=brought.people if brought else (),
    )  # fmt: skip
    limited = tuple(replace(one, most=most if one.most is None else one.most) for one in found.candidates)
    return replace(found, candidates=limited)


def offered_matches(desk: Desk) -> list[tuple[str, str, tuple[str, ...]]]:
    """Matchings that plans in force order: where chosen from, what they say, their clause."""
    return [
        (f"{plan.edition}:{key}", one.says, one.clause)
        for plan in plans_in_force(desk.actor)
        for key, one in plan.pack.draws.items()
        if one.kind == "match"
    ]


def begun_from(desk: Desk) -> Asked:
    """The form as it is first shown: empty, from a plan's draw, or in place of a void draw."""
    basis, replaces = (desk.request.GET.get(name, "") for name in ("basis", "replaces"))
    said = {
        "targets": "schools", "takers": "staff", "rounds": "1", "apart": "yes",
        "circle": "witnesses",
    }  # fmt: skip
    plan, key = basis_of(desk, basis)
    if plan is not None and plan.pack.draws[key].kind == "match":
        said |= {"basis": basis, **_from_plan(plan, key)}
    if (void := id_in(replaces)) is not None:
        said |= {"replaces": replaces, "title": queries.draw(desk.actor, void).title}
    return Asked(said)


def _from_plan(plan: InForce, key: str) -> dict[str, str]:
    one = plan.pack.draws[key]
    said = {
        "title": one.says[:120], "targets": "schools" if one.pool == "schools" else "roster",
        "takers": one.takers or "staff", "clause": "、".join(one.clause), "apart": "yes" if one.apart_by else "",
    }  # fmt: skip
    if one.rounds is not None and one.rounds.value is not None:
        said["rounds"] = str(one.rounds.value)
    return said
