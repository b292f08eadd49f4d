"""What faces see of a placement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class PlacementRow:
    """One line of the list: no names. `largest` is the size of the largest class as it stands, or will at least be."""

    id: int
    organ: int
    organ_name: str
    year: int
    grade: str
    state: str
    pupils: int
    classes: int
    changes: int
    draw: int | None
    largest: int = 0


@dataclass(frozen=True)
class PupilView:
    """A pupil as the school sees it; `level` in half points."""

    id: int
    number: str
    name: str
    gender: str
    township: str
    level: int
    special: bool
    ticket: str
    label: str
    later: int | None
    left: bool


@dataclass(frozen=True)
class TeamView:
    """A team of teachers; the figures are of the whole team, None where not told."""

    id: int
    name: str
    ticket: str
    label: str
    teachers: int | None = None
    seniors: int | None = None
    years: int | None = None


@dataclass(frozen=True)
class TieView:
    """`kind`: together, apart, or avoid (a pupil and a team)."""

    id: int
    kind: str
    one: str
    other: str
    reason: str


@dataclass(frozen=True)
class ChangeView:
    """A change after the draw; `pupil` is the name in the school, and the ticket for everybody outside it."""

    kind: str
    pupil: str
    source: str
    goal: str
    reason: str
    approver: str
    at: datetime
    ticket: str


@dataclass(frozen=True)
class Balance:
    """One count or mean, class by class in the order of the classes, and the range that arithmetic allows.

    `word` is size, girls, township NAME, special or level; a level is in hundredths of a point.
    """

    word: str
    values: tuple[int, ...]
    limit: int

    @property
    def spread(self) -> int:
        return max(self.values) - min(self.values) if self.values else 0


@dataclass(frozen=True)
class ClassView:
    """A class; `pupils` is empty for everybody outside the school."""

    label: str
    team: str
    tickets: tuple[str, ...]
    pupils: tuple[PupilView, ...]
    size: int


@dataclass(frozen=True)
class PlacementView:
    """A placement with everything; names only for the school itself (`names`)."""

    row: PlacementRow
    cap: int | None
    clause: str
    permit: str
    names: bool
    pupils: tuple[PupilView, ...]
    teams: tuple[TeamView, ...]
    ties: tuple[TieView, ...]
    classes: tuple[ClassView, ...]
    balances: tuple[Balance, ...]
    changes: tuple[ChangeView, ...]
    unmet: tuple[tuple[str, ...], ...]
    seats_left: int
    may: tuple[str, ...]
