"""A school's calendar of homework: on which days did which class have more than its limit? One month, or one class."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from qingfu.records.monitoring import queries
from qingfu.records.monitoring.queries import Calendar, ClassDays
from qingfu.rules.phrases import grades
from qingfu.web.desk import Desk, page
from qingfu.web.monitoring.ground import ground, link
from qingfu.web.pictures.grids import WEEKDAYS
from qingfu.web.pictures.index import ROOM
from qingfu.web.spoken import clauses_of, numbers
from qingfu.web.words import MONTHS

SATURDAY = 5


@dataclass(frozen=True)
class DayCell:
    """One class on one day. ``kind``: none (no school), silent (not reported), bare (without minutes), within, over.

    ``heat`` is how near the limit the minutes are, from 0 to 4.
    """

    kind: str
    day: date | None = None
    minutes: int | None = None
    heat: int = 0


@dataclass(frozen=True)
class ClassRow:
    """One class: its cells in a month, and what its days come to."""

    id: int
    name: str
    href: str
    cells: tuple[DayCell, ...]
    told: int
    over: int


@dataclass(frozen=True)
class GradeRows:
    """The classes of a grade, under its limit (None: no plan sets one)."""

    says: str
    bound: int | None
    rows: tuple[ClassRow, ...]


@dataclass(frozen=True)
class Week:
    """One week of one class."""

    first: date
    cells: tuple[DayCell, ...]


@page(ROOM)
def calendar(desk: Desk, school: int) -> HttpResponse:
    """All classes in one month; or, where the address names a class, its whole term."""
    here = ground(desk, school)
    found = queries.homework_calendar(desk.actor, organ=school, term_id=here.term.id, until=desk.today)
    months = sorted({(day.year, day.month) for day in found.days})
    month = _month(desk.request.GET.get("month", ""), months, found.classes)
    days = tuple(day for day in found.days if (day.year, day.month) == month)
    asked = desk.request.GET.get("class", "")
    of = next((one for one in found.classes if str(one.view.id) == asked), None)
    return desk.show(
        "pictures/calendar.html", here=here, school=here.school, term=here.term, terms=here.terms,
        path=desk.request.path, of=of, clause=numbers(found.clause), days=[(day, _weekday(day)) for day in days],
        months=[(f"{y}-{m:02}", _(MONTHS[m - 1]), (y, m) == month) for y, m in months],
        grades=tuple(_grades(found, days, here.term.id)), clauses=_clauses(desk), **(_weeks(found, of) if of else {}),
        back=link("picture-calendar", school, term=here.term.id),
    )  # fmt: skip


def _clauses(desk: Desk) -> dict[str, str]:
    """Our wording of each clause of the plans that limit something."""
    plans = queries.judging_plans(desk.actor)
    return {number: says for plan in plans for number, says in clauses_of(plan.pack).items()}


def _month(asked: str, months: Sequence[tuple[int, int]], classes: Sequence[ClassDays]) -> tuple[int, int] | None:
    """The month the address asks for, else the last one something was reported of, else the last school month."""
    found = next((one for one in months if f"{one[0]}-{one[1]:02}" == asked), None)
    told = max(((day.year, day.month) for one in classes for day in one.days), default=None)
    return found or (told if told in months else months[-1] if months else None)


def _weekday(day: date) -> str:
    return _(WEEKDAYS[day.weekday()])


def _grades(found: Calendar, days: Sequence[date], term: int) -> Iterator[GradeRows]:
    """Classes as the register orders them: from the lowest grade up, each grade's by name."""
    for (grade, bound), some in groupby(found.classes, key=lambda one: (one.view.grade, one.bound)):
        yield GradeRows(grades((grade,), _), bound, tuple(_row(one, days, term) for one in some))


def _row(one: ClassDays, days: Sequence[date], term: int) -> ClassRow:
    href = link("picture-calendar", one.view.organ, term=term, **{"class": one.view.id})
    return ClassRow(
        one.view.id, one.view.name, href, tuple(cell(one, day) for day in days), len(one.days), one.over
    )  # fmt: skip


def cell(one: ClassDays, day: date) -> DayCell:
    """A class on a school day: no report is no zero."""
    if day not in one.days:
        return DayCell("silent", day)
    minutes = one.days[day]
    if minutes is None:
        return DayCell("bare", day)
    if one.bound is not None and minutes > one.bound:
        return DayCell("over", day, minutes)
    return DayCell("within", day, minutes, -(-4 * minutes // one.bound) if one.bound else 0)


def _weeks(found: Calendar, of: ClassDays) -> dict[str, Any]:
    """The weeks of the term, the days off left empty; Saturday and Sunday only where they are made up for."""
    width = 7 if any(day.weekday() >= SATURDAY for day in found.days) else SATURDAY
    school_days, weeks = set(found.days), []
    for first in sorted({day - timedelta(days=day.weekday()) for day in found.days}):
        week = [first + timedelta(days=n) for n in range(width)]
        weeks.append(Week(first, tuple(cell(of, day) if day in school_days else DayCell("none") for day in week)))
    return {"weeks": weeks, "weekdays": [_(one) for one in WEEKDAYS[:width]]}
