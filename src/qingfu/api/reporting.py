"""What a program may report: the classes of a year, and rows into each table."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from ninja import Router

from qingfu.api import repeats
from qingfu.api.ground import ground
from qingfu.api.keys import actor_of, moment_of
from qingfu.api.reading import router, to_end, told_classes
from qingfu.api.rows import REPORTED, in_order, read
from qingfu.api.shapes import Receipt, Report, SchoolClass, report_of
from qingfu.base.clock import day_of
from qingfu.base.errors import FieldFault, Invalid
from qingfu.base.words import N_
from qingfu.records.enactment.actions import report_classes, report_rows
from qingfu.records.journal.queries import reading
from qingfu.records.monitoring.queries import FilingView
from qingfu.rules.tables import BY_NAME, CLASSES, Table

_REPORT = N_("Report rows")
_REPORT_SAYS = N_("All of it is kept or nothing; the school is judged by it at once.")
_CLASSES_SAYS = N_("The classes there are: one that is not named exists no longer, its data stay.")
_EXTRA = {"parameters": [repeats.DOCUMENTED]}


def put_classes(request: HttpRequest, body: Report) -> list[SchoolClass]:
    """Say which classes a school has in the year of a term."""
    actor, at, client_id = actor_of(request), moment_of(request), repeats.client_id_of(request)
    with reading(actor):
        here = ground(actor, term=body.term, school=body.school, today=day_of(at))
    rows = in_order(read(BY_NAME[CLASSES], body.rows))
    try:
        made = report_classes(
            actor, organ=here.school.id, year=here.term.year, rows=rows, whole=True, way="api",
            on_behalf=body.on_behalf, client_id=client_id, at=at,
        )  # fmt: skip
    except Invalid as error:
        raise Invalid(*(_renamed(fault) for fault in error.faults)) from None
    return told_classes(made)


def _renamed(fault: FieldFault) -> FieldFault:
    """The register calls it the name of a class, the table its column."""
    number, dot, column = fault.field.partition(".")
    return FieldFault(f"{number}.class", fault.says, fault.facts) if dot and column == "name" else fault


def _into(table: Table) -> Callable[[HttpRequest, Any], Receipt]:
    """The operation that reports into one table."""

    def post(request: HttpRequest, body: Report) -> Receipt:
        actor, at, client_id = actor_of(request), moment_of(request), repeats.client_id_of(request)
        with reading(actor):
            here = ground(actor, term=body.term, school=body.school, today=day_of(at))
        filed = report_rows(
            actor, table=table.name, organ=here.school.id, term_id=here.term.id, rows=read(table, body.rows, here),
            way="api", on_behalf=body.on_behalf, client_id=client_id, at=at,
        )  # fmt: skip
        with reading(actor):
            return _receipt(filed, to_end(actor, here.term, here.school.id))

    return post


def _receipt(filed: FilingView, waiting: int) -> Receipt:
    return Receipt(
        id=filed.id, table=filed.table, rows=filed.rows, replaced=filed.replaced, digest=filed.digest, at=filed.at,
        to_end=waiting,
    )  # fmt: skip


def registered() -> Router:
    """One operation for each table, so that the contract names every column; ninja reads the type from the function."""
    put_classes.__annotations__["body"] = report_of(CLASSES)
    router.put(
        "/classes", response=list[SchoolClass], by_alias=True, operation_id="put-classes",
        summary=N_("Say which classes there are"), description=_CLASSES_SAYS, openapi_extra=_EXTRA,
    )(put_classes)  # fmt: skip
    for table in REPORTED:
        post = _into(table)
        post.__annotations__["body"] = report_of(table.name)
        router.post(
            f"/filings/{table.name}", response=Receipt, by_alias=True, operation_id=f"report-{table.name}",
            summary=_REPORT, description=_REPORT_SAYS, openapi_extra=_EXTRA,
        )(post)  # fmt: skip
    return router
