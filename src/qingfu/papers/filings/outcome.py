"""Outcome: what a file held — rows, faults, doubts that wait for an answer, and notes on what was passed over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256

from qingfu.base.errors import DataFault
from qingfu.base.words import Said

# What a column holds: text, a whole number (a time of day too: minutes), yes or no, a day; None: not reported.
Typed = str | int | bool | date | None
# A value as answers write it, and what it is called: a text as it stands, a Word, or a sentence.
Candidate = tuple[str, str | Said]
SHOWN = 60


@dataclass(frozen=True)
class Doubt:
    """Something that has more than one meaning, or one that nobody may guess.

    ``id`` stays the same when the file is read again: the same text in the same column is asked once, ``where`` is its
    first cell and ``places`` are all of them (up to twenty, ``unsaid`` counts the others). An answer is the value of a
    candidate, or one typed as the column takes it; an empty value means "not reported" and is a candidate where it may
    be one. ``presumed`` is the candidate to preselect; ``refused`` an answer that could not be taken.
    """

    id: str
    where: str
    text: str
    asks: Said
    candidates: tuple[Candidate, ...] = ()
    presumed: str | None = None
    sheet: str = ""
    places: tuple[str, ...] = ()
    unsaid: int = 0
    refused: str = ""


@dataclass(frozen=True)
class Row:
    """One row: its number in its sheet, and every column of the table; a class stands as its code."""

    number: int
    cells: Mapping[str, Typed]
    sheet: str = ""


@dataclass(frozen=True)
class GridCell:
    """What one class has in one period: subjects as text, the ids of doubts, and the cell it was read from."""

    weekday: int
    period: int
    text: str
    where: str
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True)
class ClassGrid:
    """The timetable of one class as it was read; ``code`` is empty as long as nobody knows which class it is."""

    code: str
    name: str
    sheet: str
    weekdays: tuple[int, ...] = ()
    periods: tuple[int, ...] = ()
    cells: tuple[GridCell, ...] = ()

    def at(self, weekday: int, period: int) -> GridCell | None:
        """What stands there, if anything does."""
        return next((one for one in self.cells if (one.weekday, one.period) == (weekday, period)), None)


@dataclass(frozen=True)
class Read:
    """What was read. Rows may be taken only where ``is_clean``; with faults there are none."""

    rows: tuple[Row, ...] = ()
    faults: tuple[DataFault, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    notes: tuple[Said, ...] = ()
    layout: tuple[Said, ...] = ()
    preview: tuple[ClassGrid, ...] = field(default=())

    @property
    def is_clean(self) -> bool:
        """No fault, and no doubt that waits for an answer."""
        return not self.faults and not self.doubts

    @property
    def fault_count(self) -> int:
        """How many faults there are, those not shown one by one included."""
        return sum(1 + fault.unsaid for fault in self.faults)


def doubt_id(*parts: str) -> str:
    """The id of a doubt: the same for the same words."""
    return sha256("\0".join(parts).encode()).hexdigest()[:12]
