"""The working calendar against the holiday data, and in years nobody has announced yet."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from pathlib import Path

import chinese_calendar
import pytest

from qingfu.base.errors import BadYear
from qingfu.base.workdays import YEARS, Named, Workdays, YearTable, read_year, shipped_years

DATA = Path(__file__).resolve().parents[2] / "data" / "holidays"
CALENDAR = Workdays.shipped()
SHIPPED = range(2021, 2027)


def every_day(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days)]


@pytest.mark.parametrize("year", SHIPPED)
def test_the_year_file_says_what_the_holiday_data_says(year: int) -> None:
    data = json.loads((DATA / f"{year}.json").read_text(encoding="utf-8"))
    table = read_year(YEARS / f"{year}.toml")
    expected = {(day["date"], day["name"], day["isOffDay"]) for day in data["days"]}
    assert {(named.day.isoformat(), named.name, named.off) for named in table.days} == expected
    assert table.source in data["papers"]
    assert (table.year, table.status) == (year, "official")


@pytest.mark.parametrize("year", SHIPPED)
def test_the_year_file_names_its_notice_and_the_licence_of_its_data(year: int) -> None:
    data = json.loads((DATA / f"{year}.json").read_text(encoding="utf-8"))
    comments = [line for line in (YEARS / f"{year}.toml").read_text(encoding="utf-8").splitlines() if line[:1] == "#"]
    assert all(any(paper in line for line in comments) for paper in data["papers"])
    assert any("MIT licence" in line for line in comments)


@pytest.mark.parametrize("year", SHIPPED)
def test_every_day_is_worked_or_not_as_chinesecalendar_says(year: int) -> None:
    wrong = [day for day in every_day(year) if CALENDAR.is_workday(day) != chinese_calendar.is_workday(day)]
    assert wrong == []


def test_a_day_gives_its_reason() -> None:
    reasons = {
        date(2024, 7, 30): "working day",
        date(2024, 7, 27): "Saturday",
        date(2024, 7, 28): "Sunday",
        date(2024, 5, 1): "public holiday: 劳动节",
        date(2024, 5, 11): "worked in exchange for a holiday: 劳动节",
    }
    assert {day: CALENDAR.look_up(day).reason() for day in reasons} == reasons


def test_the_notice_of_one_year_may_reach_into_the_year_before() -> None:
    assert CALENDAR.look_up(date(2022, 12, 31)).reason() == "public holiday: 元旦"


def test_a_year_without_a_notice_is_provisional_and_never_an_error() -> None:
    for year in (1949, 2020, 2027, 2100):
        assert CALENDAR.status(year) == "provisional"
        assert CALENDAR.source(year) is None
        assert all(CALENDAR.look_up(day).provisional for day in every_day(year))
    assert not CALENDAR.is_workday(date(2027, 10, 1))
    assert not CALENDAR.is_workday(date(2027, 5, 2))
    assert CALENDAR.is_workday(date(2019, 5, 2))
    assert CALENDAR.is_workday(date(2027, 3, 1))
    assert not CALENDAR.is_workday(date(2027, 3, 6))


def test_an_official_year_knows_no_other_holidays_than_its_notice() -> None:
    bare = Workdays.shipped(YearTable(2027, "notice", "official", ()))
    assert bare.status(2027) == "official"
    assert bare.is_workday(date(2027, 10, 1))


def test_a_bureau_puts_its_own_table_in_place_of_a_shipped_one() -> None:
    snow = YearTable(2024, "雪灾停课", "official", (Named(date(2024, 2, 20), "雪灾", off=True),))
    own = Workdays.shipped(snow)
    assert not own.is_workday(date(2024, 2, 20))
    assert own.is_workday(date(2024, 2, 12))
    assert own.source(2024) == "雪灾停课"
    assert CALENDAR.is_workday(date(2024, 2, 20))


def test_working_days_are_counted_over_a_long_holiday() -> None:
    last_before = date(2024, 9, 30)
    assert CALENDAR.add(last_before, 1) == date(2024, 10, 8)
    assert CALENDAR.add(date(2024, 10, 8), -1) == last_before
    assert CALENDAR.between(last_before, date(2024, 10, 8)) == 1
    assert CALENDAR.between(date(2024, 10, 8), last_before) == -1
    assert CALENDAR.between(date(2024, 10, 1), date(2024, 10, 7)) == 0
    assert CALENDAR.add(date(2024, 10, 3), 0) == date(2024, 10, 3)


def test_the_nearest_working_day_on_either_side() -> None:
    assert CALENDAR.at_or_after(date(2024, 10, 2)) == date(2024, 10, 8)
    assert CALENDAR.at_or_before(date(2024, 10, 2)) == date(2024, 9, 30)
    assert CALENDAR.at_or_after(date(2024, 10, 8)) == CALENDAR.at_or_before(date(2024, 10, 8)) == date(2024, 10, 8)
    assert [day.day.day for day in CALENDAR.rest_days(date(2024, 10, 6), date(2024, 10, 9))] == [6, 7]


def test_an_instant_is_not_a_day() -> None:
    with pytest.raises(TypeError, match="day_of"):
        CALENDAR.is_workday(datetime(2024, 5, 1))  # noqa: DTZ001 - any instant would do


GOOD = 'year = 2030\nsource = "s"\nstatus = "official"\n'


@pytest.mark.parametrize(
    "text",
    [
        "year = ",
        GOOD.replace("2030", '"2030"'),
        GOOD.replace("official", "sure"),
        GOOD.replace('source = "s"\n', ""),
        GOOD + 'off = [{ day = 2030-02-30, name = "n" }]',
        GOOD + 'off = [{ day = "2030-02-03", name = "n" }]',
        GOOD + 'off = [{ day = 2030-02-03T00:00:00, name = "n" }]',
        GOOD + "off = [{ day = 2030-02-03 }]",
        GOOD + "off = 3",
        GOOD + 'off = [{ day = 2030-02-03, name = "n" }]\nwork = [{ day = 2030-02-03, name = "n" }]',
        GOOD + 'off = [{ day = 2035-02-03, name = "n" }]',
    ],
)
def test_a_broken_year_file_is_named(text: str, tmp_path: Path) -> None:
    file = tmp_path / "2030.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(BadYear, match=r"2030\.toml"):
        read_year(file)


def test_a_good_year_file_is_read(tmp_path: Path) -> None:
    file = tmp_path / "2030.toml"
    file.write_text(GOOD + 'off = [{ day = 2030-02-03, name = "n" }]', encoding="utf-8")
    assert read_year(file).days == (Named(date(2030, 2, 3), "n", off=True),)


def test_the_shipped_years_are_exactly_those_announced() -> None:
    assert [table.year for table in shipped_years()] == list(SHIPPED)
