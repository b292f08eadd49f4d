"""An .xlsx read cell by cell from its own XML, so that a formula, an error and an address are not lost on the way.

Only cells that hold something are kept: a sheet that says it has a million rows costs what its filled cells cost.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from xml.parsers import expat

from qingfu.base.errors import FiledBroken, FiledHuge, FiledLong
from qingfu.base.words import N_, Word
from qingfu.papers.archive import Office
from qingfu.papers.filings.books.formats import Shows, moment, shows
from qingfu.papers.filings.cells import LONGEST_CELL, Area, Cell, Sheet, Value, area_of, place_of

MOST_ROWS = 20_000
MOST_CELLS = 1_000_000
MOST_SHEETS = 200
_DAMAGED, _NO_SHEET = N_("it is damaged"), N_("it has no sheet")

Attributes = dict[str, str]


@dataclass
class _Book:
    """What all sheets of a workbook share, and how much of it may still be filled."""

    office: Office
    file: str
    strings: list[str] = field(default_factory=list)
    formats: list[Shows] = field(default_factory=list)
    since_1904: bool = False
    most: int = MOST_ROWS
    rows: int = 0
    cells: int = 0


def sheets_of(office: Office, file: str, *, most: int = MOST_ROWS) -> tuple[Sheet, ...]:
    """Every worksheet in order, `most` filled rows in all; raises FiledBroken, FiledLong or FiledHuge."""
    book = _Book(office, file, most=most)
    try:
        listed = _listed(book)
        book.strings = _strings(office)
        book.formats = _formats(office)
        return tuple(_sheet(book, title, part, hidden) for title, part, hidden in listed[:MOST_SHEETS])
    except (expat.ExpatError, KeyError, ValueError, IndexError, OverflowError):
        raise FiledBroken(file=file, problem=Word(_DAMAGED)) from None


def _listed(book: _Book) -> list[tuple[str, str, bool]]:
    """Title, part and whether it is hidden, of each worksheet."""
    named: list[tuple[str, str, bool]] = []
    targets: dict[str, str] = {}

    def begin(tag: str, facts: Attributes) -> None:
        if tag == "sheet":
            key = next(value for said, value in facts.items() if said.rpartition(":")[2] == "id" and ":" in said)
            named.append((facts["name"], key, facts.get("state", "visible") != "visible"))
        elif tag == "workbookPr":
            book.since_1904 = facts.get("date1904", "0") in ("1", "true")
        elif tag == "Relationship" and facts["Type"].endswith("/worksheet"):
            target = facts["Target"]
            targets[facts["Id"]] = (
                target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join("xl", target))
            )

    _parsed(book.office.part("xl/workbook.xml"), begin)
    _parsed(book.office.part("xl/_rels/workbook.xml.rels"), begin)
    found = [(title, targets[key], hidden) for title, key, hidden in named if key in targets]
    if not found:
        raise FiledBroken(file=book.file, problem=Word(_NO_SHEET))
    return found


def _strings(office: Office) -> list[str]:
    """The texts that cells point to; readings printed above a text are no part of it."""
    found: list[str] = []
    parts: list[str] = []
    inside = aside = False

    def begin(tag: str, facts: Attributes) -> None:
        nonlocal inside, aside
        if tag == "rPh":
            aside = True
        elif tag == "t":
            inside = not aside

    def end(tag: str) -> None:
        nonlocal inside, aside
        if tag == "si":
            found.append("".join(parts)[:LONGEST_CELL])
            parts.clear()
        elif tag == "rPh":
            aside = False
        elif tag == "t":
            inside = False

    if "xl/sharedStrings.xml" in office.parts:
        _parsed(office.part("xl/sharedStrings.xml"), begin, end, lambda text: parts.append(text) if inside else None)
    return found


def _formats(office: Office) -> list[Shows]:
    """For each style of a cell what it shows a number as."""
    custom: dict[int, str] = {}
    styles: list[int] = []
    of_cells = False

    def begin(tag: str, facts: Attributes) -> None:
        nonlocal of_cells
        if tag == "numFmt":
            custom[int(facts["numFmtId"])] = facts["formatCode"]
        elif tag in ("cellXfs", "cellStyleXfs"):
            of_cells = tag == "cellXfs"
        elif tag == "xf" and of_cells:
            styles.append(int(facts.get("numFmtId", 0)))

    def end(tag: str) -> None:
        nonlocal of_cells
        of_cells = of_cells and tag != "cellXfs"

    if "xl/styles.xml" in office.parts:
        _parsed(office.part("xl/styles.xml"), begin, end)
    return [shows(number, custom) for number in styles]


def _sheet(book: _Book, title: str, part: str, hidden: bool) -> Sheet:
    reader = _Reader(book)
    _parsed(book.office.part(part), reader.begin, reader.end, reader.text)
    return Sheet(title, reader.rows, tuple(reader.merged), hidden)


class _Reader:
    """Goes through the XML of one worksheet."""

    def __init__(self, book: _Book) -> None:
        self.book = book
        self.rows: dict[int, dict[int, Cell]] = {}
        self.merged: list[Area] = []
        self.row = self.column = 0
        self.facts: Attributes = {}
        self.parts: list[str] = []
        self.inside = self.aside = self.has_formula = self.has_value = False

    def begin(self, tag: str, facts: Attributes) -> None:
        """A tag opens."""
        if tag == "c":
            self.column += 1
            if "r" in facts:
                self.row, self.column = place_of(facts["r"])
            self.facts, self.has_formula, self.has_value = facts, False, False
        elif tag == "row":
            self.row, self.column = int(facts.get("r", self.row + 1)), 0
        elif tag in ("v", "t"):
            self.inside = not self.aside
            self.has_value = True
        elif tag == "f":
            self.has_formula = True
        elif tag == "rPh":
            self.aside = True
        elif tag == "mergeCell":
            self.merged.append(area_of(facts["ref"]))

    def text(self, text: str) -> None:
        """Text between tags."""
        if self.inside:
            self.parts.append(text)

    def end(self, tag: str) -> None:
        """A tag closes."""
        if tag in ("v", "t"):
            self.inside = False
        elif tag == "rPh":
            self.aside = False
        elif tag == "c" and (self.has_value or self.has_formula):
            cell = self._cell("".join(self.parts))
            self.parts.clear()
            if cell is not None:
                self._keep(cell)

    def _keep(self, cell: Cell) -> None:
        book, cells = self.book, self.rows.get(self.row)
        if cells is None:
            cells = self.rows[self.row] = {}
            book.rows += 1
            if book.rows > book.most:
                raise FiledLong(file=book.file, most=book.most)
        book.cells += 1
        if book.cells > MOST_CELLS:
            raise FiledHuge(file=book.file, most=MOST_CELLS // 1_000_000)
        cells[self.column] = cell

    def _cell(self, raw: str) -> Cell | None:
        kind = self.facts.get("t", "n")
        if self.has_formula and not self.has_value:
            return Cell("=", "pending")
        if kind == "s":
            return _texted(self.book.strings[int(raw)])
        if kind in ("str", "inlineStr"):
            return _texted(raw[:LONGEST_CELL])
        if not raw.strip():
            return None
        if kind == "e":
            return Cell(raw.strip(), "failed")
        return Cell(self._value(kind, raw.strip()))

    def _value(self, kind: str, raw: str) -> Value:
        if kind == "b":
            return raw in ("1", "true")
        if kind == "d":
            return date.fromisoformat(raw[:10])
        number = float(raw)
        style = int(self.facts.get("s", 0))
        shown = self.book.formats[style] if style < len(self.book.formats) else ""
        if shown:
            return moment(number, shown, since_1904=self.book.since_1904)
        return int(number) if number.is_integer() else number


def _texted(text: str) -> Cell | None:
    return Cell(text) if text and not text.isspace() else None


def _parsed(
    xml: bytes,
    begin: Callable[[str, Attributes], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    # Whatever prefix a program gives the one namespace, the names are the same.
    parser.StartElementHandler = lambda tag, facts: begin(tag.rpartition(":")[2], facts)
    if end is not None:
        parser.EndElementHandler = lambda tag: end(tag.rpartition(":")[2])
    if text is not None:
        parser.CharacterDataHandler = text
    parser.Parse(xml, True)
