"""What a program may read: terms, classes, tables, what stands, and what was found."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.http import HttpRequest
from ninja import Router
from ninja.params.functions import Query

from qingfu.api.ground import ground, school_of, term_of
from qingfu.api.keys import actor_of, moment_of
from qingfu.api.rows import REPORTED, columns_of, told
from qingfu.api.shapes import (
    ColumnTold,
    Found,
    FoundPage,
    SchoolClass,
    Standing,
    StandingRow,
    TableTold,
    Term,
)
from qingfu.api.speech import translator_of
from qingfu.base.actor import Actor
from qingfu.base.clock import day_of
from qingfu.base.days import read_day
from qingfu.base.errors import FieldFault, Invalid, NoSuchDay
from qingfu.base.words import N_, Translate
from qingfu.records.journal.queries import reading
from qingfu.records.monitoring import queries
from qingfu.records.monitoring.actions.filing import RESTATES
from qingfu.records.monitoring.queries import ClassView, FindingRow, TermView
from qingfu.records.monitoring.states import FINDING
from qingfu.records.people.queries import organs
from qingfu.records.plans.queries import InForce
from qingfu.rules import phrases
from qingfu.rules.nodes import Limit
from qingfu.rules.sentences import rule
from qingfu.rules.tables import BY_NAME, CLASSES, Column, Table

# One for reading and reporting: an address belongs to one router.
router = Router()
PAGE, MOST_STANDING = 200, 5_000
TO_END_WORD = "to-end"
NO_STATE = N_("There is no such state; there are: {states}.")
_TERM = N_("The school term, by its name or its id; the one of today where none is named.")
_SCHOOL = N_("The school, by its code, name or id; a school's own key needs none.")
_CLASS, _DAY = N_("A class, by its name or its id."), N_("A day, as 2024-10-18.")
_STATE = N_("A state; to-end stands for those that have not ended yet.")


@router.get(
    "/terms", response=list[Term], by_alias=True, operation_id="terms", summary=N_("The school terms"),
    description=N_("The latest first."),
)  # fmt: skip
def terms(request: HttpRequest) -> list[Term]:
    """The latest first."""
    actor, today = actor_of(request), day_of(moment_of(request))
    with reading(actor):
        present = queries.term_on(actor, today)
        return [_term(one, present) for one in queries.terms(actor)]


def _term(one: TermView, present: TermView | None) -> Term:
    is_present = present is not None and one.id == present.id
    return Term(
        id=one.id, name=one.name, year=one.year, from_on=one.from_on, until_on=one.until_on, present=is_present
    )  # fmt: skip


@router.get(
    "/classes", response=list[SchoolClass], by_alias=True, operation_id="classes", summary=N_("The classes of a year"),
    description=N_("From the lowest grade up."),
)  # fmt: skip
def classes(
    request: HttpRequest, term: str = Query("", description=_TERM), school: str = Query("", description=_SCHOOL)
) -> list[SchoolClass]:
    """From the lowest grade up."""
    actor = actor_of(request)
    with reading(actor):
        return told_classes(ground(actor, term=term, school=school, today=day_of(moment_of(request))).classes)


def told_classes(views: tuple[ClassView, ...]) -> list[SchoolClass]:
    """Classes as a program reads them."""
    return [
        SchoolClass(
            id=one.id, name=one.name, grade=one.grade, place=one.place, pupils=one.pupils,
            experimental=one.experimental, permit=one.permit,
        )
        for one in views
    ]  # fmt: skip


@router.get(
    "/tables", response=list[TableTold], operation_id="tables", summary=N_("What is reported, and how"),
    description=N_("Every table with its columns, their kinds, units and words."),
)  # fmt: skip
def tables(request: HttpRequest) -> list[TableTold]:
    """Every table with its columns, their kinds, units and words."""
    translate = translator_of(request)
    return [_table(one, translate) for one in (BY_NAME[CLASSES], *REPORTED)]


def _table(table: Table, translate: Translate) -> TableTold:
    return TableTold(
        name=table.name, says=translate(table.says), row=table.row_unit,
        identity=[name for name in table.identity if name != "term"], restates=list(RESTATES.get(table.name, ())),
        columns=[_column(one, table, translate) for one in columns_of(table)],
    )  # fmt: skip


def _column(column: Column, table: Table, translate: Translate) -> ColumnTold:
    words = {word: phrases.cell(word, column, translate) for word in column.among} or None
    needed = column.kind == "key" or column.name in table.identity or (table.name, column.name) == (CLASSES, "grade")
    return ColumnTold(
        name=column.name, says=translate(column.says), kind=column.kind, unit=column.unit, most=column.most,
        among=words, required=needed,
    )  # fmt: skip


def _of(table: Table) -> Callable[..., Standing]:
    """The operation that reads one table."""

    def standing(
        request: HttpRequest, term: str = Query("", description=_TERM), school: str = Query("", description=_SCHOOL),
        of: str = Query("", alias="class", description=_CLASS), day: str = Query("", description=_DAY),
    ) -> Standing:  # fmt: skip
        actor, on = actor_of(request), _day(day)
        with reading(actor):
            here = ground(actor, term=term, school=school, today=day_of(moment_of(request)))
            found = queries.reported(
                actor, table=table.name, organ=here.school.id, term_id=here.term.id, class_id=here.asked_class(of),
                day=on,
            )  # fmt: skip
            rows = [StandingRow(id=row.id, filing=row.filing, cells=told(row.cells, table, here)) for row in found]
            return Standing(rows=rows, whole=len(rows) < MOST_STANDING)

    return standing


for _one in REPORTED:
    router.get(
        f"/filings/{_one.name}", response=Standing, operation_id=f"standing-{_one.name}",
        summary=N_("What stands of a school in a table"),
        description=N_("Rows as they may be sent again; what was replaced or taken back is not among them."),
    )(_of(_one))  # fmt: skip


def _day(said: str) -> date | None:
    try:
        return read_day(said) if said else None
    except NoSuchDay:
        raise Invalid(FieldFault("day", N_("There is no such day: {text}."), {"text": said})) from None


@router.get(
    "/findings", response=FoundPage, by_alias=True, operation_id="findings", summary=N_("Findings, and how they stand"),
    description=N_("A school reads its own, the bureau's office all or those of one school."),
)  # fmt: skip
def findings(
    request: HttpRequest, term: str = Query("", description=_TERM), state: str = Query("", description=_STATE),
    school: str = Query("", description=_SCHOOL), page: int = Query(1, ge=1, le=10_000),
) -> FoundPage:  # fmt: skip
    """A school its own, the bureau's office all or those of one school."""
    if state not in {"", TO_END_WORD, *FINDING.states}:
        known = (TO_END_WORD, *sorted(FINDING.states))
        raise Invalid(FieldFault("state", NO_STATE, {"states": known}))
    actor, translate = actor_of(request), translator_of(request)
    with reading(actor):
        today = day_of(moment_of(request))
        view = term_of(actor, term, today)
        organ = school_of(actor, school).id if school else None
        codes = {one.id: one.code for one in organs(actor, kinds=["school"])}
        told_rows, totals = list[Found](), list[int]()
        for plan in queries.judging_plans(actor):
            found = queries.findings(
                actor, edition=plan.edition, term_id=view.id, state=state, organ=organ, page=page, size=PAGE
            )
            totals.append(found.total)
            rules = {one.name: one for one in queries.limits_in_force(actor, plan, on=today)}
            told_rows += [_found(row, plan, rules.get(row.limit), codes, translate) for row in found.rows]
        pages = max(1, *(-(-total // PAGE) for total in totals), 1)
        return FoundPage(rows=told_rows, total=sum(totals), page=page, pages=pages)


def _found(row: FindingRow, plan: InForce, held: Limit | None, codes: dict[int, str], translate: Translate) -> Found:
    return Found(
        id=row.id, plan=plan.title, limit=row.limit, clause=held.clause if held else "",
        school=codes.get(row.organ or 0), name=row.class_name, day=row.day, value=row.value, bound=row.bound,
        unit=held.unit if held else "", says=rule(held, translate) if held else "", state=row.state, until=row.until,
        problem=row.problem_number,
    )  # fmt: skip


def to_end(actor: Actor, term: TermView, school: int) -> int:
    """How many findings about a school wait for their end."""
    return sum(
        queries.findings(
            actor, edition=plan.edition, term_id=term.id, state=TO_END_WORD, organ=school, size=1
        ).total
        for plan in queries.judging_plans(actor)
    )  # fmt: skip
