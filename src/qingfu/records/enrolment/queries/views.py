"""What is told of open enrolment: frozen, without any name of a child or a parent."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date, datetime

from qingfu.base.canon import digest
from qingfu.base.words import N_
from qingfu.records.disclosures.queries import Trace
from qingfu.records.enrolment.queries.areas import Moved, moved
from qingfu.records.people.queries import OrganView

MOST_CHILDREN = 99_999
MOST_DIGITS = 6
FIRST_YEAR, LAST_YEAR = 2000, 2100
# The seal of a result that is not published yet.
UNPUBLISHED = "-"
LONGEST_AREA = 2_000
NO_SUCH_DAY = N_("Look at the year of this day again.")
TOO_LONG = N_("This is too long: at most {most} characters.")
NO_NUMBER = N_("Write a whole number from 0 to {most}.")


def is_in_reach(day: date) -> bool:
    """Whether a day can be meant; a slip of the key in the year is none."""
    return FIRST_YEAR <= day.year <= LAST_YEAR


def whole_number(text: str) -> int | None:
    """A whole number as people type it, in letters of any width and with 人 behind it; None where it is none."""
    said = unicodedata.normalize("NFKC", text).strip().removesuffix("人").strip()
    return int(said) if said.isascii() and said.isdigit() and len(said) <= MOST_DIGITS else None


@dataclass(frozen=True)
class Span:
    """One of the times: what may be done, from when until when."""

    what: str
    from_on: date
    until_on: date


@dataclass(frozen=True)
class NewArea:
    """What is said of a school's area; a number may be left for later, the area may not."""

    organ: int
    area: str
    places: int | None
    expected: int | None


@dataclass(frozen=True)
class CatchmentView:
    """The area of a school. `posted`: as this announcement published it; `before`: as the last one before it did.

    `after`: as a decided change has it, empty where none does.
    """

    school: OrganView
    area: str
    places: int | None
    expected: int | None
    posted: str
    before: str
    after: str

    @property
    def more(self) -> int:
        """How many more children are expected than there are places; 0 where the places are enough or not known."""
        return max(0, (self.expected or 0) - self.places) if self.places is not None else 0

    @property
    def seal(self) -> str:
        """What was read, in short, so that nobody saves over what somebody else saved since."""
        return digest({"area": self.area, "places": self.places, "expected": self.expected})

    @property
    def is_whole(self) -> bool:
        """Whether it can be published."""
        return bool(self.area) and self.places is not None and self.expected is not None


@dataclass(frozen=True)
class YearView:
    """An announcement with every school that has an area; `shown` is what the public sees or saw last."""

    id: int
    edition: int
    key: str
    year: int
    state: str
    times: tuple[Span, ...]
    conditions: str
    where: str
    papers: str
    online: str
    catchments: tuple[CatchmentView, ...]
    published_at: datetime | None
    written_at: datetime
    shown: Trace | None
    clause: tuple[str, ...]

    @property
    def seal(self) -> str:
        """What was read of its texts, in short; without the areas, which are saved one by one."""
        times = [[one.what, one.from_on, one.until_on] for one in self.times]
        return digest([times, self.conditions, self.where, self.papers, self.online])

    @property
    def is_withdrawn(self) -> bool:
        """Whether the public sees none of it any more."""
        return self.shown is not None and self.shown.state == "withdrawn"

    @property
    def places(self) -> int:
        return sum(one.places or 0 for one in self.catchments)

    @property
    def expected(self) -> int:
        return sum(one.expected or 0 for one in self.catchments)

    @property
    def missing(self) -> tuple[CatchmentView, ...]:
        """Schools whose area, places or expected children are not entered."""
        return tuple(one for one in self.catchments if not one.is_whole)

    @property
    def is_changed(self) -> bool:
        """Whether something was written since it was published."""
        return self.published_at is not None and self.written_at > self.published_at


@dataclass(frozen=True)
class YearRow:
    """A year in the list. `is_changed`: something was written since it was published."""

    year: int
    state: str
    published_at: datetime | None
    is_withdrawn: bool
    is_changed: bool


@dataclass(frozen=True)
class Ground:
    """A ground on which children from elsewhere were admitted, and how many."""

    ground: str
    number: int


@dataclass(frozen=True)
class ResultView:
    """The result of a school: numbers only. `planned`: what the announcement had; withdrawn: nobody outside sees it."""

    school: OrganView
    year: int
    planned: int | None
    places: int
    registered: int
    within: int
    otherwise: int
    grounds: tuple[Ground, ...]
    refused: int
    refused_within: int
    note: str
    at: datetime
    on_behalf: str
    is_withdrawn: bool

    @property
    def admitted(self) -> int:
        return self.within + self.otherwise

    @property
    def seal(self) -> str:
        """What was published, in short, so that nobody publishes over what somebody else published since."""
        return digest({"at": self.at.isoformat(), "grounds": [[one.ground, one.number] for one in self.grounds]})


@dataclass(frozen=True)
class ResultRow:
    """A school on the board of results; `due` and `late` where the plan sets it a day."""

    school: OrganView
    result: ResultView | None
    due: date | None
    late: bool


@dataclass(frozen=True)
class AreaView:
    """The area of a school before and after a change."""

    school: OrganView
    before: str
    after: str

    @property
    def moved(self) -> Moved:
        """What leaves it and what comes to it."""
        return moved(self.before, self.after)


@dataclass(frozen=True)
class MeetingView:
    """A meeting with parents' representatives; `paper` is the id of the meeting where a paper is attached."""

    id: int
    name: str
    held_on: date
    parents: int
    said: str
    answered: str
    paper: str


@dataclass(frozen=True)
class ChangeView:
    """A change of areas. `missing`: what it lacks by the plan (notice, ahead, transition, parents); `may`: verbs.

    `ahead`: how many days before it takes effect the plan wants it announced; None where it gives none.
    """

    id: int
    edition: int
    year: int
    state: str
    why: str
    effect_on: date
    notice_on: date | None
    places: str
    transition_until: date | None
    transition: str
    dropped_because: str
    areas: tuple[AreaView, ...]
    meetings: tuple[MeetingView, ...]
    needs: tuple[str, ...]
    missing: tuple[str, ...]
    ahead: int | None
    clause: tuple[str, ...]
    may: tuple[str, ...]
    shown: Trace | None
    opened_at: datetime

    @property
    def parents(self) -> int:
        return sum(one.parents for one in self.meetings)

    @property
    def is_withdrawn(self) -> bool:
        """Whether the public sees none of it any more."""
        return self.shown is not None and self.shown.state == "withdrawn"


def stage_of(state: str, effect_on: date, transition_until: date | None, on: date) -> str:
    """Where a published change is on a day: announced, to-come, transition, in-effect, dropped."""
    if state != "decided":
        return "dropped" if state == "dropped" else "announced"
    if on < effect_on:
        return "to-come"
    return "transition" if transition_until is not None and on <= transition_until else "in-effect"
