"""Counting days as officials count them: weekends, public holidays and exchanged days (调休).

One editable file a year in ``years/``, made from the State Council's notice. A year
without a file is computed from weekends and fixed holidays and called provisional.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, cast

from qingfu.base.days import ONE_DAY
from qingfu.base.errors import BadYear
from qingfu.base.words import N_, Said, Translate, Word, as_they_are, say

YEARS = Path(__file__).resolve().parent / "years"

Status = Literal["official", "provisional"]

PLAIN = N_("working day")
SATURDAY = N_("Saturday")
SUNDAY = N_("Sunday")
HOLIDAY = N_("public holiday: {name}")
EXCHANGED = N_("worked in exchange for a holiday: {name}")


@dataclass(frozen=True)
class Named:
    """One day of a notice: a holiday (``off``) or a weekend day worked in exchange."""

    day: date
    name: str
    off: bool


@dataclass(frozen=True)
class YearTable:
    """What one notice says of one year; ``source`` is the notice's address or number."""

    year: int
    source: str
    status: Status
    days: tuple[Named, ...]


@dataclass(frozen=True)
class Day:
    """One day and why it is worked or not."""

    day: date
    works: bool
    why: Said
    provisional: bool

    def reason(self, translate: Translate = as_they_are) -> str:
        """The reason in a few words."""
        return self.why.text(translate)


@dataclass(frozen=True)
class Fixed:
    """A holiday with a fixed date, kept since a year."""

    month: int
    day: int
    name: str
    since: int


class Workdays:
    """The working calendar: one table a year, a later one in place of an earlier one of the same year."""

    def __init__(self, tables: Iterable[YearTable], fixed: Iterable[Fixed] = ()) -> None:
        self._named: dict[date, Named] = {}
        self._tables: dict[int, YearTable] = {}
        self._fixed = {(item.month, item.day): item for item in fixed}
        for table in tables:
            self._tables[table.year] = table
        # In the order of years: the notice of 2023 also names 31 December 2022.
        for year in sorted(self._tables):
            self._named.update({named.day: named for named in self._tables[year].days})

    @classmethod
    def shipped(cls, *overlays: YearTable) -> Workdays:
        """The shipped years, with a bureau's own tables on top."""
        return cls([*shipped_years(), *overlays], fixed_holidays())

    def status(self, year: int) -> Status:
        """``official`` with a notice, otherwise ``provisional``."""
        table = self._tables.get(year)
        return table.status if table else "provisional"

    def source(self, year: int) -> str | None:
        """The notice that the year rests on."""
        table = self._tables.get(year)
        return table.source if table else None

    def look_up(self, day: date) -> Day:
        """The day and its reason; any year, never an error."""
        day = _plain(day)
        provisional = self.status(day.year) == "provisional"
        if named := self._named.get(day):
            why = say(HOLIDAY if named.off else EXCHANGED, name=named.name)
            return Day(day, works=not named.off, why=why, provisional=provisional)
        fixed = self._fixed.get((day.month, day.day))
        if provisional and fixed and day.year >= fixed.since:
            return Day(day, works=False, why=say(HOLIDAY, name=fixed.name), provisional=True)
        if day.weekday() >= 5:
            why = say(SATURDAY if day.weekday() == 5 else SUNDAY)
            return Day(day, works=False, why=why, provisional=provisional)
        return Day(day, works=True, why=say(PLAIN), provisional=provisional)

    def is_workday(self, day: date) -> bool:
        """Whether people work that day."""
        return self.look_up(day).works

    def add(self, day: date, n: int) -> date:
        """The n-th working day after ``day`` (before it if negative); 0 keeps the day as it is."""
        step = ONE_DAY if n > 0 else -ONE_DAY
        day, left = _plain(day), abs(n)
        while left:
            day += step
            left -= self.is_workday(day)
        return day

    def between(self, start: date, end: date) -> int:
        """Working days after ``start`` up to and including ``end``.

        If ``end`` is earlier: minus the working days from ``end`` on, before ``start``.
        The inverse of ``add``: between(day, add(day, n)) == n.
        """
        start, end = _plain(start), _plain(end)
        if end < start:
            return -self._count(end, start - ONE_DAY)
        return self._count(start + ONE_DAY, end) if end > start else 0

    def at_or_after(self, day: date) -> date:
        """The day, or the next working day if it is a rest day."""
        day = _plain(day)
        return day if self.is_workday(day) else self.add(day, 1)

    def at_or_before(self, day: date) -> date:
        """The day, or the working day before it if it is a rest day."""
        day = _plain(day)
        return day if self.is_workday(day) else self.add(day, -1)

    def rest_days(self, first: date, last: date) -> tuple[Day, ...]:
        """The rest days in [first, last] with their reasons."""
        return tuple(day for day in self.days(first, last) if not day.works)

    def days(self, first: date, last: date) -> Iterable[Day]:
        """Every day in [first, last]."""
        first, last = _plain(first), _plain(last)
        return (self.look_up(date.fromordinal(n)) for n in range(first.toordinal(), last.toordinal() + 1))

    def _count(self, first: date, last: date) -> int:
        return sum(day.works for day in self.days(first, last))


def read_year(path: Path) -> YearTable:
    """One year file; raises BadYear naming the file and the fault."""
    try:
        return _year_table(path.name, tomllib.loads(path.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise BadYear(file=path.name, problem=str(fault)) from fault


def _year_table(file: str, raw: Mapping[str, Any]) -> YearTable:
    year, source, status = raw.get("year"), raw.get("source"), raw.get("status")
    if not isinstance(year, int) or not isinstance(source, str) or status not in ("official", "provisional"):
        raise BadYear(file=file, problem=Word(N_("it needs year, source and status")))
    days = [named for key in ("off", "work") for named in _named(file, key, raw.get(key, []))]
    if len({named.day for named in days}) < len(days):
        raise BadYear(file=file, problem=Word(N_("a day stands in it twice")))
    if any(abs(named.day.year - year) > 1 for named in days):
        raise BadYear(file=file, problem=Word(N_("a day of another year stands in it")))
    return YearTable(year, source, cast(Status, status), tuple(sorted(days, key=lambda named: named.day)))


def _named(file: str, key: str, rows: object) -> Iterable[Named]:
    for row in rows if isinstance(rows, list) else [None]:
        match row:
            case {"day": date() as day, "name": str(name)} if not isinstance(day, datetime):
                yield Named(day, name, off=key == "off")
            case _:
                raise BadYear(file=file, problem=Word(N_("each day needs day and name")))


@lru_cache(maxsize=1)
def shipped_years() -> tuple[YearTable, ...]:
    """The year tables that come with the program, in order."""
    return tuple(read_year(path) for path in sorted(YEARS.glob("[0-9][0-9][0-9][0-9].toml")))


@lru_cache(maxsize=1)
def fixed_holidays() -> tuple[Fixed, ...]:
    """The holidays with a fixed date, for years without a notice (全国年节及纪念日放假办法)."""
    raw = tomllib.loads((YEARS / "fixed.toml").read_text(encoding="utf-8"))
    return tuple(Fixed(item["month"], item["day"], item["name"], item["since"]) for item in raw["holiday"])


def _plain(day: date) -> date:
    # An instant is a date too for Python, and would silently miss every table.
    if isinstance(day, datetime):
        raise TypeError("a day is needed, not an instant; see clock.day_of")
    return day
