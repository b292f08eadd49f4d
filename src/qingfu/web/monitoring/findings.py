"""Findings of one limit at one school, and one finding with its rows: each ends in one of three ways."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from qingfu.base.errors import NotFound
from qingfu.records.monitoring import queries
from qingfu.records.monitoring.queries import FindingRow, TermView
from qingfu.records.monitoring.states import FINDING
from qingfu.records.people.queries import organ as organ_of
from qingfu.records.plans.queries import InForce, in_force, sees_all
from qingfu.rules import sentences
from qingfu.rules.explaining import remedy
from qingfu.web.desk import Desk, page
from qingfu.web.monitoring.ends import Ends, ends_of, give_ends
from qingfu.web.monitoring.finding_told import (
    Breaks,
    breaks,
    correct_of,
    rows_table,
    says_of,
    story,
)
from qingfu.web.monitoring.ground import chosen_term, link
from qingfu.web.monitoring.limits import ROOM, TO_END, opened
from qingfu.web.monitoring.schools import VIA
from qingfu.web.parts import Fact
from qingfu.web.spoken import clauses_of, numbers
from qingfu.web.words import STATES, day, moment


@page(ROOM)
def findings(desk: Desk, edition: int, limit: str) -> HttpResponse:
    """The findings of a limit, at one school where the address names it; several are ended together."""
    plan, view = opened(desk, edition, limit)
    term, organ, state = _asked(desk)
    number = desk.request.GET.get("page", "1")
    found = queries.findings(
        desk.actor, edition=edition, term_id=term.id, limit=limit, state=state, organ=organ,
        page=int(number) if number.isdigit() and len(number) < 6 and int(number) else 1,
    )  # fmt: skip
    rows = tuple(breaks(desk, plan, term, found.rows))
    return desk.show(
        "monitoring/findings.html", plan=plan, view=view, term=term, page=found, rows=rows, state=state, organ=organ,
        school=organ_of(desk.actor, organ) if organ is not None else None, clause=numbers(view.clause),
        ends=_ends(desk, plan, found.rows, rows), bound=_bound(desk, found.rows), clauses=clauses_of(plan.pack),
        picked=_picked(desk, found.rows), of_school="school" in desk.actor.roles,
        states=[(TO_END, _("Not ended yet")), *((key, _(one.word)) for key, one in STATES["finding"].items())],
    )  # fmt: skip


def _asked(desk: Desk) -> tuple[TermView, int | None, str]:
    """Which term, school and state the address asks for; raises NotFound without a term."""
    asked = desk.request.GET
    term, organ, state = chosen_term(desk, queries.terms(desk.actor)), asked.get("organ", ""), asked.get("state", "")
    if term is None:
        raise NotFound(what="term")
    known = state in STATES["finding"] or state == TO_END
    return term, int(organ) if organ.isdigit() and len(organ) < 18 else None, state if known else ""


def _ends(desk: Desk, plan: InForce, rows: Sequence[FindingRow], told: Sequence[Breaks]) -> Ends | None:
    """The ends that some of the findings may come to; only of one school, for they end together."""
    schools = {row.organ for row in rows}
    if len(schools) != 1 or not told:
        return None
    roles = {"keeper", "approver"} if sees_all(desk.actor, plan) else {"reporter"}
    verbs = {verb for row in rows for verb in FINDING.verbs(row.state, frozenset(roles))}
    return ends_of(desk, plan, rows[0], told[0], frozenset(verbs), sum(row.state in ("open", "asked") for row in rows))


def _bound(desk: Desk, rows: Sequence[FindingRow]) -> bool:
    """Whether the exception that waits is the reader's own, or that of somebody he is tied to."""
    waiting = next((row.id for row in rows if row.state == "asked"), None)
    return waiting is not None and queries.finding(desk.actor, waiting, at=desk.at).bound


def _picked(desk: Desk, rows: Sequence[FindingRow]) -> set[int]:
    """What was ticked; a list of one is ticked already."""
    sent = {int(text) for text in desk.request.POST.getlist("finding") if text.isdigit()}
    return sent or ({rows[0].id} if len(rows) == 1 else set())


give_ends(findings)


@page(ROOM)
def finding(desk: Desk, finding: int) -> HttpResponse:
    """One finding: in a sentence, by which rule, on which rows, said by whom, and what would make it right."""
    view = queries.finding(desk.actor, finding, at=desk.at)
    plan = in_force(desk.actor, view.row.edition)
    told = next(iter(breaks(desk, plan, view.term, [view.row])), None)
    every = link("findings", plan.edition, view.row.limit.partition("/")[0], organ=view.row.organ, term=view.term.id)
    return desk.show(
        "monitoring/finding.html", view=view, row=view.row, plan=plan, term=view.term, told=told, story=story(view),
        title=told.group if told else says_of(plan, view.row.limit), clauses=clauses_of(plan.pack),
        facts=_facts(desk, view), bound=view.bound, all_of=every, **_ruled(desk, view),
        table=rows_table(view, view.explained) if view.explained else None,
        ends=ends_of(desk, plan, view.row, told, frozenset(view.verbs), 1) if told else None,
    )  # fmt: skip


def _ruled(desk: Desk, view: queries.FindingView) -> dict[str, Any]:
    """What the rule says of it: nothing once the limit is gone."""
    rule, stands = view.rule, view.explained.finding if view.explained else None
    if rule is None:
        return {}
    own = desk.actor.organ is not None and desk.actor.organ == view.row.organ
    return {
        "rule": sentences.rule(rule, _), "clause": numbers(rule.clause),
        "remedy": remedy(rule, stands, _) if stands else "",
        "outcome": sentences.outcome(rule, stands or view.judged, _),
        "correct": correct_of(view.row, rule, view.term) if own else "",
    }  # fmt: skip


give_ends(finding)


def _facts(desk: Desk, view: queries.FindingView) -> tuple[Fact, ...]:
    """Who reported it and when; the exception, where one was asked for."""
    said = tuple(
        " · ".join(part for part in (
            view.names.get(one.person or 0, one.on_behalf), moment(one.at, desk.today), _(VIA.get(one.via, one.via)),
        ) if part)
        for one in view.reporters
    )  # fmt: skip
    facts = (
        Fact(_("School"), view.row.organ_name),
        Fact(_("Reported by"), "", zh=False, lines=said),
        Fact(_("First found"), moment(view.found_at, desk.today), zh=False),
        Fact(_("Judged last"), moment(view.seen_at, desk.today), zh=False),
        Fact(_("Reason for the exception"), view.reason),
        Fact(_("Exception until"), day(view.row.until) if view.row.until else "", zh=False),
        Fact(_("Asked for by"), view.asked_by),
        Fact(_("Granted by"), view.granted_by),
        Fact(_("Line of the ledger"), view.row.problem_number, zh=False,
             href=link("problem", view.row.problem) if view.row.problem else ""),
    )  # fmt: skip
    return tuple(fact for fact in facts if fact.says or fact.lines)
