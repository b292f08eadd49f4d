"""Limits: what school life is held against, how each stands, and one limit with its numbers and their history."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.http import HttpResponse
from django.utils.translation import gettext as _

from qingfu.base.errors import NotAllowed, NotFound
from qingfu.base.words import N_, Word
from qingfu.records.monitoring import queries
from qingfu.records.monitoring.queries import FindingGroup, LimitView, TermView
from qingfu.records.plans.queries import InForce, in_force, sees_all
from qingfu.rules import phrases, sentences
from qingfu.rules.grades import ALL, GRADES, grades_of
from qingfu.web.desk import Desk, page
from qingfu.web.monitoring.ground import chosen_term, link
from qingfu.web.parts import Row
from qingfu.web.spoken import clauses_of, numbers
from qingfu.web.words import STATES, saying

ROOM = "limits"
MOST_GROUPS = 2_000
TO_END = "to-end"


@dataclass(frozen=True)
class Standing:
    """A limit as it stands in a term: how many findings in which state, at which schools."""

    view: LimitView
    says: tuple[str, ...]
    href: str
    states: tuple[tuple[str, int], ...]
    schools: tuple[Row, ...]
    to_end: int
    clause: tuple[str, ...] = field(default_factory=tuple)


@page(ROOM)
def limits(desk: Desk) -> HttpResponse:
    """Every limit of the plans in force, in the plans' order; schools by their names, never by how many."""
    if "school" not in desk.actor.roles and not queries.is_office(desk.actor):
        raise NotAllowed(verb=Word(N_("see the limits")), who=[])
    known = queries.terms(desk.actor)
    term, state = chosen_term(desk, known), desk.request.GET.get("state", TO_END)
    state = state if state in STATES["finding"] or state in ("", TO_END) else TO_END
    plans = queries.judging_plans(desk.actor)
    of_school = "school" in desk.actor.roles
    shown = [(plan, sees_all(desk.actor, plan), _stand(desk, plan, term, state)) for plan in plans]
    if of_school:  # what it has to look at stands before what is in order
        shown = [(plan, keeps, sorted(stood, key=lambda one: not one.schools)) for plan, keeps, stood in shown]
    return desk.show(
        "monitoring/limits.html", plans=shown, term=term, terms=known, state=state, path=desk.request.path,
        states=[(TO_END, _("Not ended yet")), *((key, _(one.word)) for key, one in STATES["finding"].items())],
        clauses={key: says for plan in plans for key, says in clauses_of(plan.pack).items()},
        of_school=of_school, office=queries.is_office(desk.actor),
    )  # fmt: skip


def _stand(desk: Desk, plan: InForce, term: TermView | None, state: str) -> list[Standing]:
    views = queries.limits(desk.actor, plan, on=desk.today)
    found = queries.groups(
        desk.actor, edition=plan.edition, term_id=term.id, state=state, size=MOST_GROUPS
    ).rows if term else ()  # fmt: skip
    of: dict[str, list[FindingGroup]] = {}
    for one in found:
        of.setdefault(one.limit.partition("/")[0], []).append(one)
    return [_standing(plan, view, of.get(view.key, []), term, state) for view in views]


def _standing(
    plan: InForce, view: LimitView, groups: list[FindingGroup], term: TermView | None, state: str
) -> Standing:
    states: Counter[str] = Counter()
    for one in groups:
        states += Counter(one.states)
    rows = tuple(_school_row(plan, view, one, term, state) for one in _by_school(groups) if term is not None)
    return Standing(
        view, rules_said(view), link("limit", plan.edition, view.key, term=term.id if term else None),
        tuple((key, states[key]) for key in STATES["finding"] if states[key]), rows,
        sum(states[key] for key in ("open", "returned", "asked")), numbers(view.clause),
    )  # fmt: skip


def _by_school(groups: list[FindingGroup]) -> list[tuple[FindingGroup, int, Counter[str]]]:
    """One entry a school, however many items of the limit it breaks."""
    found: dict[int | None, tuple[FindingGroup, int, Counter[str]]] = {}
    for one in groups:
        first, number, states = found.get(one.organ, (one, 0, Counter()))
        found[one.organ] = (first, number + one.number, states + Counter(one.states))
    return list(found.values())


def _school_row(
    plan: InForce, view: LimitView, found: tuple[FindingGroup, int, Counter[str]], term: TermView | None, state: str
) -> Row:
    one, number, states = found
    said = "，".join(f"{saying('finding', key).text} {states[key]}" for key in STATES["finding"] if states[key])
    href = link("findings", plan.edition, view.key, organ=one.organ, term=term.id if term else None, state=state)
    return Row(href=href, what=one.organ_name or _("The bureau as a whole"), aside=said, says=str(number))


def rules_said(view: LimitView) -> tuple[str, ...]:
    """What the limit is judged by, in words; a presence limit says it for each subject."""
    return tuple(sentences.rule(rule, _) for rule in view.rules)


def opened(desk: Desk, edition: int, key: str) -> tuple[InForce, LimitView]:
    """A plan and one of its limits; raises NotFound for a plan without limits or one that is none of the reader's."""
    plan = in_force(desk.actor, edition)
    if plan.edition not in {one.edition for one in queries.judging_plans(desk.actor)}:
        raise NotFound(what=str(edition))
    return plan, queries.limit(desk.actor, plan, key, on=desk.today)


@dataclass(frozen=True)
class BoundField:
    """One number of a limit by grades, as it holds and as it may be tried."""

    name: str
    grades: str
    says: str
    now: int | None
    value: str
    fault: str = ""


def bound_fields(desk: Desk, view: LimitView) -> tuple[BoundField, ...]:
    """The numbers of the limit, from the lowest grade up; none where it has no single bound."""
    unit = unit_said(view)
    return tuple(
        BoundField(
            f"bound.{grades}", grades,
            _("{grades}, now {n} {unit}").format(grades=grades_said(grades), n=number, unit=unit), number,
            desk.typed(f"bound.{grades}", str(number)), desk.fault(f"bound.{grades}"),
        )
        for grades, number in _from_the_lowest(view.bounds)
    )  # fmt: skip


def _from_the_lowest(bounds: Mapping[str, int]) -> list[tuple[str, int]]:
    def first(grades: str) -> int:
        found = grades_of(grades.partition("@")[0].strip())
        return GRADES.index(found[0]) if found else len(GRADES)

    return sorted(bounds.items(), key=lambda pair: first(pair[0]))


def grades_said(written: str) -> str:
    """Whom a number is for."""
    found = grades_of(written.partition("@")[0].strip())
    if written == ALL or found is None:
        return _("all grades") if written == ALL else written
    return phrases.grades(found, _)


def unit_said(view: LimitView) -> str:
    """The office's unit of the numbers."""
    return _(phrases.UNITS[view.unit]) if view.unit in phrases.UNITS else ""


def orders_told(view: LimitView) -> list[tuple[object, str, Mapping[str, int]]]:
    """The orders, the latest first, with their numbers in words."""
    return [(one, _numbers(view, one.bounds), one.bounds) for one in reversed(view.orders)]


def _numbers(view: LimitView, bounds: Mapping[str, int]) -> str:
    unit = unit_said(view)
    return "，".join(f"{grades_said(grades)} {number} {unit}".strip() for grades, number in _from_the_lowest(bounds))
