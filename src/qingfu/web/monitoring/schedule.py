"""The day schedule: told once for all days that are alike, and for all classes whose day is the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from django.http import HttpResponse
from django.utils.translation import gettext as _

from qingfu.base.errors import FieldFault, Invalid
from qingfu.base.words import N_
from qingfu.records.monitoring import queries
from qingfu.records.monitoring.queries import ClassView, Reported
from qingfu.rules.tables import BY_NAME, Column
from qingfu.web.desk import Desk, page
from qingfu.web.monitoring.cells import Drawn, drawn, read, written
from qingfu.web.monitoring.ground import (
    ROOM,
    Drafted,
    chosen_class,
    common,
    file,
    ground,
    lead_on,
    needs,
)
from qingfu.web.monitoring.timetable import WEEKDAYS

TABLE = "schedules"
NOTHING = N_("Fill in at least one of these.")
Day = Mapping[str, object]


@page(ROOM)
def schedule(desk: Desk, school: int) -> HttpResponse:
    """One day that stands for all five; a day that differs is told below."""
    here = ground(desk, school)
    of, columns = chosen_class(desk, here), _columns(desk)
    stands = queries.reported(desk.actor, table=TABLE, organ=school, term_id=here.term.id, class_id=of.id)
    usual, others = _usual(stands)
    sent = desk.request.POST.dict() if desk.posted and "verb" in desk.request.POST else None
    faults = {fault.field: fault.text(_) for fault in desk.faults}
    days = [(_(says), _drawn(columns, f"d{n}", others.get(n, {}), sent, faults)) for n, says in enumerate(WEEKDAYS, 1)]
    return desk.show(
        "monitoring/schedule.html", **common(desk, here), of=of, stands=bool(stands),
        every=_drawn(columns, "d", usual, sent, faults), days=days, scope=desk.typed("for", "grade"),
        differs=any(one.value for _says, part in days for one in part), on_behalf=desk.typed("on-behalf"),
    )  # fmt: skip


@schedule.act("file")
def file_schedule(desk: Desk, school: int) -> HttpResponse:
    """Report Monday to Friday for the class, its grade or the whole school."""
    here = ground(desk, school)
    of = chosen_class(desk, here)
    classes = here.like(of, desk.request.POST.get("for", "class"))
    filed = file(desk, here, TABLE, _drafts(desk.request.POST.dict(), _columns(desk), classes))
    return lead_on(desk, "school-report", school, filed.id, term=here.term.id)


def _columns(desk: Desk) -> list[Column]:
    """What some limit asks for; everything where no plan asks yet."""
    asked, table = needs(desk).get(TABLE, frozenset()), BY_NAME[TABLE]
    plain = [one for one in table.columns if one.name not in table.identity]
    return [one for one in plain if not asked or one.name in asked]


def _usual(stands: Sequence[Reported]) -> tuple[Day, dict[int, Day]]:
    """What most days say, and of the days that differ what differs."""
    by_day = {int(str(row.cells["weekday"])): _plain(row.cells) for row in stands}
    usual: dict[str, object] = {}
    for name in {name for cells in by_day.values() for name in cells}:
        counted = Counter(cells[name] for cells in by_day.values())
        usual[name] = counted.most_common(1)[0][0]
    others = {n: {name: cell for name, cell in cells.items() if cell != usual[name]} for n, cells in by_day.items()}
    return usual, {n: cells for n, cells in others.items() if cells}


def _plain(cells: Day) -> dict[str, object]:
    return {name: cell for name, cell in cells.items() if name not in BY_NAME[TABLE].identity}


def _drawn(
    columns: Sequence[Column], prefix: str, cells: Day, sent: Mapping[str, str] | None, faults: Mapping[str, str]
) -> tuple[Drawn, ...]:
    found = []
    for one in columns:
        name = f"{prefix}.{one.name}"
        value = cells.get(one.name) if sent is None else sent.get(name)
        found.append(drawn(one, name, value, fault=faults.get(name, "")))
    return tuple(found)


def _drafts(sent: Mapping[str, str], columns: Sequence[Column], classes: Sequence[ClassView]) -> list[Drafted]:
    found: list[Drafted] = []
    wrong: dict[str, FieldFault] = {}
    for n, says in enumerate(WEEKDAYS, 1):
        cells: dict[str, object] = {}
        fields: dict[str, str] = {}
        for one in columns:
            own = f"d{n}.{one.name}"
            name = own if sent.get(own, "").strip() else f"d.{one.name}"
            cells[one.name], fault = read(one, sent, name)
            fields[one.name] = name
            if fault:
                wrong[name] = fault
        label = _(says) if any(name.startswith(f"d{n}") for name in fields.values()) else ""
        found += [Drafted({"class": of.id, "weekday": n, **cells}, fields, label) for of in classes]
    if not any(written(one, draft.cells[one.name]) not in ("", "no") for draft in found for one in columns):
        raise Invalid(FieldFault(f"d.{columns[0].name}", NOTHING))
    if wrong:
        raise Invalid(*wrong.values())
    return found
