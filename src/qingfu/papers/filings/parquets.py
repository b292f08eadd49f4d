"""Parquet: the same reading for a file that a program wrote, for import by the command line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, time
from pathlib import Path
from typing import Any

from qingfu.base.errors import FiledBroken, FiledLong
from qingfu.base.words import N_, Translate, Word
from qingfu.papers.filings.cells import Cell, Sheet
from qingfu.papers.filings.classes import KnownClass
from qingfu.papers.filings.desk import Desk
from qingfu.papers.filings.outcome import Read
from qingfu.papers.filings.reading import read_sheets
from qingfu.rules.tables import Table

MOST_ROWS = 500_000
_DAMAGED = N_("it is damaged or no Parquet file")


def read_parquet(
    path: Path,
    table: Table,
    *,
    classes: Sequence[KnownClass],
    term: str | None,
    translate: Translate,
    answers: Mapping[str, str] | None = None,
    given: Mapping[str, str] | None = None,
    subjects_known: Sequence[str] = (),
    most: int = MOST_ROWS,
) -> Read:
    """The rows of a Parquet file whose columns are called as those of the table; at most ``most`` of them."""
    known = dict(given or {}) | ({"term": term} if term else {})
    desk = Desk(path.name, classes, answers or {}, known, subjects_known)
    try:
        sheet = _sheet(path, most)
    except (FiledBroken, FiledLong) as refused:
        return Read(faults=(refused,))
    return read_sheets(desk, (sheet,), table, translate)


def _sheet(path: Path, most: int) -> Sheet:
    """The file as a sheet, its column names as the first row."""
    import duckdb

    try:
        with duckdb.connect(config={"threads": 1}) as connection:
            found = connection.execute("SELECT * FROM read_parquet(?) LIMIT ?", [str(path), most + 1])
            names = [column[0] for column in found.description or ()]
            values = found.fetchall()
    except duckdb.Error:
        raise FiledBroken(file=path.name, problem=Word(_DAMAGED)) from None
    if len(values) > most:
        raise FiledLong(file=path.name, most=most)
    rows: dict[int, dict[int, Cell]] = {1: {place: Cell(name) for place, name in enumerate(names, start=1)}}
    for number, row in enumerate(values, start=2):
        cells = {place: cell for place, value in enumerate(row, start=1) if (cell := _cell(value)) is not None}
        if cells:
            rows[number] = cells
    return Sheet(path.stem, rows)


def _cell(value: Any) -> Cell | None:
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    return Cell(value if isinstance(value, (str, int, float, date, time)) else str(value))
