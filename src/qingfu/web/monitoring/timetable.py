"""Timetables: as planned, as posted, as taught. Whoever has told one confirms the next; nothing is typed twice."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.utils.translation import gettext as _

from qingfu.base.errors import FieldFault, Invalid
from qingfu.base.words import N_
from qingfu.records.monitoring import queries
from qingfu.records.monitoring.queries import Reported
from qingfu.rules.phrases import WORDS
from qingfu.web.desk import Desk, page
from qingfu.web.monitoring.ground import (
    CHOOSE,
    ROOM,
    Drafted,
    Ground,
    chosen_class,
    common,
    file,
    ground,
    lead_on,
)
from qingfu.web.monitoring.subjects import OFFERED

RECORDS = ("planned", "posted", "taught")
BEFORE = {"posted": ("planned",), "taught": ("posted", "planned"), "planned": ("posted",)}
WEEKDAYS = (N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday"))
PERIODS, MOST_PERIODS = 7, 14
TWO_AT_MOST = N_("At most two subjects, one for each of two weeks: 音乐/美术.")
NOTHING = N_("Fill in at least one lesson.")
NONE_BEFORE = N_("No class has the timetable that this one would be the same as.")
_APART = re.compile(r"\s*[/／|｜、]\s*")
_ODD = re.compile(r"[（(]?[单双]周?[）)]?$")
Grid = dict[tuple[int, int], str]


@dataclass(frozen=True)
class Lesson:
    """One field of the grid."""

    name: str
    label: str
    value: str
    fault: str = ""


@dataclass(frozen=True)
class Weekday:
    """One weekday: its lessons from the first to the last."""

    n: int
    says: str
    lessons: tuple[Lesson, ...]


@dataclass(frozen=True)
class ClassRecords:
    """A class and which of its timetables were told; ``same`` names those that can be confirmed."""

    id: int
    name: str
    told: tuple[tuple[str, str, bool], ...]


@page(ROOM)
def timetables(desk: Desk, school: int) -> HttpResponse:
    """Every class and which of its three timetables were told."""
    here = ground(desk, school)
    told = _told(desk, here)
    rows = [
        ClassRecords(one.id, one.name, tuple((key, _(WORDS[key]), one.id in told[key]) for key in RECORDS))
        for one in here.classes
    ]
    same = [(key, _(WORDS[key]), _(WORDS[source]), len(of)) for key, source, of in _may_be_same(here, told)]
    return desk.show(
        "monitoring/timetables.html", **common(desk, here), rows=rows, same=same, on_behalf=desk.typed("on-behalf"),
        records=[_(WORDS[key]) for key in RECORDS],
    )  # fmt: skip


def _told(desk: Desk, here: Ground) -> dict[str, dict[int, list[Reported]]]:
    """The lessons that stand, by record and class."""
    found: dict[str, dict[int, list[Reported]]] = {key: {} for key in RECORDS}
    for row in queries.reported(desk.actor, table="timetable", organ=here.school.id, term_id=here.term.id):
        found[str(row.cells["record"])].setdefault(int(str(row.cells["class"])), []).append(row)
    return found


def _may_be_same(here: Ground, told: Mapping[str, Mapping[int, object]]) -> Iterable[tuple[str, str, list[int]]]:
    """Records that some classes lack and another record of theirs could stand for."""
    for key, source in (("posted", "planned"), ("taught", "posted")):
        if of := [one.id for one in here.classes if one.id in told[source] and one.id not in told[key]]:
            yield key, source, of


@timetables.act("same")
def same(desk: Desk, school: int) -> HttpResponse:
    """For every class that lacks it: this timetable is the same as the one before."""
    here, key = ground(desk, school), desk.request.POST.get("record", "")
    told = _told(desk, here)
    found = next(((source, of) for record, source, of in _may_be_same(here, told) if record == key), None)
    if found is None:
        raise Invalid(FieldFault("record", NONE_BEFORE))
    source, of = found
    drafts = [Drafted({**row.cells, "record": key}, {"class": "record"}) for one in of for row in told[source][one]]
    filed = file(desk, here, "timetable", drafts)
    return lead_on(desk, "school-report", school, filed.id, term=here.term.id)


@page(ROOM)
def timetable(desk: Desk, school: int) -> HttpResponse:
    """One timetable of one class: a weekday under the other on a phone, side by side where there is room."""
    here = ground(desk, school)
    of, record = chosen_class(desk, here), _record(desk)
    by_record = _grids(desk, here, of.id)
    grid, taken_from = _begun(by_record, record)
    sent = desk.request.POST.dict() if desk.posted and "periods" in desk.request.POST else None
    periods = _periods(sent, grid)
    return desk.show(
        "monitoring/timetable.html", **common(desk, here), of=of, record=record, record_says=_(WORDS[record]),
        stands=bool(by_record.get(record)), taken_from=_(WORDS[taken_from]) if taken_from else "", periods=periods,
        days=_days(desk, grid, periods, sent), offered=OFFERED, on_behalf=desk.typed("on-behalf"),
        records=[(key, _(WORDS[key]), bool(by_record.get(key))) for key in RECORDS],
    )  # fmt: skip


@timetable.act("file")
def file_timetable(desk: Desk, school: int) -> HttpResponse:
    """Report the whole timetable of the class."""
    here = ground(desk, school)
    of, record = chosen_class(desk, here), _record(desk)
    drafts = _drafts(desk.request.POST.dict(), of.id, record)
    filed = file(desk, here, "timetable", drafts)
    return lead_on(desk, "school-report", school, filed.id, term=here.term.id)


def _record(desk: Desk) -> str:
    asked = desk.request.GET.get("record", "planned")
    return asked if asked in RECORDS else "planned"


def _grids(desk: Desk, here: Ground, of: int) -> dict[str, Grid]:
    """The class's timetables as texts by weekday and period; two subjects of alternating weeks share a field."""
    rows = queries.reported(desk.actor, table="timetable", organ=here.school.id, term_id=here.term.id, class_id=of)
    found: dict[str, Grid] = {}
    for row in rows:
        cells = row.cells
        place = (int(str(cells["weekday"])), int(str(cells["period"])))
        grid = found.setdefault(str(cells["record"]), {})
        grid[place] = f"{grid[place]}/{cells['subject']}" if place in grid else _alone(cells)
    return found


def _alone(cells: Mapping[str, object]) -> str:
    return f"{cells['subject']}（单周）" if cells["fortnight"] == 1 else str(cells["subject"])


def _begun(by_record: Mapping[str, Grid], record: str) -> tuple[Grid, str]:
    """What stands, or else the timetable that this one is most likely the same as."""
    if record in by_record:
        return by_record[record], ""
    source = next((one for one in BEFORE[record] if one in by_record), "")
    return by_record.get(source, {}), source


def _periods(sent: Mapping[str, str] | None, grid: Grid) -> int:
    if sent is not None:
        text = sent.get("periods", "")
        known = int(text) if text.isascii() and text.isdigit() and len(text) < 4 else PERIODS
        return min(MOST_PERIODS, known + ("row-more" in sent))
    return max([PERIODS, *(period for _day, period in grid)])


def _days(desk: Desk, grid: Grid, periods: int, sent: Mapping[str, str] | None) -> list[Weekday]:
    faults = {fault.field: fault.text(_) for fault in desk.faults}
    days = []
    for n, says in enumerate(WEEKDAYS, 1):
        lessons = []
        for period in range(1, periods + 1):
            name = f"c{n}.{period}"
            value = grid.get((n, period), "") if sent is None else sent.get(name, "")
            label = _("{weekday}, lesson {n}").format(weekday=_(says), n=period)
            lessons.append(Lesson(name, label, _plain(value), faults.get(name, "")))
        days.append(Weekday(n, _(says), tuple(lessons)))
    return days


def _plain(text: str) -> str:
    """Two subjects of alternating weeks as they are typed: without the sign of one week beside another."""
    return text.replace("（单周）", "") if "/" in text else text


def _drafts(sent: Mapping[str, str], of: int, record: str) -> list[Drafted]:
    """The grid as rows; a field with two subjects is one lesson of each in two weeks. Raises Invalid."""
    found: list[Drafted] = []
    wrong: list[FieldFault] = []
    for n, says in enumerate(WEEKDAYS, 1):
        for period in range(1, _periods(sent, {}) + 1):
            name = f"c{n}.{period}"
            subjects = subjects_in(sent.get(name, ""))
            label = _("{weekday}, lesson {n}").format(weekday=_(says), n=period)
            if len(subjects) > 2:
                wrong.append(FieldFault(name, "{field}: {fault}", {"field": label, "fault": _(TWO_AT_MOST)}))
                continue
            for subject, fortnight in subjects:
                cells = {"class": of, "record": record, "weekday": n, "period": period, "subject": subject}
                places = {"subject": name, "class": name}
                found.append(Drafted({**cells, "fortnight": fortnight}, places, label))
    if wrong or not found:
        raise Invalid(*(wrong or [FieldFault("c1.1", NOTHING)]))
    return found


def subjects_in(text: str) -> Sequence[tuple[str, int]]:
    """The subjects of one field, each with its lessons in two weeks."""
    parts = [part for part in _APART.split(text.strip()) if part]
    every_week = len(parts) == 1 and not _ODD.search(parts[0])
    named = dict.fromkeys(_ODD.sub("", part).strip() for part in parts)
    if len(named) == 1 and len(parts) > 1:
        every_week = True
    return [(subject, 2 if every_week else 1) for subject in named if subject]


def require_record(record: str) -> str:
    """The record a sheet is of; raises Invalid for another word."""
    if record not in RECORDS:
        raise Invalid(FieldFault("record", CHOOSE))
    return record
