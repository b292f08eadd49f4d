"""Rosters of people from a sheet: columns by their headings, every fault by its cell."""

from __future__ import annotations

from io import BytesIO

import pytest
import xlsxwriter

from qingfu.base.errors import (
    CellsMerged,
    ColumnTwice,
    DataFault,
    FailedFormula,
    FiledEmpty,
    FiledKind,
    FiledLong,
    KeyEmpty,
    NoHeadings,
    NoKeyColumn,
    NoResult,
    StoodBefore,
)
from qingfu.papers.rosters import COLUMNS, MOST_FAULTS, MOST_ROWS, phone, read_roster
from qingfu.papers.sheets import template


def csv(*lines: str) -> bytes:
    return "\r\n".join(lines).encode("utf-8-sig")


def workbook(rows: list[list[object]], *, merged: str = "", formula: str = "") -> bytes:
    out = BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet("家长")
        for n, row in enumerate(rows):
            sheet.write_row(n, 0, row)
        if merged:
            sheet.merge_range(merged, "青草坝小学")
        if formula:
            sheet.write_formula(formula, "=1+1", value="#N/A")
    return out.getvalue()


def people(data: bytes, name: str = "家长.csv") -> list[tuple[str, str, str, str]]:
    found = read_roster(data, name)
    assert found.faults == ()
    return [(one.name, one.phone, one.school, one.grade) for one in found.people]


@pytest.mark.proves("D04")
def test_columns_are_known_by_their_headings_in_whatever_order() -> None:
    said = csv("所在年级,家长姓名,联系电话,就读学校,备注", "三年级,周清和,138 0000 0001,青草坝小学,无")
    assert people(said) == [("周清和", "13800000001", "青草坝小学", "三年级")]
    assert people("姓名\t学校\n周清和\t青草坝小学\n".encode("gb18030")) == [("周清和", "", "青草坝小学", "")]


def test_a_workbook_with_a_title_above_and_numbers_as_numbers() -> None:
    heads = ["姓名*", "电话（手机）", "学校"]
    rows: list[list[object]] = [["2026年家长名册"], [], [*heads], ["周清和", 13800000001, "石桥小学"]]
    assert people(workbook(rows), "家长.xlsx") == [("周清和", "13800000001", "石桥小学", "")]


def test_every_sheet_that_holds_people_is_read_and_says_where() -> None:
    out = BytesIO()
    with xlsxwriter.Workbook(out) as book:
        for title in ("一校", "二校"):
            book.add_worksheet(title).write_column(0, 0, ["姓名", f"周{title}"])
        book.add_worksheet("说明").write(0, 0, "填表说明")
    found = read_roster(out.getvalue(), "家长.xlsx")
    assert [(one.name, one.cell) for one in found.people] == [("周一校", "一校 A2"), ("周二校", "二校 A2")]


def test_headings_again_and_totals_are_passed_over_and_said() -> None:
    said = csv("姓名,学校", "周一,甲校", "姓名,学校", "周二,甲校", "合计,2人")
    found = read_roster(said, "家长.csv")
    assert [one.name for one in found.people] == ["周一", "周二"]
    assert len([note for note in found.notes if "row" in dict(note.facts)]) == 2


@pytest.mark.parametrize(
    ("lines", "fault", "cell"),
    [
        (("姓名,电话", "周一,1380000"), DataFault, "B2"),
        (("姓名,电话", "周一,无"), DataFault, "B2"),
        (("姓名,学校", ",甲校"), KeyEmpty, "A2"),
        (("姓名,学校", "周一,"), KeyEmpty, "B2"),
        (("姓名,学校", "周一,=A1"), NoResult, "B2"),
        (("姓名,学校", "周一,甲校", "周一,甲校"), StoodBefore, "A3"),
        (("姓名,家长", "周一,周二"), ColumnTwice, "B1"),
        (("姓名,学校", f"{'周' * 61},甲校"), DataFault, "A2"),
        (("姓名,学校", "周\u202e一,甲校"), DataFault, "A2"),
        (("电话,学校", "13800000001,甲校"), NoKeyColumn, ""),
        (("甲,乙", "一,二"), NoHeadings, ""),
        (("姓名,学校",), FiledEmpty, ""),
    ],
)
def test_what_is_wrong_is_said_by_its_cell_and_nobody_is_taken(
    lines: tuple[str, ...], fault: type[DataFault], cell: str
) -> None:
    found = read_roster(csv(*lines), "家长.csv")
    assert [(type(one), one.cell) for one in found.faults] == [(fault, cell)]
    assert found.people == ()


def test_merged_cells_and_formulas_of_a_workbook_are_faults() -> None:
    rows: list[list[object]] = [["姓名", "学校"], ["周一", ""], ["周二", ""]]
    faults = read_roster(workbook(rows, merged="B2:B3"), "家长.xlsx").faults
    assert any(isinstance(one, CellsMerged) and one.cell == "B2" for one in faults)
    faults = read_roster(workbook([["姓名"], ["周一"]], formula="A3"), "家长.xlsx").faults
    assert [type(one) for one in faults] == [FailedFormula]


def test_no_more_faults_are_told_than_anybody_reads() -> None:
    found = read_roster(csv("姓名,电话", *(f"周{n},x" for n in range(MOST_FAULTS + 7))), "家长.csv")
    assert (len(found.faults), found.unsaid) == (MOST_FAULTS, 7)


def test_what_is_no_sheet_or_too_long_is_one_fault() -> None:
    assert [type(one) for one in read_roster(b"%PDF-1.4", "家长.xlsx").faults] == [FiledKind]
    long = csv("姓名", *(f"周{n}" for n in range(MOST_ROWS + 20)))
    assert [type(one) for one in read_roster(long, "家长.csv").faults] == [FiledLong]


def test_families_with_several_children_and_people_without_a_number_are_said() -> None:
    said = csv("姓名,电话,年级", "周一,13800000001,一年级", "周一,13800000001,三年级", "周二,,一年级")
    found = read_roster(said, "家长.csv")
    assert len(found.people) == 3
    assert [dict(note.facts)["count"] for note in found.notes] == [1, 1]


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("138-0000-0001", "13800000001"), ("+86 138 0000 0001", "13800000001"), ("8613800000001", "13800000001"),
        ("１３８０００００００１", "13800000001"), ("023-42765432", "023-42765432"), ("42765432", "42765432"),
        ("13800000001/42765432", "13800000001、42765432"), ("400-123-4567", "400-123-4567"),
        ("1380000", None), ("12345678901", None), ("周一", None), ("", None), ("138000000011", None),
    ],
)  # fmt: skip
def test_a_telephone_number_has_one_form(text: str, known: str | None) -> None:
    assert phone(text) == known


def test_our_own_template_is_read_but_for_its_sample() -> None:
    found = read_roster(template(COLUMNS), "名册.xlsx")
    assert (found.people, [type(one) for one in found.faults]) == ((), [FiledEmpty])
