"""School data: a school's own page with what is asked of it; for the bureau every school and how far it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.utils.translation import gettext as _

from qingfu.base.errors import NotAllowed
from qingfu.base.words import N_, Word
from qingfu.records.monitoring import queries
from qingfu.records.monitoring.queries import FilingView, SchoolStanding, TableDesk
from qingfu.records.monitoring.queries.board import BOARD
from qingfu.records.monitoring.queries.watching import SAYS, WATCHED
from qingfu.rules.phrases import WORDS
from qingfu.rules.tables import BY_NAME
from qingfu.web.desk import Desk, page
from qingfu.web.monitoring.effort import minutes_left, minutes_of
from qingfu.web.monitoring.ground import (
    ROOM,
    Ground,
    chosen_term,
    common,
    ground,
    lead_on,
    link,
    needs,
    school_of,
)
from qingfu.web.monitoring.row_forms import FORMS, title
from qingfu.web.monitoring.timetable import RECORDS
from qingfu.web.monitoring.watching import told_of
from qingfu.web.parts import Bar, Cell, Table
from qingfu.web.words import moment

VIA = {
    "form": N_("by form"), "sheet": N_("from a sheet"), "file": N_("from a file"), "photo": N_("from a photograph"),
    "api": N_("by another system"),
    "paper": N_("typed in from paper"), "back": N_("taken back"),
}  # fmt: skip
# Told as it happens; whoever has had none has nothing to report, so no share of classes is shown.
AS_IT_HAPPENS = frozenset({"homework", "exams", "evenings", "extra-lessons", "combined"})
# What schools report beside the tables that limits read.
NO_TABLES = {WATCHED: SAYS, BOARD: N_("First week of term")}
LATEST = 8


@dataclass(frozen=True)
class Asked:
    """One table on a school's page."""

    name: str
    says: str
    fill: str
    bar: Bar | None
    told: int
    records: tuple[tuple[str, str, int], ...]
    last: FilingView | None
    by: str
    via: str
    minutes: int
    each: int
    wanted: bool


@page(ROOM)
def school_data(desk: Desk) -> HttpResponse:
    """A school is led to its own page; the office sees every school, by its name."""
    if "school" in desk.actor.roles and desk.actor.organ is not None:
        return lead_on(desk, "school-desk", desk.actor.organ)
    if not queries.is_office(desk.actor):
        raise NotAllowed(verb=Word(N_("see what schools report")), who=[])
    known = queries.terms(desk.actor)
    term = chosen_term(desk, known)
    rows = queries.schools_standing(desk.actor, term_id=term.id) if term else ()
    return desk.show(
        "monitoring/schools.html", term=term, terms=known, rows=rows, path=desk.request.path,
        table=_standing_table(desk, rows, term.id) if term and rows else None,
    )  # fmt: skip


def _standing_table(desk: Desk, rows: tuple[SchoolStanding, ...], term: int) -> Table:
    """Schools by the pinyin of their names; what nobody asks for and nobody told has no column."""
    watches = queries.watches(desk.actor)
    figures = [queries.watched_told(desk.actor, term_id=term, share=one.share) for one in watches]
    lowest = (_("Lowest {share} of the results").format(share=f"{one.share}%") for one in watches)
    once, asked = ("timetable", "schedules", *(name for name in FORMS if name not in AS_IT_HAPPENS)), needs(desk)
    columns = tuple(name for name in once if name in asked or any(one.told[name] for one in rows))
    told = (title(BY_NAME[name]) for name in columns)
    heads = (_("School"), _("classes"), *told, *lowest, _("homework"), _("Last report"))
    return Table(
        _("How far is each school?"), heads,
        tuple(_standing_row(one, columns, figures, term) for one in rows), frozenset(range(1, len(heads) - 1)),
    )  # fmt: skip


def _standing_row(
    one: SchoolStanding, columns: tuple[str, ...], figures: Sequence[Mapping[int, tuple[int, int]]], term: int
) -> tuple[Cell, ...]:
    """A school's cells; of figures how many of its grades have given them."""
    told = (Cell(f"{one.told[name]}/{one.classes}" if one.classes else "—", number=True) for name in columns)
    return (
        Cell(one.name, link("school-desk", one.organ, term=term), zh=True),
        Cell(str(one.classes), number=True),
        *told,
        *(Cell("{}/{}".format(*of[one.organ]) if one.organ in of else "—", number=True) for of in figures),
        Cell(str(one.told["homework"]), number=True),
        Cell(moment(one.last_at) if one.last_at else "—"),
    )


@page(ROOM)
def school_desk(desk: Desk, school: int) -> HttpResponse:
    """What is asked of a school in a term, how far it is, and the ways to tell it."""
    if not queries.terms(desk.actor):
        return _without_term(desk, school)
    here = ground(desk, school)
    found = queries.filing_desk(desk.actor, organ=school, term_id=here.term.id, at=desk.at)
    wanted = needs(desk)
    tables = [_asked(here, one, found.names, wanted=one.table.name in wanted) for one in found.tables]
    tables.sort(key=lambda one: not one.wanted)
    by = [(one, _title(one), found.names.get(one.person or 0, ""), _via(one)) for one in found.latest]
    return desk.show(
        "monitoring/school.html", **common(desk, here), tables=tables, latest=by[:LATEST], judging=bool(wanted),
        asked=[(of, day) for day, of in found.asked if day == desk.today], each=minutes_of("homework"),
        missed=[(of, day) for day, of in reversed(found.asked) if day < desk.today],
        minutes=sum(one.minutes for one in tables if one.wanted and one.name not in AS_IT_HAPPENS),
        findings=_findings(desk, here), pupils=sum(one.pupils or 0 for one in here.classes),
        watched=told_of(desk, here),
    )  # fmt: skip


def _without_term(desk: Desk, school: int) -> HttpResponse:
    organ = school_of(desk, school)
    if desk.actor.organ != school and not queries.is_office(desk.actor):
        raise NotAllowed(verb=Word(N_("see what schools report")), who=[])
    return desk.show("monitoring/no_term.html", school=organ, office=queries.is_office(desk.actor))


def _findings(desk: Desk, here: Ground) -> int:
    """How many findings about the school have not ended, over all plans."""
    return sum(
        queries.findings(
            desk.actor, edition=plan.edition, term_id=here.term.id, state="to-end", organ=here.school.id, size=1
        ).total
        for plan in queries.judging_plans(desk.actor)
    )


def _asked(here: Ground, one: TableDesk, names: Mapping[int, str], *, wanted: bool) -> Asked:
    name, last = one.table.name, one.last
    records = tuple((key, _(WORDS[key]), one.records.get(key, 0)) for key in RECORDS) if name == "timetable" else ()
    counted = one.of and name not in AS_IT_HAPPENS and not records
    return Asked(
        name, title(one.table), _fill(here, name), Bar(one.told, one.of, says=_("classes")) if counted else None,
        one.told, records, last, names.get((last.person if last else None) or 0, ""), _via(last) if last else "",
        minutes_left(one), minutes_of(name), wanted,
    )  # fmt: skip


def _fill(here: Ground, table: str) -> str:
    """Where a table is told by form."""
    own = {"timetable": "school-timetables", "schedules": "school-schedule"}.get(table)
    if own:
        return link(own, here.school.id, term=here.term.id)
    return link("school-fill-in", here.school.id, table, term=here.term.id)


def _title(one: FilingView) -> str:
    said = NO_TABLES.get(one.table)
    return _(said) if said else title(BY_NAME[one.table])


def _via(one: FilingView) -> str:
    return _(VIA[one.via]) if one.via in VIA else one.via
