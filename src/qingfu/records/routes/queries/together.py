"""Cases that wait at one step, to be decided together: each with the digest of exactly what is shown."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from qingfu.base.actor import Actor
from qingfu.base.errors import NotFound
from qingfu.packfile import course
from qingfu.records.journal.queries import reading
from qingfu.records.plans.queries import InForce, in_force, parties_of, sees_all
from qingfu.records.routes.models import Opinion, Run, Turn
from qingfu.records.routes.queries.case import Case, turns_under
from qingfu.records.routes.queries.desk import rows_of, seats_of, waiting_at
from qingfu.records.routes.queries.verbs import verbs_for
from qingfu.records.routes.queries.views import CaseRow, VerbView
from qingfu.records.routes.states import DECISIONS


@dataclass(frozen=True)
class WaitingCase:
    """A case in the row it stands in; a decision on it must carry `digest`. `content` is what was applied for."""

    row: CaseRow
    digest: str
    content: Mapping[str, object]


@dataclass(frozen=True)
class WaitingTogether:
    """All cases that wait for the actor at one step of a route, and what may be decided about every one of them."""

    plan: InForce
    route: str
    step: str
    cases: tuple[WaitingCase, ...]
    verbs: tuple[VerbView, ...]


def waiting_together(actor: Actor, *, edition: int, route: str, step: str, at: datetime) -> WaitingTogether:
    """The cases the actor may decide at a step, oldest first; raises NotFound for a step the plan does not have."""
    with reading(actor):
        plan, seats = in_force(actor, edition), seats_of(actor)
        if route not in plan.pack.routes or step not in {s.id for s in course.steps_of(plan.pack, route)}:
            raise NotFound(what=step)
        runs = Run.objects.filter(waiting_at(actor, seats), edition=edition, route=route, step=step, state="at")
        told = rows_of(actor, seats, runs.order_by("id"), at)
        rows = {row.id: row for row in told if DECISIONS & set(row.verbs)}
        held = _cases(actor, plan, route, rows)
        verbs = [tuple(verb for verb in verbs_for(case) if verb.verb in DECISIONS) for case in held]
        # What one of them does not allow cannot be done to all.
        every = tuple(verb for verb in verbs[0] if all(verb in others for others in verbs)) if verbs else ()
        waiting = (WaitingCase(rows[case.row.id], case.shown(), _content(case)) for case in held)
        return WaitingTogether(plan, route, step, tuple(waiting), every)


def _cases(actor: Actor, plan: InForce, route: str, rows: Mapping[int, CaseRow]) -> list[Case]:
    turns: dict[int, list[Turn]] = defaultdict(list)
    for turn in turns_under(route, Turn.objects.filter(run__in=rows), actor, plan):
        turns[turn.run_id].append(turn)
    counted = dict(Opinion.objects.filter(turn__run__in=rows).values_list("turn").annotate(n=Count("id")))
    parties, bureau_side = parties_of(actor, plan), sees_all(actor, plan)
    found = Run.objects.select_related("organ").filter(id__in=rows).order_by("id")
    return [Case(actor, row, plan, tuple(turns[row.id]), counted, parties, bureau_side) for row in found]


def _content(case: Case) -> Mapping[str, object]:
    return dict(json.loads(bytes(case.row.content)))
