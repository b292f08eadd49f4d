"""A leader's "move it to the 25th": the old day stays beside the new one, with the reason."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from qingfu.base.actor import Actor
from qingfu.base.errors import NotFound
from qingfu.records.duties.actions.locking import taken
from qingfu.records.duties.models import Task
from qingfu.records.duties.queries import TaskView
from qingfu.records.duties.queries import task as task_view
from qingfu.records.duties.states import TASK
from qingfu.records.journal.actions import deed, first_answer, record_many
from qingfu.records.plans.actions import move_date
from qingfu.records.plans.queries import in_force


def move_duty(
    actor: Actor, *, edition: int, duty: str, to: date, reason: str, client_id: UUID | None = None, at: datetime
) -> int:
    """Move a duty of the plan for every organ that still owes it; returns how many tasks moved."""
    with deed(actor):
        owed = Task.objects.filter(edition=edition, duty=duty).exclude(state__in=TASK.final)
        if first_answer(actor, client_id) is not None:
            return owed.filter(due_on=to).count()
        plan = in_force(actor, edition)
        if duty not in plan.pack.duties:
            raise NotFound(what=duty)
        rows = list(owed.select_for_update())
        was = min((row.due_on for row in rows if row.due_on), default=None)
        move_date(actor, plan=plan, target=f"duties.{duty}", was=was, to=to, reason=reason, client_id=client_id, at=at)
        for row in rows:
            _moved(row, to)
        record_many(actor, verb="duties.move_task", subject="task", subject_ids=[row.id for row in rows], at=at)
        return len(rows)


def move_task(
    actor: Actor, *, task: int, to: date, reason: str, client_id: UUID | None = None, at: datetime
) -> TaskView:
    """Move one organ's day."""
    with deed(actor):
        if first_answer(actor, client_id) is not None:
            return task_view(actor, task, at=at)
        row, plan, _ = taken(actor, task)
        move_date(
            actor, plan=plan, target=f"tasks.{row.id}", was=row.due_on, to=to, reason=reason, client_id=client_id, at=at
        )
        _moved(row, to)
        record_many(actor, verb="duties.move_task", subject="task", subject_ids=[row.id], at=at)
        return task_view(actor, task, at=at)


def _moved(row: Task, to: date) -> None:
    row.moved_from, row.due_on = row.moved_from or row.due_on, to
    row.save(update_fields=["moved_from", "due_on"])
