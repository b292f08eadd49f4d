"""Where a page of school data stands: whose school, which term, which classes, and what plans in force ask for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from qingfu.base.days import read_day
from qingfu.base.errors import FieldFault, Invalid, NoSuchDay, NotFound
from qingfu.base.words import N_, say
from qingfu.records.enactment import actions as enactment
from qingfu.records.monitoring import queries
from qingfu.records.monitoring.queries import ClassView, FilingView, TermView
from qingfu.records.people.queries import OrganView
from qingfu.records.people.queries import organ as organ_of
from qingfu.rules.nodes import Limit
from qingfu.rules.tables import CLASSES
from qingfu.web.desk import Desk

ROOM = "school-data"
CHOOSE = N_("Choose one of the answers that are offered.")
NO_TERM = N_("school term")


@dataclass(frozen=True)
class Ground:
    """A school in a term; ``own`` says whether the reader reports for it or types a paper in for it."""

    school: OrganView
    term: TermView
    terms: tuple[TermView, ...]
    classes: tuple[ClassView, ...]
    own: bool

    @cached_property
    def by_id(self) -> Mapping[int, ClassView]:
        """The classes by their ids."""
        return {one.id: one for one in self.classes}

    def like(self, chosen: ClassView, scope: str) -> tuple[ClassView, ...]:
        """The class alone, its grade, or the whole school, as was chosen."""
        if scope == "school":
            return self.classes
        return tuple(one for one in self.classes if one.grade == chosen.grade) if scope == "grade" else (chosen,)


@dataclass(frozen=True)
class Drafted:
    """One row to be filed: its cells, the field each cell was typed into, and what the row is called."""

    cells: Mapping[str, object]
    fields: Mapping[str, str]
    label: str = ""


def chosen_term(desk: Desk, known: Sequence[TermView]) -> TermView | None:
    """The term the address asks for, else the one of today or the nearest that has begun."""
    asked = desk.request.GET.get("term", "")
    if found := next((one for one in known if str(one.id) == asked), None):
        return found
    begun = [one for one in known if one.from_on <= desk.today]
    return begun[0] if begun else (known[-1] if known else None)


def school_of(desk: Desk, school: int) -> OrganView:
    """A school of the bureau; raises NotFound for any other organ."""
    organ = organ_of(desk.actor, school)
    if organ.kind != "school":
        raise NotFound(what=str(school))
    return organ


def ground(desk: Desk, school: int) -> Ground:
    """Raises NotFound for another's school, and where no term is set yet."""
    organ = school_of(desk, school)
    known = queries.terms(desk.actor)
    term = chosen_term(desk, known)
    if term is None:
        raise NotFound(what=_(NO_TERM))
    classes = queries.classes(desk.actor, organ=school, year=term.year)
    return Ground(organ, term, known, classes, desk.actor.organ == school)


def chosen_class(desk: Desk, here: Ground) -> ClassView:
    """The class the address asks for, else the first; raises NotFound where there is none."""
    asked = desk.request.GET.get("class", "")
    if not here.classes:
        raise NotFound(what=_("classes"))
    if not asked:
        return here.classes[0]
    found = next((one for one in here.classes if str(one.id) == asked), None)
    if found is None:
        raise NotFound(what=asked)
    return found


def chosen_day(desk: Desk, here: Ground) -> date:
    """The day the address asks for, else today or the last day of the term."""
    try:
        return read_day(desk.request.GET.get("day", ""))
    except NoSuchDay:
        return min(max(desk.today, here.term.from_on), here.term.until_on)


def needs(desk: Desk) -> dict[str, frozenset[str]]:
    """Tables and columns that some limit in force asks for."""
    found: dict[str, set[str]] = {}
    for plan in queries.judging_plans(desk.actor):
        for view in queries.limits(desk.actor, plan, on=desk.today):
            for rule in view.rules:
                for table, column in _asked_by(rule):
                    found.setdefault(table, set()).add(column)
    return {table: frozenset(columns) for table, columns in found.items()}


def _asked_by(rule: Limit) -> Iterator[tuple[str, str]]:
    measure = rule.measure
    columns = [measure.column, *rule.per, *(one.column for one in (*rule.where, *measure.among))]
    if measure.compared is not None:
        columns += [measure.compared.column, *measure.compared.by, measure.compared.of]
    for column in columns:
        if column:
            yield rule.table, column
    if rule.bound.by_place:
        yield CLASSES, "place"


def file(desk: Desk, here: Ground, table: str, drafts: Sequence[Drafted], *, way: str = "form") -> FilingView:
    """Report rows and judge the school at once; faults are named by the fields they were typed into."""
    try:
        return enactment.report_rows(
            desk.actor, table=table, organ=here.school.id, term_id=here.term.id, rows=[one.cells for one in drafts],
            way=way, on_behalf=desk.request.POST.get("on-behalf", ""), client_id=desk.client_id, at=desk.at,
        )  # fmt: skip
    except Invalid as error:
        raise Invalid(*renamed(error.faults, drafts)) from None


def renamed(faults: Sequence[FieldFault], drafts: Sequence[Drafted]) -> Iterator[FieldFault]:
    """Faults by the fields they were typed into; each field is faulted once, however many rows were made from it."""
    seen: set[tuple[str, str]] = set()
    for fault in faults:
        number, dot, column = fault.field.partition(".")
        if not dot or not number.isdigit():
            yield fault
            continue
        draft = drafts[int(number)]
        name = draft.fields.get(column) or next(iter(draft.fields.values()), "rows")
        if (name, fault.says) not in seen:
            seen.add((name, fault.says))
            yield named(name, draft.label, fault)


def named(field: str, label: str, fault: FieldFault) -> FieldFault:
    """A fault that says which row it is in."""
    if not label:
        return replace(fault, field=field)
    return FieldFault(field, N_("{field}: {fault}"), {"field": label, "fault": say(fault.says, **dict(fault.facts))})


def link(name: str, /, *args: object, **query: object) -> str:
    """The address of a page with what it is asked; empty questions are left out."""
    asked = {key: value for key, value in query.items() if value not in (None, "")}
    return reverse(name, args=args) + (f"?{urlencode(asked)}" if asked else "")


def lead_on(desk: Desk, name: str, /, *args: object, said: str = "", **query: object) -> HttpResponse:
    """Lead on to a page with what it is asked; ``said`` is told there."""
    if said:
        messages.success(desk.request, said)
    return HttpResponseRedirect(link(name, *args, **query))


def common(desk: Desk, here: Ground) -> dict[str, Any]:
    """What every template of a school's pages is given."""
    return {"here": here, "school": here.school, "term": here.term, "paper": not here.own, "path": desk.request.path}
