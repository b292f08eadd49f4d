"""Values: what a cell means in its column — one value, a question, or nothing that can be."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from qingfu.base.errors import FailedFormula, NoResult
from qingfu.papers.filings.cells import Cell
from qingfu.papers.filings.values.clocks import clock
from qingfu.papers.filings.values.days import day
from qingfu.papers.filings.values.meaning import Asks, Meaning, Taken, Wrong, said
from qingfu.papers.filings.values.wholes import whole
from qingfu.papers.filings.values.words import word, yes_no
from qingfu.rules.tables import Column

_READERS: Mapping[str, Callable[[Cell, Column, str | None], Meaning]] = {
    "yes-no": yes_no,
    "whole": whole,
    "day": day,
    "clock": clock,
    "word": word,
}

__all__ = ["Asks", "Meaning", "Taken", "Wrong", "meant", "said"]


def meant(cell: Cell, column: Column, *, term: str | None = None) -> Meaning:
    """What the cell means; `term` is the school term the file is about, where it is known."""
    if cell.trouble == "pending":
        return Wrong(NoResult)
    if cell.trouble == "failed":
        return Wrong(FailedFormula)
    if column.kind in _READERS:
        return _READERS[column.kind](cell, column, term)
    return Taken(said(cell))
