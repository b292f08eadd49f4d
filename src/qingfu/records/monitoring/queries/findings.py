"""Findings: how each limit stands, whom it concerns, one finding with its rows, its reporters and its way on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Max, Min, Q, QuerySet

from qingfu.base.actor import Actor
from qingfu.base.clock import day_of
from qingfu.base.errors import NotFound
from qingfu.records.journal.queries import Page, reading
from qingfu.records.monitoring.models import Filing, Finding, FindingNote
from qingfu.records.monitoring.queries.facts import standing_facts
from qingfu.records.monitoring.queries.filings import FilingView, filing_view
from qingfu.records.monitoring.queries.limits import limits
from qingfu.records.monitoring.queries.rights import bound_to, roles_of, visible
from qingfu.records.monitoring.queries.terms import TermView, term
from qingfu.records.monitoring.states import FINDING, TO_END
from qingfu.records.people.queries import person_names
from qingfu.records.plans.queries import InForce, in_force
from qingfu.rules.explaining import Explained, explain_with
from qingfu.rules.findings import Finding as Judged
from qingfu.rules.nodes import Limit
from qingfu.rules.sql import literal, name
from qingfu.rules.tables import BY_NAME
from qingfu.rules.truth import Verdict

SIZE = 50


@dataclass(frozen=True)
class FindingGroup:
    """The findings of one limit at one school: how many, of how many classes, and how they stand."""

    limit: str
    organ: int | None
    organ_name: str
    number: int
    classes: int
    open: int
    states: Mapping[str, int]
    first_day: date | None
    last_day: date | None
    seen_at: datetime


@dataclass(frozen=True)
class FindingRow:
    """One finding in a list."""

    id: int
    edition: int
    limit: str
    organ: int | None
    organ_name: str
    class_name: str
    day: date | None
    keys: tuple[object, ...]
    value: int | None
    bound: int | None
    state: str
    until: date | None
    problem: int | None
    problem_number: str


@dataclass(frozen=True)
class NoteView:
    """What was said about a finding; by nobody where the clock judged it."""

    verb: str
    text: str
    by: str
    at: datetime


@dataclass(frozen=True)
class FindingView:
    """One finding: `rule` is what it is judged by (none once the limit is gone), `explained` today's numbers and rows.

    `reporters` said the rows; `verbs` are what the actor may do now, `bound` says the exception is his own or that of
    somebody he is tied to.
    """

    row: FindingRow
    term: TermView
    rule: Limit | None
    judged: Judged
    explained: Explained | None
    reporters: tuple[FilingView, ...]
    names: Mapping[int, str]
    notes: tuple[NoteView, ...]
    reason: str
    asked_by: str
    granted_by: str
    verbs: tuple[str, ...]
    bound: bool
    found_at: datetime
    seen_at: datetime


def groups(
    actor: Actor, *, edition: int, term_id: int, limit: str = "", state: str = "", organ: int | None = None,
    page: int = 1, size: int = SIZE,
) -> Page[FindingGroup]:  # fmt: skip
    """Findings by limit and school, schools by their names; `state` "to-end": not ended yet. Raises NotFound."""
    with reading(actor):
        plan = in_force(actor, edition)
        rows = _wanted(actor, plan, term_id, limit, state, organ)
        tallied = (
            rows.values("limit", "organ", "organ__name", "organ__sort_key")
            .annotate(
                number=Count("id"), classes=Count("school_class", distinct=True),
                open=Count("id", filter=Q(state="open")), first=Min("day"), last=Max("day"), seen=Max("seen_at"),
            )
            .order_by("limit", "organ__sort_key", "organ")
        )  # fmt: skip
        total = tallied.count()
        part = list(tallied[(page - 1) * size : page * size])
        states = _states(rows, part)
        return Page(tuple(_group(one, states) for one in part), total, page, size)


def _states(rows: QuerySet[Finding], part: Sequence[Mapping[str, Any]]) -> dict[tuple[object, object], dict[str, int]]:
    found: dict[tuple[object, object], dict[str, int]] = {}
    wanted = rows.filter(limit__in={one["limit"] for one in part})
    for one in wanted.values("limit", "organ", "state").annotate(n=Count("id")):
        found.setdefault((one["limit"], one["organ"]), {})[one["state"]] = one["n"]
    return found


def _group(one: Mapping[str, Any], states: Mapping[tuple[object, object], dict[str, int]]) -> FindingGroup:
    return FindingGroup(
        limit=str(one["limit"]), organ=one["organ"], organ_name=str(one["organ__name"] or ""), number=one["number"],
        classes=one["classes"], open=one["open"], states=states.get((one["limit"], one["organ"]), {}),
        first_day=one["first"], last_day=one["last"], seen_at=one["seen"],
    )  # fmt: skip


def _wanted(actor: Actor, plan: InForce, term_id: int, limit: str, state: str, organ: int | None) -> QuerySet[Finding]:
    rows = Finding.objects.filter(visible(actor, plan), term=term_id)
    if limit:
        rows = rows.filter(Q(limit=limit) | Q(limit__startswith=f"{limit}/"))
    if state:
        rows = rows.filter(state__in=TO_END) if state == "to-end" else rows.filter(state=state)
    return rows.filter(organ=organ) if organ is not None else rows


def findings(
    actor: Actor, *, edition: int, term_id: int, limit: str = "", state: str = "", organ: int | None = None,
    page: int = 1, size: int = SIZE,
) -> Page[FindingRow]:  # fmt: skip
    """Single findings, by class and day. Raises NotFound."""
    with reading(actor):
        plan = in_force(actor, edition)
        rows = _wanted(actor, plan, term_id, limit, state, organ)
        total = rows.count()
        chosen = rows.select_related("organ", "school_class", "problem").order_by(
            "limit", "organ__sort_key", "school_class__grade", "school_class__name", "day", "id"
        )
        return Page(tuple(_row(one) for one in chosen[(page - 1) * size : page * size]), total, page, size)


def findings_of_problem(
    actor: Actor, problem: int, *, size: int = SIZE
) -> tuple[tuple[FindingRow, ...], TermView | None]:
    """What a line of the ledger rests on, oldest first, and the term of it; nothing for whoever may not know of it."""
    with reading(actor):
        row = Finding.objects.filter(problem=problem).order_by("id").first()
        plan = in_force(actor, row.edition_id) if row else None
        if row is None or plan is None or not roles_of(actor, plan, row.organ_id):
            return (), None
        rows = Finding.objects.filter(visible(actor, plan), problem=problem, term=row.term_id)
        chosen = rows.select_related("organ", "school_class", "problem").order_by("day", "id")
        return tuple(_row(one) for one in chosen[:size]), term(actor, row.term_id)


def _row(one: Finding) -> FindingRow:
    return FindingRow(
        one.id, one.edition_id, one.limit, one.organ_id, one.organ.name if one.organ else "",
        one.school_class.name if one.school_class else "", one.day, tuple(one.keys), one.value, one.bound, one.state,
        one.until, one.problem_id, one.problem.number if one.problem else "",
    )  # fmt: skip


def finding(actor: Actor, finding_id: int, *, at: datetime) -> FindingView:
    """One finding, computed again on what stands now; raises NotFound for one that the actor may not know of."""
    with reading(actor):
        row = Finding.objects.select_related("organ", "school_class", "problem").filter(id=finding_id).first()
        plan = in_force(actor, row.edition_id) if row else None
        if row is None or plan is None or not (roles := roles_of(actor, plan, row.organ_id)):
            raise NotFound(what=str(finding_id))
        view = term(actor, row.term_id)
        by_name = {one.name: one for held in limits(actor, plan, on=day_of(at)) for one in held.rules}
        rule = by_name.get(row.limit)
        explained, said = _explained(actor, view, rule, row) if rule else (None, ())
        notes = list(FindingNote.objects.filter(finding=row).order_by("id"))
        people = {row.asked_by_id, row.granted_by_id, *(n.person_id for n in notes), *(one.person for one in said)}
        names = person_names(actor, people)
        return FindingView(
            row=_row(row), term=view, rule=rule, judged=_judged(row), explained=explained, reporters=said, names=names,
            notes=tuple(NoteView(n.verb, n.text, names.get(n.person_id or 0, ""), n.at) for n in notes),
            reason=row.reason, asked_by=names.get(row.asked_by_id or 0, ""),
            granted_by=names.get(row.granted_by_id or 0, ""), verbs=FINDING.verbs(row.state, roles),
            bound=bound_to(actor, [row], at=at), found_at=row.found_at, seen_at=row.seen_at,
        )  # fmt: skip


def _judged(row: Finding) -> Judged:
    return Judged(row.limit, tuple(row.keys), Verdict.VIOLATING, row.value, row.counted, row.missing, row.bound)


def _explained(
    actor: Actor, view: TermView, rule: Limit, row: Finding
) -> tuple[Explained | None, tuple[FilingView, ...]]:
    """Today's rows and numbers of the group, and who said them."""
    keys = [str(cell) for cell in row.keys]
    with standing_facts(actor, view, school=row.organ_id) as ask:
        try:
            explained = explain_with(ask, BY_NAME, rule, keys)
        except NotFound:
            explained = None
        said = [int(one[0]) for one in ask(_filings(rule, keys))]
    rows = Filing.objects.filter(id__in=said).order_by("-id")
    return explained, tuple(filing_view(one) for one in rows)


def _filings(rule: Limit, keys: Sequence[str]) -> str:
    """The filings that said the rows of a group."""
    table = BY_NAME[rule.table]
    joined = f" LEFT JOIN {name('classes')} AS c ON t.class = c.class" if table.has_class else ""
    wanted = [
        f"{'t' if table.column(column) else 'c'}.{name(column)} = {literal(key)}"
        for column, key in zip(rule.per, keys, strict=True)
    ]
    return f"SELECT DISTINCT t.filing FROM {name(table.name)} AS t{joined} WHERE {' AND '.join(wanted)}"
