"""A county for a pack: its bureau, the organs its parties name; then its plan, filled in and in force."""

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


def founded(pack: Pack, slug: str) -> Ground:
    """The county of a pack at dawn on the first day of its plan."""
    begins = datetime.combine(plan_period(pack)[0], datetime.min.time(), tzinfo=CHINA) + timedelta(hours=6)
    authority = next(party for party in pack.parties.values() if party.kind == "authority")
    officer = people.found_bureau(
        slug=slug, name=authority.organ or "", short_name=slug[:20], level="county", division=None, officer="登记员",
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


def fill(ground: Ground, edition: int, written: Mapping[str, str]) -> None:
    """The bureau fills in what the source leaves open."""
    for path, value in written.items():
        plans.fill_blank(ground.keeper, edition=edition, path=path, value=value, at=ground.begins)


def anything(pack: Pack) -> dict[str, str]:
    """What a bureau might write in each open place."""
    return {blank.name: _anything(pack, blank) for blank in blanks.open_blanks(pack)}


def _anything(pack: Pack, blank: blanks.Blank) -> str:
    if blank.holds == "day":
        return (plan_period(pack)[0] + timedelta(days=90)).isoformat()
    return OPINIONS if blank.unit == "opinion" else OPEN[blank.holds]


def enact(ground: Ground, edition: int) -> None:
    """The plan comes into force on its first day."""
    put_in_force(ground.keeper, edition=edition, on=day_of(ground.begins), at=ground.begins)


@contextmanager
def one_connection() -> Iterator[None]:
    """The portal reads on the connection of the tests: what a test did is committed for nobody else."""
    apart = connections["portal"]
    connections["portal"] = connections["default"]
    try:
        yield
    finally:
        connections["portal"] = apart
