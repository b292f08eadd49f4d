"""The small world a situation is played in: tasks, cases, listed affairs and lines of the ledger."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from qingfu.base.days import Period
from qingfu.base.errors import NotFound, NotInForce
from qingfu.base.terms import DueDate
from qingfu.base.words import N_
from qingfu.base.workdays import Workdays
from qingfu.packfile.course import START, Position
from qingfu.packfile.due import Deadline, dates_of_duty, plan_period
from qingfu.packfile.gate import Answer
from qingfu.packfile.words.asks import Duty
from qingfu.packfile.words.pack import Pack
from qingfu.packfile.words.situation import Fact

TASK_STATES = ("open", "handed-in", "returned", "accepted", "waived")
# What a refusal shows to people goes through the catalogue under these words.
SHOWN = (
    N_("open"), N_("handed-in"), N_("accepted"), N_("waived"), N_("listed"), N_("paused"), N_("rectifying"),
    N_("revoked"), N_("cleared"), N_("found"), N_("planned"), N_("reported"), N_("sent-back"), N_("struck-off"),
    N_("reopened"), N_("hand-in"), N_("accept"), N_("return-hand-in"), N_("waive"), N_("evaluate"), N_("exit"),
    N_("restore"), N_("report-done"), N_("verify"), N_("send-back"), N_("revisit"), N_("relapse"),
    N_("plan-rectification"),
)  # fmt: skip
HOLDING = ("listed", "paused", "rectifying")


@dataclass
class Tally:
    """How many units stand where with one duty, at one of its dates."""

    due: DueDate
    opens: date
    total: int = 1
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(TASK_STATES, 0) | {"open": 1})

    def enlarge(self, total: int) -> None:
        """Make room for all units that owe the duty."""
        if total > self.total:
            self.counts["open"] += total - self.total
            self.total = total


@dataclass
class Case:
    """One application. ``since``: the day it was first handed in. ``acts``: who has done what at the running round."""

    name: str
    title: str
    route: str
    answers: dict[str, str]
    since: date
    position: Position = START
    applicant: str = ""
    acts: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    flags: set[str] = field(default_factory=set)

    @property
    def theme(self) -> str:
        """Its theme; the title where none was named."""
        return self.answers.get("theme") or self.title


@dataclass
class Listed:
    """One place on a list."""

    list: str
    name: str
    case: str
    span: Period
    since: date
    until: date | None
    state: str = "listed"


@dataclass
class Line:
    """One line of the ledger."""

    kind: str | None
    found: date
    scope: str | None = None
    state: str = "found"
    due: DueDate | None = None
    people: set[str] = field(default_factory=set)
    revisited: bool = False


@dataclass
class World:
    """Everything that has happened up to ``today``."""

    pack: Pack
    calendar: Workdays
    today: date
    in_force: date | None
    tallies: dict[tuple[str, str | None, str], Tally] = field(default_factory=dict)
    cases: dict[str, Case] = field(default_factory=dict)
    listed: list[Listed] = field(default_factory=list)
    lines: dict[str, list[Line]] = field(default_factory=dict)
    gate: Answer | None = None
    number: int = 0

    def must_be_in_force(self) -> date:
        """The day the plan came into force; raises NotInForce before it."""
        if self.in_force is None or self.today < self.in_force:
            raise NotInForce(plan=self.pack.plan.title)
        return self.in_force

    def duty(self, fact: Fact) -> tuple[str, Duty]:
        """The duty a fact names."""
        key = fact.duty or ""
        if key not in self.pack.duties:
            raise NotFound(what=key)
        return key, self.pack.duties[key]

    def tally(self, key: str, unit: str | None, day: date) -> Tally:
        """The tally of a duty at the date that is running on ``day``, made when it is first asked for."""
        deadline = self._running(key, unit, day)
        place = (key, unit, deadline.due.occurrence)
        if place not in self.tallies:
            self.tallies[place] = Tally(deadline.due, deadline.opens)
        return self.tallies[place]

    def _running(self, key: str, unit: str | None, day: date) -> Deadline:
        found = dates_of_duty(
            self.pack, key, self.calendar, in_force=self.in_force or plan_period(self.pack)[0],
            until=date(day.year + 1, 12, 31), events=self._started(), scope=unit,
        )  # fmt: skip
        if not found:
            raise NotFound(what=key)
        begun = [deadline for deadline in found if deadline.opens <= day]
        return begun[-1] if begun else found[0]

    def _started(self) -> dict[str, date]:
        return {"list.published": self.listed[-1].since} if self.listed else {}

    def case(self, fact: Fact) -> Case:
        """The case a fact is about."""
        if fact.as_ not in self.cases:
            raise NotFound(what=fact.as_ or "")
        return self.cases[fact.as_ or ""]

    def place(self, fact: Fact) -> Listed:
        """The place on a list a fact is about, by its case or by the name it is listed under."""
        for entry in reversed(self.listed):
            if fact.as_ in (entry.case, entry.name):
                return entry
        raise NotFound(what=fact.as_ or "")

    def admitted(self, day: date) -> tuple[str, ...]:
        """The names that the gate lets in on ``day``."""
        newest = max((entry.span.start for entry in self.listed if entry.since <= day), default=None)
        return tuple(
            entry.name
            for entry in self.listed
            if entry.state == "listed" and entry.since <= day and (
                day <= entry.until if entry.until else entry.span.start == newest
            )
        )  # fmt: skip

    def persons(self, fact: Fact) -> list[str]:
        """The natural persons behind a fact; without a label, as many nobody has seen before as it counts."""
        if fact.person:
            return [fact.person]
        return [f"somebody {self.number}.{index}" for index in range(fact.count)]
