"""What the ledger asks of an actor now, and what waits for others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Q, QuerySet

from qingfu.base.actor import Actor
from qingfu.base.clock import day_of
from qingfu.records.journal.queries import reading
from qingfu.records.problems.models import Problem
from qingfu.records.problems.queries.ledger import late, plans_for, viewed
from qingfu.records.problems.queries.rights import Standing, bound, standing
from qingfu.records.problems.queries.views import ProblemRow
from qingfu.records.problems.states import TO_PUT_RIGHT

MOST = 200


@dataclass(frozen=True)
class Inbox:
    """Lines by what is asked: each group with its nearest day first.

    `to_put_right`: the actor's organ owns it. `to_verify`, `to_revisit`: he may do so, being somebody else. `late`:
    others' lines over their day, for whoever keeps the ledger. `waiting`: reported by his organ, not verified yet.
    `done`: struck off last.
    """

    to_put_right: tuple[ProblemRow, ...]
    to_verify: tuple[ProblemRow, ...]
    to_revisit: tuple[ProblemRow, ...]
    late: tuple[ProblemRow, ...]
    waiting: tuple[ProblemRow, ...]
    done: tuple[ProblemRow, ...]


def inbox(actor: Actor, *, at: datetime) -> Inbox:
    """What the ledgers of the plans in force ask of the actor."""
    if actor.kind != "person":
        return Inbox((), (), (), (), (), ())
    with reading(actor):
        plans, day = plans_for(actor, None), day_of(at)
        standings = {key: standing(actor, plan) for key, plan in plans.items()}
        kept = Q(edition__in=[key for key, mine in standings.items() if mine.keeps])
        own = Q(owner=actor.organ) if actor.organ is not None else Q(pk__in=[])
        mine = Problem.objects.filter(own, edition__in=plans)

        def group(rows: QuerySet[Problem], *order: str) -> tuple[ProblemRow, ...]:
            ordered = rows.order_by(*order, "id") if order else rows.order_by(F("deadline").asc(nulls_last=True), "id")
            return tuple(viewed(ordered[:MOST], plans, day))

        judging = Problem.objects.filter(edition__in=plans).filter(_judged_by(standings))
        due_again = Q(state="struck-off", revisit_on__lte=day)
        asked = list(judging.filter(Q(state="reported") | due_again)[: 5 * MOST])
        free = {row.id for row in asked} - bound(actor, asked, at=at)
        return Inbox(
            to_put_right=group(mine.filter(state__in=TO_PUT_RIGHT)),
            to_verify=group(judging.filter(state="reported", id__in=free)),
            to_revisit=group(judging.filter(due_again, id__in=free), "revisit_on"),
            late=group(Problem.objects.filter(kept, late(day)).exclude(own)),
            waiting=group(mine.filter(state="reported")),
            done=group(mine.filter(state="struck-off"), "-closed_at")[:20],
        )


def _judged_by(standings: dict[int, Standing]) -> Q:
    """The lines whose verifier the actor is by his post."""
    found = Q(pk__in=[])
    for edition, mine in standings.items():
        if mine.keeps:
            found |= Q(edition=edition)
        elif mine.sees and mine.keeper is not None:
            found |= Q(edition=edition, owner=mine.keeper)
    return found
