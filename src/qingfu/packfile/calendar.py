"""Every due date of a plan in a stretch of days, each with its explanation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from qingfu.base.days import SchoolTerm
from qingfu.base.terms import DueDate
from qingfu.base.words import Translate, as_they_are
from qingfu.base.workdays import Workdays
from qingfu.packfile.due import dates, dates_of_duty, events_of, phase_period, plan_period, terms_of
from qingfu.packfile.words import when
from qingfu.packfile.words.pack import Pack


@dataclass(frozen=True)
class Entry:
    """One date: what is due (``duties.census``), for whom, on which day; without a day it waits, or never ends."""

    about: str
    says: str
    who: tuple[str, ...]
    due: DueDate
    scope: str | None = None

    @property
    def day(self) -> date | None:
        """The last day that is in time."""
        return self.due.day

    @property
    def key(self) -> str:
        """A name that stays the same for the same date, for calendars that are read again."""
        return ".".join(part for part in (self.about, self.scope, self.due.occurrence) if part)

    def explanation(self, translate: Translate = as_they_are) -> str:
        """Why it is this day."""
        return self.due.text(translate)


def stretch(pack: Pack, year: int | None) -> tuple[date, date]:
    """The days to look at: a year, or the plan's own period (for an open one, to the end of its first whole year)."""
    if year is not None:
        return date(year, 1, 1), date(year, 12, 31)
    start, end = plan_period(pack)
    return start, end or date(start.year + 1, 12, 31)


def calendar(
    pack: Pack,
    workdays: Workdays,
    *,
    year: int | None = None,
    in_force: date | None = None,
    terms: Sequence[SchoolTerm] | None = None,
) -> tuple[Entry, ...]:
    """All dates in the stretch in order, then those without a day: left open, waiting for an event, standing."""
    first, last = stretch(pack, year)
    terms = terms_of(pack) if terms is None else terms
    found = [*_phases(pack, workdays), *_duties(pack, workdays, last, in_force, terms),
             *_others(pack, workdays, (first, last), terms)]  # fmt: skip
    dated = sorted((one for one in found if one.day and first <= one.day <= last), key=_order)
    return (*dated, *(one for one in found if one.day is None))


def _order(entry: Entry) -> tuple[date, str]:
    return entry.day or date.max, entry.key


def _phases(pack: Pack, workdays: Workdays) -> Iterator[Entry]:
    for key, phase in pack.phases.items():
        end = phase_period(pack, key)[1]
        if end:
            said = when.OnDate(date=end.isoformat())
            due = dates(said, workdays, clause="、".join(phase.clause))[0]
            yield Entry(f"phases.{key}", phase.says, (), due)


def _duties(
    pack: Pack, workdays: Workdays, last: date, in_force: date | None, terms: Sequence[SchoolTerm]
) -> Iterator[Entry]:
    for key, duty in pack.duties.items():
        for scope in (None, *duty.due_for):
            deadlines = dates_of_duty(pack, key, workdays, in_force=in_force, until=last, terms=terms, scope=scope)
            for deadline in deadlines:
                yield Entry(f"duties.{key}", duty.says, _named(pack, duty.who), deadline.due, scope)


def _named(pack: Pack, parties: Sequence[str]) -> tuple[str, ...]:
    return tuple(pack.parties[key].organ or pack.parties[key].says for key in parties)


def _others(pack: Pack, workdays: Workdays, within: tuple[date, date], terms: Sequence[SchoolTerm]) -> Iterator[Entry]:
    """Evaluations, disclosures, applications taken, latest days to apply, problem kinds with a day of their own."""
    for about, says, who, said, clause in _dated(pack):
        again = isinstance(said, (when.Recurs, when.AtLeast))
        found = dates(
            said, workdays, clause=clause, events=events_of(pack), terms=terms, within=within if again else None
        )
        yield from (Entry(about, says, who, due) for due in found)


def _dated(pack: Pack) -> Iterator[tuple[str, str, tuple[str, ...], when.When, str]]:
    for key, evaluation in pack.evaluations.items():
        who, clause = _named(pack, (evaluation.by,)), "、".join(evaluation.clause)
        yield f"evaluations.{key}", evaluation.says, who, evaluation.due, clause
    for key, disclosure in pack.disclosures.items():
        if disclosure.due:
            yield f"disclosures.{key}", disclosure.says, (), disclosure.due, "、".join(disclosure.clause)
    for key, route in pack.routes.items():
        if route.collects:
            clause = "、".join(route.clause)
            yield f"routes.{key}.collects.from", route.says, (), route.collects.from_, clause
            yield f"routes.{key}.collects.until", route.says, (), route.collects.until, clause
        if route.due:
            yield f"routes.{key}.due", route.says, (), route.due, "、".join(route.clause)
    for key, kind in pack.problem_kinds.items():
        if kind.deadline:
            yield f"problem-kinds.{key}", kind.says, (), kind.deadline, "、".join(kind.clause)
