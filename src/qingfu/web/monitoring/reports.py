"""The receipt of a report: what was said, and at once, kindly, what of it now breaks a limit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.utils.translation import gettext as _

from qingfu.base.errors import NotFound
from qingfu.records.monitoring import queries
from qingfu.records.monitoring.queries import FilingView, FindingRow, Reported
from qingfu.records.people.queries import person_names
from qingfu.rules.tables import BY_NAME, CLASSES
from qingfu.web.desk import Desk, page
from qingfu.web.monitoring.finding_told import Breaks, breaks, correct_at
from qingfu.web.monitoring.ground import ROOM, Ground, common, ground, link
from qingfu.web.monitoring.row_forms import FORMS, summary_of, title
from qingfu.web.words import day

MOST = 100


@dataclass(frozen=True)
class SaidOf:
    """What a report said of one class, a line for each row."""

    name: str
    lines: tuple[str, ...]


@page(ROOM)
def report(desk: Desk, school: int, filing: int) -> HttpResponse:
    """What one report said, and which limits the school's data break since."""
    here = ground(desk, school)
    filed = queries.filing(desk.actor, filing)
    if filed.organ != school:
        raise NotFound(what=str(filing))
    rows = _rows(desk, here, filed)
    broken = tuple(_broken(desk, here, filed, rows))
    return desk.show(
        "monitoring/report.html", **common(desk, here), filed=filed, title=_title(filed), said=_said(here, filed, rows),
        broken=broken, more=_next(desk, here, filed, rows), judging=bool(queries.judging_plans(desk.actor)),
        by=person_names(desk.actor, [filed.person]).get(filed.person or 0, ""),
    )  # fmt: skip


def _title(filed: FilingView) -> str:
    return title(BY_NAME[filed.table])


def _rows(desk: Desk, here: Ground, filed: FilingView) -> tuple[Reported, ...]:
    if filed.table == CLASSES:
        return ()
    said = queries.reported(desk.actor, table=filed.table, organ=here.school.id, term_id=here.term.id)
    return tuple(row for row in said if row.filing == filed.id)


def _said(here: Ground, filed: FilingView, rows: Sequence[Reported]) -> tuple[SaidOf, ...]:
    """By class; a timetable is a number of lessons, not thirty-five lines."""
    known, of = BY_NAME[filed.table], dict[int, list[Reported]]()
    for row in rows:
        of.setdefault(int(str(row.cells["class"])), []).append(row)
    found = []
    for one in here.classes:
        if said := of.get(one.id):
            many = len(said) > 12
            lines = (
                (_("{n} rows").format(n=len(said)),) if many else tuple(summary_of(row.cells, known) for row in said)
            )
            found.append(SaidOf(one.name, lines))
    return tuple(found)


def _broken(desk: Desk, here: Ground, filed: FilingView, rows: Sequence[Reported]) -> Iterator[Breaks]:
    """Findings of this table about the classes and days of the report."""
    names = {here.by_id[int(str(row.cells["class"]))].name for row in rows if row.cells["class"] in here.by_id}
    days = {row.cells.get("day") for row in rows}

    def about(row: FindingRow) -> bool:
        return row.class_name in (*names, "") and (row.day is None or row.day in days)

    for plan in queries.judging_plans(desk.actor):
        held = queries.findings(
            desk.actor, edition=plan.edition, term_id=here.term.id, state="to-end", organ=here.school.id, size=MOST
        )
        for one in breaks(desk, plan, here.term, held.rows):
            if one.rule.table == filed.table and about(one.row):
                yield one


def _next(desk: Desk, here: Ground, filed: FilingView, rows: Sequence[Reported]) -> tuple[str, str]:
    """Of homework the next class that was drawn; else the class after the last one of a form, to go on with."""
    if filed.table == "homework":
        return _drawn(desk, here)
    if filed.table not in (*FORMS, "timetable") or filed.via not in ("form", "paper") or not rows:
        return "", ""
    ids = [one.id for one in here.classes]
    last = max((ids.index(int(str(row.cells["class"]))) for row in rows if row.cells["class"] in ids), default=-1)
    if last + 1 >= len(ids):
        return "", ""
    following, first = here.classes[last + 1], rows[0].cells
    record = str(first.get("record") or "")
    address = correct_at(here.school.id, filed.table, here.term.id, following.id, first.get("day"), record)
    return following.name, address or link("school-desk", here.school.id, term=here.term.id)


def _drawn(desk: Desk, here: Ground) -> tuple[str, str]:
    """A class whose homework is still asked for: the latest day first, for it is best remembered."""
    asked = queries.filing_desk(desk.actor, organ=here.school.id, term_id=here.term.id, at=desk.at).asked
    if not asked:
        return "", ""
    on, of = asked[-1]
    address = correct_at(here.school.id, "homework", here.term.id, of.id, on)
    return _("{name}, {day}").format(name=of.name, day=day(on)), address
