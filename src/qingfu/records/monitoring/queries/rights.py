"""Who the actor is to a finding, and whether he is bound to whoever asked for its exception."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q

from qingfu.base.actor import Actor
from qingfu.base.clock import day_of
from qingfu.records.monitoring.models import Finding
from qingfu.records.people.queries import delegations_between
from qingfu.records.plans.queries import InForce, sees_all


def roles_of(actor: Actor, plan: InForce, organ: int | None) -> frozenset[str]:
    """The words of the table that fit the actor; none where he may not know of the finding."""
    if actor.kind == "clock":
        return frozenset({"clock"})
    roles = {"keeper", "approver"} if sees_all(actor, plan) else set()
    if actor.organ is not None and actor.organ == organ and "school" in actor.roles:
        roles.add("reporter")
    return frozenset(roles)


def visible(actor: Actor, plan: InForce) -> Q:
    """The findings of a plan that the actor may know of: all on the bureau side, a school its own."""
    if actor.kind == "clock" or sees_all(actor, plan):
        return Q(edition=plan.edition)
    return Q(edition=plan.edition, organ=actor.organ) if "school" in actor.roles else Q(pk__in=[])


def bound_to(actor: Actor, rows: Sequence[Finding], *, at: datetime) -> bool:
    """Whether the actor asked for one of these exceptions himself, or stands in for whoever did, or is stood in for."""
    owners = {row.asked_by_id for row in rows if row.asked_by_id is not None}
    if not owners:
        return False
    today = day_of(at)
    since = min((day_of(row.seen_at) for row in rows), default=today)
    given = delegations_between(actor, on=today, owners=owners, since=min(since, today))
    return not actor.is_somebody_else_than(owners, given)
