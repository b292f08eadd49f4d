"""A template filled with any rows reads back as the same rows; whatever else is read never breaks the reader."""

from __future__ import annotations

from datetime import date, time
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qingfu.papers.filings.classes import KnownClass, class_meant
from qingfu.papers.filings.outcome import Doubt
from qingfu.papers.filings.templates import template
from qingfu.papers.filings.values.words import written
from qingfu.rules.tables import CLASSES, TABLES, Column, Table
from tests.unit.papers.filings.sheets import CHINESE, SCHOOL, SUBJECTS, TERM, book, filled, read, timetable

ALL = [one for one in TABLES if one.name != "sample"]


@cache
def empty(table: Table) -> bytes:
    return template(table, classes=SCHOOL, term=TERM, translate=CHINESE)


def values(column: Column, table: Table) -> st.SearchStrategy[Any]:
    if column.name == "class":
        return st.sampled_from([one.code for one in SCHOOL])
    if column.name in ("term", "school"):
        return st.just(TERM if column.name == "term" else "城关小学")
    if column.name == "subject":
        return st.sampled_from(SUBJECTS)
    if column.among:
        return st.sampled_from(column.among)
    least = 1 if column.name in ("weekday", "period") else 0
    made: dict[str, st.SearchStrategy[Any]] = {
        "whole": st.integers(least, column.most or 60),
        "yes-no": st.booleans(),
        "day": st.dates(date(2000, 1, 1), date(2099, 12, 31)),
        "clock": st.integers(0, 1439),
    }
    return made[column.kind]


def rows(table: Table) -> st.SearchStrategy[list[dict[str, Any]]]:
    def one(column: Column) -> st.SearchStrategy[Any]:
        is_key = column.kind == "key" or column.name in table.identity
        return values(column, table) if is_key else st.one_of(st.none(), values(column, table))

    row = st.fixed_dictionaries({column.name: one(column) for column in table.columns})
    return st.lists(row, min_size=1, max_size=12, unique_by=lambda row: tuple(row[name] for name in table.identity))


def as_written(value: Any, column: Column) -> object:
    """The value as an office would choose or type it in the template."""
    if value is None:
        return None
    if column.name == "class":
        return next(one.name for one in SCHOOL if one.code == value)
    if column.kind == "yes-no":
        return "是" if value else "否"
    if column.kind == "clock":
        return time(value // 60, value % 60)
    return written(value) if column.among else value


@pytest.mark.parametrize("table", ALL, ids=lambda table: table.name)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_a_template_filled_with_any_rows_reads_back_as_the_same_rows(table: Table, data: st.DataObject) -> None:
    some = data.draw(rows(table))
    cells = [[as_written(row[column.name], column) for column in table.columns] for row in some]
    found = read(filled(empty(table), cells), table.name)
    assert (found.faults, found.doubts) == ((), ())
    assert [dict(row.cells) for row in found.rows] == some
    assert [row.number for row in found.rows] == list(range(2, len(some) + 2))


texts = st.one_of(
    st.text(max_size=12),
    st.text(alphabet="一二三四五六七八九十初高小年级班()（）.-0123456789", max_size=8),
    st.text(alphabet="单双周:：/、()音乐美术语文王芳 \n", max_size=14),
    st.integers(-10, 10**9),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
)


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="一二三四五六七八九十初高小学年级班第()（）.-/0123456789 ", max_size=9))
def test_a_class_is_one_of_the_school_or_a_doubt_among_them(text: str) -> None:
    found = class_meant(text, SCHOOL)
    codes = {one.code for one in SCHOOL}
    if isinstance(found, Doubt):
        assert {code for code, _ in found.candidates} <= codes
    else:
        assert isinstance(found, KnownClass)
        assert found.code in codes


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.lists(texts, min_size=3, max_size=8), max_size=8), st.sampled_from(ALL))
def test_whatever_stands_in_the_cells_is_a_row_a_fault_or_a_doubt(cells: list[list[object]], table: Table) -> None:
    head: list[object] = [CHINESE(column.says) for column in table.columns]
    found = read(book({"表": [head, *cells]}), table.name)
    assert found.rows or found.faults
    for fault in found.faults:
        assert fault.text(CHINESE)
    for doubt in found.doubts:
        assert doubt.asks.text(CHINESE)
        assert doubt.presumed is None or doubt.presumed in dict(doubt.candidates)
    if table.name != CLASSES:
        assert {row.cells["class"] for row in found.rows} <= {None, *(one.code for one in SCHOOL)}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.lists(texts, min_size=5, max_size=5), min_size=1, max_size=6), st.booleans())
def test_whatever_stands_in_a_timetable_is_a_lesson_a_fault_or_a_doubt(
    cells: list[list[object]], is_sheet: bool
) -> None:
    head: list[object] = ["节次", "周一", "周二", "周三", "周四", "周五"]
    rows_ = [head, *([str(number), *line] for number, line in enumerate(cells, start=1))]
    found = timetable(book({"三（2）班" if is_sheet else "表": rows_}))
    for row in found.rows:
        assert row.cells["fortnight"] in (1, 2)
        assert row.cells["subject"]
    for doubt in found.doubts:
        assert doubt.presumed is None or doubt.presumed in dict(doubt.candidates)
    answers = {doubt.id: doubt.candidates[0][0] for doubt in found.doubts if doubt.candidates}
    again = timetable(book({"三（2）班" if is_sheet else "表": rows_}), answers=answers)
    assert {doubt.id for doubt in again.doubts}.isdisjoint(answers)
