"""Reporting: rows of one table for one school. What is said anew replaces what was said; nothing is lost."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from qingfu.base.actor import Actor
from qingfu.base.canon import digest
from qingfu.base.clock import day_of
from qingfu.base.errors import FieldFault, Invalid, NotFound
from qingfu.base.words import N_
from qingfu.records.journal.actions import deed, first_answer, record
from qingfu.records.monitoring.actions.locking import wait_for
from qingfu.records.monitoring.actions.rights import require_filer, via_of
from qingfu.records.monitoring.models import FACTS, Fact, Filing, SchoolClass, Watched
from qingfu.records.monitoring.queries.cells import cell_of
from qingfu.records.monitoring.queries.filings import FilingView, filing_view
from qingfu.records.monitoring.queries.terms import TermView
from qingfu.records.monitoring.queries.terms import term as term_of
from qingfu.records.monitoring.queries.watching import WATCHED
from qingfu.rules.tables import BY_NAME, Table

Row = Mapping[str, object]
# What one report says anew as a whole: a class's timetable, its day. Everything else is said row by row.
RESTATES = {
    "homework": ("class", "day"),
    "timetable": ("class", "term", "record"),
    "schedules": ("class", "term"),
    "evenings": ("class", "day"),
    "extra-lessons": ("class", "day"),
    "aids": ("class", "term"),
    "combined": ("class", "term"),
    "exams": ("class", "day", "subject"),
}
MOST_ROWS = 20_000
NO_CLASS = N_("This is no class of the school in this school year.")
EMPTY = N_("This may not be empty.")
NOT_IN_TERM = N_("This day is not in {term}.")
NOT_YET = N_("This day has not come yet.")
REPEATED = N_("Rows {first} and {second} are about the same.")
TOO_MANY = N_("At most {most} rows in one report.")
NOTHING = N_("There is no row in it.")


@dataclass(frozen=True)
class _Report:
    """What is being said: of which table, school and term, and the day it is."""

    table: Table
    organ: int
    term: TermView
    today: date
    classes: frozenset[int]


def file_rows(
    actor: Actor, *, table: str, organ: int, term: int, rows: Sequence[Row], way: str = "form", on_behalf: str = "",
    client_id: UUID | None = None, at: datetime,
) -> FilingView:  # fmt: skip
    """Report rows of one table. Cells are named as `qingfu.rules.tables` names columns; `class` is the class's id.

    A report says a class's timetable, a class's day and so on as a whole (RESTATES): what it leaves out stands no
    longer. `way` is form, sheet, file or api. Raises Invalid with every fault, named `row.column`; rows count from 0.
    """
    with deed(actor):
        if (first := first_answer(actor, client_id, subject="filing")) is not None:
            return filing_view(Filing.objects.get(id=first))
        if table not in FACTS:
            raise NotFound(what=table)
        require_filer(actor, organ)
        report = _report(actor, table, organ, term, at)
        said = _checked(report, rows)
        wait_for(actor, table, organ)
        filing = Filing(
            bureau_id=actor.bureau, organ_id=organ, table=table, person_id=actor.person, rows=len(said), at=at,
            via=via_of(actor, organ, on_behalf, way), on_behalf=on_behalf.strip(),
            digest=digest([{key: cell for key, cell in row.items() if cell is not None} for row in said]),
        )  # fmt: skip
        filing.replaced = _keep(actor, filing, report, said)
        record(
            actor, verb="monitoring.file_rows", subject="filing", subject_id=filing.id, digest=filing.digest,
            client_id=client_id, at=at,
        )  # fmt: skip
        return filing_view(filing)


def _report(actor: Actor, table: str, organ: int, term: int, at: datetime) -> _Report:
    view = term_of(actor, term)
    known = SchoolClass.objects.filter(organ=organ, year=view.year, closed=False).values_list("id", flat=True)
    return _Report(BY_NAME[table], organ, view, day_of(at), frozenset(known))


def _checked(report: _Report, rows: Sequence[Row]) -> list[dict[str, object]]:
    """The rows with every cell as its column holds it; raises Invalid with all that is wrong."""
    if not rows or len(rows) > MOST_ROWS:
        raise Invalid(FieldFault("rows", TOO_MANY, {"most": MOST_ROWS}) if rows else FieldFault("rows", NOTHING))
    faults: list[FieldFault] = []
    said: list[dict[str, object]] = []
    seen: dict[tuple[object, ...], int] = {}
    for number, row in enumerate(rows):
        cells, wrong = _row(report, number, row)
        faults += wrong
        key = tuple(cells.get(column) for column in report.table.identity)
        if (other := seen.setdefault(key, number)) != number:
            faults.append(FieldFault(f"{number}.class", REPEATED, {"first": other + 1, "second": number + 1}))
        said.append(cells)
    if faults:
        raise Invalid(*faults)
    return said


def _row(report: _Report, number: int, row: Row) -> tuple[dict[str, object], list[FieldFault]]:
    cells: dict[str, object] = {}
    faults: list[FieldFault] = []
    for column in report.table.columns:
        place = f"{number}.{column.name}"
        if column.name == "class":
            cells["class"] = row.get("class")
            faults += [] if row.get("class") in report.classes else [FieldFault(place, NO_CLASS)]
        elif column.name == "term":
            cells["term"] = report.term.id
        else:
            cells[column.name], wrong = cell_of(column, row.get(column.name))
            if wrong is not None:
                faults.append(FieldFault(place, wrong.says, wrong.facts))
            elif cells[column.name] is None and column.name in report.table.identity:
                faults.append(FieldFault(place, EMPTY))
    if isinstance(day := cells.get("day"), date):
        faults += _day_faults(report, f"{number}.day", day)
    return cells, faults


def _day_faults(report: _Report, place: str, day: date) -> list[FieldFault]:
    if not report.term.from_on <= day <= report.term.until_on:
        return [FieldFault(place, NOT_IN_TERM, {"term": report.term.name})]
    # An examination may be announced before it is held; everything else is told when it has happened.
    return [FieldFault(place, NOT_YET)] if day > report.today and report.table.name != "exams" else []


def _keep(actor: Actor, filing: Filing, report: _Report, said: Sequence[Row]) -> int:
    """Write the rows in place of what was said before; returns how many rows stand no longer."""
    model = FACTS[report.table.name]
    former = model.objects.filter(organ=report.organ, replaced_by=None)
    restated = former.filter(_restated(report, said))
    gone = list(restated.values_list("id", flat=True))
    filing.replaced = len(gone)
    filing.save(force_insert=True)
    if gone:
        model.objects.filter(id__in=gone).update(replaced_by=filing)
    model.objects.bulk_create((_fact(actor, filing, model, row) for row in said), batch_size=2_000)
    return len(gone)


def _restated(report: _Report, said: Sequence[Row]) -> Q:
    """Rows about what this report says as a whole."""
    by = RESTATES[report.table.name]
    within = Q(term=report.term.id) if "term" in by else Q()
    shared = [column for column in by if column not in ("class", "term")]
    about: dict[tuple[object, ...], set[object]] = {}
    for row in said:
        about.setdefault(tuple(row[column] for column in shared), set()).add(row["class"])
    named = Q(pk__in=[])
    for values, of in about.items():
        same = dict(zip(shared, values, strict=True))
        named |= Q(school_class__in=of, **same)
    return within & named


def _fact(actor: Actor, filing: Filing, model: type[Fact], row: Row) -> Fact:
    cells = {_field(column): cell for column, cell in row.items()}
    return model(bureau_id=actor.bureau, organ_id=filing.organ_id, filing=filing, **cells)


def _field(column: str) -> str:
    return {"class": "school_class_id", "term": "term_id"}.get(column, column.replace("-", "_"))


def take_back(
    actor: Actor, *, table: str, organ: int, rows: Iterable[int], reason: str, client_id: UUID | None = None,
    at: datetime,
) -> FilingView:  # fmt: skip
    """Rows that were reported by mistake stand no longer; the report of it, with its reason, stays."""
    with deed(actor):
        if (first := first_answer(actor, client_id, subject="filing")) is not None:
            return filing_view(Filing.objects.get(id=first))
        require_filer(actor, organ)
        model = Watched if table == WATCHED else FACTS.get(table)
        if model is None:
            raise NotFound(what=table)
        why = reason.strip()
        if not why or len(why) > 40:
            raise Invalid(FieldFault("reason", N_("Say in a few words why these rows are wrong.")))
        wait_for(actor, table, organ)
        gone = list(model.objects.filter(organ=organ, replaced_by=None, id__in=list(rows)).values_list("id", flat=True))
        if not gone:
            raise NotFound(what=table)
        filing = Filing.objects.create(
            bureau_id=actor.bureau, organ_id=organ, table=table, via="back", on_behalf=why, person_id=actor.person,
            rows=0, replaced=len(gone), digest=digest({"back": gone, "reason": why}), at=at,
        )  # fmt: skip
        model.objects.filter(id__in=gone).update(replaced_by=filing)
        record(
            actor, verb="monitoring.take_back", subject="filing", subject_id=filing.id, digest=filing.digest,
            client_id=client_id, at=at,
        )  # fmt: skip
        return filing_view(filing)
