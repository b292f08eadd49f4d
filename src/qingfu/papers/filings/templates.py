"""Templates: an .xlsx for each table, with what may stand in a column to choose from, and a sheet that explains."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO
from typing import TYPE_CHECKING, Any

from qingfu.base.words import N_, Said, Translate, Word, fill, say, speak
from qingfu.papers.export import neutral
from qingfu.papers.filings.books.xlsx import MOST_ROWS
from qingfu.papers.filings.classes import KnownClass
from qingfu.papers.filings.headings import heading
from qingfu.papers.filings.numerals import plain
from qingfu.papers.filings.values.wholes import LARGEST
from qingfu.papers.filings.values.words import written
from qingfu.papers.filings.wording import CLASSES_SHEET, NOTES_SHEET
from qingfu.rules.phrases import FACTS, TEACHING, UNITS
from qingfu.rules.tables import CLASSES, Column, Table

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

# Lines that are drawn for whoever fills the sheet in by hand.
RULED, _TALL = 24, 19
_LONGEST_LIST = 250
_LONGEST_MESSAGE = 250
_RULES = (
    N_("One line below the headings is one fact: {unit}. Leave the headings as they are."),
    N_("An empty cell means “not reported”. Write 0 or 否 only where that is what it was."),
    N_("Paste values only; do not merge cells. Columns may be left out or moved."),
    N_("Coloured headings must be filled in on every line."),
)
_ROW_UNITS = {
    "class": N_("a class"),
    "item": N_("a piece"),
    "time": N_("one time"),
    "period": N_("a lesson"),
    "day": N_("a day"),
}
_HEAD = (N_("Column"), N_("What to write"), N_("Must be filled in"))
_MUST, _MAY = N_("yes"), N_("no; empty means not reported")
_DAY, _CLOCK = N_("a day, such as 2025-03-04"), N_("a time of day, such as 8:20")
_YES_NO, _YES_NO_SAYS = N_("是 or 否"), N_("是: {yes}. 否: {no}")
_WHOLE, _WHOLE_UNIT = N_("a whole number"), N_("a whole number, in {unit}")
_AT_MOST, _ONE_OF = N_("{what}, at most {most}"), N_("one of: {words}")
_CLASS, _TERM, _TEXT = N_("a class as the school's list writes it"), N_("for this file: {term}"), N_("text")
_SUBJECT = N_("the subject's name, such as 语文; one subject a line")
_TITLE, _SEE = N_("Please look again"), N_("{what}. See the second sheet.")
_WIDTHS = {"day": 13, "clock": 11, "whole": 12, "yes-no": 11, "word": 14, "key": 16}


@dataclass(frozen=True)
class _Styles:
    """How headings and cells look."""

    must: Format
    may: Format
    cells: dict[str, Format]
    ruled: dict[str, Format]
    bold: Format
    text: Format


def template(table: Table, *, classes: Sequence[KnownClass], term: str | None, translate: Translate) -> bytes:
    """The empty .xlsx of a table: headings that `qingfu limits check` knows too, choices, and how to fill it in."""
    # Imported here: 15 MB in every process, needed only by one that writes a sheet.
    import xlsxwriter

    out = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"created": datetime(2024, 1, 1)})  # noqa: DTZ001 - the same template is the same file
        styles = _styles(book)
        sheet = book.add_worksheet(translate(table.says)[:31])
        _printed(sheet, translate)
        _explained(book, table, term, styles, translate)
        source = _classes(book, table, classes, styles, translate)
        for index, column in enumerate(table.columns):
            _column(sheet, index, column, table, styles)
            rule = _allowed(column, source if column.name == "class" else None, term)
            if rule:
                what = fill(_SEE, {"what": _what(column, table, term)}, translate)
                told = {"error_title": translate(_TITLE)[:32], "error_message": what[:_LONGEST_MESSAGE]}
                sheet.data_validation(1, index, MOST_ROWS, index, {**rule, **told, "ignore_blank": True})
    return out.getvalue()


def _styles(book: Workbook) -> _Styles:
    formats = {"key": "@", "word": "@", "yes-no": "@", "whole": "0", "day": "yyyy-mm-dd", "clock": "h:mm"}
    head = {"bold": True, "text_wrap": True, "valign": "vcenter", "align": "center", "border": 1, "num_format": "@"}
    plain_ = {"valign": "top", "text_wrap": True}
    return _Styles(
        must=book.add_format({**head, "bg_color": "#FCE9C8"}),
        may=book.add_format({**head, "bg_color": "#EEF2F5"}),
        cells={kind: book.add_format({"num_format": shown}) for kind, shown in formats.items()},
        ruled={
            kind: book.add_format({"num_format": shown, "border": 1, "border_color": "#B8C2CC"})
            for kind, shown in formats.items()
        },
        bold=book.add_format({**plain_, "bold": True, "bottom": 1}),
        text=book.add_format({**plain_, "num_format": "@"}),
    )


def _printed(sheet: Worksheet, translate: Translate) -> None:
    """A4 across, one page wide, the headings on every page."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.freeze_panes(1, 0)
    sheet.set_footer("&C&P / &N")
    sheet.set_row(0, 34)
    for row in range(1, RULED + 1):
        sheet.set_row(row, _TALL)


def _column(sheet: Worksheet, index: int, column: Column, table: Table, styles: _Styles) -> None:
    title = heading(column.name, table)
    wide = max(_WIDTHS[column.kind], min(26, len(title) * 2 + 2))
    sheet.set_column(index, index, wide, styles.cells[column.kind])
    sheet.write_string(0, index, title, styles.must if _is_must(column, table) else styles.may)
    for row in range(1, RULED + 1):
        sheet.write_blank(row, index, None, styles.ruled[column.kind])


def _is_must(column: Column, table: Table) -> bool:
    return column.kind == "key" or column.name in table.identity


def _allowed(column: Column, classes: str | None, term: str | None) -> dict[str, Any]:
    """What the sheet itself lets in; an empty answer lets in everything."""
    if column.name == "class":
        return {"validate": "list", "source": classes} if classes else {}
    if column.name == "term" and term:
        return {"validate": "list", "source": [neutral(term)], "error_type": "warning"}
    if column.kind == "yes-no":
        return {"validate": "list", "source": ["是", "否"]}
    if column.among:
        words = [written(code) for code in column.among]
        return {"validate": "list", "source": words} if len(",".join(words)) <= _LONGEST_LIST else {}
    if column.kind == "whole":
        least = 1 if column.name in ("weekday", "period") else 0
        return {"validate": "integer", "criteria": "between", "minimum": least, "maximum": column.most or LARGEST}
    if column.kind == "day":
        first, last = date(2000, 1, 1), date(2099, 12, 31)
        return {"validate": "date", "criteria": "between", "minimum": first, "maximum": last}
    if column.kind == "clock":
        return {"validate": "time", "criteria": "between", "minimum": time(0, 0), "maximum": time(23, 59)}
    return {}


def _classes(
    book: Workbook, table: Table, classes: Sequence[KnownClass], styles: _Styles, translate: Translate
) -> str | None:
    """The sheet of the school's classes, and where its names stand; none for the table that lists classes itself."""
    if not classes or table.name == CLASSES or table.column("class") is None:
        return None
    title = translate(CLASSES_SHEET)[:31]
    sheet = book.add_worksheet(title)
    sheet.set_column(0, 0, 20)
    sheet.write_string(0, 0, heading("class", table), styles.bold)
    names = list(_called(classes))
    for row, name in enumerate(names, start=1):
        sheet.write_string(row, 0, neutral(name), styles.text)
    quoted = title.replace("'", "''")
    return f"='{quoted}'!$A$2:$A${len(names) + 1}"


def _called(classes: Sequence[KnownClass]) -> Iterator[str]:
    """The name of each class, or its code where another has the same name."""
    names = [plain(one.name) for one in classes]
    for one in classes:
        yield one.code if names.count(plain(one.name)) > 1 else one.name


def _explained(book: Workbook, table: Table, term: str | None, styles: _Styles, translate: Translate) -> None:
    sheet = book.add_worksheet(translate(NOTES_SHEET)[:31])
    sheet.set_portrait()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    for index, width in enumerate((30, 60, 22)):
        sheet.set_column(index, index, width)
    unit = {"unit": Word(_ROW_UNITS.get(table.row_unit, table.row_unit))}
    for row, rule in enumerate(_RULES):
        sheet.merge_range(row, 0, row, len(_HEAD) - 1, fill(rule, unit, translate), styles.text)
    top = len(_RULES) + 1
    for index, title in enumerate(_HEAD):
        sheet.write_string(top, index, translate(title), styles.bold)
    for row, column in enumerate(table.columns, start=top + 1):
        must = translate(_MUST if _is_must(column, table) else _MAY)
        what = str(speak(_what(column, table, term), translate))
        cells = (heading(column.name, table), what, must)
        for index, text in enumerate(cells):
            sheet.write_string(row, index, neutral(text), styles.text)


def _what(column: Column, table: Table, term: str | None) -> Said:
    """What to write in a column: its form, its unit, its words."""
    if column.name == "class" and table.name != CLASSES:
        return say(_CLASS)
    if column.name == "term" and term:
        return say(_TERM, term=term)
    if column.name == "subject":
        return say(_SUBJECT)
    if column.among:
        return say(_ONE_OF, words=tuple(written(code) for code in column.among))
    if column.kind == "whole":
        unit = UNITS.get(column.unit or "")
        what = say(_WHOLE_UNIT, unit=Word(unit)) if unit else say(_WHOLE)
        return say(_AT_MOST, what=what, most=column.most) if column.most is not None else what
    if column.kind == "yes-no":
        yes, no = FACTS.get(column.name, TEACHING if column.name == "teaching" else ("", ""))
        return say(_YES_NO_SAYS, yes=Word(yes), no=Word(no)) if yes else say(_YES_NO)
    return say({"day": _DAY, "clock": _CLOCK}.get(column.kind, _TEXT))
