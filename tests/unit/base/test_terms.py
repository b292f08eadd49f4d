"""Dates of a plan: what officials mean by them, and how each explains itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime

import pytest

from qingfu.base.clock import CHINA
from qingfu.base.errors import BadTerm, LeadTime, NoSuchDay
from qingfu.base.terms import (
    Absolute,
    AtLeast,
    DueDate,
    OpenEnded,
    Recurring,
    Relative,
    SchoolTerm,
    window,
)
from qingfu.base.workdays import Named, Workdays, YearTable

CALENDAR = Workdays.shipped()
AUTUMN = SchoolTerm("2024-2025-1", date(2024, 9, 2), date(2025, 1, 17))
SPRING = SchoolTerm("2024-2025-2", date(2025, 2, 17), date(2025, 7, 4))
TERMS = (AUTUMN, SPRING)
YEAR_2024 = (date(2024, 1, 1), date(2024, 12, 31))


def days(found: Sequence[DueDate]) -> list[date | None]:
    return [due.day for due in found]


def only(found: Sequence[DueDate]) -> DueDate:
    assert len(found) == 1
    return found[0]


# A day the plan names


@pytest.mark.proves("P05")
def test_a_named_day_is_itself_still_in_time() -> None:
    due = only(Absolute.read("2024-07-30", clause="五(二)").due(CALENDAR))
    assert due.day == date(2024, 7, 30)
    assert due.text() == "By 2024-07-30, that day included. Under: 五(二)."
    assert [due.is_late(date(2024, 7, day)) for day in (29, 30, 31)] == [False, False, True]


def test_the_switch_makes_the_named_day_too_late() -> None:
    due = only(Absolute.read("2024-07-30", includes_day=False).due(CALENDAR))
    assert due.day == date(2024, 7, 29)
    assert due.text() == "Before 2024-07-30, that day not included."


@pytest.mark.proves("P18")
def test_until_the_end_of_a_month_means_its_last_day() -> None:
    due = only(Absolute.read("2024-08", includes_day=False).due(CALENDAR))
    assert due.day == date(2024, 8, 31)
    assert due.text().startswith("By the end of 2024-08.")
    assert days(Absolute.read("2024-02").due(CALENDAR)) == [date(2024, 2, 29)]


def test_a_rest_day_is_kept_with_a_warning_unless_the_plan_shifts_it() -> None:
    saturday = "2024-07-20"
    kept = only(Absolute.read(saturday).due(CALENDAR))
    assert kept.day == date(2024, 7, 20)
    assert "2024-07-20 is a rest day (Saturday)" in kept.text()
    later = only(Absolute.read(saturday, on_rest_day="next").due(CALENDAR))
    assert later.day == date(2024, 7, 22)
    assert later.explanation.warnings == ()
    assert "Days skipped: 2024-07-20 (Saturday), 2024-07-21 (Sunday)." in later.text()
    earlier = only(Absolute.read("2024-05-02", on_rest_day="previous").due(CALENDAR))
    assert earlier.day == date(2024, 4, 30)
    assert [day for day, _ in earlier.explanation.skipped] == [date(2024, 5, 1), date(2024, 5, 2)]


def test_a_date_is_provisional_only_where_the_calendar_decides_it() -> None:
    assert not only(Absolute.read("2027-03-06").due(CALENDAR)).explanation.provisional
    shifted = only(Absolute.read("2027-03-05", on_rest_day="next").due(CALENDAR))
    assert shifted.explanation.provisional
    assert "Provisional" in shifted.text()
    announced = Workdays.shipped(YearTable(2027, "notice", "official", ()))
    assert not only(Absolute.read("2027-03-05", on_rest_day="next").due(announced)).explanation.provisional


def test_a_named_day_outside_the_time_asked_for_is_not_due() -> None:
    assert Absolute.read("2025-01-01").due(CALENDAR, within=YEAR_2024) == ()
    assert days(Absolute.read("2024-12-31").due(CALENDAR, within=YEAR_2024)) == [date(2024, 12, 31)]


def test_a_named_day_that_does_not_exist_is_refused() -> None:
    with pytest.raises(NoSuchDay):
        Absolute.read("2024-02-30")
    with pytest.raises(BadTerm):
        Absolute(date(2024, 7, 1), opens=date(2024, 7, 2))


# A day that comes again


def test_before_the_25th_of_the_third_month_of_each_quarter() -> None:
    found = Recurring("quarter", month=3, day=25).due(CALENDAR, within=YEAR_2024)
    assert days(found) == [date(2024, 3, 25), date(2024, 6, 25), date(2024, 9, 25), date(2024, 12, 25)]
    assert [due.occurrence for due in found] == ["2024-Q1", "2024-Q2", "2024-Q3", "2024-Q4"]
    assert found[2].opens == date(2024, 7, 1)
    assert found[2].text() == ("Every quarter, by day 25 of its month 3. For the time from 2024-07-01 to 2024-09-30.")


def test_a_recurring_rest_day_is_kept_and_says_so() -> None:
    found = Recurring("quarter", month=3, day=25).due(CALENDAR, within=(date(2023, 1, 1), date(2023, 12, 31)))
    assert date(2023, 3, 25) in days(found)
    assert "2023-03-25 is a rest day (Saturday)" in found[0].text()
    # 25 June 2023 is a Sunday worked in exchange for a holiday.
    assert found[1].explanation.warnings == ()
    assert found[3].explanation.warnings == ()


def test_only_dates_within_the_plan_come_due() -> None:
    plan = (date(2024, 7, 16), date(2024, 12, 24))
    assert days(Recurring("quarter", month=3, day=25).due(CALENDAR, within=plan)) == [date(2024, 9, 25)]


def test_the_last_day_of_each_month_and_a_day_that_a_month_lacks() -> None:
    spring = (date(2024, 1, 1), date(2024, 4, 30))
    ends = [date(2024, 1, 31), date(2024, 2, 29), date(2024, 3, 31), date(2024, 4, 30)]
    assert days(Recurring("month").due(CALENDAR, within=spring)) == ends
    assert days(Recurring("month", day=31).due(CALENDAR, within=spring)) == ends


def test_each_year_and_half_year() -> None:
    assert days(Recurring("year").due(CALENDAR, within=YEAR_2024)) == [date(2024, 12, 31)]
    assert days(Recurring("year", month=5, day=31).due(CALENDAR, within=YEAR_2024)) == [date(2024, 5, 31)]
    assert days(Recurring("half-year", month=6, day=20).due(CALENDAR, within=YEAR_2024)) == [
        date(2024, 6, 20),
        date(2024, 12, 20),
    ]


def test_each_semester_by_its_end_or_by_a_day_of_one_of_its_months() -> None:
    assert days(Recurring("semester").due(CALENDAR, terms=TERMS)) == [AUTUMN.end, SPRING.end]
    second_month = Recurring("semester", month=2, day=10).due(CALENDAR, terms=TERMS)
    assert days(second_month) == [date(2024, 10, 10), date(2025, 3, 10)]
    assert [due.occurrence for due in second_month] == [AUTUMN.name, SPRING.name]
    assert Recurring("semester").due(CALENDAR) == ()


def test_a_period_may_have_days_of_its_own() -> None:
    each = Recurring("quarter", month=3, day=25, overrides={"Q2": ((5, 10), (5, 20)), "Q4": (None, (1, 10))})
    found = each.due(CALENDAR, within=(date(2024, 4, 1), date(2025, 1, 31)))
    assert days(found) == [date(2024, 5, 20), date(2024, 9, 25), date(2025, 1, 10)]
    assert [due.opens for due in found] == [date(2024, 5, 10), date(2024, 7, 1), date(2024, 10, 1)]
    assert found[0].text().startswith("For this period the plan names its own days, until 2024-05-20.")


def test_a_day_outside_its_own_period_is_found_when_only_that_day_is_asked_for() -> None:
    late = Recurring("quarter", overrides={"Q4": (None, (1, 10))})
    january = (date(2025, 1, 1), date(2025, 1, 31))
    assert [due.occurrence for due in late.due(CALENDAR, within=january)] == ["2024-Q4"]


def test_a_recurring_day_may_exclude_itself() -> None:
    excluded = Recurring("month", day=25, includes_day=False)
    due = only(excluded.due(CALENDAR, within=(date(2024, 7, 1), date(2024, 7, 31))))
    assert due.day == date(2024, 7, 24)
    assert "The day itself is not included." in due.text()


def test_the_last_day_of_a_month_is_never_excluded_but_a_named_day_of_a_period_is() -> None:
    excluded = Recurring("quarter", includes_day=False, overrides={"Q2": (None, (6, 20))})
    found = excluded.due(CALENDAR, within=(date(2024, 1, 1), date(2024, 6, 30)))
    assert days(found) == [date(2024, 3, 31), date(2024, 6, 19)]
    assert ["not included" in due.text() for due in found] == [False, True]


def test_a_recurring_rest_day_can_be_shifted() -> None:
    shifted = Recurring("quarter", month=3, day=25, on_rest_day="next")
    due = shifted.due(CALENDAR, within=(date(2023, 3, 1), date(2023, 3, 31)))
    assert days(due) == [date(2023, 3, 27)]


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Recurring("quarter", month=4, day=25),
        lambda: Recurring("month", day=32),
        lambda: Recurring("month", day=0),
        lambda: Recurring("semester", day=3),
        lambda: Recurring("quarter", overrides={"Q2": (None, (2, 30))}),
        lambda: Recurring("quarter", overrides={"Q2": ((13, 1), (5, 20))}),
        lambda: Recurring("month").due(CALENDAR),
        lambda: AtLeast(0),
        lambda: AtLeast(1).due(CALENDAR),
        lambda: Relative("x", -1, "day"),
        lambda: Relative("x", 1, "hour").due(CALENDAR, {"x": date(2024, 7, 1)}),
    ],
)
def test_a_rule_that_contradicts_itself_is_refused(wrong: object) -> None:
    assert callable(wrong)
    with pytest.raises(BadTerm):
        wrong()


# So often at least


def test_at_least_once_a_month_within_term() -> None:
    found = AtLeast(1, per="month", within="term").due(CALENDAR, terms=[AUTUMN])
    assert days(found) == [
        date(2024, 9, 30),
        date(2024, 10, 31),
        date(2024, 11, 30),
        date(2024, 12, 31),
        date(2025, 1, 17),
    ]
    assert found[0].opens == date(2024, 9, 2)
    assert "only 29 days" in found[0].text()
    assert found[1].explanation.warnings == ()
    whole = AtLeast(1, per="month", within="term", partial="skip").due(CALENDAR, terms=[AUTUMN])
    assert days(whole) == days(found)[1:4]


def test_at_least_twice_a_semester() -> None:
    found = AtLeast(2, per="semester", within="term").due(CALENDAR, terms=TERMS)
    assert days(found) == [AUTUMN.end, SPRING.end]
    assert {due.times for due in found} == {2}


def test_at_least_so_often_within_a_phase_or_in_whole_years() -> None:
    phase = (date(2024, 7, 16), date(2024, 8, 31))
    assert days(AtLeast(1, per="month").due(CALENDAR, within=phase)) == [date(2024, 7, 31), date(2024, 8, 31)]
    assert days(AtLeast(1, per="quarter", within="year").due(CALENDAR, within=phase)) == [
        date(2024, 3, 31),
        date(2024, 6, 30),
        date(2024, 9, 30),
        date(2024, 12, 31),
    ]


def test_two_terms_that_share_a_month_are_due_apart() -> None:
    one = SchoolTerm("a", date(2024, 1, 1), date(2024, 1, 10))
    two = SchoolTerm("b", date(2024, 1, 11), date(2024, 1, 31))
    keys = [due.occurrence for due in AtLeast(1, within="term").due(CALENDAR, terms=[one, two])]
    assert len(set(keys)) == 2


# Counted from an event


@pytest.mark.proves("A16")
def test_two_weeks_ahead_is_a_calendar_period() -> None:
    lead = Relative("affair.starts", 2, "week", if_late="refuse", clause="四(三)")
    due = only(lead.due(CALENDAR, {"affair.starts": date(2024, 9, 20)}))
    assert due.day == date(2024, 9, 6)
    assert due.text() == (
        "At the latest 2 weeks before: the affair starts. Under: 四(三). Counted from: the affair starts, 2024-09-20."
    )
    assert lead.refuse_if_late(due, date(2024, 9, 6)) is False
    with pytest.raises(LeadTime) as caught:
        lead.refuse_if_late(due, date(2024, 9, 7))
    assert caught.value.clause == "四(三)"
    assert "2 weeks ahead means 2024-09-06 at the latest; today is 2024-09-07" in caught.value.text()


def test_what_is_only_flagged_is_not_refused() -> None:
    lead = Relative("affair.starts", 2, "week")
    due = only(lead.due(CALENDAR, {"affair.starts": date(2024, 9, 20)}))
    assert lead.refuse_if_late(due, date(2024, 9, 7)) is True


@pytest.mark.proves("A17")
def test_a_month_ahead_of_the_31st_is_the_end_of_the_month_before() -> None:
    lead = Relative("activity.starts", 1, "month")
    for start, last in ((date(2024, 3, 31), date(2024, 2, 29)), (date(2024, 10, 15), date(2024, 9, 15))):
        assert only(lead.due(CALENDAR, {"activity.starts": start})).day == last


def test_the_day_so_reached_can_be_excluded() -> None:
    events = {"x": date(2024, 9, 20)}
    assert days(Relative("x", 14, "day", includes_day=False).due(CALENDAR, events)) == [date(2024, 9, 5)]
    assert days(Relative("x", 5, "working-day", "after", includes_day=False).due(CALENDAR, events)) == [
        CALENDAR.add(date(2024, 9, 20), 4)
    ]


def test_working_days_skip_the_holiday_and_name_each_day() -> None:
    due = only(Relative("notice", 3, "working-day", "after").due(CALENDAR, {"notice": date(2024, 9, 30)}))
    assert due.day == date(2024, 10, 10)
    skipped = due.explanation.skipped
    assert [day.day for day, _ in skipped] == [1, 2, 3, 4, 5, 6, 7]
    assert "2024-10-01 (public holiday: 国庆节)" in due.text()
    assert not due.explanation.provisional


def test_working_days_over_an_unannounced_year_are_provisional() -> None:
    due = only(Relative("notice", 3, "working-day", "after").due(CALENDAR, {"notice": date(2026, 12, 30)}))
    assert due.explanation.provisional
    assert (due.day or date.min).year == 2027


def test_a_relative_rest_day_can_be_shifted() -> None:
    events = {"x": date(2024, 9, 15)}
    kept = only(Relative("x", 1, "week").due(CALENDAR, events))
    assert (kept.day, len(kept.explanation.warnings)) == (date(2024, 9, 8), 1)
    assert days(Relative("x", 1, "week", on_rest_day="previous").due(CALENDAR, events)) == [date(2024, 9, 6)]


def test_hours_are_counted_from_the_instant() -> None:
    at = datetime(2024, 7, 30, 22, 0, tzinfo=CHINA)
    due = only(Relative("report", 3, "hour", "after").due(CALENDAR, {"report": at.astimezone(UTC)}))
    assert due.moment == datetime(2024, 7, 31, 1, 0, tzinfo=CHINA)
    assert due.day == date(2024, 7, 31)


def test_an_event_at_an_instant_counts_from_its_day_in_china() -> None:
    late_evening = datetime(2024, 7, 30, 17, 0, tzinfo=UTC)
    assert days(Relative("x", 1, "day", "after").due(CALENDAR, {"x": late_evening})) == [date(2024, 8, 1)]


def test_a_date_whose_event_is_not_known_yet_waits_for_it() -> None:
    due = only(Relative("affair.starts", 2, "week").due(CALENDAR))
    assert (due.day, due.waits_for) == (None, "the affair starts")
    assert window(due, date(2024, 7, 1), CALENDAR).text() == "Waits for: the affair starts."


def test_the_start_of_each_school_term_is_an_event() -> None:
    board = Relative("term.starts", 1, "week", "after")
    found = board.due(CALENDAR, terms=TERMS)
    assert days(found) == [date(2024, 9, 9), date(2025, 2, 24)]
    assert [due.occurrence for due in found] == [AUTUMN.name, SPRING.name]
    assert [due.opens for due in found] == [AUTUMN.start, SPRING.start]
    assert days(board.due(CALENDAR, terms=TERMS, within=YEAR_2024)) == [date(2024, 9, 9)]
    assert days(Relative("vacation.starts", 1, "day").due(CALENDAR, terms=[AUTUMN])) == [AUTUMN.end]
    assert days(Relative("term.ends", 1, "day").due(CALENDAR, terms=[AUTUMN])) == [date(2025, 1, 16)]


def test_the_plans_own_word_for_the_event_is_used() -> None:
    due = only(Relative("x", 2, "week", event_says="活动开始").due(CALENDAR, {"x": date(2024, 9, 20)}))
    assert "before: 活动开始." in due.text()


# Without an end


@pytest.mark.proves("P31")
def test_a_standing_duty_has_no_last_day_and_is_never_late() -> None:
    due = only(OpenEnded(date(2024, 9, 1)).due(CALENDAR))
    assert (due.day, due.opens) == (None, date(2024, 9, 1))
    assert not due.is_late(date(2099, 1, 1))
    assert due.text() == "A standing duty since 2024-09-01, without a last day."
    assert OpenEnded(date(2025, 1, 1)).due(CALENDAR, within=YEAR_2024) == ()
    assert only(OpenEnded().due(CALENDAR, within=YEAR_2024)).opens is None


# What is left, and what was moved


@pytest.mark.parametrize(
    ("today", "left", "late", "words"),
    [
        (date(2024, 7, 25), 3, False, "Working days left: 3."),
        (date(2024, 7, 30), 0, False, "Last day: today."),
        (date(2024, 7, 31), -1, True, "Late by 1 working days."),
    ],
)
def test_the_time_left_is_counted_in_working_days(today: date, left: int, late: bool, words: str) -> None:
    found = window(only(Absolute.read("2024-07-30").due(CALENDAR)), today, CALENDAR)
    assert (found.working_days, found.late, found.text()) == (left, late, words)


def test_time_that_is_left_over_or_late_on_rest_days_only_says_so() -> None:
    sunday = only(Absolute.read("2024-07-28").due(CALENDAR))
    assert window(sunday, date(2024, 7, 27), CALENDAR).text() == "Last day: 2024-07-28; no working day left."
    saturday = only(Absolute.read("2024-07-27").due(CALENDAR))
    assert window(saturday, date(2024, 7, 28), CALENDAR).text() == "Late; the last day was 2024-07-27."


def test_no_end_leaves_no_count() -> None:
    assert window(only(OpenEnded().due(CALENDAR)), date(2024, 7, 1), CALENDAR).working_days is None


def test_a_moved_date_remembers_every_old_day_and_its_reason() -> None:
    due = only(Absolute.read("2024-07-20").due(CALENDAR))
    once = due.moved_to(date(2024, 7, 25), "领导出差", "办公室")
    twice = once.moved_to(date(2024, 7, 26), "会场", "办公室")
    assert (due.day, once.day, twice.day) == (date(2024, 7, 20), date(2024, 7, 25), date(2024, 7, 26))
    assert twice.original_day == once.original_day == due.original_day == date(2024, 7, 20)
    assert [move.old for move in twice.moves] == [date(2024, 7, 20), date(2024, 7, 25)]
    assert "Moved from 2024-07-20 to 2024-07-25 by 办公室: 领导出差." in twice.text()


def test_nobody_moves_a_date_without_a_reason() -> None:
    due = only(Absolute.read("2024-07-20").due(CALENDAR))
    with pytest.raises(BadTerm):
        due.moved_to(date(2024, 7, 25), "  ", "办公室")


def test_a_bureaus_own_rest_day_is_skipped_with_the_name_it_gave() -> None:
    snow = YearTable(2025, "own", "official", (Named(date(2025, 2, 18), "雪灾", off=True),))
    due = only(Relative("x", 1, "working-day", "after").due(Workdays.shipped(snow), {"x": date(2025, 2, 17)}))
    assert due.day == date(2025, 2, 19)
    assert "雪灾" in due.text()
