"""A county for a pack: its bureau, the organs its parties name, one holder in each; then its plan, filled and in force."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import connections

from qingfu.base.actor import Actor
from qingfu.base.clock import CHINA, day_of
from qingfu.packfile import blanks
from qingfu.packfile.due import plan_period
from qingfu.packfile.read import load
from qingfu.packfile.words.pack import Pack
from qingfu.packfile.words.plan import Party
from qingfu.records.enactment.actions import put_in_force
from qingfu.records.people import actions as people
from qingfu.records.people.queries import as_actor
from qingfu.records.plans import actions as plans

# What a bureau might write where a situation leaves it open: enough room for everything a situation counts.
OPEN = {"number": "20", "text": "值班电话"}
OPINIONS = "3"


@dataclass
class Ground:
    """A bureau with the pack's parties seated. `kinds`: an organ's kind, by its key."""

    pack: Pack
    bureau: int
    keeper: Actor
    begins: datetime
    seats: dict[str, int] = field(default_factory=dict)
    kinds: dict[int, str] = field(default_factory=dict)

    @property
    def clock(self) -> Actor:
        """The clock, who may know of everything."""
        return Actor.clock(self.bureau)


def founded(name: str) -> Ground:
    """The county of a shipped pack on the first day of the plan."""
    pack = load(name)
    begins = datetime.combine(plan_period(pack)[0], datetime.min.time(), tzinfo=CHINA) + timedelta(hours=6)
    authority = next(party for party in pack.parties.values() if party.kind == "authority")
    officer = people.found_bureau(
        slug=name, name=authority.organ or "", short_name=name, level="county", division=None, officer="登记员",
        title="登记管理员", at=begins,
    )  # fmt: skip
    ground = Ground(pack, officer.bureau.id, as_actor(officer), begins)
    for key, party in sorted(pack.parties.items(), key=lambda one: one[1].seated_in is not None):
        if party.organ:
            _seat(ground, key, party, officer.organ.id if party is authority else None)
    return ground


def _seat(ground: Ground, key: str, party: Party, organ: int | None) -> None:
    if organ is None:
        organ = people.add_organ(
            ground.keeper, kind=party.kind or "", name=party.organ or "", code=key,
            parent=ground.seats[party.seated_in] if party.seated_in else None, at=ground.begins,
        ).id  # fmt: skip
    ground.seats[key], ground.kinds[organ] = organ, party.kind or ""
    for member in party.members:
        people.add_post(ground.keeper, organ=organ, title=f"{member.title}：{member.who}", at=ground.begins)


def adopted(ground: Ground) -> int:
    """The plan as a draft edition, its parties seated and nothing filled in."""
    edition = plans.adopt_pack(ground.keeper, pack=ground.pack, at=ground.begins).edition
    for party, organ in ground.seats.items():
        plans.seat_party(ground.keeper, edition=edition, party=party, organ=organ, at=ground.begins)
    return edition


def filled(ground: Ground, edition: int, written: Mapping[str, str], *, all_blanks: bool) -> None:
    """Fill what a situation says, and with `all_blanks` whatever else the source leaves open."""
    said = {blank.name: _anything(ground, blank) for blank in blanks.open_blanks(ground.pack)} if all_blanks else {}
    for path, value in {**said, **written}.items():
        plans.fill_blank(ground.keeper, edition=edition, path=path, value=value, at=ground.begins)


def _anything(ground: Ground, blank: blanks.Blank) -> str:
    if blank.holds == "day":
        return day_of(ground.begins + timedelta(days=90)).isoformat()
    return OPINIONS if blank.unit == "opinion" else OPEN[blank.holds]


def enacted(ground: Ground, written: Mapping[str, str]) -> int:
    """The plan in force from its first day, all blanks filled."""
    edition = adopted(ground)
    filled(ground, edition, written, all_blanks=True)
    put_in_force(ground.keeper, edition=edition, on=day_of(ground.begins), at=ground.begins)
    return edition


@contextmanager
def one_connection() -> Iterator[None]:
    """The portal reads on the connection of the tests: what a test did is committed for nobody else."""
    apart = connections["portal"]
    connections["portal"] = connections["default"]
    try:
        yield
    finally:
        connections["portal"] = apart
