"""A .csv as one sheet: UTF-8, GB18030 or what a spreadsheet calls Unicode text; commas, tabs or semicolons."""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import PurePosixPath

from qingfu.base.errors import FiledBroken, FiledLong
from qingfu.base.words import N_, Word
from qingfu.papers.filings.books.xlsx import MOST_ROWS
from qingfu.papers.filings.cells import LONGEST_CELL, Cell, Sheet

_NOT_TEXT = N_("it is no plain text")
_BROKEN = N_("a quotation mark is not closed")
_ENCODINGS = ("utf-8-sig", "gb18030")
_BOMS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_ERRORS = ("#REF!", "#N/A", "#DIV/0!", "#VALUE!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!")


def sheet_of(content: bytes, file: str, *, most: int = MOST_ROWS) -> Sheet:
    """The only sheet, titled as the file is called; raises FiledBroken or FiledLong."""
    text = _decoded(content, file)
    if text.count('"') % 2:
        raise FiledBroken(file=file, problem=Word(_BROKEN))
    rows: dict[int, dict[int, Cell]] = {}
    try:
        for number, cells in enumerate(csv.reader(StringIO(text, newline=""), delimiter=_delimiter(text)), start=1):
            filled = {place: _cell(cell) for place, cell in enumerate(cells, start=1) if cell and not cell.isspace()}
            if filled:
                rows[number] = filled
                if len(rows) > most:
                    raise FiledLong(file=file, most=most)
    except csv.Error:
        raise FiledBroken(file=file, problem=Word(_NOT_TEXT)) from None
    return Sheet(PurePosixPath(file).stem, rows)


def _cell(text: str) -> Cell:
    plain = text.strip()
    if plain in _ERRORS:
        return Cell(plain, "failed")
    return Cell(plain[:LONGEST_CELL], "pending" if plain.startswith("=") and len(plain) > 1 else "")


def _decoded(content: bytes, file: str) -> str:
    for bom, encoding in _BOMS:
        if content.startswith(bom):
            return content.decode(encoding, errors="replace")
    if b"\0" not in content:
        for encoding in _ENCODINGS:
            try:
                return content.decode(encoding)
            except UnicodeDecodeError:
                continue
    raise FiledBroken(file=file, problem=Word(_NOT_TEXT))


def _delimiter(text: str) -> str:
    """The sign that stands most often in the lines that may hold the headings."""
    return max((",", "\t", ";"), key=text[: 1 << 12].count)
