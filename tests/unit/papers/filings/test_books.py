"""Files that are no table, lie, or want to be too large: refused with what to do, in bounded time."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from io import BytesIO

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from qingfu.papers.filings.books import sheets_of
from qingfu.papers.filings.books.formats import moment, shows
from qingfu.papers.filings.books.xlsx import MOST_ROWS
from tests.unit.papers import hostile
from tests.unit.papers.filings.sheets import CHINESE, book, faults, read, with_sheet_xml

HEAD = ["日期", "班级", "科目", "用时"]
ROW = ["2025-03-04", "三（2）班", "语文", 20]
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LAST = 1_048_576


@pytest.mark.parametrize(("content", "fault", "says"), [
    (OLD + bytes(600), "FiledKind", "旧格式"),
    (OLD + "EncryptedPackage".encode("utf-16-le"), "FiledBroken", "密码"),
    (b"%PDF-1.4", "FiledKind", "PDF"),
    (b"\x89PNG\r\n", "FiledKind", "图片"),
    (b"<html><table><tr><td>1", "FiledKind", "网页"),
    (hostile.docx(), "FiledKind", "Word"),
    (hostile.zipped({"a.txt": b"1"}), "FiledKind", "压缩"),
    (hostile.with_parts(book({"a": [["b"]]}), {"xl/vbaProject.bin": b"1"}), "FiledKind", "宏"),
    (book({"a": [["b"]]})[:900], "FiledBroken", "损坏"),
    (hostile.with_parts(book({"a": [["b"]]}), {"xl/worksheets/sheet1.xml": b"<worksheet"}), "FiledBroken", "损坏"),
    (hostile.with_parts(book({"a": [["b"]]}), {"xl/workbook.xml": b"<workbook/>"}), "FiledBroken", "工作表"),
    (hostile.with_parts(book({"a": [["b"]]}), {"xl/big.xml": bytes(101 * 1024 * 1024)}), "FiledHuge", "过大"),
    (bytes(11 * 1024 * 1024), "FiledHuge", "过大"),
    (hostile.with_parts(book({"a": [["b"]]}), {"xl/x.xml": b"<!DOCTYPE a><a/>"}), "FiledHuge", "过大"),
])  # fmt: skip
def test_what_is_no_table_is_refused_with_what_to_do(content: bytes, fault: str, says: str) -> None:
    found = read(content)
    assert [name for name, _ in faults(found)] == [fault]
    assert says in found.faults[0].text(CHINESE)
    assert found.faults[0].next_step(CHINESE)


@pytest.mark.parametrize(("content", "fault", "says"), [
    (b"\0\1\2\3", "FiledBroken", "纯文本"),
    (b'a,"b\n', "FiledBroken", "引号"),
    (b"", "NoHeadings", "列名"),
])  # fmt: skip
def test_text_is_read_as_text_unless_it_is_named_a_workbook(content: bytes, fault: str, says: str) -> None:
    found = read(content, name="作业.csv")
    assert [name for name, _ in faults(found)] == [fault]
    assert says in found.faults[0].text(CHINESE)
    named = read(content, name="作业.XLSX")
    assert [name for name, _ in faults(named)] == ["FiledKind"]
    assert "不是Excel" in named.faults[0].text(CHINESE)


def far(ref: str) -> bytes:
    row = re.sub(r"\D", "", ref)
    cell = f'<row r="{row}"><c r="{ref}" t="inlineStr"><is><t>注：到此为止</t></is></c></row></sheetData>'
    return with_sheet_xml(book({"作业": [HEAD, ROW]}), "</sheetData>", cell)


@pytest.mark.parametrize("ref", [f"A{LAST}", f"XFD{LAST}", "XFD3"])
def test_one_cell_at_the_far_corner_costs_one_cell(ref: str) -> None:
    found = read(far(ref))
    assert found.faults == ()
    assert len(found.rows) == 1


def test_a_sheet_that_says_it_has_a_million_rows_costs_what_is_filled() -> None:
    content = with_sheet_xml(
        book({"作业": [HEAD, ROW]}), r'<dimension ref="[^"]*"/>', f'<dimension ref="A1:XFD{LAST}"/>'
    )
    empty = "".join(f'<row r="{row}"><c r="A{row}" s="0"/></row>' for row in range(3, 200_000))
    assert len(read(with_sheet_xml(content, "</sheetData>", f"{empty}</sheetData>")).rows) == 1


def test_more_filled_rows_than_a_school_has_are_refused_as_soon_as_they_are_met() -> None:
    rows = "".join(f'<row r="{row}"><c r="A{row}"><v>1</v></c></row>' for row in range(3, MOST_ROWS + 100))
    found = read(with_sheet_xml(book({"作业": [HEAD, ROW]}), "</sheetData>", f"{rows}</sheetData><broken"))
    assert faults(found) == [("FiledLong", "")]
    text = ",".join(HEAD) + "\n" + "\n".join("1,2,3,4" for _ in range(MOST_ROWS + 1))
    assert faults(read(text.encode(), name="作业.csv")) == [("FiledLong", "")]


def test_a_row_filled_to_the_last_column_again_and_again_is_refused() -> None:
    wide = "".join("<row>" + "<c><v>1</v></c>" * 16_000 + "</row>" for _ in range(70))
    found = read(with_sheet_xml(book({"作业": [HEAD, ROW]}), "</sheetData>", f"{wide}</sheetData>"))
    assert faults(found) == [("FiledHuge", "")]


def test_merged_cells_over_the_whole_sheet_are_not_spread_without_end() -> None:
    content = book({"作业": [HEAD, ROW]}, {"作业": ["A5:B6"]})
    vast = "".join(f'<mergeCell ref="A2:XFD{LAST - n}"/>' for n in range(500))
    changed = with_sheet_xml(content, '<mergeCell ref="A5:B6"/>', vast)
    assert {name for name, _ in faults(read(changed))} >= {"CellsMerged"}


@pytest.mark.parametrize(("old", "new"), [
    ('r="D2"', 'r="AAAAAAA2"'), ('<c r="A1" t="s"><v>0</v>', '<c r="A1" t="s"><v>99999</v>'),
    ("<v>20</v>", "<v>viel</v>"), ('<row r="1"', '<row r="x"'),
])  # fmt: skip
def test_a_cell_that_cannot_be_is_refused(old: str, new: str) -> None:
    assert faults(read(with_sheet_xml(book({"作业": [HEAD, ROW]}), old, new))) == [("FiledBroken", "")]


def test_cells_without_addresses_follow_one_another() -> None:
    content = book({"作业": [HEAD, ROW]})
    xml = hostile.part_of(content, "xl/worksheets/sheet1.xml").decode()
    bare = re.sub(r'(<c|<row) r="\w+"', r"\1", xml)
    found = read(hostile.with_parts(content, {"xl/worksheets/sheet1.xml": bare.encode()}))
    assert found.rows[0].cells["minutes"] == 20


def test_a_reading_printed_above_a_text_is_no_part_of_it() -> None:
    text = (
        '<c r="B2" t="inlineStr"><is><r><t>三（2）</t></r><rPh sb="0" eb="1"><t>san</t></rPh><r><t>班</t></r></is></c>'
    )
    content = with_sheet_xml(book({"作业": [HEAD, ROW]}), r'<c r="B2"[^>]*>.*?</c>', text)
    assert read(content).rows[0].cells["class"] == "P3-2"


def test_what_is_read_is_what_another_reader_reads() -> None:
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as made:
        sheet = made.add_worksheet("数")
        for row in range(60):
            sheet.write_row(row, 0, [f"文{row}", row, row / 8, row % 2 == 0, "a" * row])
            sheet.write_datetime(row, 5, date(2025, 1, 1 + row % 28), made.add_format({"num_format": 14}))
    (ours,) = sheets_of(out.getvalue(), "a.xlsx")
    theirs = CalamineWorkbook.from_filelike(BytesIO(out.getvalue())).get_sheet_by_index(0).to_python()
    for row, cells in enumerate(theirs, start=1):
        for column, value in enumerate(cells, start=1):
            cell = ours.at(row, column)
            assert (cell.value if cell else "") == value


@pytest.mark.parametrize(("number", "custom", "says"), [
    (0, "", ""), (14, "", "day"), (31, "", "day"), (20, "", "clock"), (200, "yyyy-mm-dd", "day"),
    (200, "h:mm", "clock"),
    (200, 'yyyy"年"m"月"d"日"', "day"), (200, 'm"月"d"日";@', "day"), (200, "[$-F800]dddd\\, mmmm dd\\, yyyy", "day"),
    (200, '上午/下午h"时"mm"分";@', "clock"), (200, "[h]:mm", "clock"), (200, "General", ""), (200, '0.00"人"', ""),
    (200, '#,##0.00_);[Red]"元"', ""), (200, "0.00E+00", ""), (200, "@", ""), (200, 'mm:ss', "clock"),
])  # fmt: skip
def test_a_number_is_a_day_or_a_time_by_its_format(number: int, custom: str, says: str) -> None:
    assert shows(number, {number: custom} if custom else {}) == says


def test_a_serial_number_is_the_day_and_the_time_the_sheet_shows() -> None:
    assert moment(45720, "day", since_1904=False) == date(2025, 3, 4)
    assert moment(44258, "day", since_1904=True) == date(2025, 3, 4)
    assert moment(500 / 1440, "clock", since_1904=False) == time(8, 20)
    assert moment(45720.5, "day", since_1904=False) == datetime(2025, 3, 4, 12)  # noqa: DTZ001
    assert moment(-1, "day", since_1904=False) == -1
    assert moment(1e12, "day", since_1904=False) == 1e12
