"""A table as .xlsx: typed cells, and nothing that calculates."""

from __future__ import annotations

import zipfile
from datetime import UTC, date, datetime
from io import BytesIO

import pytest

from qingfu.base.words import Word
from qingfu.papers.export import Heading, Table, as_xlsx, neutral

AT = datetime(2024, 7, 30, 9, 0, tzinfo=UTC)


def sheet_of(data: bytes) -> list[list[object]]:
    import openpyxl

    return [[cell.value for cell in row] for row in openpyxl.load_workbook(BytesIO(data)).worksheets[0].iter_rows()]


def one(*cells: object) -> list[object]:
    table = Table("台账", tuple(Heading(f"c{n}") for n, _ in enumerate(cells)), (cells,))
    return sheet_of(as_xlsx(table, at=AT))[1]


@pytest.mark.parametrize(
    "text",
    [
        "=HYPERLINK(\"http://evil\")", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "  =1+1", "\n=1", "＝1+1",
        "=cmd|' /C calc'!A0",
    ],
)  # fmt: skip
def test_a_text_that_would_calculate_stays_a_text(text: str) -> None:
    data = as_xlsx(Table("t", (Heading("h"),), ((text,),)), at=AT)
    with zipfile.ZipFile(BytesIO(data)) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")
    assert str(one(text)[0]).startswith("'")


def test_an_ordinary_text_is_left_alone() -> None:
    assert neutral("南津街小学 = 好") == "南津街小学 = 好"


def test_a_heading_that_would_calculate_stays_a_text() -> None:
    data = as_xlsx(Table("t", (Heading("=1+1"),), (("a",),)), at=AT)
    assert sheet_of(data)[0] == ["'=1+1"]


def test_cells_keep_their_kind() -> None:
    day = one("文字", 7, date(2024, 7, 30), None, Word("late"), ["甲", "乙"])
    assert day == ["文字", 7, datetime(2024, 7, 30), None, "late", "甲\n乙"]  # noqa: DTZ001 - what a spreadsheet holds


def test_an_instant_is_written_in_chinas_time() -> None:
    assert one(AT) == ["2024-07-30 17:00"]


def test_words_and_headings_are_translated() -> None:
    table = Table(Word("Ledger"), (Heading(Word("State")),), ((Word("late"),),))
    words = {"Ledger": "台账", "State": "状态", "late": "逾期"}
    data = as_xlsx(table, at=AT, translate=lambda msgid: words.get(msgid, msgid))
    assert sheet_of(data) == [["状态"], ["逾期"]]


def test_several_tables_become_several_sheets_whatever_their_titles() -> None:
    import openpyxl

    tables = [Table("[合川]/台账:*?" * 9, (Heading("h"),), (("a",),)) for _ in range(2)]
    assert len(openpyxl.load_workbook(BytesIO(as_xlsx(*tables, at=AT))).sheetnames) == 2


def test_an_empty_table_still_has_its_headings() -> None:
    assert sheet_of(as_xlsx(Table("", (Heading("编号"),), ()), at=AT)) == [["编号"]]


def test_the_same_table_is_the_same_file() -> None:
    table = Table("t", (Heading("h"),), (("a",),))
    assert as_xlsx(table, at=AT) == as_xlsx(table, at=AT)
