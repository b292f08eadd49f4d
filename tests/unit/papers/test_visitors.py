"""Sheets of inspectors and of targets: read by the template's headings, every fault by its row."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

import pytest
import xlsxwriter

from qingfu.base.errors import ColumnsDiffer, Hostile
from qingfu.papers.sheets import template
from qingfu.papers.visitors import COLUMNS, Listed, Side, read_visitors

HEADS = ["姓名", "单位", "本人所在镇街", "最多次数"]


def sheet(*rows: Sequence[str | int]) -> bytes:
    out = BytesIO()
    with xlsxwriter.Workbook(out) as book:
        table = book.add_worksheet("名单")
        for n, row in enumerate(rows):
            table.write_row(n, 0, row)
    return out.getvalue()


def test_inspectors_are_read_with_what_the_sheet_says_of_them() -> None:
    read = read_visitors(sheet(HEADS, ["周 清和", "教研室", "东镇", 6], ["吴桂芳", "", "", ""]), "inspectors")
    assert read.people == (Listed("周 清和", "教研室", "东镇", 6), Listed("吴桂芳"))
    assert read.faults == ()


def test_targets_need_a_name_and_may_have_a_township() -> None:
    read = read_visitors(sheet(["名称", "镇街"], ["甲校", "东镇"], ["乙校", ""]), "targets")
    assert read.people == (Listed("甲校", town="东镇"), Listed("乙校"))


def test_every_fault_is_told_by_its_row_and_nobody_is_read() -> None:
    rows: list[Sequence[str | int]] = [
        ["周一", "", "", "很多"], ["", "教研室", "", ""], ["周三", "甲", "", ""], ["周三", "甲", "", ""],
        ["周\u202e五", "", "", ""], ["周" * 61, "", "", ""], ["周七", "", "", 10_000],
    ]  # fmt: skip
    read = read_visitors(sheet(HEADS, *rows), "inspectors")
    assert read.people == ()
    assert [(one.row, one.heading) for one in read.faults] == [
        (2, "最多次数"), (3, "姓名"), (5, "姓名"), (6, "姓名"), (7, "姓名"), (8, "最多次数"),
    ]  # fmt: skip


def test_two_of_one_name_and_different_organs_are_two() -> None:
    read = read_visitors(sheet(HEADS, ["周一", "甲校", "", ""], ["周一", "乙校", "", ""]), "inspectors")
    assert len(read.people) == 2


@pytest.mark.parametrize("side", ["inspectors", "targets"])
def test_the_empty_template_has_nobody_in_it(side: Side) -> None:
    assert read_visitors(template(COLUMNS[side]), side).people == ()


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"x,y"])
def test_what_is_no_sheet_is_refused(data: bytes) -> None:
    with pytest.raises(Hostile):
        read_visitors(data, "inspectors")


def test_other_headings_are_named() -> None:
    with pytest.raises(ColumnsDiffer):
        read_visitors(sheet(["序号", "人员"], [1, "周一"]), "inspectors")
