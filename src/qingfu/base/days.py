"""Reading days and months, month arithmetic, and the periods officials count in."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from qingfu.base.errors import BadTerm, NoSuchDay
from qingfu.base.words import N_, Word

ONE_DAY = timedelta(days=1)

Per = Literal["month", "quarter", "half-year", "year", "semester"]
MONTHS_OF: dict[str, int] = {"month": 1, "quarter": 3, "half-year": 6, "year": 12}

_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_MONTH = re.compile(r"(\d{4})-(\d{1,2})", re.ASCII)


def read_day(text: str) -> date:
    """The day written as year-month-day; raises NoSuchDay, also for 2024-02-30."""
    if found := _DAY.fullmatch(text.strip()):
        try:
            return date(int(found[1]), int(found[2]), int(found[3]))
        except ValueError:
            pass
    raise NoSuchDay(text=text)


def read_month(text: str) -> date:
    """The first day of the month written as year-month; raises NoSuchDay."""
    if found := _MONTH.fullmatch(text.strip()):
        try:
            return date(int(found[1]), int(found[2]), 1)
        except ValueError:
            pass
    raise NoSuchDay(text=text)


def month_length(year: int, month: int) -> int:
    """Days in the month, 28 to 31."""
    return monthrange(year, month)[1]


def end_of_month(day: date) -> date:
    """The last day of the month that ``day`` is in."""
    return day.replace(day=month_length(day.year, day.month))


def add_months(day: date, months: int) -> date:
    """``months`` later (earlier if negative); the end of a shorter month where it lacks the day.

    31 March less one month is the end of February.
    """
    year, month0 = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month0 + 1, min(day.day, month_length(year, month0 + 1)))


@dataclass(frozen=True)
class SchoolTerm:
    """One school term (学期), both days included; what lies between two terms is vacation."""

    name: str
    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise BadTerm(problem=Word(N_("the school term ends before it starts")))


@dataclass(frozen=True)
class Period:
    """A stretch of days, both included; ``label`` names it within its year, ``key`` for ever."""

    label: str
    key: str
    start: date
    end: date

    def clipped(self, first: date, last: date) -> Period | None:
        """The part inside [first, last], or None where there is none."""
        start, end = max(self.start, first), min(self.end, last)
        return Period(self.label, self.key, start, end) if start <= end else None


def periods(per: Per, first: date, last: date, terms: Sequence[SchoolTerm] = ()) -> Iterator[Period]:
    """The whole periods that touch [first, last], in order.

    Labels: M01…M12, Q1…Q4, H1 and H2, Y, or the term's name.
    """
    if per == "semester":
        touched = sorted((term for term in terms if term.start <= last and term.end >= first), key=_starts)
        yield from (Period(term.name, term.name, term.start, term.end) for term in touched)
        return
    months = MONTHS_OF[per]
    start = date(first.year, (first.month - 1) // months * months + 1, 1)
    while start <= last:
        end = end_of_month(add_months(start, months - 1))
        label = _label(per, start)
        yield Period(label, str(start.year) if per == "year" else f"{start.year}-{label}", start, end)
        if end.year == date.max.year and end.month == 12:
            return
        start = end + ONE_DAY


def _starts(term: SchoolTerm) -> date:
    return term.start


def _label(per: Per, start: date) -> str:
    number = (start.month - 1) // MONTHS_OF[per] + 1
    return {"month": f"M{number:02d}", "quarter": f"Q{number}", "half-year": f"H{number}"}.get(per, "Y")
