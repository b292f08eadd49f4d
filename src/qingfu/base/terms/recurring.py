"""A date that comes again: "每季度第三个月25日前"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from qingfu.base.days import (
    MONTHS_OF,
    ONE_DAY,
    Per,
    Period,
    SchoolTerm,
    add_months,
    end_of_month,
    month_length,
    periods,
)
from qingfu.base.errors import BadTerm
from qingfu.base.terms.due import DueDate, Events, Explanation, Within
from qingfu.base.terms.rest import OnRestDay, settle
from qingfu.base.words import N_, Said, Word, say
from qingfu.base.workdays import Workdays

MonthDay = tuple[int, int]
Override = tuple[MonthDay | None, MonthDay]

EACH_DAY = {
    "month": N_("Every month, by day {day}."),
    "quarter": N_("Every quarter, by day {day} of its month {month}."),
    "half-year": N_("Every half-year, by day {day} of its month {month}."),
    "year": N_("Every year, by day {day} of month {month}."),
    "semester": N_("Every school term, by day {day} of its month {month}."),
}
EACH_END = {
    "month": N_("Every month, by its last day."),
    "quarter": N_("Every quarter, by the end of its month {month}."),
    "half-year": N_("Every half-year, by the end of its month {month}."),
    "year": N_("Every year, by the end of month {month}."),
    "semester": N_("Every school term, by the end of its month {month}."),
}
TERM_END = N_("Every school term, by its last day.")
OVERRIDDEN = N_("For this period the plan names its own days, until {until}.")
NOT_INCLUDED = N_("The day itself is not included.")


@dataclass(frozen=True)
class Recurring:
    """The same day of every period.

    ``month`` counts within the period from 1 (None: its last month); ``day`` is a day of
    that month or "last", and the end of a month that lacks it. ``overrides`` gives a period
    its own days by label: {"Q2": ((5, 10), (5, 20))}, first day (or None) and last day as
    (month, day), the first such day not before the period. A rest day is kept unless the plan says otherwise.
    """

    each: Per
    month: int | None = None
    day: int | Literal["last"] = "last"
    overrides: Mapping[str, Override] = field(default_factory=dict, hash=False)
    includes_day: bool = True
    on_rest_day: OnRestDay = "keep"
    clause: str | None = None

    def __post_init__(self) -> None:
        most = MONTHS_OF.get(self.each, 12)
        if self.month is not None and not 1 <= self.month <= most:
            raise BadTerm(problem=Word(N_("the period has no such month")))
        if self.day != "last" and (not 1 <= self.day <= 31 or (self.each == "semester" and not self.month)):
            raise BadTerm(problem=Word(N_("the month has no such day")))
        for first, until in self.overrides.values():
            _check(until)
            if first is not None:
                _check(first)

    def due(
        self,
        calendar: Workdays,
        events: Events | None = None,
        terms: Sequence[SchoolTerm] = (),
        within: Within = None,
    ) -> tuple[DueDate, ...]:
        """The due dates whose unshifted day lies in ``within``; without it, those of all ``terms``."""
        first, last = _stretch(self.each, terms, within)
        found: list[DueDate] = []
        for period in periods(self.each, *_wider(first, last), terms):
            opens, limit, rule = self._of(period)
            if first <= limit <= last:
                found.append(self._date(calendar, period, opens, limit, rule))
        return tuple(found)

    def _date(self, calendar: Workdays, period: Period, opens: date, limit: date, rule: Said) -> DueDate:
        settled = settle(limit, self.on_rest_day, calendar)
        note = (say(NOT_INCLUDED),) if self._excludes(period.label) else ()
        why = Explanation(
            rule,
            self.clause,
            skipped=settled.skipped,
            provisional=settled.provisional,
            warnings=(*note, *settled.warnings),
        )
        return DueDate(settled.day, why, occurrence=period.key, opens=opens, period=period)

    def _of(self, period: Period) -> tuple[date, date, Said]:
        if override := self.overrides.get(period.label):
            opens = _on_or_after(period.start, override[0]) if override[0] else period.start
            until = _on_or_after(opens, override[1])
            return opens, self._less(until, period), say(OVERRIDDEN, until=until)
        if self.each == "semester" and self.month is None:
            return period.start, period.end, say(TERM_END)
        month = self.month or MONTHS_OF[self.each]
        first_of_month = add_months(period.start.replace(day=1), month - 1)
        length = month_length(first_of_month.year, first_of_month.month)
        limit = first_of_month.replace(day=length if self.day == "last" else min(self.day, length))
        texts = EACH_END if self.day == "last" else EACH_DAY
        return period.start, self._less(limit, period), say(texts[self.each], month=month, day=self.day)

    def _less(self, limit: date, period: Period) -> date:
        return limit - ONE_DAY if self._excludes(period.label) else limit

    def _excludes(self, label: str) -> bool:
        # "Before the month is out" never loses its last day: the switch is about a named day.
        return not self.includes_day and (self.day != "last" or label in self.overrides)


def _stretch(each: Per, terms: Sequence[SchoolTerm], within: Within) -> tuple[date, date]:
    if within:
        return within
    if each != "semester":
        raise BadTerm(problem=Word(N_("a date that comes again needs a time to look at")))
    if not terms:
        return date.max, date.min
    return min(term.start for term in terms), max(term.end for term in terms)


def _check(month_day: MonthDay) -> None:
    month, day = month_day
    # Leap years have 29 February; the day is clipped in the others.
    if not 1 <= month <= 12 or not 1 <= day <= month_length(2024, month):
        raise BadTerm(problem=Word(N_("the month has no such day")))


def _on_or_after(earliest: date, month_day: MonthDay) -> date:
    # A fourth quarter may be reported in January: the first such day that is not before the period.
    month, day = month_day
    for year in (earliest.year, earliest.year + 1):
        found = date(year, month, min(day, month_length(year, month)))
        if found >= earliest:
            return found
    return found


def _wider(first: date, last: date) -> tuple[date, date]:
    # The day of a period may lie outside it (an override), never more than a year away.
    if last < first:
        return first, last
    start = first.replace(year=max(first.year - 1, 1), day=1)
    return start, end_of_month(last.replace(year=min(last.year + 1, 9999), day=1))
