"""Days that the calendar does not have, periods that end first, dates that fall out of their phase."""

from __future__ import annotations

from pydantic import BaseModel

from qingfu.base.days import month_length, read_day
from qingfu.base.errors import NoSuchDay, PackDay, WrongValue
from qingfu.base.words import N_, Word
from qingfu.packfile.check.bench import Bench
from qingfu.packfile.due import first_day, last_day
from qingfu.packfile.errors import Contradiction, EndsFirst
from qingfu.packfile.paths import key_of, walk
from qingfu.packfile.words import asks, plan, situation, when, word
from qingfu.packfile.yamltext import Path

# Which field of which type is a day; those of "or month" may name a month or a year as a whole.
DAYS: dict[type[BaseModel], tuple[str, ...]] = {
    when.Standing: ("from_",),
    plan.Plan: ("issued",),
    plan.SchoolTerm: ("from_", "until"),
    asks.Duty: ("covers_since",),
    situation.Situation: ("day",),
    situation.Fact: ("day", "to_day"),
    situation.Expect: ("due", "was_due"),
}
OR_MONTH: dict[type[BaseModel], tuple[str, ...]] = {
    when.OnDate: ("date",),
    plan.Dated: ("value",),
    word.Period: ("from_", "until"),
    plan.Advisory: ("since",),
}
MONTHS_IN = {"month": 1, "quarter": 3, "half-year": 6, "year": 12, "semester": 6, "school-year": 12}
EVENTS = (
    "affair.starts", "activity.starts", "plan.in-force", "problem.found", "problem.closed", "term.starts",
    "term.ends", "vacation.starts", "list.published",
)  # fmt: skip


def check_dates(bench: Bench) -> None:
    """Every day exists, every period runs forward, every event and month is known."""
    for path, part in walk(bench.pack):
        if isinstance(part, BaseModel):
            _days(bench, path, part)
        if isinstance(part, when.Recurs):
            _recurs(bench, path, part)
        elif isinstance(part, (when.Before, when.After, when.At)):
            _event(bench, path, part)
        elif isinstance(part, (plan.PlanPeriod, plan.Phase, plan.SchoolTerm, word.Period)):
            _forward(bench, path, part)
    _phases(bench)


def _days(bench: Bench, path: Path, part: BaseModel) -> None:
    for kinds, read in ((DAYS, read_day), (OR_MONTH, first_day)):
        for field in kinds.get(type(part), ()):
            said = getattr(part, field)
            if said in (None, "open"):
                continue
            try:
                read(said)
            except NoSuchDay:
                bench.fault(PackDay, (*path, key_of(part, field)), value=said, suggestion=_nearest_day(said))


def _nearest_day(said: str) -> str | None:
    numbers = said.split("-")
    if len(numbers) != 3 or not all(number.isdigit() for number in numbers):
        return None
    year, month, day = (int(number) for number in numbers)
    if not (1 <= month <= 12 and 1 <= year <= 9999 and day >= 1):
        return None
    return f"{year:04d}-{month:02d}-{min(day, month_length(year, month)):02d}"


def _recurs(bench: Bench, path: Path, part: when.Recurs) -> None:
    most = MONTHS_IN[part.each]
    if part.month is not None and not 1 <= part.month <= most:
        bench.fault(WrongValue, (*path, "month"), value=part.month, expected=f"1–{most}")
    if isinstance(part.day, int) and not 1 <= part.day <= 31:
        bench.fault(WrongValue, (*path, "day"), value=part.day, expected="1–31")
    for label, window in part.override.items():
        for field in ("from_", "until"):
            month, day = (int(number) for number in getattr(window, field).split("-"))
            if not 1 <= month <= 12 or not 1 <= day <= month_length(2024, month):
                key = (*path, "override", label, key_of(window, field))
                bench.fault(PackDay, key, value=getattr(window, field))
        if window.until < window.from_:
            bench.fault(EndsFirst, (*path, "override", label), start=window.from_, end=window.until)


def _event(bench: Bench, path: Path, part: when.Before | when.After | when.At) -> None:
    key = "before" if isinstance(part, when.Before) else "after" if isinstance(part, when.After) else "at"
    event = getattr(part, key)
    phases = tuple(f"phase.{phase}.ends" for phase in bench.pack.phases)
    if event not in (*EVENTS, *phases):
        bench.fault(WrongValue, (*path, key), value=event, expected=" · ".join((*EVENTS, *phases)))
    amount = getattr(part, "amount", None)
    if amount is not None and amount.unit not in ("hour", "day", "working-day", "week", "month"):
        expected = "hour · day · working-day · week · month"
        bench.fault(WrongValue, (*path, "amount", "unit"), value=amount.unit or "…", expected=expected)


def _forward(bench: Bench, path: Path, part: plan.PlanPeriod | plan.Phase | plan.SchoolTerm | word.Period) -> None:
    start, end = _text(part.from_), _text(part.until)
    if start is None or end in (None, "open"):
        return
    try:
        if last_day(str(end)) < first_day(start):
            bench.fault(EndsFirst, (*path, "until"), start=start, end=end)
    except NoSuchDay:
        return  # reported where the day stands


def _text(said: plan.Dated | str | None) -> str | None:
    return said.value if isinstance(said, plan.Dated) else said


def _phases(bench: Bench) -> None:
    for key, duty in bench.pack.duties.items():
        phase = bench.pack.phases.get(duty.phase or "")
        if phase is None or not isinstance(duty.due, when.OnDate):
            continue
        try:
            due = last_day(duty.due.date)
            after = isinstance(phase.until, plan.Dated) and due > last_day(phase.until.value)
            before = phase.from_ is not None and due < first_day(phase.from_.value)
        except NoSuchDay:
            continue
        if after or before:
            # The duty's own date wins; that the plan says both is for its author to see.
            problem = Word(N_("the duty is due outside its phase; its own date counts"))
            bench.note(Contradiction, ("duties", key, "due"), problem=problem)
