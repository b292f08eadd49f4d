"""Taking a task in hand: locked first, then judged who the actor is to it."""

from __future__ import annotations

from qingfu.base.actor import Actor
from qingfu.base.errors import NotFound
from qingfu.records.duties.models import Task
from qingfu.records.duties.queries import roles_on
from qingfu.records.plans.queries import InForce, in_force


def taken(actor: Actor, task: int) -> tuple[Task, InForce, frozenset[str]]:
    """The locked task, its plan, and the actor's roles on it; NotFound when the actor may not know of it."""
    row = Task.objects.select_for_update().filter(id=task).first()
    if row is None:
        raise NotFound(what=str(task))
    plan = in_force(actor, row.edition_id)
    roles = roles_on(actor, plan, duty=row.duty, organ=row.organ_id)
    if not roles:
        raise NotFound(what=str(task))
    return row, plan, roles
