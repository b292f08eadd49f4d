"""Months, periods and due dates at the edges nobody lists."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import get_args

from hypothesis import given
from hypothesis import strategies as st

from qingfu.base.days import Per, SchoolTerm, add_months, end_of_month, periods, read_day
from qingfu.base.terms import Absolute, AtLeast, Recurring, Relative, window
from qingfu.base.terms.relative import Unit
from qingfu.base.terms.rest import OnRestDay
from qingfu.base.workdays import Workdays

CALENDAR = Workdays.shipped()
ONE_DAY = timedelta(days=1)

any_day = st.dates(date(2019, 1, 1), date(2029, 12, 31))
calendar_periods: st.SearchStrategy[Per] = st.sampled_from(["month", "quarter", "half-year", "year"])
on_rest_days = st.sampled_from(get_args(OnRestDay))
units = st.sampled_from([unit for unit in get_args(Unit) if unit != "hour"])


@st.composite
def stretches(draw: st.DrawFn) -> tuple[date, date]:
    first = draw(any_day)
    return first, first + timedelta(days=draw(st.integers(0, 900)))


@st.composite
def school_terms(draw: st.DrawFn) -> tuple[SchoolTerm, ...]:
    found: list[SchoolTerm] = []
    start = draw(any_day)
    for number in range(draw(st.integers(1, 4))):
        start += timedelta(days=draw(st.integers(1, 60)))
        end = start + timedelta(days=draw(st.integers(0, 150)))
        found.append(SchoolTerm(str(number), start, end))
        start = end
    return tuple(draw(st.permutations(found)))


@given(any_day, st.integers(-60, 60))
def test_months_forth_and_back_come_home_or_to_an_earlier_day_of_the_month(day: date, n: int) -> None:
    there = add_months(day, n)
    assert (there.year * 12 + there.month) - (day.year * 12 + day.month) == n
    assert there.day == day.day or there == end_of_month(there)
    back = add_months(there, -n)
    assert (back.year, back.month) == (day.year, day.month)
    assert back.day == min(day.day, there.day)


@given(any_day, any_day, st.integers(-24, 24))
def test_month_arithmetic_keeps_the_order_of_days(one: date, other: date, n: int) -> None:
    if one <= other:
        assert add_months(one, n) <= add_months(other, n)


@given(any_day)
def test_a_day_is_read_back_as_written(day: date) -> None:
    assert read_day(day.isoformat()) == day


@given(calendar_periods, stretches())
def test_periods_never_gap_or_overlap_and_cover_the_stretch(per: Per, stretch: tuple[date, date]) -> None:
    found = list(periods(per, *stretch))
    assert found[0].start <= stretch[0] <= found[0].end
    assert found[-1].start <= stretch[1] <= found[-1].end
    for before, after in pairwise(found):
        assert before.end + ONE_DAY == after.start
    assert len({period.key for period in found}) == len(found)


@given(calendar_periods, stretches())
def test_at_least_covers_the_phase_without_gap_or_overlap(per: Per, phase: tuple[date, date]) -> None:
    found = AtLeast(1, per=per).due(CALENDAR, within=phase)
    days = [(due.opens, due.day) for due in found]
    assert days[0][0] == phase[0]
    assert days[-1][1] == phase[1]
    for (_, end), (start, _) in pairwise(days):
        assert end is not None
        assert start == end + ONE_DAY
    assert len({due.occurrence for due in found}) == len(found)


@given(school_terms(), st.sampled_from(get_args(Per)))
def test_at_least_within_terms_counts_every_school_day_once_and_no_vacation(
    terms: tuple[SchoolTerm, ...], per: Per
) -> None:
    found = AtLeast(1, per=per, within="term").due(CALENDAR, terms=terms)
    counted = sum(((due.day or date.min) - (due.opens or date.max)).days + 1 for due in found)
    assert counted == sum((term.end - term.start).days + 1 for term in terms)
    assert len({due.occurrence for due in found}) == len(found)


@st.composite
def recurring(draw: st.DrawFn) -> Recurring:
    each: Per = draw(calendar_periods)
    most = {"month": 1, "quarter": 3, "half-year": 6, "year": 12}[each]
    month_days = st.tuples(st.integers(1, 12), st.integers(1, 28))
    return Recurring(
        each,
        month=draw(st.none() | st.integers(1, most)),
        day=draw(st.integers(1, 31) | st.just("last")),
        overrides=draw(st.dictionaries(st.sampled_from(["Q2", "H1", "M05"]), st.tuples(st.none(), month_days))),
        includes_day=draw(st.booleans()),
        on_rest_day=draw(on_rest_days),
    )


@given(recurring(), stretches(), st.integers(0, 900))
def test_a_stretch_asked_for_in_two_parts_gives_the_same_dates(
    term: Recurring, stretch: tuple[date, date], cut: int
) -> None:
    first, last = stretch
    middle = min(first + timedelta(days=cut), last)
    whole = term.due(CALENDAR, within=stretch)
    parts = term.due(CALENDAR, within=(first, middle))
    if middle < last:
        parts += term.due(CALENDAR, within=(middle + ONE_DAY, last))
    assert {due.occurrence: due.day for due in parts} == {due.occurrence: due.day for due in whole}
    assert len(parts) == len(whole)


@given(recurring(), st.integers(2020, 2028))
def test_every_occurrence_has_a_key_of_its_own(term: Recurring, year: int) -> None:
    found = term.due(CALENDAR, within=(date(year, 1, 1), date(year + 1, 12, 31)))
    assert len({due.occurrence for due in found}) == len(found)


@given(any_day, on_rest_days)
def test_a_shifted_day_skips_rest_days_only_and_names_each(day: date, on_rest_day: OnRestDay) -> None:
    due = Absolute(day, on_rest_day=on_rest_day).due(CALENDAR)[0]
    assert due.day is not None
    if on_rest_day == "keep":
        assert due.day == day
        assert bool(due.explanation.warnings) != CALENDAR.is_workday(day)
        return
    assert CALENDAR.is_workday(due.day)
    assert len(due.explanation.skipped) == abs((due.day - day).days)
    assert not any(CALENDAR.is_workday(skipped) for skipped, _ in due.explanation.skipped)


@given(any_day, st.integers(0, 40), units, st.booleans())
def test_before_is_never_after_the_event_and_after_never_before(
    day: date, amount: int, unit: Unit, included: bool
) -> None:
    before = Relative("x", amount, unit, "before", includes_day=included).due(CALENDAR, {"x": day})[0]
    after = Relative("x", amount, unit, "after").due(CALENDAR, {"x": day})[0]
    assert before.day is not None
    assert after.day is not None
    assert before.day <= day <= after.day
    assert included or before.day < day


@given(any_day, any_day)
def test_what_is_left_agrees_with_what_is_late(last_day: date, today: date) -> None:
    due = Absolute(last_day).due(CALENDAR)[0]
    left = window(due, today, CALENDAR)
    assert left.late == due.is_late(today) == (today > last_day)
    assert left.working_days is not None
    assert left.working_days <= 0 if left.late else left.working_days >= 0
