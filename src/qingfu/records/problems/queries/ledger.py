"""The ledger as a list, its counts by clause, and its export."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from qingfu.base.actor import Actor
from qingfu.base.clock import day_of
from qingfu.base.words import N_, Word
from qingfu.papers.export import Heading, Table
from qingfu.records.journal.queries import Page, reading
from qingfu.records.plans.queries import InForce, in_force, plans_in_force
from qingfu.records.problems.models import Problem
from qingfu.records.problems.queries.rights import standing, visible
from qingfu.records.problems.queries.views import ProblemRow, row_view
from qingfu.records.problems.states import OPEN, TO_PUT_RIGHT

TITLE = N_("Ledger")
COLUMNS = (
    Heading(Word(N_("Number")), width=12),
    Heading(Word(N_("Clause")), width=12),
    Heading(Word(N_("Problem")), width=40),
    Heading(Word(N_("Kind")), width=20),
    Heading(Word(N_("Owner")), width=24),
    Heading(Word(N_("Found on")), "day", 12),
    Heading(Word(N_("Measure")), width=36),
    Heading(Word(N_("Standard")), width=30),
    Heading(Word(N_("Deadline")), "day", 12),
    Heading(Word(N_("Moved from")), "day", 12),
    Heading(Word(N_("Responsible")), width=12),
    Heading(Word(N_("State")), width=14),
    Heading(Word(N_("Times reopened")), "number", 10),
)
LATE = N_("late")
MOST_EXPORTED = 20_000


@dataclass(frozen=True)
class ProblemCount:
    """How many lines of one clause and kind are in one state, and how many of them are late."""

    clause: str
    kind: str
    kind_says: str
    state: str
    total: int
    late: int


def late(day: date) -> Q:
    """Lines still to be put right after their day."""
    return Q(state__in=TO_PUT_RIGHT, deadline__lt=day)


def plans_for(actor: Actor, edition: int | None) -> dict[int, InForce]:
    """The plan asked for, or every plan in force."""
    found = plans_in_force(actor) if edition is None else (in_force(actor, edition),)
    return {plan.edition: plan for plan in found}


def rows_for(actor: Actor, plans: dict[int, InForce]) -> QuerySet[Problem]:
    """The lines of these plans that the actor may know of."""
    standings = {key: standing(actor, plan) for key, plan in plans.items()}
    return Problem.objects.filter(visible(actor, standings), edition__in=plans)


def viewed(rows: QuerySet[Problem], plans: dict[int, InForce], day: date) -> Iterable[ProblemRow]:
    """The rows as views, with their owners, in one query."""
    for row in rows.select_related("owner", "responsible"):
        yield row_view(row, plans[row.edition_id], day)


def _filtered(
    rows: QuerySet[Problem], day: date, *, state: str, owner: int | None, kind: str, is_late: bool, text: str
) -> QuerySet[Problem]:
    if state == "open":
        rows = rows.filter(state__in=OPEN)
    elif state:
        rows = rows.filter(state=state)
    rows = rows.filter(owner=owner) if owner is not None else rows
    rows = rows.filter(kind=kind) if kind else rows
    rows = rows.filter(late(day)) if is_late else rows
    if text.strip():
        words = text.strip()
        said = Q(title__icontains=words) | Q(number__icontains=words) | Q(owner__name__icontains=words)
        rows = rows.filter(said)
    return rows.order_by(F("deadline").asc(nulls_last=True), "id")


def ledger(
    actor: Actor, *, edition: int | None = None, state: str = "", owner: int | None = None, kind: str = "",
    late: bool = False, text: str = "", page: int = 1, size: int = 50, at: datetime,
) -> Page[ProblemRow]:  # fmt: skip
    """The lines the actor may know of, nearest deadline first. `state` may also be "open"; `text` looks in title,
    number and owner's name."""
    with reading(actor):
        plans, day = plans_for(actor, edition), day_of(at)
        rows = _filtered(
            rows_for(actor, plans), day, state=state, owner=owner, kind=kind, is_late=late, text=text
        )  # fmt: skip
        page = max(1, page)
        shown = tuple(viewed(rows[(page - 1) * size : page * size], plans, day))
        return Page(shown, rows.count(), page, size)


def counts(actor: Actor, *, edition: int, at: datetime) -> tuple[ProblemCount, ...]:
    """How the ledger of a plan stands, by clause, kind and state, over the lines the actor may know of."""
    with reading(actor):
        plans = plans_for(actor, edition)
        kinds = plans[edition].pack.problem_kinds
        found = (
            rows_for(actor, plans)
            .values("clause", "kind", "state")
            .annotate(total=Count("id"), overdue=Count("id", filter=late(day_of(at))))
            .order_by("clause", "kind", "state")
        )
        return tuple(
            ProblemCount(
                clause=row["clause"], kind=row["kind"],
                kind_says=kinds[row["kind"]].says if row["kind"] in kinds else "",
                state=row["state"], total=row["total"], late=row["overdue"],
            )
            for row in found
        )  # fmt: skip


def export(
    actor: Actor, *, edition: int | None = None, state: str = "", owner: int | None = None, kind: str = "",
    late: bool = False, text: str = "", at: datetime,
) -> Table:  # fmt: skip
    """The same lines as a typed table for `papers.export.as_xlsx`."""
    page = ledger(
        actor, edition=edition, state=state, owner=owner, kind=kind, late=late, text=text, size=MOST_EXPORTED, at=at
    )
    return Table(Word(TITLE), COLUMNS, tuple(_cells(row) for row in page.rows))


def _cells(row: ProblemRow) -> tuple[object, ...]:
    state: object = [Word(row.state), Word(LATE)] if row.late else Word(row.state)
    return (
        row.number, row.clause, row.title, row.kind_says, row.owner_name, row.found_on, row.measure, row.standard,
        row.deadline, row.moved_from, row.responsible, state, row.times_reopened,
    )  # fmt: skip


def titles_from_task(actor: Actor, task: int) -> set[str]:
    """The titles of the lines that a task's hand-ins have opened: for the room above, so that none opens twice."""
    with reading(actor):
        return set(Problem.objects.filter(from_task=task).values_list("title", flat=True))


def public_counts(actor: Actor, *, edition: int) -> list[dict[str, Any]]:
    """What the public may know of a ledger: for each kind how many lines were found and how many struck off."""
    with reading(actor):
        kinds = in_force(actor, edition).pack.problem_kinds
        closed = Count("id", filter=Q(state="struck-off"))
        rows = Problem.objects.filter(edition=edition).values("kind").annotate(total=Count("id"), closed=closed)
        found = {row["kind"]: row for row in rows}
        return [
            {
                "kind": key, "says": kinds[key].says if key in kinds else "",
                "clause": "、".join(kinds[key].clause) if key in kinds else "",
                "total": found[key]["total"], "struck_off": found[key]["closed"],
            }
            for key in [*kinds, ""]
            if key in found
        ]  # fmt: skip
