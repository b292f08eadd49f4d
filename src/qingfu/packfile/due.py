"""When things of a pack are due: its words of time turned into the terms of `base.terms`.

Pure: the day, the calendar, the school terms and the events that have happened are parameters. The player of
situations and the register ask the same functions, so they cannot disagree about a day.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from qingfu.base.days import SchoolTerm, add_months, end_of_month, periods, read_day, read_month
from qingfu.base.errors import BadTerm
from qingfu.base.terms import (
    Absolute,
    AtLeast,
    DueDate,
    Events,
    Explanation,
    OpenEnded,
    Period,
    Recurring,
    Relative,
    Term,
)
from qingfu.base.terms.due import Within
from qingfu.base.words import N_, Word, say
from qingfu.base.workdays import Workdays
from qingfu.packfile.words import when
from qingfu.packfile.words.asks import Duty
from qingfu.packfile.words.moves import Route, Span, Step, WhiteList
from qingfu.packfile.words.pack import Pack
from qingfu.packfile.words.plan import Dated
from qingfu.packfile.words.word import Quantity

UNSET = N_("The plan leaves this day open: {blank}.")
AT_ONCE = N_("To be put right at once.")
EVENT_SAYS = {
    "plan.in-force": N_("the plan comes into force"),
    "problem.found": N_("the problem is found"),
    "problem.closed": N_("the problem is struck off"),
    "list.published": N_("the list is published"),
    "step.opened": N_("the step opens"),
}
PHASE_ENDS = N_("the phase ends")
CASE_EVENTS = {"affair": "affair.starts", "activity": "activity.starts"}
# 学年: from 1 September to 31 August, in the whole country.
SCHOOL_YEAR_BEGINS = 9


@dataclass(frozen=True)
class Deadline:
    """One time a duty is due: the date with its explanation, and the first day it is open."""

    due: DueDate
    opens: date


def first_day(text: str) -> date:
    """The day written, or the first day of the month or year; raises NoSuchDay."""
    hyphens = text.count("-")
    return read_day(text) if hyphens == 2 else read_month(text if hyphens else f"{text}-01")


def last_day(text: str) -> date:
    """The day written, or the last day of the month or year; raises NoSuchDay."""
    hyphens = text.count("-")
    return read_day(text) if hyphens == 2 else end_of_month(read_month(text if hyphens else f"{text}-12"))


def plan_period(pack: Pack) -> tuple[date, date | None]:
    """First and last day of the plan; None as last day when it stands open."""
    until = pack.plan.period.until
    return first_day(pack.plan.period.from_.value), last_day(until.value) if isinstance(until, Dated) else None


def phase_period(pack: Pack, key: str) -> tuple[date, date | None]:
    """First and last day of a phase; without a first day of its own it begins with the plan."""
    phase = pack.phases[key]
    start = first_day(phase.from_.value) if phase.from_ else plan_period(pack)[0]
    return start, last_day(phase.until.value) if isinstance(phase.until, Dated) else None


def terms_of(pack: Pack) -> tuple[SchoolTerm, ...]:
    """The school terms the plan counts by."""
    return tuple(SchoolTerm(term.id, read_day(term.from_), read_day(term.until)) for term in pack.plan.terms)


def events_of(pack: Pack, **happened: date) -> dict[str, date | datetime]:
    """The events a plan knows by itself (the ends of its phases), and those that happened.

    Keyword names stand for event names with dots: ``affair_starts`` is ``affair.starts``.
    """
    events: dict[str, date | datetime] = {}
    for key in pack.phases:
        end = phase_period(pack, key)[1]
        if end is not None:
            events[f"phase.{key}.ends"] = end
    names = {"plan_in_force": "plan.in-force"}
    return events | {names.get(name, name.replace("_", ".")): day for name, day in happened.items()}


def term_of(said: when.When, clause: str | None = None) -> Term | None:
    """The term of a word of time; None for a day the source leaves open."""
    match said:
        case when.OnDate():
            return Absolute.read(said.date, includes_day=said.includes_day, on_rest_day=said.on_rest_day, clause=clause)
        case when.Recurs():
            return _recurring(said, clause)
        case when.AtLeast():
            return AtLeast(said.at_least, said.per, said.within, clause=clause)
        case when.Before():
            return _relative(said.before, said.amount, "before", said, clause)
        case when.After():
            return _relative(said.after, said.amount, "after", said, clause)
        case when.At():
            return Relative(said.at, 0, "day", "after", clause=clause, event_says=_event(said.at))
        case when.Standing():
            return OpenEnded(first_day(said.from_) if said.from_ else None, clause)
    return None


def _recurring(said: when.Recurs, clause: str | None) -> Recurring:
    overrides = {label: (_month_day(own.from_), _month_day(own.until)) for label, own in said.override.items()}
    each, month = said.each, said.month
    if each == "school-year":
        each, month = "year", (SCHOOL_YEAR_BEGINS + (month or 12) - 2) % 12 + 1
    return Recurring(each, month, said.day, overrides, on_rest_day=said.on_rest_day, clause=clause)


def _month_day(text: str) -> tuple[int, int]:
    month, day = text.split("-")
    return int(month), int(day)


def _relative(
    event: str, amount: Quantity, side: str, said: when.Before | when.After, clause: str | None
) -> Relative | None:
    if amount.value is None:
        return None
    unit = amount.unit or "day"
    if unit not in ("hour", "day", "working-day", "week", "month"):
        raise BadTerm(problem=Word(N_("time is counted in hours, days, working days, weeks or months")))
    rest = said.on_rest_day if isinstance(said, when.After) else "keep"
    return Relative(
        event, amount.value, unit, "before" if side == "before" else "after",  # type: ignore[arg-type]  # just checked
        includes_day=said.includes_day, on_rest_day=rest, if_late=said.if_late, clause=clause,
        event_says=_event(event),
    )  # fmt: skip


def _event(name: str) -> str | None:
    return PHASE_ENDS if name.startswith("phase.") else EVENT_SAYS.get(name)


def dates(
    said: when.When,
    calendar: Workdays,
    *,
    clause: str | None = None,
    events: Events | None = None,
    terms: Sequence[SchoolTerm] = (),
    within: Within = None,
) -> tuple[DueDate, ...]:
    """All due dates of a word of time, in order; one without a day where the source leaves it open."""
    term = term_of(said, clause)
    if term is None:
        amount = getattr(said, "amount", None)
        blank = said.blank if isinstance(said, when.UndatedDay) else amount.blank if amount else ""
        return (DueDate(None, Explanation(say(UNSET, blank=blank), clause), waits_for=blank),)
    return term.due(calendar, events, terms, within)


def dates_of_duty(
    pack: Pack,
    key: str,
    calendar: Workdays,
    *,
    in_force: date | None = None,
    until: date | None = None,
    terms: Sequence[SchoolTerm] | None = None,
    events: Mapping[str, date] | None = None,
    scope: str | None = None,
) -> tuple[Deadline, ...]:
    """Every time the duty is due, with the day it opens.

    ``in_force``: the day the plan came into force (default: the first day of its period). ``until``: how far to look
    where a duty comes again and the plan stands open. ``scope``: for whom, where the plan gives another date.
    """
    duty = pack.duties[key]
    start, end = plan_period(pack)
    begins = in_force or start
    terms = terms_of(pack) if terms is None else terms
    happened = {**events_of(pack, plan_in_force=begins), **(events or {})}
    said = duty.due_for.get(scope, duty.due) if scope else duty.due
    again = isinstance(said, (when.Recurs, when.AtLeast)) or getattr(said, "before", getattr(said, "after", "")) in (
        "term.starts", "term.ends", "vacation.starts",
    )  # fmt: skip
    within = (start, end or until or date(begins.year, 12, 31)) if again else None
    clause = "、".join(duty.clause)
    found = dates(said, calendar, clause=clause, events=happened, terms=terms, within=within)
    own = dates(duty.opens_on, calendar, events=happened, terms=terms)[0].day if duty.opens_on else None
    return tuple(Deadline(due, max(own or due.opens or begins, begins)) for due in found)


def comes_by_itself(duty: Duty) -> bool:
    """Whether the calendar opens the duty: it waits for no case, and is no standing line that asks for nothing.

    Such a line is shown on the plan page; as a task it would never leave the inbox.
    """
    match duty.due:
        case when.Before(before=event) | when.After(after=event) | when.At(at=event):
            return event.startswith(("plan.", "phase.", "term."))
        case when.Standing():
            return duty.hand_in is not None or duty.proof != "none"
    return True


def refuses_late(pack: Pack, key: str, scope: str | None = None) -> bool:
    """Whether nothing is taken under the duty after its day (`if-late: refuse`); flagged as late otherwise."""
    duty = pack.duties[key]
    said = duty.due_for.get(scope, duty.due) if scope else duty.due
    return getattr(said, "if_late", "flag") == "refuse"


def deadline_of_problem(
    pack: Pack, kind: str, found: date, calendar: Workdays, *, scope: str | None = None
) -> DueDate | None:
    """By when a problem of this kind must be put right; None where the plan gives no date of its own."""
    held = pack.problem_kinds[kind]
    said = held.deadline_for.get(scope, held.deadline) if scope else held.deadline
    clause = "、".join(held.clause)
    if said is None:
        return DueDate(None, Explanation(say(AT_ONCE), clause)) if held.at_once else None
    events = events_of(pack, problem_found=found)
    return dates(said, calendar, clause=clause, events=events, terms=terms_of(pack))[0]


def revisit_day(pack: Pack, closed: date, calendar: Workdays) -> DueDate | None:
    """When a line struck off on ``closed`` is looked at again (回头看); None while that is a blank."""
    policy = pack.problems_policy
    if policy is None or policy.revisit_after.value is None:
        return None
    said = when.After(after="problem.closed", amount=policy.revisit_after)
    return dates(said, calendar, clause="、".join(policy.clause), events={"problem.closed": closed})[0]


def deadline_of_step(step: Step, opened: date, calendar: Workdays, clause: str | None = None) -> DueDate | None:
    """By when a step that opened on ``opened`` must be decided; None where no time is set."""
    if step.time_allowed is None or step.time_allowed.value is None:
        return None
    said = when.After(after="step.opened", amount=step.time_allowed)
    own = "、".join(step.clause) if step.clause else clause
    return dates(said, calendar, clause=own, events={"step.opened": opened})[0]


def latest_day_to_apply(pack: Pack, route: Route, starts: date | None, calendar: Workdays) -> DueDate | None:
    """The latest day to apply for something that starts on ``starts``; None where the route sets none."""
    if route.due is None:
        return None
    events = events_of(pack, **({CASE_EVENTS[route.of].replace(".", "_"): starts} if starts else {}))
    found = dates(route.due, calendar, clause="、".join(route.clause), events=events, terms=terms_of(pack))
    return found[0] if found else None


def collecting(route: Route, today: date, calendar: Workdays, terms: Sequence[SchoolTerm]) -> tuple[date, date] | None:
    """The window in which applications are taken that holds ``today``, or is the next; None where there is none."""
    if route.collects is None:
        return None
    within = (date(today.year - 1, 1, 1), date(today.year + 1, 12, 31))
    opens = dates(route.collects.from_, calendar, terms=terms, within=_if_again(route.collects.from_, within))
    closes = dates(route.collects.until, calendar, terms=terms, within=_if_again(route.collects.until, within))
    ends = sorted(due.day for due in closes if due.day)
    windows = [(due.day, end) for due in opens if due.day for end in ends if end >= due.day]
    first_end: dict[date, date] = {}
    for start, end in windows:
        first_end[start] = min(end, first_end.get(start, end))
    held = sorted((start, end) for start, end in first_end.items())
    return next(((start, end) for start, end in held if end >= today), held[-1] if held else None)


def _if_again(said: when.When, within: tuple[date, date]) -> Within:
    return within if isinstance(said, (when.Recurs, when.AtLeast)) else None


def span_of(span: Span, day: date, terms: Sequence[SchoolTerm]) -> Period:
    """The calendar year, school year or semester that ``day`` is in; a day in vacation belongs to the next term."""
    if span == "calendar-year":
        return next(periods("year", day, day))
    if span == "school-year":
        year = day.year if day.month >= SCHOOL_YEAR_BEGINS else day.year - 1
        start = date(year, SCHOOL_YEAR_BEGINS, 1)
        label = f"{year}-{year + 1}"
        return Period(label, label, start, end_of_month(add_months(start, 11)))
    later = sorted((term for term in terms if term.end >= day), key=lambda term: term.end)
    if not later:
        raise BadTerm(problem=Word(N_("the plan knows no school term on or after this day")))
    return Period(later[0].name, later[0].name, later[0].start, later[0].end)


def listed_span(held: WhiteList, day: date, terms: Sequence[SchoolTerm]) -> Period:
    """The span for which a place taken on ``day`` is good: the running one, or the next where the list says so."""
    span = span_of(held.per, day, terms)
    return span if held.valid_for == "same" else span_of(held.per, date.fromordinal(span.end.toordinal() + 1), terms)
