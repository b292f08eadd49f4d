"""A table as .xlsx. A text that a spreadsheet would take for a formula stays a text, also after it is saved as CSV."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Literal

from qingfu.base.clock import CHINA
from qingfu.base.words import Translate, as_they_are, speak

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

Kind = Literal["text", "day", "number"]
LONGEST_CELL = 32_000
# The full-width signs are folded to plain ones by some spreadsheets when they read a CSV.
_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_NOT_IN_A_TITLE = re.compile(r"[\[\]:*?/\\']")


@dataclass(frozen=True)
class Heading:
    """A column: its heading (a Word is translated), what stands in it, its width in characters."""

    title: str
    kind: Kind = "text"
    width: int = 16


@dataclass(frozen=True)
class Table:
    """A typed table. A cell is text, Word, Said, whole number, day, instant, a list of these, or None."""

    title: str
    columns: tuple[Heading, ...]
    rows: tuple[Sequence[object], ...]


def neutral(text: str) -> str:
    """The text with a leading apostrophe where a spreadsheet would calculate it (= + - @, tab, line end)."""
    return f"'{text}" if text.startswith(_STARTS) or text.lstrip().startswith(_STARTS) else text


def as_xlsx(*tables: Table, at: datetime, translate: Translate = as_they_are) -> bytes:
    """One sheet for each table: heading frozen and repeated in print, filter, A4 across. `at` is the file's date."""
    # Imported here: 15 MB in every process, needed only by one that writes a sheet.
    import xlsxwriter

    out = BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"created": at.astimezone(CHINA).replace(tzinfo=None)})
        bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        styles = {
            "text": book.add_format({"text_wrap": True, "valign": "top"}),
            "day": book.add_format({"num_format": "yyyy-mm-dd", "valign": "top"}),
            "number": book.add_format({"num_format": "0", "valign": "top"}),
        }
        for number, table in enumerate(tables, start=1):
            sheet = book.add_worksheet(_title(str(speak(table.title, translate)), number, tables))
            _head(sheet, table, bold, translate)
            for row, cells in enumerate(table.rows, start=1):
                for place, cell in enumerate(cells):
                    _write(sheet, row, place, cell, styles, translate)
    return out.getvalue()


def _title(text: str, number: int, tables: Sequence[Table]) -> str:
    """What a spreadsheet allows as a sheet's name, told apart where there are several."""
    plain = _NOT_IN_A_TITLE.sub(" ", text).strip()[:27] or str(number)
    return plain if len(tables) == 1 else f"{number} {plain}"


def _head(sheet: Worksheet, table: Table, bold: Format, translate: Translate) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(1, len(table.rows)), max(0, len(table.columns) - 1))
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, column.width)
        sheet.write_string(0, place, neutral(str(speak(column.title, translate))), bold)


def _write(
    sheet: Worksheet, row: int, place: int, cell: object, styles: dict[str, Format], translate: Translate
) -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, int) and not isinstance(cell, bool):
        sheet.write_number(row, place, cell, styles["number"])
    elif isinstance(cell, date) and not isinstance(cell, datetime):
        sheet.write_datetime(row, place, cell, styles["day"])
    else:
        sheet.write_string(row, place, neutral(_spoken(cell, translate))[:LONGEST_CELL], styles["text"])


def _spoken(cell: object, translate: Translate) -> str:
    if isinstance(cell, (list, tuple)):
        return "\n".join(_spoken(part, translate) for part in cell)
    return str(speak(cell, translate))
