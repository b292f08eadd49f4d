"""What a cell means in its column, cell by cell."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from qingfu.base.errors import (
    Excess,
    FailedFormula,
    Negative,
    NoResult,
    NotAClock,
    NotADay,
    NotAmong,
    NotANumber,
    NotYesNo,
)
from qingfu.papers.filings.cells import Cell, Value
from qingfu.papers.filings.numerals import numeral
from qingfu.papers.filings.values import Asks, Meaning, Taken, Wrong, meant
from qingfu.rules.tables import BY_NAME

# A sheet knows no zone.
MIDNIGHT, MORNING = datetime(2025, 3, 4), datetime(2025, 3, 4, 8)  # noqa: DTZ001
TERM = "2024-2025学年第二学期"
M, D, C, Y = ("homework", "minutes"), ("homework", "day"), ("schedules", "arrive"), ("homework", "written")


def of(place: tuple[str, str], value: Value, term: str | None = TERM) -> Meaning:
    column = BY_NAME[place[0]].column(place[1])
    assert column
    return meant(Cell(value), column, term=term)


@pytest.mark.parametrize(("place", "value", "taken"), [
    (M, 60, 60), (M, 60.0, 60), (M, "60", 60), (M, "６０", 60), (M, "60分钟", 60), (M, "60 分", 60), (M, "1小时", 60),
    (M, "一小时", 60), (M, "1.5小时", 90), (M, "1个半小时", 90), (M, "1小时20分", 80), (M, "半小时", 30),
    (M, "四十分钟", 40), (M, 0, 0),
    (Y, "是", True), (Y, "有", True), (Y, "√", True), (Y, "1", True), (Y, 1, True), (Y, True, True), (Y, "✔", True),
    (Y, "否", False), (Y, "无", False), (Y, "×", False), (Y, "0", False), (Y, 0, False), (Y, "没有", False),
    (D, date(2025, 3, 4), date(2025, 3, 4)), (D, "2025-03-04", date(2025, 3, 4)), (D, "2025/3/4", date(2025, 3, 4)),
    (D, "2025年3月4日", date(2025, 3, 4)), (D, "2025.3.4", date(2025, 3, 4)), (D, "２０２５－３－４", date(2025, 3, 4)),
    (D, MIDNIGHT, date(2025, 3, 4)), (D, "2025年3月4日（星期二）", date(2025, 3, 4)),
    (D, "20250304", date(2025, 3, 4)), (D, "2025-03-04 00:00:00", date(2025, 3, 4)),
    (C, "8:20", 500), (C, "08：20", 500), (C, time(8, 20), 500), (C, "8点20分", 500), (C, "8点半", 510),
    (C, "下午2:30", 870), (C, "8:20:00", 500), (C, "0:00", 0),
    (("schedules", "weekday"), "星期一", 1), (("schedules", "weekday"), "周日", 7), (("schedules", "weekday"), 3, 3),
    (("timetable", "period"), "第三节", 3), (("timetable", "fortnight"), "单周", 1), (("aids", "titles"), "2种", 2),
    (("classes", "grade"), "初二", "J2"), (("classes", "grade"), "P3", "P3"), (("classes", "place"), "农村", "village"),
    (("timetable", "record"), "计划课表", "planned"), (("exams", "when"), "期中考试", "mid"),
    (("extra-lessons", "when"), "周末", "rest-day"), (("homework", "subject"), "道德 与法治", "道德与法治"),
])  # fmt: skip
def test_what_can_mean_one_thing_is_taken(place: tuple[str, str], value: Value, taken: object) -> None:
    assert of(place, value) == Taken(taken)  # type: ignore[arg-type] # each column has its own type


@pytest.mark.parametrize(("place", "value", "candidates", "presumed"), [
    (M, "约40", ["40"], True), (M, "40左右", ["40"], True), (M, "40多分钟", ["40"], True),
    (M, "不超过1小时", ["60"], True),
    (M, "30-40", ["30", "40"], False), (M, "30～40分钟", ["30", "40"], False), (M, "/", ["0", ""], False),
    (M, "无", ["0", ""], False), (M, time(1, 0), ["60"], True),
    (Y, "/", ["否", ""], False),
    (D, "3月4日", ["2025-03-04"], True), (D, "3/4", ["2025-03-04"], True), (D, 45720, ["2025-03-04"], True),
    (D, "45720", ["2025-03-04"], True), (D, "25.3.4", ["2025-03-04"], True),
    (D, "2025年3月4日星期三", ["2025-03-04"], True), (D, MORNING, ["2025-03-04"], True),
    (C, "8.20", ["8:20"], True), (C, 0.3472222, ["8:20"], True), (C, "8:20-9:00", ["8:20", "9:00"], False),
    (C, "820", ["8:20"], True), (("classes", "grade"), "三", ["P3"], True),
])  # fmt: skip
def test_what_is_probably_meant_is_asked_with_the_candidate(
    place: tuple[str, str], value: Value, candidates: list[str], presumed: bool
) -> None:
    found = of(place, value)
    assert isinstance(found, Asks)
    assert [value for value, _ in found.candidates] == candidates
    assert found.presumed is presumed


@pytest.mark.parametrize(("place", "value", "fault"), [
    (M, -5, Negative), (M, "-5", Negative), (M, "－5", Negative), (M, 40.5, NotANumber), (M, "很多", NotANumber),
    (M, 1441, Excess), (M, "25小时", Excess), (M, date(2025, 3, 4), NotANumber), (M, True, NotANumber),
    (M, "1,000", NotANumber), (M, 10**18, Excess), (("classes", "pupils"), 10**9, NotANumber),
    (D, "2025-02-30", NotADay), (D, "昨天", NotADay), (D, date(1900, 1, 5), NotADay), (D, 3.4, NotADay),
    (D, 12, NotADay),
    (C, "25:00", NotAClock), (C, "8:60", NotAClock), (C, "早上", NotAClock), (C, 8, NotAClock),
    (C, date(2025, 3, 4), NotAClock),
    (Y, "也许", NotYesNo), (Y, 2, NotYesNo),
    (("schedules", "weekday"), 8, Excess), (("schedules", "weekday"), 0, NotANumber),
    (("exams", "when"), "随堂", NotAmong), (("classes", "grade"), "十三年级", NotAmong),
    (("aids", "titles"), "3本", NotANumber),
])  # fmt: skip
def test_what_the_column_cannot_hold_is_a_fault(place: tuple[str, str], value: Value, fault: type) -> None:
    found = of(place, value)
    assert isinstance(found, Wrong)
    assert found.fault is fault


def test_a_word_that_is_nearly_right_is_suggested() -> None:
    found = of(("exams", "when"), "期中检查")
    assert isinstance(found, Wrong)
    assert found.instead == "mid-term"


@pytest.mark.parametrize(("term", "text", "days"), [
    ("2024-2025学年第二学期", "3月4日", ["2025-03-04"]), ("2024-2025学年第一学期", "9月4日", ["2024-09-04"]),
    ("2024-2025学年第一学期", "1月4日", ["2025-01-04"]), ("2024-autumn", "12月4日", ["2024-12-04"]),
    ("2025-spring", "3月4日", ["2025-03-04"]), ("2024-2025-2", "5月4日", ["2025-05-04"]),
    ("2025学年", "3月4日", ["2025-03-04", "2026-03-04"]), ("本学期", "3月4日", []), (None, "3月4日", []),
    ("2024-2025学年第二学期", "2月29日", []),
])  # fmt: skip
def test_the_year_is_offered_by_the_term_and_never_taken(term: str | None, text: str, days: list[str]) -> None:
    found = of(D, text, term)
    assert isinstance(found, Asks)
    assert [value for value, _ in found.candidates] == days


@pytest.mark.parametrize(("trouble", "fault"), [("failed", FailedFormula), ("pending", NoResult)])
def test_a_formula_without_a_value_is_a_fault(trouble: str, fault: type) -> None:
    column = BY_NAME["homework"].column("minutes")
    assert column
    assert meant(Cell("#REF!", trouble), column) == Wrong(fault)  # type: ignore[arg-type] # one of the two words


@pytest.mark.parametrize(("text", "number"), [
    ("二十三", 23), ("十", 10), ("十二", 12), ("一百零五", 105), ("两", 2), ("零", 0), ("12", 12), ("１２", 12),
    ("", None), ("十十", None), ("三二", None), ("百", None), ("班", None),
])  # fmt: skip
def test_numerals_are_read_in_digits_and_in_chinese(text: str, number: int | None) -> None:
    assert numeral(text) == number
