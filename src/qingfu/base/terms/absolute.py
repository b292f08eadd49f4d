"""A date the plan names: "2024年7月30日前", "8月底前"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from qingfu.base.days import ONE_DAY, SchoolTerm, end_of_month, read_day, read_month
from qingfu.base.errors import BadTerm, NoSuchDay
from qingfu.base.terms.due import DueDate, Events, Explanation, Within
from qingfu.base.terms.rest import OnRestDay, settle
from qingfu.base.words import N_, Word, say
from qingfu.base.workdays import Workdays

BY_DAY = N_("By {day}, that day included.")
BEFORE_DAY = N_("Before {day}, that day not included.")
BY_MONTH = N_("By the end of {year:04d}-{month:02d}.")


@dataclass(frozen=True)
class Absolute:
    """One day. ``until_month``: the plan names only the month, so its last day is meant.

    ``includes_day``: whether the day itself is still in time (officials mean so by 前).
    ``opens``: the first day, where the plan names one.
    """

    day: date
    includes_day: bool = True
    on_rest_day: OnRestDay = "keep"
    until_month: bool = False
    clause: str | None = None
    opens: date | None = None

    def __post_init__(self) -> None:
        if self.opens and self.opens > self._limit():
            raise BadTerm(problem=Word(N_("the first day is after the last")))

    @classmethod
    def read(
        cls,
        text: str,
        *,
        includes_day: bool = True,
        on_rest_day: OnRestDay = "keep",
        clause: str | None = None,
    ) -> Absolute:
        """From "2024-07-30" or, for a whole month, "2024-08"; raises NoSuchDay."""
        try:
            month = read_month(text)
        except NoSuchDay:
            return cls(read_day(text), includes_day, on_rest_day, clause=clause)
        return cls(month, includes_day, on_rest_day, until_month=True, clause=clause)

    def due(
        self,
        calendar: Workdays,
        events: Events | None = None,
        terms: Sequence[SchoolTerm] = (),
        within: Within = None,
    ) -> tuple[DueDate, ...]:
        """The one due date; none where it lies outside ``within``."""
        limit = self._limit()
        if within and not within[0] <= limit <= within[1]:
            return ()
        settled = settle(limit, self.on_rest_day, calendar)
        if self.until_month:
            rule = say(BY_MONTH, year=self.day.year, month=self.day.month)
        else:
            rule = say(BY_DAY if self.includes_day else BEFORE_DAY, day=self.day)
        why = Explanation(
            rule,
            self.clause,
            skipped=settled.skipped,
            provisional=settled.provisional,
            warnings=settled.warnings,
        )
        return (DueDate(settled.day, why, opens=self.opens),)

    def _limit(self) -> date:
        named = end_of_month(self.day) if self.until_month else self.day
        # "Before August is out" never loses its last day: the switch is about a named day.
        return named if self.includes_day or self.until_month else named - ONE_DAY
