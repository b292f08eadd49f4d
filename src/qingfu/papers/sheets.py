"""A filled-in template read back as a table of text; merged cells and formulas are refused by name.

calamine reads the values. What it cannot tell — formulas, and how far the cells reach — is read from the sheet's own
XML first, because a cell at the far corner would make any reader reserve memory for the whole sheet.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO

from python_calamine import CalamineWorkbook

from qingfu.base.errors import ColumnsDiffer, FieldFault, Formulas, MergedCells, NotReadable, OtherContent, TooBig
from qingfu.base.words import N_, Translate, as_they_are, fill
from qingfu.papers import archive, sheetscan
from qingfu.papers.content import MEGABYTE, cleaned

MOST_BYTES = 5 * MEGABYTE
MOST_ROWS = 5_000
MOST_COLUMNS = 60
LONGEST_CELL = 2_000
SHOWN = 12

SHEET = N_("Fill in here")
NOTES = N_("How to fill in")
_SAMPLE = N_("The second row is a sample: overwrite it, or leave it and it will be passed over.")
_RULES = (
    N_("Leave the first row as it is, and write one line in each row below it."),
    _SAMPLE,
    N_("Paste values only: merged cells and formulas are refused."),
    N_("A column marked * must be filled in."),
)
_ONE_OF = N_("{heading}: one of {options}")
_NOTE = N_("{heading}: {note}")
_EMPTY = N_("This must be filled in.")
_NOT_AN_OPTION = N_("“{value}” is not one of {options}.")
_TOO_LONG = N_("This is too long: at most {most} characters.")


@dataclass(frozen=True)
class Column:
    """One column of a template. `key` is what the program calls it, `heading` what the first row says."""

    key: str
    heading: str
    required: bool = False
    sample: str = ""
    options: tuple[str, ...] = ()
    note: str = ""
    width: int = 18


@dataclass(frozen=True)
class Row:
    """One row: its number in the sheet (from 1), its cells by column key, and what is plainly wrong with them."""

    n: int
    cells: dict[str, str]
    faults: tuple[FieldFault, ...] = ()


def read_sheet(data: bytes, columns: Sequence[Column], *, name: str = "") -> tuple[Row, ...]:
    """The rows of the first sheet under the template's headings; empty rows and the untouched sample are left out.

    Raises TooBig, NotReadable, OtherContent, Bomb, KindNotTaken, MergedCells, Formulas, ColumnsDiffer.
    """
    name = cleaned(name) if name else ""
    if len(data) > MOST_BYTES:
        raise TooBig(name=name, size=-(-len(data) // MEGABYTE), most=MOST_BYTES // MEGABYTE)
    office = archive.opened(name, data)
    if office.kind != "xlsx":
        raise OtherContent(name=name)
    scan = sheetscan.first_sheet(name, office, rows=MOST_ROWS, columns=MOST_COLUMNS)
    if scan.merged:
        raise MergedCells(name=name, sheet=scan.title, cells=_some(scan.merged))
    if scan.formulas:
        raise Formulas(name=name, sheet=scan.title, cells=_some(scan.formulas))
    grid = _grid(name, data, scan.title)
    places = _places(name, grid[0] if grid else (), columns)
    sample = {column.key: column.sample for column in columns}
    rows = (_row(n, texts, places, columns) for n, texts in enumerate(grid[1:], start=2))
    return tuple(row for row in rows if any(row.cells.values()) and row.cells != sample)


def _some(cells: Sequence[str]) -> list[str]:
    return [*cells[:SHOWN], *(["…"] if len(cells) > SHOWN else [])]


def _grid(name: str, data: bytes, title: str) -> list[list[str]]:
    try:
        with CalamineWorkbook.from_filelike(BytesIO(data)) as book:
            values = book.get_sheet_by_name(title).to_python(skip_empty_area=False)
    except BaseException as broken:
        # A panic of the Rust reader arrives as a BaseException that cannot be imported.
        if isinstance(broken, Exception) or type(broken).__name__ == "PanicException":
            raise NotReadable(name=name) from None
        raise
    return [[_text(value) for value in row] for row in values]


def _text(value: object) -> str:
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value).strip()
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else format(Decimal(repr(value)), "f")
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="minutes")
    return value.isoformat() if isinstance(value, (date, time)) else str(value)


def _heading(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).strip("*")


def _places(name: str, first: Iterable[str], columns: Sequence[Column]) -> dict[str, int]:
    """Where each column stands, in whatever order; every heading must be known, every required one there."""
    found = [(index, _heading(text)) for index, text in enumerate(first) if _heading(text)]
    known = {_heading(column.heading): column for column in columns}
    here = [heading for _, heading in found]
    missing = [column.heading for heading, column in known.items() if column.required and heading not in here]
    unknown = [heading for heading in here if heading not in known or here.count(heading) > 1]
    if missing or unknown or not found:
        raise ColumnsDiffer(name=name, missing=missing, unknown=list(dict.fromkeys(unknown)))
    return {known[heading].key: index for index, heading in found}


def _row(n: int, texts: Sequence[str], places: dict[str, int], columns: Sequence[Column]) -> Row:
    def cell(key: str) -> str:
        place = places.get(key)
        return texts[place] if place is not None and place < len(texts) else ""

    cells = {column.key: cell(column.key) for column in columns}
    return Row(n, cells, tuple(fault for column in columns if (fault := _fault(column, cells[column.key]))))


def _fault(column: Column, value: str) -> FieldFault | None:
    if not value:
        return FieldFault(column.key, _EMPTY) if column.required else None
    if column.options and value not in column.options:
        return FieldFault(column.key, _NOT_AN_OPTION, {"value": value[:40], "options": column.options})
    if len(value) > LONGEST_CELL:
        return FieldFault(column.key, _TOO_LONG, {"most": LONGEST_CELL})
    return None


def template(
    columns: Sequence[Column], *, notes: Sequence[str] = (), rows: Sequence[Sequence[str | int]] = (),
    translate: Translate = as_they_are,
) -> bytes:  # fmt: skip
    """An .xlsx to fill in: headings, a sample row, lists to choose from, and a second sheet that explains.

    `rows`: what is known already, by column; it stands there in place of the sample.
    """
    # Imported here: 15 MB in every process, needed only by one that writes a sheet.
    import xlsxwriter

    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        book.set_properties({"created": datetime(2024, 1, 1)})  # noqa: DTZ001 - the same template is the same file
        bold = book.add_format({"bold": True, "bottom": 1, "num_format": "@"})
        grey, plain = (
            book.add_format({"font_color": "#767676", "num_format": "@"}),
            book.add_format({"num_format": "@"}),
        )
        number = book.add_format({"num_format": "0"})
        sheet = book.add_worksheet(translate(SHEET)[:31])
        sheet.freeze_panes(1, 0)
        for index, column in enumerate(columns):
            sheet.set_column(index, index, column.width, plain)
            sheet.write_string(0, index, column.heading + ("*" if column.required else ""), bold)
            if not rows:
                sheet.write_string(1, index, column.sample, grey)
            if column.options:
                sheet.data_validation(1, index, MOST_ROWS, index, {"validate": "list", "source": list(column.options)})
        for n, index, value in ((n, i, cell) for n, row in enumerate(rows, start=1) for i, cell in enumerate(row)):
            if isinstance(value, int):
                sheet.write_number(n, index, value, number)
            else:
                sheet.write_string(n, index, value, plain)
        told = book.add_worksheet(translate(NOTES)[:31])
        told.set_column(0, 0, 80)
        for row, line in enumerate([*_rules(rows, translate), *notes, *_about(columns, translate)]):
            told.write_string(row, 0, line)
    return out.getvalue()


def _rules(rows: Sequence[object], translate: Translate) -> Iterable[str]:
    return (translate(rule) for rule in _RULES if not (rows and rule == _SAMPLE))


def _about(columns: Sequence[Column], translate: Translate) -> Iterable[str]:
    for column in columns:
        if column.options:
            yield fill(_ONE_OF, {"heading": column.heading, "options": column.options}, translate)
        if column.note:
            yield fill(_NOTE, {"heading": column.heading, "note": column.note}, translate)
