"""Templates and what comes back in them."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest

from qingfu.base.errors import Bomb, ColumnsDiffer, Formulas, MergedCells, NotReadable, OtherContent, TooBig
from qingfu.papers.sheets import MOST_BYTES, MOST_ROWS, Column, read_sheet, template
from tests.unit.papers import hostile

COLUMNS = (
    Column("name", "名称", required=True, sample="青草坝小学"),
    Column("code", "短码", sample="x001"),
    Column("level", "层级", sample="县", options=("省", "市", "县")),
)
HEAD: list[object] = ["名称*", "短码", "层级"]


def test_a_template_that_nobody_filled_in_holds_no_rows() -> None:
    assert read_sheet(template(COLUMNS), COLUMNS) == ()


def test_a_template_has_a_list_to_choose_from_and_a_sheet_that_explains() -> None:
    import openpyxl

    book = openpyxl.load_workbook(BytesIO(template(COLUMNS, notes=["请于7月30日前交"])))
    assert [cell.value for cell in book.worksheets[0][1]] == HEAD
    assert book.worksheets[0].data_validations.dataValidation[0].formula1 == '"省,市,县"'
    told = [row[0].value for row in book.worksheets[1].iter_rows()]
    assert "请于7月30日前交" in told


def test_the_same_template_is_the_same_file() -> None:
    assert template(COLUMNS) == template(COLUMNS)


def test_rows_come_back_as_text_with_their_number() -> None:
    data = hostile.workbook([HEAD, [" 南津街小学\u3000", 12001, "县"], ["", "", ""], ["钓鱼城中学", 1.5, "市"]])
    rows = read_sheet(data, COLUMNS)
    assert [(row.n, row.cells) for row in rows] == [
        (2, {"name": "南津街小学", "code": "12001", "level": "县"}),
        (4, {"name": "钓鱼城中学", "code": "1.5", "level": "市"}),
    ]
    assert all(row.faults == () for row in rows)


def test_a_day_comes_back_as_a_day() -> None:
    import xlsxwriter

    out = BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["名称"])
        sheet.write_datetime(1, 0, date(2024, 7, 30), book.add_format({"num_format": "yyyy-mm-dd"}))
    assert read_sheet(out.getvalue(), COLUMNS)[0].cells["name"] == "2024-07-30"


def test_columns_may_stand_in_another_order_and_optional_ones_may_be_missing() -> None:
    rows = read_sheet(hostile.workbook([["层级", "名 称"], ["县", "南津街小学"]]), COLUMNS)
    assert rows[0].cells == {"name": "南津街小学", "code": "", "level": "县"}


def test_a_row_says_what_is_plainly_wrong_with_it() -> None:
    row = read_sheet(hostile.workbook([HEAD, ["", "c", "国"]]), COLUMNS)[0]
    assert [(fault.field) for fault in row.faults] == ["name", "level"]
    assert "国" in row.faults[1].text()


def test_merged_cells_are_refused_by_name() -> None:
    with pytest.raises(MergedCells) as refused:
        read_sheet(hostile.workbook([HEAD, ["a"]], merge="A3:A5"), COLUMNS, name="表.xlsx")
    assert refused.value.facts == {"name": "表.xlsx", "sheet": "名单", "cells": ["A3:A5"]}


def test_a_formula_is_refused_by_name() -> None:
    with pytest.raises(Formulas) as refused:
        read_sheet(hostile.workbook([HEAD, ["a"]], formula=("B2", "=1+1")), COLUMNS)
    assert refused.value.facts["cells"] == ["B2"]


def test_many_formulas_are_named_up_to_a_dozen() -> None:
    head: list[object] = ["名称"]
    data = hostile.workbook([head, *[list[object](["=A1"]) for _ in range(40)]])
    with pytest.raises(Formulas) as refused:
        read_sheet(data, COLUMNS)
    cells = refused.value.facts["cells"]
    assert isinstance(cells, list)
    assert (cells[0], cells[-1], len(cells)) == ("A2", "…", 13)


def test_other_headings_are_refused_with_what_is_missing_and_what_is_unknown() -> None:
    with pytest.raises(ColumnsDiffer) as refused:
        read_sheet(hostile.workbook([["短码", "电话"], ["a", "b"]]), COLUMNS)
    assert (refused.value.facts["missing"], refused.value.facts["unknown"]) == (["名称"], ["电话"])


def test_a_heading_that_stands_twice_is_refused() -> None:
    with pytest.raises(ColumnsDiffer):
        read_sheet(hostile.workbook([["名称", "名称"], ["a", "b"]]), COLUMNS)


def test_an_empty_workbook_is_refused() -> None:
    with pytest.raises(ColumnsDiffer):
        read_sheet(hostile.workbook([]), COLUMNS)


def far(ref: str) -> bytes:
    book = hostile.workbook([HEAD, ["a"]])
    sheet = hostile.part_of(book, "xl/worksheets/sheet1.xml")
    row = "".join(sign for sign in ref if sign.isdigit())
    cell = f'<row r="{row}"><c r="{ref}"><v>1</v></c></row></sheetData>'.encode()
    return hostile.with_parts(book, {"xl/worksheets/sheet1.xml": sheet.replace(b"</sheetData>", cell)})


@pytest.mark.parametrize("ref", ["XFD1048576", "A1048576", "XFD3"])
def test_one_cell_at_the_far_corner_is_refused_before_the_sheet_is_laid_out(ref: str) -> None:
    with pytest.raises(Bomb):
        read_sheet(far(ref), COLUMNS)


def test_a_cell_with_an_impossible_name_is_refused() -> None:
    with pytest.raises(NotReadable):
        read_sheet(far("AAAAAAA9"), COLUMNS)


def test_more_rows_than_the_template_has_are_refused() -> None:
    with pytest.raises(Bomb):
        read_sheet(hostile.workbook([HEAD, *[list[object](["a"]) for _ in range(MOST_ROWS)]]), COLUMNS)


@pytest.mark.parametrize(("data", "error"), [
    (hostile.docx(), OtherContent),
    (b"name,code\n", OtherContent),
    (hostile.workbook([["a"]])[:900], NotReadable),
    (bytes(MOST_BYTES + 1), TooBig),
    (hostile.zipped({"[Content_Types].xml": hostile.TYPES, "xl/workbook.xml": b"<workbook/>",
                     "xl/_rels/workbook.xml.rels": b"<r/>"}), NotReadable),
    (hostile.zipped({"[Content_Types].xml": hostile.TYPES, "xl/workbook.xml": b"<workb"}), NotReadable),
])  # fmt: skip
def test_what_is_no_workbook_is_refused(data: bytes, error: type[Exception]) -> None:
    with pytest.raises(error):
        read_sheet(data, COLUMNS)


def test_a_sheet_that_points_outside_the_worksheets_is_refused() -> None:
    book = hostile.workbook([HEAD, ["a"]])
    rels = hostile.part_of(book, "xl/_rels/workbook.xml.rels").replace(b"worksheets/sheet1.xml", b"../other.xml")
    with pytest.raises(NotReadable):
        read_sheet(hostile.with_parts(book, {"xl/_rels/workbook.xml.rels": rels}), COLUMNS)
