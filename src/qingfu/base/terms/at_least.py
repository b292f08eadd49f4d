"""So often at least: "每月至少 1 次", "每学期至少 2 次"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from qingfu.base.days import Per, Period, SchoolTerm, periods
from qingfu.base.errors import BadTerm
from qingfu.base.terms.due import DueDate, Events, Explanation, Within
from qingfu.base.words import N_, Word, say
from qingfu.base.workdays import Workdays

RULE = {
    "month": N_("At least {times} times a month, until the month ends."),
    "quarter": N_("At least {times} times a quarter, until the quarter ends."),
    "half-year": N_("At least {times} times a half-year, until it ends."),
    "year": N_("At least {times} times a year, until the year ends."),
    "semester": N_("At least {times} times a school term, until the term ends."),
}
PARTIAL = N_("Note: only {days} days of this period count.")


@dataclass(frozen=True)
class AtLeast:
    """``times`` in every period; each is due on the period's last day that counts.

    ``within`` says which days count: those of school terms, of whole calendar years, or of
    the phase (the stretch that ``due`` is asked for). A period cut short still counts, with
    a note, unless ``partial`` is "skip".
    """

    times: int
    per: Per = "month"
    within: Literal["term", "year", "phase"] = "phase"
    partial: Literal["count", "skip"] = "count"
    clause: str | None = None

    def __post_init__(self) -> None:
        if self.times < 1:
            raise BadTerm(problem=Word(N_("at least once is the least")))

    def due(
        self,
        calendar: Workdays,
        events: Events | None = None,
        terms: Sequence[SchoolTerm] = (),
        within: Within = None,
    ) -> tuple[DueDate, ...]:
        """One due date for each period, in order."""
        found: list[DueDate] = []
        for first, last in self._stretches(terms, within):
            for whole in periods(self.per, first, last, terms):
                part = whole.clipped(first, last)
                if part and (part == whole or self.partial == "count"):
                    found.append(self._date(whole, part))
        return tuple(found)

    def _date(self, whole: Period, part: Period) -> DueDate:
        short = part != whole
        days = (part.end - part.start).days + 1
        warnings = (say(PARTIAL, days=days),) if short else ()
        why = Explanation(say(RULE[self.per], times=self.times), self.clause, warnings=warnings)
        # Two terms may share a calendar month: each part is an occurrence of its own.
        key = f"{whole.key}@{part.start.isoformat()}" if part.start != whole.start else whole.key
        return DueDate(part.end, why, occurrence=key, opens=part.start, times=self.times, period=part)

    def _stretches(self, terms: Sequence[SchoolTerm], within: Within) -> Iterator[tuple[date, date]]:
        first, last = within or (date.min, date.max)
        if self.within == "term":
            for term in sorted(terms, key=lambda term: term.start):
                if term.start <= last and term.end >= first:
                    yield max(term.start, first), min(term.end, last)
            return
        if within is None:
            raise BadTerm(problem=Word(N_("a date that comes again needs a time to look at")))
        if self.within == "year":
            first, last = date(first.year, 1, 1), date(last.year, 12, 31)
        yield first, last
