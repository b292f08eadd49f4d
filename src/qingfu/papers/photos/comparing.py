"""Comparing: where a photograph and the timetable that was reported do not say the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from qingfu.papers.filings.outcome import ClassGrid

Place = tuple[int, int]


@dataclass(frozen=True)
class Difference:
    """One place: what the photograph says and what was reported; empty where it is nothing."""

    weekday: int
    period: int
    photographed: str
    filed: str


def compare(read: ClassGrid, filed: Mapping[Place, str]) -> tuple[Difference, ...]:
    """Every place where the two differ, by weekday and period; subjects that take turns may stand in any order."""
    seen = {(cell.weekday, cell.period): cell.text for cell in read.cells}
    return tuple(
        Difference(*place, seen.get(place, ""), filed.get(place, ""))
        for place in sorted({*seen, *filed})
        if _subjects(seen.get(place, "")) != _subjects(filed.get(place, ""))
    )


def _subjects(text: str) -> frozenset[str]:
    return frozenset(part for part in text.split("/") if part)
