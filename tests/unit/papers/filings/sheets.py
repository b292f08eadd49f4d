"""Workbooks as school offices hand them in, made on the spot."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from io import BytesIO
from xml.sax.saxutils import escape

import xlsxwriter

from qingfu.base.words import translator
from qingfu.papers.filings.classes import KnownClass
from qingfu.papers.filings.outcome import Read
from qingfu.papers.filings.reading import read_rows
from qingfu.papers.filings.timetables import read_timetable
from qingfu.rules.tables import BY_NAME
from tests.unit.papers import hostile

CHINESE = translator("zh-hans")
NUMBERS = "一二三四五六七八九"
SCHOOL = tuple(
    KnownClass(f"{'P' if grade < 7 else 'J'}{grade if grade < 7 else grade - 6}-{number}",
               f"{NUMBERS[grade - 1]}（{number}）班", f"{'P' if grade < 7 else 'J'}{grade if grade < 7 else grade - 6}")
    for grade in range(1, 10) for number in range(1, 4)
)  # fmt: skip
PRIMARY = tuple(one for one in SCHOOL if one.grade.startswith("P"))
TERM = "2024-2025学年第二学期"
SUBJECTS = ("语文", "数学", "英语", "道德与法治", "科学", "体育", "音乐", "美术", "劳动", "综合实践")
WEEK = ["星期一", "星期二", "星期三", "星期四", "星期五"]

Rows = Sequence[Sequence[object]]


def book(sheets: Mapping[str, Rows], merges: Mapping[str, Sequence[str]] | None = None) -> bytes:
    """A workbook; a merged area shows what stands in its first cell. Days and times get their formats."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as made:
        day, clock = made.add_format({"num_format": "yyyy/m/d"}), made.add_format({"num_format": "h:mm"})
        for title, rows in sheets.items():
            sheet = made.add_worksheet(title)
            for area in (merges or {}).get(title, ()):
                sheet.merge_range(area, "")
            for row, cells in enumerate(rows):
                for column, cell in enumerate(cells):
                    if isinstance(cell, time):
                        sheet.write_datetime(row, column, datetime.combine(date(1899, 12, 31), cell), clock)
                    elif isinstance(cell, date):
                        sheet.write_datetime(row, column, cell, day)
                    elif cell is not None and cell != "":
                        sheet.write(row, column, cell)
    return out.getvalue()


def read(content: bytes, table: str = "homework", name: str = "作业.xlsx", **more: object) -> Read:
    """The rows of a table of the school."""
    facts: dict[str, object] = {"classes": SCHOOL, "term": TERM, "translate": CHINESE, **more}
    return read_rows(content, name, BY_NAME[table], **facts)  # type: ignore[arg-type] # the facts of each test differ


def timetable(content: bytes, **more: object) -> Read:
    """The timetable of the school as it was taught."""
    facts: dict[str, object] = {
        "classes": SCHOOL, "term": TERM, "record": "taught", "subjects_known": SUBJECTS, "translate": CHINESE, **more,
    }  # fmt: skip
    return read_timetable(content, **facts)  # type: ignore[arg-type] # the facts of each test differ


def lessons(found: Read) -> dict[tuple[object, ...], object]:
    """(class, weekday, period, subject) → lessons in two weeks."""
    return {
        (row.cells["class"], row.cells["weekday"], row.cells["period"], row.cells["subject"]): row.cells["fortnight"]
        for row in found.rows
    }


def faults(found: Read) -> list[tuple[str, str]]:
    """The name of each fault and its cell."""
    return [(type(fault).__name__, fault.cell) for fault in found.faults]


def with_sheet_xml(content: bytes, old: str, new: str) -> bytes:
    """The workbook with the XML of its first sheet changed by hand."""
    part = "xl/worksheets/sheet1.xml"
    xml = hostile.part_of(content, part).decode()
    assert re.search(old, xml)
    return hostile.with_parts(content, {part: re.sub(old, lambda found: new, xml, count=1).encode()})


def filled(template: bytes, rows: Rows) -> bytes:
    """A template with rows below its headings, in the formats its columns have."""
    part = "xl/worksheets/sheet1.xml"
    xml = hostile.part_of(template, part).decode()
    styles: dict[int, str] = {}
    for found in re.finditer(r'<col min="(\d+)" max="(\d+)"[^>]*?style="(\d+)"', xml):
        styles |= dict.fromkeys(range(int(found[1]) - 1, int(found[2])), found[3])
    head = re.search(r'<row r="1".*?</row>', xml, re.DOTALL)
    assert head
    body = "".join(_row(number, cells, styles) for number, cells in enumerate(rows, start=2))
    data = f"<sheetData>{head[0]}{body}</sheetData>"
    changed = re.sub(r"<sheetData>.*</sheetData>", lambda found: data, xml, flags=re.DOTALL)
    return hostile.with_parts(template, {part: changed.encode()})


def _row(number: int, cells: Sequence[object], styles: Mapping[int, str]) -> str:
    made = "".join(
        _cell(f"{chr(65 + place)}{number}", cell, styles.get(place, "0")) for place, cell in enumerate(cells)
    )
    return f'<row r="{number}">{made}</row>'


def _cell(ref: str, cell: object, style: str) -> str:
    if cell is None:
        return f'<c r="{ref}" s="{style}"/>'
    if isinstance(cell, date):
        return f'<c r="{ref}" s="{style}"><v>{(cell - date(1899, 12, 30)).days}</v></c>'
    if isinstance(cell, time):
        return f'<c r="{ref}" s="{style}"><v>{(cell.hour * 60 + cell.minute) / 1440!r}</v></c>'
    if isinstance(cell, int):
        return f'<c r="{ref}" s="{style}"><v>{cell}</v></c>'
    return f'<c r="{ref}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{escape(str(cell))}</t></is></c>'
