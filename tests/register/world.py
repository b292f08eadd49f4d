"""The county a situation is played in: who acts, on which day, and what its names stand for."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from qingfu.base.actor import Actor
from qingfu.base.clock import CHINA
from qingfu.packfile.gate import Answer
from qingfu.packfile.words.pack import Pack
from qingfu.records.enactment.actions import open_the_day
from qingfu.records.people import actions as people
from qingfu.records.plans.queries import InForce, in_force
from qingfu.records.routes.queries import RunView
from tests.register.ground import Ground
from tests.register.units import Units

NAMES = {"school": "第{n}小学", "department": "第{n}局", "township": "第{n}镇"}


@dataclass
class Case:
    """An application as it was told last. `said` are the answers so far by meaning, `seen` the red lines warned of.

    `opined`: who gave an opinion in which version.
    """

    view: RunView
    applicant: Actor
    said: dict[str, str]
    seen: frozenset[str] = frozenset()
    panel: list[Actor] = field(default_factory=list)
    opined: set[tuple[int, int | None]] = field(default_factory=set)


Remembered = tuple[dict[tuple[int, str], Actor], dict[str, int], dict[str, Case]]


@dataclass
class World:
    """One situation's county. `lines`: ids of problems by the name a fact gave them, `units`: organs by kind."""

    ground: Ground
    edition: int
    at: datetime
    units: dict[Units, list[int]] = field(default_factory=dict)
    cases: dict[str, Case] = field(default_factory=dict)
    lines: dict[str, list[int]] = field(default_factory=dict)
    gate: Answer | None = None
    actors: dict[tuple[int, str], Actor] = field(default_factory=dict)
    persons: dict[str, int] = field(default_factory=dict)

    @property
    def today(self) -> date:
        """The day that is lived."""
        return self.at.date()

    @property
    def clock(self) -> Actor:
        """The clock, who may know of everything."""
        return self.ground.clock

    @property
    def plan(self) -> InForce:
        """The edition as it stands."""
        return in_force(self.clock, self.edition)

    @property
    def pack(self) -> Pack:
        """The pack with what the bureau filled in."""
        return self.plan.pack

    def settle(self, wanted: dict[Units, int]) -> None:
        """Enter the units a situation speaks of."""
        for (kind, scope), count in wanted.items():
            level = self.ground.pack.scopes[scope].level if scope else None
            for n in range(1, count + 1):
                name = f"{scope or ''}{NAMES[kind].format(n=n)}"
                organ = people.add_organ(self.ground.keeper, kind=kind, name=name, level=level or "county", at=self.at)
                self.ground.kinds[organ.id] = kind
                self.units.setdefault((kind, scope), []).append(organ.id)

    def live_to(self, day: date) -> None:
        """Another day begins, and the clock does what it does at dawn."""
        dawn = datetime.combine(day, datetime.min.time(), tzinfo=CHINA) + timedelta(hours=7)
        if dawn > self.at:
            self.at = dawn
            open_the_day(bureau=self.ground.bureau, at=dawn)

    def tick(self) -> None:
        """A minute passes between one act and the next."""
        self.at += timedelta(minutes=1)

    def organs(self, kind: str, scope: str | None = None) -> list[int]:
        """The units of a kind: of one scope, or all."""
        held = [ids for (its, under), ids in self.units.items() if its == kind and scope in (None, under)]
        return [organ for ids in held for organ in ids]

    def organ_of(self, party: str) -> int:
        """The organ a party sits on; of many, the first."""
        kind = self.ground.pack.parties[party].any
        return self.organs(kind)[0] if kind else self.ground.seats[party]

    def by(self, party: str, person: str = "") -> Actor:
        """Somebody who acts for a party; `person` tells natural persons apart."""
        return self.somebody(self.organ_of(party), person)

    def somebody(self, organ: int, person: str = "", *, member: str = "") -> Actor:
        """The holder of a post in an organ, who is entered when first asked for."""
        if (organ, person) not in self.actors:
            self.actors[organ, person] = self._entered(organ, person, member)
        return self.actors[organ, person]

    def remembered(self) -> Remembered:
        """What the story knows now, beside the register."""
        cases = {name: replace(one, panel=[*one.panel], opined={*one.opined}) for name, one in self.cases.items()}
        return dict(self.actors), dict(self.persons), cases

    def forget_since(self, before: Remembered) -> None:
        """A refused fact left nothing behind in the register, nor does it here."""
        self.actors, self.persons, self.cases = before

    def _entered(self, organ: int, person: str, member: str) -> Actor:
        keeper = self.ground.keeper
        name = person or f"经办人{organ}"
        if name not in self.persons:
            self.persons[name] = people.add_person(keeper, name=name, at=self.at)
        post = people.add_post(keeper, organ=organ, title=f"职务：{name}", member_kind=member, at=self.at)
        people.hold_post(keeper, post=post, person=self.persons[name], from_on=self.today, at=self.at)
        return Actor(
            kind="person", bureau=self.ground.bureau, person=self.persons[name], post=post, organ=organ,
            roles=frozenset({self.ground.kinds[organ]}), name=name,
        )  # fmt: skip
