"""What a school has reported and what it still may; what was said, by whom, when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Max

from qingfu.base.actor import Actor
from qingfu.base.clock import day_of
from qingfu.base.errors import NotFound
from qingfu.records.journal.queries import reading
from qingfu.records.monitoring.models import FACTS, AskedClass, Fact, Filing
from qingfu.records.monitoring.queries.terms import (
    ClassView,
    TermView,
    classes,
    require_school_of,
    term,
)
from qingfu.records.people.queries import person_names
from qingfu.rules.tables import BY_NAME, CLASSES, TABLES, Table

LATEST = 20


@dataclass(frozen=True)
class FilingView:
    """One report: how many rows it said, how many rows said before stand no longer."""

    id: int
    organ: int
    table: str
    via: str
    on_behalf: str
    person: int | None
    rows: int
    replaced: int
    digest: str
    at: datetime


@dataclass(frozen=True)
class TableDesk:
    """How far a school is with one table in a term: `told` of `of` classes; for timetables by record."""

    table: Table
    told: int
    of: int
    last: FilingView | None
    records: Mapping[str, int]


@dataclass(frozen=True)
class FilingDesk:
    """A school's own page: its classes, the tables, the classes asked to report their homework and not yet told."""

    term: TermView
    classes: tuple[ClassView, ...]
    tables: tuple[TableDesk, ...]
    asked: tuple[tuple[date, ClassView], ...]
    latest: tuple[FilingView, ...]
    names: Mapping[int, str]


def filing_view(row: Filing) -> FilingView:
    """The view of a filing."""
    return FilingView(
        row.id, row.organ_id, row.table, row.via, row.on_behalf, row.person_id, row.rows, row.replaced, row.digest,
        row.at,
    )  # fmt: skip


def filing_desk(actor: Actor, *, organ: int, term_id: int, at: datetime) -> FilingDesk:
    """How far a school is with what it reports in a term; a constant number of queries. Raises NotFound."""
    with reading(actor):
        require_school_of(actor, organ)
        view = term(actor, term_id)
        known = classes(actor, organ=organ, year=view.year)
        last = _last(organ, view)
        tables = tuple(_table(organ, view, one, len(known), last.get(one.name)) for one in TABLES if one.name in FACTS)
        rows = Filing.objects.filter(organ=organ).order_by("-id")[:LATEST]
        latest = tuple(filing_view(row) for row in rows)
        asked = _asked(organ, view, {one.id: one for one in known}, day_of(at))
        return FilingDesk(view, known, tables, asked, latest, person_names(actor, [one.person for one in latest]))


def _last(organ: int, view: TermView) -> dict[str, FilingView]:
    """The last report of each table."""
    newest = Filing.objects.filter(organ=organ).values("table").annotate(last=Max("id")).values("last")
    return {row.table: filing_view(row) for row in Filing.objects.filter(id__in=newest)}


def standing(model: type[Fact], view: TermView) -> dict[str, object]:
    """What picks the rows of a term that stand."""
    within: dict[str, object] = {"replaced_by": None}
    if hasattr(model, "term"):
        return {**within, "term": view.id}
    return {**within, "day__range": (view.from_on, view.until_on)}


def _table(organ: int, view: TermView, table: Table, of: int, last: FilingView | None) -> TableDesk:
    rows = FACTS[table.name].objects.filter(organ=organ, **standing(FACTS[table.name], view))
    if table.name == "timetable":
        told = dict(rows.values_list("record").annotate(n=Count("school_class", distinct=True)))
        return TableDesk(table, min(told.values(), default=0) if len(told) == 3 else 0, of, last, told)
    return TableDesk(table, rows.values("school_class").distinct().count(), of, last, {})


def _asked(
    organ: int, view: TermView, known: Mapping[int, ClassView], today: date
) -> tuple[tuple[date, ClassView], ...]:
    """Classes that were asked for their homework of a day and have not told yet."""
    rows = not_told(organ, view.from_on, min(view.until_on, today))
    return tuple((row.day, known[row.school_class_id]) for row in rows if row.school_class_id in known)


def not_told(organ: int, first: date, last: date) -> list[AskedClass]:
    """What a school was asked for its homework of these days and has not told; in the order of the days."""
    days = (first, last)
    told = set(
        FACTS["homework"].objects.filter(organ=organ, replaced_by=None, day__range=days)
        .values_list("school_class", "day").distinct()
    )  # fmt: skip
    rows = AskedClass.objects.filter(organ=organ, day__range=days).select_related("school_class").order_by("day", "id")
    return [row for row in rows if (row.school_class_id, row.day) not in told]


@dataclass(frozen=True)
class Reported:
    """A row that stands: its id, its cells by the column's name, and the filing that said it."""

    id: int
    cells: Mapping[str, object]
    filing: int


def reported(
    actor: Actor, *, table: str, organ: int, term_id: int, class_id: int | None = None, day: date | None = None
) -> tuple[Reported, ...]:
    """What a school has said in a table, of a class or a day if asked; at most 5,000 rows. Raises NotFound."""
    with reading(actor):
        require_school_of(actor, organ)
        if table not in FACTS:
            raise NotFound(what=table)
        rows = FACTS[table].objects.filter(organ=organ, **standing(FACTS[table], term(actor, term_id)))
        rows = rows.filter(school_class=class_id) if class_id is not None else rows
        rows = rows.filter(day=day) if day is not None else rows
        return tuple(_reported(row, BY_NAME[table]) for row in rows.order_by("id")[:5_000])


def _reported(row: Fact, table: Table) -> Reported:
    cells = {column.name: getattr(row, _attribute(column.name)) for column in table.columns}
    return Reported(row.id, cells, row.filing_id)


def _attribute(column: str) -> str:
    return {"class": "school_class_id", "term": "term_id"}.get(column, column.replace("-", "_"))


def filing(actor: Actor, filing_id: int) -> FilingView:
    """One report; raises NotFound."""
    with reading(actor):
        row = Filing.objects.filter(id=filing_id).first()
        if row is None:
            raise NotFound(what=str(filing_id))
        require_school_of(actor, row.organ_id)
        return filing_view(row)


__all__ = [
    "CLASSES", "FilingDesk", "FilingView", "Reported", "TableDesk", "filing", "filing_desk", "filing_view", "reported",
    "standing",
]  # fmt: skip
