"""Trying a limit on the past before it is put in force: whom it would have flagged, whom it would have cleared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from qingfu.base.actor import Actor
from qingfu.base.errors import NotFound
from qingfu.records.journal.queries import reading
from qingfu.records.monitoring.models import SchoolClass
from qingfu.records.monitoring.queries.facts import standing_facts
from qingfu.records.monitoring.queries.judging import violations
from qingfu.records.monitoring.queries.limits import limits
from qingfu.records.monitoring.queries.terms import TermView, term
from qingfu.records.people.queries import organs
from qingfu.records.plans.queries import InForce, require_bureau_side
from qingfu.rules.findings import Finding
from qingfu.rules.nodes import Limit
from qingfu.rules.parse import limits_of

MOST_TERMS = 6


@dataclass(frozen=True)
class TriedTerm:
    """One term: groups that break the limit as it is and as it would be, and the schools they belong to.

    `schools_now` and `schools_then` count schools; `reported` says whether anything was reported to judge by.
    """

    term: TermView
    now: int
    then: int
    schools_now: int
    schools_then: int
    reported: bool


@dataclass(frozen=True)
class Tried:
    """Over all terms asked: names of the schools that would have been flagged anew, and of those cleared, by name."""

    terms: tuple[TriedTerm, ...]
    flagged: tuple[str, ...]
    cleared: tuple[str, ...]
    schools_then: int


def try_limit(
    actor: Actor, *, plan: InForce, key: str, written: Mapping[str, Any] | None, terms: Sequence[int], on: date
) -> Tried:
    """Judge past terms by a limit as it holds on a day (`key`) and as it would be (`written`); nothing is kept.

    `written` None tries the limit as it is. A key the plan does not have is a limit that does not hold yet.
    """
    with reading(actor):
        require_bureau_side(actor, plan)
        if not terms or len(terms) > MOST_TERMS:
            raise NotFound(what="term")
        held = next((view.rules for view in limits(actor, plan, on=on) if view.key == key), ())
        tried = held if written is None else limits_of(key, written)
        each, now, then = [], set(), set()
        for one in terms:
            view = term(actor, one)
            row, before, after = _term(actor, view, held, tried)
            each.append(row)
            now |= before
            then |= after
        names = [(organ.id, organ.name) for organ in organs(actor, kinds=["school"])]
        return Tried(
            tuple(each), tuple(name for key, name in names if key in then - now),
            tuple(name for key, name in names if key in now - then), len(then),
        )  # fmt: skip


def _term(
    actor: Actor, view: TermView, held: Sequence[Limit], tried: Sequence[Limit]
) -> tuple[TriedTerm, set[int], set[int]]:
    schools = dict(SchoolClass.objects.filter(year=view.year).values_list("id", "organ_id"))
    with standing_facts(actor, view) as ask:
        before, after = list(violations(ask, held)), list(violations(ask, tried))
        tables = {limit.table for limit in tried}
        reported = any(ask(f'SELECT EXISTS (SELECT FROM "{table.replace("-", "_")}")')[0][0] for table in tables)
    now, then = _schools(before, held, schools), _schools(after, tried, schools)
    return TriedTerm(view, len(before), len(after), len(now), len(then), reported), now, then


def _schools(found: Sequence[Finding], rules: Sequence[Limit], schools: Mapping[int, int]) -> set[int]:
    per = {limit.name: limit.per for limit in rules}
    flagged = set()
    for one in found:
        cells = dict(zip(per[one.limit], one.keys, strict=True))
        school = cells.get("school") or (schools.get(int(str(cells["class"]))) if "class" in cells else None)
        if school is not None:
            flagged.add(int(str(school)))
    return flagged
