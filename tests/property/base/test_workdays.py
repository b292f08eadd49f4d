"""Counting working days forth and back, in announced and unannounced years alike."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from qingfu.base.workdays import Workdays

CALENDAR = Workdays.shipped()

any_day = st.dates(date(2019, 1, 1), date(2029, 12, 31))
counts = st.integers(-60, 60)


@given(any_day, counts)
def test_between_undoes_add(day: date, n: int) -> None:
    assert CALENDAR.between(day, CALENDAR.add(day, n)) == n


@given(any_day, counts)
def test_add_lands_on_a_working_day(day: date, n: int) -> None:
    assert n == 0 or CALENDAR.is_workday(CALENDAR.add(day, n))


@given(any_day, counts, counts)
def test_steps_in_one_direction_add_up(day: date, n: int, m: int) -> None:
    if n * m >= 0:
        assert CALENDAR.add(CALENDAR.add(day, n), m) == CALENDAR.add(day, n + m)


@given(any_day, st.integers(0, 200), st.integers(0, 200))
def test_counts_of_adjoining_stretches_add_up(day: date, a: int, b: int) -> None:
    middle, end = day + timedelta(days=a), day + timedelta(days=a + b)
    assert CALENDAR.between(day, end) == CALENDAR.between(day, middle) + CALENDAR.between(middle, end)


@given(any_day, any_day)
def test_a_stretch_is_its_working_days_and_its_rest_days(one: date, other: date) -> None:
    first, last = min(one, other), max(one, other)
    rest = CALENDAR.rest_days(first, last)
    assert CALENDAR.between(first - timedelta(days=1), last) + len(rest) == (last - first).days + 1


@given(any_day)
def test_the_nearest_working_days_enclose_the_day(day: date) -> None:
    before, after = CALENDAR.at_or_before(day), CALENDAR.at_or_after(day)
    assert before <= day <= after
    assert (before == after) == CALENDAR.is_workday(day)
    assert len(CALENDAR.rest_days(before, after)) == max((after - before).days - 1, 0)


@given(st.dates(date(1950, 1, 1), date(2200, 12, 31)))
def test_every_day_of_every_year_has_a_reason(day: date) -> None:
    found = CALENDAR.look_up(day)
    assert found.reason()
    assert found.provisional == (day.year not in range(2021, 2027))
