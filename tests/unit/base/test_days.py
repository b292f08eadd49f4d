"""Reading days, month arithmetic and periods."""

from __future__ import annotations

from datetime import date

import pytest

from qingfu.base.days import SchoolTerm, add_months, end_of_month, periods, read_day, read_month
from qingfu.base.errors import BadTerm, NoSuchDay

AUTUMN = SchoolTerm("2024-2025-1", date(2024, 9, 2), date(2025, 1, 17))
SPRING = SchoolTerm("2024-2025-2", date(2025, 2, 17), date(2025, 7, 4))


def test_a_day_is_read_as_written() -> None:
    assert read_day(" 2024-07-30 ") == date(2024, 7, 30)
    assert read_day("2024-7-3") == date(2024, 7, 3)
    assert read_month("2024-08") == date(2024, 8, 1)


@pytest.mark.parametrize(
    "text", ["2024-02-30", "2023-02-29", "2024-13-01", "0000-01-01", "2024-07", "7/30", "", "２０２４-07-30"]
)
def test_a_day_that_does_not_exist_is_refused_by_name(text: str) -> None:
    with pytest.raises(NoSuchDay) as caught:
        read_day(text)
    assert caught.value.facts["text"] == text


@pytest.mark.parametrize("text", ["2024-13", "2024-07-30", "2024", ""])
def test_a_month_that_does_not_exist_is_refused(text: str) -> None:
    with pytest.raises(NoSuchDay):
        read_month(text)


def test_a_month_before_31_march_is_the_end_of_february() -> None:
    assert add_months(date(2024, 3, 31), -1) == date(2024, 2, 29)
    assert add_months(date(2023, 3, 31), -1) == date(2023, 2, 28)
    assert add_months(date(2024, 1, 15), -1) == date(2023, 12, 15)
    assert add_months(date(2024, 12, 31), 2) == date(2025, 2, 28)
    assert end_of_month(date(2024, 2, 1)) == date(2024, 2, 29)


def test_periods_are_labelled_within_their_year() -> None:
    first, last = date(2024, 5, 20), date(2025, 1, 3)
    assert [period.key for period in periods("quarter", first, last)] == ["2024-Q2", "2024-Q3", "2024-Q4", "2025-Q1"]
    assert [period.key for period in periods("half-year", first, last)] == ["2024-H1", "2024-H2", "2025-H1"]
    assert [period.label for period in periods("month", first, date(2024, 7, 1))] == ["M05", "M06", "M07"]
    assert [(period.key, period.start) for period in periods("year", first, last)] == [
        ("2024", date(2024, 1, 1)),
        ("2025", date(2025, 1, 1)),
    ]


def test_semesters_are_the_school_terms_that_are_touched() -> None:
    found = list(periods("semester", date(2025, 1, 1), date(2025, 2, 10), [SPRING, AUTUMN]))
    assert [(period.label, period.start, period.end) for period in found] == [(AUTUMN.name, AUTUMN.start, AUTUMN.end)]


def test_the_last_period_of_the_calendar_ends_the_row() -> None:
    assert [period.key for period in periods("quarter", date(9999, 11, 1), date.max)] == ["9999-Q4"]


def test_a_term_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(BadTerm):
        SchoolTerm("x", date(2024, 9, 2), date(2024, 9, 1))
