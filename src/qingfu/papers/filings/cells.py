"""Cells: a sheet as it was filled in, sparse, every cell with its address."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from itertools import islice
from typing import Literal

Value = str | int | float | bool | date | time
LONGEST_CELL = 2_000
# Merged cells that cover more than a school can mean are spread no further.
MOST_SPREAD = 500_000
_REF = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell; never nothing. ``trouble``: a formula that failed, or one that was never calculated."""

    value: Value
    trouble: Literal["", "failed", "pending"] = ""

    @property
    def text(self) -> str:
        """The value as a person would read it aloud."""
        if isinstance(self.value, bool):
            return "TRUE" if self.value else "FALSE"
        if isinstance(self.value, time):
            return f"{self.value.hour}:{self.value.minute:02d}"
        return self.value.isoformat() if isinstance(self.value, date) else str(self.value)


@dataclass(frozen=True)
class Area:
    """A rectangle of cells, counted from 1, both ends included."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def shown(self) -> str:
        """As a spreadsheet names it: A3:A5."""
        return f"{address(self.top, self.left)}:{address(self.bottom, self.right)}"


@dataclass(frozen=True)
class Sheet:
    """One sheet: row → column → cell, both from 1. Only cells that hold something are there."""

    title: str
    rows: Mapping[int, Mapping[int, Cell]] = field(default_factory=dict)
    merged: tuple[Area, ...] = ()
    hidden: bool = False

    @property
    def last_row(self) -> int:
        """The last row that holds something; 0 where none does."""
        return max(self.rows, default=0)

    @property
    def last_column(self) -> int:
        """The last column that holds something; 0 where none does."""
        return max((max(cells) for cells in self.rows.values()), default=0)

    def at(self, row: int, column: int) -> Cell | None:
        """The cell, or None where nothing stands."""
        return self.rows.get(row, {}).get(column)

    def spread(self, *, until: int | None = None) -> dict[tuple[int, int], Cell]:
        """Every cell that is not empty, a merged one at each place it covers; rows down to ``until`` only."""
        last, width = min(self.last_row, until or self.last_row), self.last_column
        found = {
            (row, column): cell
            for row, cells in self.rows.items()
            if row <= last
            for column, cell in cells.items()
        }  # fmt: skip
        left = MOST_SPREAD
        for area in self.merged:
            cell = found.get((area.top, area.left))
            if cell is not None:
                places = list(islice(_places(area, last, width), left))
                left -= len(places)
                found.update(dict.fromkeys(places, cell))
        return found


def _places(area: Area, last: int, width: int) -> Iterator[tuple[int, int]]:
    """The places of an area as far as the sheet is used."""
    for row in range(area.top, min(area.bottom, last) + 1):
        for column in range(area.left, min(area.right, width) + 1):
            yield row, column


def address(row: int, column: int) -> str:
    """A place as a spreadsheet names it: C7."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"


def place_of(ref: str) -> tuple[int, int]:
    """Row and column of C7; raises ValueError."""
    found = _REF.fullmatch(ref)
    if not found:
        raise ValueError(ref)
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]), column


def area_of(ref: str) -> Area:
    """The rectangle of A3:A5, or of one cell; raises ValueError."""
    first, _, last = ref.partition(":")
    (top, left), (bottom, right) = place_of(first), place_of(last or first)
    return Area(min(top, bottom), min(left, right), max(top, bottom), max(left, right))
