"""The templates: what they offer, how they print, and that they come back."""

from __future__ import annotations

import re
from datetime import date, time

import pytest

from qingfu.papers.filings.classes import KnownClass
from qingfu.papers.filings.templates import template
from qingfu.rules.files.columns import place
from qingfu.rules.tables import BY_NAME, TABLES, Table
from tests.unit.papers import hostile
from tests.unit.papers.filings.sheets import CHINESE, SCHOOL, TERM, faults, filled, read

ALL = [one for one in TABLES if one.name != "sample"]
each_table = pytest.mark.parametrize("table", ALL, ids=lambda table: table.name)


def made(table: Table, classes: tuple[KnownClass, ...] = SCHOOL) -> bytes:
    return template(table, classes=classes, term=TERM, translate=CHINESE)


def sheet(content: bytes) -> str:
    return hostile.part_of(content, "xl/worksheets/sheet1.xml").decode()


def headings(content: bytes) -> list[str]:
    from io import BytesIO

    import openpyxl

    return [str(cell.value) for cell in openpyxl.load_workbook(BytesIO(content)).worksheets[0][1]]


@each_table
def test_the_headings_are_those_that_limits_check_takes(table: Table) -> None:
    needed = {column.name: ("any",) for column in table.columns}
    found = place(table, headings(made(table)), "x.csv", needed, CHINESE)
    assert (found.faults, found.notes) == ([], [])
    assert list(found.places) == [column.name for column in table.columns]


@each_table
def test_a_template_that_nobody_filled_in_says_so_and_nothing_else(table: Table) -> None:
    found = read(made(table), table.name)
    assert faults(found) == [("FiledEmpty", "")]
    assert found.doubts == ()


@each_table
def test_yes_and_no_and_words_are_chosen_from_a_list(table: Table) -> None:
    lists = re.findall(r"<formula1>(.*?)</formula1>", sheet(made(table)))
    wanted = sum(column.kind == "yes-no" for column in table.columns)
    assert lists.count('"是,否"') == wanted


def test_the_classes_of_the_school_are_chosen_from_a_list() -> None:
    content = made(BY_NAME["homework"])
    assert f"本校班级'!$A$2:$A${len(SCHOOL) + 1}" in sheet(content)
    assert "三（2）班" in hostile.part_of(content, "xl/sharedStrings.xml").decode()


def test_the_table_of_classes_offers_no_list_of_classes() -> None:
    assert "本校班级" not in sheet(made(BY_NAME["classes"]))


def test_classes_of_one_name_are_offered_by_their_codes() -> None:
    twins = (KnownClass("east-31", "三（1）班", "P3"), KnownClass("west-31", "三（1）班", "P3"))
    strings = hostile.part_of(made(BY_NAME["homework"], twins), "xl/sharedStrings.xml").decode()
    assert "east-31" in strings
    assert "三（1）班" not in strings


@each_table
def test_the_headings_stay_in_sight_and_it_prints_on_a4_across(table: Table) -> None:
    xml = sheet(made(table))
    assert 'state="frozen"' in xml
    assert re.search(r'<pageSetup paperSize="9"[^>]*orientation="landscape"[^>]*fitToHeight="0"', xml) or (
        'paperSize="9"' in xml and 'orientation="landscape"' in xml and 'fitToHeight="0"' in xml
    )


@each_table
def test_every_column_is_explained_on_a_sheet_of_its_own(table: Table) -> None:
    strings = hostile.part_of(made(table), "xl/sharedStrings.xml").decode()
    assert all(CHINESE(column.says) in strings for column in table.columns)
    assert not re.search(r">[a-z]{4,} [a-z]{3,}", strings), "English in a Chinese template"


def test_a_class_that_would_calculate_is_only_text_and_comes_back() -> None:
    odd = (KnownClass("x", "=HYPERLINK(1)", "P1"), KnownClass("y", "@一班", "P1"))
    content = made(BY_NAME["homework"], odd)
    assert not any("<f>" in hostile.part_of(content, f"xl/worksheets/sheet{n}.xml").decode() for n in (1, 2, 3))
    assert "'=HYPERLINK(1)" in hostile.part_of(content, "xl/sharedStrings.xml").decode()
    back = filled(content, [[date(2025, 3, 4), "'=HYPERLINK(1)", "语文", 20]])
    assert read(back, classes=odd).rows[0].cells["class"] == "x"


def test_the_same_template_is_the_same_file() -> None:
    assert made(BY_NAME["aids"]) == made(BY_NAME["aids"])


def test_days_and_times_that_are_filled_in_come_back_as_such() -> None:
    schedule = filled(made(BY_NAME["schedules"]), [["三（2）班", TERM, 1, time(7, 50), time(8, 20), 240]])
    cells = read(schedule, "schedules").rows[0].cells
    assert (cells["arrive"], cells["first-lesson"], cells["teaching"], cells["sleep"]) == (470, 500, 240, None)
    homework = filled(made(BY_NAME["homework"]), [[date(2025, 3, 4), "三（2）班", "语文", 20, "是", "否"]])
    cells = read(homework).rows[0].cells
    assert (cells["day"], cells["class"], cells["written"], cells["rest"]) == (date(2025, 3, 4), "P3-2", True, False)
