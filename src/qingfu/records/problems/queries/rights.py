"""Who the actor is to a line of the ledger, and whether he is bound to those who did the work."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from qingfu.base.actor import Actor
from qingfu.base.clock import day_of
from qingfu.records.journal.models import Entry
from qingfu.records.people.models import Delegation, Holding
from qingfu.records.plans.queries import InForce, parties_of, sees_all
from qingfu.records.problems.models import Problem, Rectification

WORK = ("problems.plan_rectification", "problems.report_done")


@dataclass(frozen=True)
class Standing:
    """Who the actor is in one plan: keeps its ledger, sees all of it, and which organ the ledger's keeper is."""

    organ: int | None
    keeps: bool
    sees: bool
    keeper: int | None

    def roles(self, *, owner: int, at_once: bool) -> frozenset[str]:
        """The words of the table that fit the actor for a line of this owner."""
        roles: set[str] = set()
        if self.organ == owner:
            roles.add("owner")
        if self.keeps:
            roles.add("keeper")
        if self.keeps or (self.sees and self.keeper == owner):
            roles.add("verifier")
        if at_once and roles & {"owner", "keeper"}:
            roles.add("at-once")
        return frozenset(roles)

    def may_see(self, owner: int) -> bool:
        """Whether the line may be known to the actor at all."""
        return self.keeps or self.sees or (self.organ is not None and self.organ == owner)


def standing(actor: Actor, plan: InForce) -> Standing:
    """Who the actor is in a plan; the clock sees all and does nothing, a link and the public are nobody."""
    if actor.kind != "person":
        return Standing(None, keeps=False, sees=actor.kind == "clock", keeper=None)
    policy = plan.pack.problems_policy
    keeps = policy is not None and policy.kept_by in parties_of(actor, plan)
    keeper = plan.seats.get(policy.kept_by) if policy else None
    return Standing(actor.organ, keeps=keeps, sees=sees_all(actor, plan), keeper=keeper)


def visible(actor: Actor, standings: dict[int, Standing]) -> Q:
    """The lines the actor may know of: whole plans on the bureau side, one's own organ's otherwise."""
    whole = [edition for edition, mine in standings.items() if mine.keeps or mine.sees]
    own = Q(owner=actor.organ) if actor.kind == "person" and actor.organ is not None else Q(pk__in=[])
    return Q(edition__in=whole) | own


@dataclass(frozen=True)
class _Work:
    persons: frozenset[int]
    since: date


def bound(actor: Actor, rows: Sequence[Problem], *, at: datetime) -> frozenset[int]:
    """The lines that the actor may not verify: his own organ's, and those whose workers he is or is bound to.

    House rule 8: somebody else is another natural person, neither delegate nor delegator of whoever planned, reported
    or is responsible, from the first such act until now. The number of SQL queries does not grow with the rows.
    """
    me = {one for one in (actor.person, actor.acting_for) if one is not None}
    if actor.kind != "person" or not me:
        return frozenset(row.id for row in rows)
    day = day_of(at)
    given = list(Delegation.objects.filter(Q(giver__in=me) | Q(taker__in=me)).select_related("post"))
    organs = {actor.organ} | _organs(me, given, day)
    work = _work(rows, day)
    found = set()
    for row in rows:
        done = work[row.id]
        pairs = [(d.giver_id, d.taker_id) for d in given if _held(d, done.since, day)]
        if row.owner_id in organs or not actor.is_somebody_else_than(done.persons, pairs):
            found.add(row.id)
    return frozenset(found)


def _held(row: Delegation, first: date, last: date) -> bool:
    ended = day_of(row.ended_at) if row.ended_at else row.until_on
    return row.from_on <= last and min(row.until_on, ended) >= first


def _organs(me: Iterable[int], given: Iterable[Delegation], day: date) -> set[int]:
    """The organs the actor holds a post in today, or stands in for somebody in."""
    now = Q(from_on__lte=day) & (Q(until_on=None) | Q(until_on__gte=day))
    held = set(Holding.objects.filter(now, person__in=me).values_list("post__organ", flat=True))
    taken = {d.post.organ_id for d in given if d.taker_id in set(me) and d.ended_at is None and _held(d, day, day)}
    return held | taken


def _work(rows: Sequence[Problem], day: date) -> dict[int, _Work]:
    ids = [row.id for row in rows]
    persons: dict[int, set[int]] = defaultdict(set)
    since: dict[int, date] = {}
    for act in Entry.objects.filter(subject="problem", subject_id__in=ids, verb__in=WORK):
        persons[act.subject_id] |= {one for one in (act.person, act.acting_for) if one is not None}
        since[act.subject_id] = min(since.get(act.subject_id, day), day_of(act.at))
    for report in Rectification.objects.filter(problem__in=ids).exclude(person=None):
        persons[report.problem_id].add(report.person_id or 0)
    for row in rows:
        if row.responsible_id:
            persons[row.id].add(row.responsible_id)
    return {row.id: _Work(frozenset(persons[row.id]), since.get(row.id, day)) for row in rows}
