"""The dates of a plan as the register and the player both find them."""

# ruff: noqa: E501  # a line of YAML stays one line, so that it can be read as a clerk writes it

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from qingfu.base.workdays import Workdays
from qingfu.packfile import due
from qingfu.packfile.words import when
from qingfu.packfile.words.pack import Pack
from tests.unit.packfile import tiny

CALENDAR = Workdays.shipped()


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    return tiny.sound(tmp_path_factory.mktemp("pack"))


def test_a_duty_is_due_on_its_day_and_on_another_for_a_scope(pack: Pack) -> None:
    (plain,) = due.dates_of_duty(pack, "look-back", CALENDAR)
    (city,) = due.dates_of_duty(pack, "look-back", CALENDAR, scope="city-schools")
    assert (plain.due.day, city.due.day) == (date(2024, 4, 30), date(2024, 4, 20))
    assert plain.opens == date(2024, 3, 1)
    assert "第五条" in plain.due.text()


def test_a_duty_that_comes_again_opens_with_its_period_inside_the_plan(pack: Pack) -> None:
    found = due.dates_of_duty(pack, "meeting", CALENDAR, in_force=date(2024, 3, 15))
    assert [(one.opens, one.due.day) for one in found] == [
        (date(2024, 3, 15), date(2024, 3, 25)),
        (date(2024, 4, 1), date(2024, 6, 25)),
        (date(2024, 7, 1), date(2024, 9, 25)),
        (date(2024, 10, 1), date(2024, 12, 25)),
    ]


def test_a_duty_may_open_on_its_own_day(tmp_path: Path) -> None:
    own = ("duties.yaml", "    phase: start\n", '    phase: start\n    opens-on: {date: "2024-04-08"}\n')
    (found,) = due.dates_of_duty(tiny.sound(tmp_path, own), "look-back", CALENDAR)
    assert found.opens == date(2024, 4, 8)


def test_a_duty_may_wait_for_an_event_or_for_the_bureau(tmp_path: Path) -> None:
    waits = (
        "duties.yaml",
        'due: {date: "2024-03-29"}',
        'due: {after: list.published, amount: {value: "1", unit: week}}',
    )
    pack = tiny.sound(tmp_path / "a", waits)
    (unknown,) = due.dates_of_duty(pack, "study", CALENDAR)
    assert (unknown.due.day, unknown.due.waits_for) == (None, "the list is published")
    (known,) = due.dates_of_duty(pack, "study", CALENDAR, events={"list.published": date(2024, 5, 6)})
    assert known.due.day == date(2024, 5, 13)
    blank = tiny.sound(tmp_path / "b", ("duties.yaml", 'due: {date: "2024-03-29"}', 'due: {blank: "哪天"}'))
    (left,) = due.dates_of_duty(blank, "study", CALENDAR)
    assert left.due.day is None
    assert "哪天" in left.due.text()


def test_a_date_may_be_counted_from_the_end_of_a_phase(tmp_path: Path) -> None:
    after = 'due: {after: phase.start.ends, amount: {value: "5", unit: day}}'
    pack = tiny.sound(tmp_path, ("duties.yaml", 'due: {date: "2024-03-29"}', after))
    (found,) = due.dates_of_duty(pack, "study", CALENDAR)
    assert found.due.day == date(2024, 5, 5)


@pytest.mark.parametrize(
    ("said", "days"),
    [
        (when.Recurs(each="school-year", month=1, day=15), ["2024-09-15"]),
        (when.Recurs(each="school-year"), ["2024-08-31"]),
        (when.Recurs(each="semester"), ["2024-07-05"]),
        (when.AtLeast(at_least=1, per="quarter", within="year"), ["2024-03-31", "2024-06-30", "2024-09-30", "2024-12-31"]),
        (when.At(at="term.starts"), ["2024-02-26", "2024-09-02"]),
    ],
)  # fmt: skip
def test_every_shape_of_time_has_its_days(said: when.When, days: list[str], pack: Pack) -> None:
    within = (date(2024, 1, 1), date(2024, 12, 31))
    found = due.dates(said, CALENDAR, terms=due.terms_of(pack), within=within)
    assert [one.day.isoformat() for one in found if one.day] == days


def test_a_standing_duty_has_no_last_day() -> None:
    (found,) = due.dates(when.Standing(from_="2024-07"), CALENDAR)
    assert (found.day, found.opens) == (None, date(2024, 7, 1))


def test_a_problem_has_the_deadline_of_its_kind(pack: Pack) -> None:
    fees = due.deadline_of_problem(pack, "fees", date(2024, 4, 26), CALENDAR)
    tidy = due.deadline_of_problem(pack, "tidy", date(2024, 4, 26), CALENDAR)
    assert fees is not None
    assert tidy is not None
    assert fees.day == date(2024, 5, 13), "five days of May holiday and two exchanged working days"
    assert tidy.day is None
    assert "at once" in tidy.text()


def test_what_was_struck_off_is_looked_at_again_after_the_time_the_policy_sets(pack: Pack) -> None:
    found = due.revisit_day(pack, date(2024, 5, 10), CALENDAR)
    assert found is not None
    assert found.day == date(2024, 6, 9)


def test_a_step_is_decided_within_the_time_allowed(tmp_path: Path) -> None:
    allowed = ("routes.yaml", "flags: [selling]}", 'flags: [selling], time-allowed: {value: "5", unit: working-day}}')
    step = tiny.sound(tmp_path, allowed).routes["yearly"].steps[2]
    found = due.deadline_of_step(step, date(2024, 4, 30), CALENDAR)
    assert found is not None
    assert found.day == date(2024, 5, 10)


def test_a_month_before_a_day_that_the_month_lacks_is_its_end(tmp_path: Path) -> None:
    month = ("routes.yaml", '{value: "14", unit: day}', '{value: "1", unit: month}')
    pack = tiny.sound(tmp_path, month)
    found = due.latest_day_to_apply(pack, pack.routes["urgent"], date(2024, 3, 31), CALENDAR)
    assert found is not None
    assert found.day == date(2024, 2, 29)


def test_a_list_counts_by_the_span_that_holds_the_day(pack: Pack) -> None:
    terms = due.terms_of(pack)
    assert due.span_of("calendar-year", date(2024, 12, 31), terms).key == "2024"
    assert due.span_of("school-year", date(2024, 8, 31), terms).key == "2023-2024"
    assert due.span_of("school-year", date(2024, 9, 1), terms).key == "2024-2025"
    assert due.span_of("semester", date(2024, 7, 20), terms).key == "2024秋"


def test_a_place_may_be_good_for_the_next_span(tmp_path: Path) -> None:
    pack = tiny.sound(tmp_path, ("lists.yaml", "    per: calendar-year", "    per: calendar-year\n    valid-for: next"))
    span = due.listed_span(pack.lists["entry"], date(2024, 12, 10), ())
    assert (span.start, span.end) == (date(2025, 1, 1), date(2025, 12, 31))
