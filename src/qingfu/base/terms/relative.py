"""A date counted from an event: "提前2周", "活动开展前1个月", "开学后1周内"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal

from qingfu.base.clock import day_of
from qingfu.base.days import ONE_DAY, SchoolTerm, add_months
from qingfu.base.errors import BadTerm, LeadTime
from qingfu.base.terms.due import DueDate, Events, Explanation, Within
from qingfu.base.terms.rest import OnRestDay, settle
from qingfu.base.words import N_, Said, Word, say
from qingfu.base.workdays import Workdays

Unit = Literal["hour", "day", "working-day", "week", "month"]

RULES: dict[tuple[str, str], str] = {
    ("before", "hour"): N_("At the latest {amount} hours before: {event}."),
    ("before", "day"): N_("At the latest {amount} days before: {event}."),
    ("before", "working-day"): N_("At the latest {amount} working days before: {event}."),
    ("before", "week"): N_("At the latest {amount} weeks before: {event}."),
    ("before", "month"): N_("At the latest {amount} months before: {event}."),
    ("after", "hour"): N_("Within {amount} hours after: {event}."),
    ("after", "day"): N_("Within {amount} days after: {event}."),
    ("after", "working-day"): N_("Within {amount} working days after: {event}."),
    ("after", "week"): N_("Within {amount} weeks after: {event}."),
    ("after", "month"): N_("Within {amount} months after: {event}."),
}
LEADS = {
    "hour": N_("{amount} hours"),
    "day": N_("{amount} days"),
    "working-day": N_("{amount} working days"),
    "week": N_("{amount} weeks"),
    "month": N_("{amount} months"),
}
EXCLUDED = N_("The day so reached is itself too late.")

TERM_EVENTS = ("term.starts", "term.ends", "vacation.starts")
EVENT_NAMES = {
    "term.starts": N_("the school term starts"),
    "term.ends": N_("the school term ends"),
    "vacation.starts": N_("the vacation starts"),
    "affair.starts": N_("the affair starts"),
    "activity.starts": N_("the activity starts"),
    "visit.arrival": N_("the visitors arrive"),
}


@dataclass(frozen=True)
class Relative:
    """``amount`` ``unit``s ``before`` or ``after`` an event; the latest day that is in time.

    Weeks and months are calendar periods; the event's own day is never counted. A month
    that lacks the day gives its end. ``includes_day``: whether the day so reached is still
    in time. Hours need an event with an instant. ``if_late`` says whether a late act is
    refused or only flagged. The events "term.starts", "term.ends" and "vacation.starts"
    come from the school terms, one due date each.
    """

    event: str
    amount: int
    unit: Unit
    side: Literal["before", "after"] = "before"
    includes_day: bool = True
    on_rest_day: OnRestDay = "keep"
    if_late: Literal["refuse", "flag"] = "flag"
    clause: str | None = None
    event_says: str | None = None

    def __post_init__(self) -> None:
        if self.amount < 0:
            raise BadTerm(problem=Word(N_("an amount of time is not negative; say before or after")))

    @property
    def lead(self) -> Said:
        """The amount with its unit, for a sentence."""
        return say(LEADS[self.unit], amount=self.amount)

    def due(
        self,
        calendar: Workdays,
        events: Events | None = None,
        terms: Sequence[SchoolTerm] = (),
        within: Within = None,
    ) -> tuple[DueDate, ...]:
        """One due date for each time the event happens; without any, one that waits for it."""
        happenings = list(self._happenings(events or {}, terms))
        if not happenings:
            return (DueDate(None, self._why(None), waits_for=self._event_name),)
        dates = (replace(self._date(calendar, key, at), opens=opens) for key, at, opens in happenings)
        return tuple(due for due in dates if not within or _inside(due.day, within))

    def refuse_if_late(self, due: DueDate, today: date) -> bool:
        """Whether ``today`` is late; raises LeadTime instead where the plan refuses what is late."""
        if not due.is_late(today):
            return False
        if self.if_late == "refuse":
            raise LeadTime(
                clause=self.clause,
                event_day=due.explanation.start_day,
                lead=self.lead,
                last_day=due.day,
                today=today,
            )
        return True

    @property
    def _event_name(self) -> str:
        return self.event_says or EVENT_NAMES.get(self.event, self.event)

    def _happenings(
        self, events: Events, terms: Sequence[SchoolTerm]
    ) -> Iterator[tuple[str, date | datetime, date | None]]:
        """Each time it happens: its key, when, and the first day of the time it is for."""
        if self.event in events:
            yield "once", events[self.event], None
        elif self.event in TERM_EVENTS:
            for term in sorted(terms, key=lambda term: term.start):
                after_end = {"term.ends": term.end, "vacation.starts": term.end + ONE_DAY}
                # What comes again every term is not open before its own term: the last one would hide the others.
                yield term.name, after_end.get(self.event, term.start), term.start

    def _date(self, calendar: Workdays, key: str, at: date | datetime) -> DueDate:
        day = day_of(at) if isinstance(at, datetime) else at
        if self.unit == "hour":
            return self._by_the_hour(key, at, day)
        limit = self._limit(calendar, day)
        why = self._why(day)
        if self.unit == "working-day":
            between = calendar.rest_days(min(day, limit) + ONE_DAY, max(day, limit) - ONE_DAY)
            unsure = any(calendar.status(year) == "provisional" for year in _years(day, limit))
            skipped = tuple((rest.day, rest.why) for rest in between)
            return DueDate(limit, replace(why, skipped=skipped, provisional=unsure), occurrence=key)
        settled = settle(limit, self.on_rest_day, calendar)
        why = replace(
            why,
            skipped=settled.skipped,
            provisional=settled.provisional,
            warnings=(*why.warnings, *settled.warnings),
        )
        return DueDate(settled.day, why, occurrence=key)

    def _limit(self, calendar: Workdays, day: date) -> date:
        count = -self.amount if self.side == "before" else self.amount
        if self.unit == "working-day":
            limit = calendar.add(day, count)
            return limit if self.includes_day else calendar.add(limit, -1)
        if self.unit == "month":
            limit = add_months(day, count)
        else:
            limit = day + timedelta(days=count * (7 if self.unit == "week" else 1))
        return limit if self.includes_day else limit - ONE_DAY

    def _by_the_hour(self, key: str, at: date | datetime, day: date) -> DueDate:
        if not isinstance(at, datetime):
            raise BadTerm(clause=self.clause, problem=Word(N_("hours are counted from an instant, not a day")))
        moment = at + timedelta(hours=-self.amount if self.side == "before" else self.amount)
        return DueDate(day_of(moment), self._why(day), occurrence=key, moment=moment)

    def _why(self, day: date | None) -> Explanation:
        rule = say(RULES[self.side, self.unit], amount=self.amount, event=Word(self._event_name))
        warnings = () if self.includes_day else (say(EXCLUDED),)
        return Explanation(rule, self.clause, self._event_name, day, warnings=warnings)


def _years(one: date, other: date) -> range:
    return range(min(one, other).year, max(one, other).year + 1)


def _inside(day: date | None, within: tuple[date, date]) -> bool:
    return day is not None and within[0] <= day <= within[1]
