"""What the receiver does with what was handed in."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from qingfu.base.actor import Actor
from qingfu.base.errors import FieldFault, Invalid
from qingfu.base.words import N_
from qingfu.records.duties.actions.locking import taken
from qingfu.records.duties.models import HandIn, Task
from qingfu.records.duties.queries import TaskView
from qingfu.records.duties.queries import task as task_view
from qingfu.records.duties.states import TASK
from qingfu.records.journal.actions import deed, first_answer, record


def accept(actor: Actor, *, task: int, client_id: UUID | None = None, at: datetime) -> TaskView:
    """Accept what was handed in; the task is done."""
    return _judge(actor, task, "accept", "accepted", "", client_id, at)


def give_back(actor: Actor, *, task: int, reason: str, client_id: UUID | None = None, at: datetime) -> TaskView:
    """Give back what was handed in, with the reason; the task is open again."""
    return _judge(actor, task, "give_back", "returned", _reason(reason), client_id, at)


def waive(actor: Actor, *, task: int, reason: str, client_id: UUID | None = None, at: datetime) -> TaskView:
    """Waive a task for one organ, with the reason."""
    return _judge(actor, task, "waive", "", _reason(reason), client_id, at)


def _reason(reason: str) -> str:
    if not reason.strip():
        raise Invalid(FieldFault("reason", N_("Give the reason in a sentence."), {}))
    return reason.strip()


def _judge(
    actor: Actor, task: int, verb: str, judged: str, reason: str, client_id: UUID | None, at: datetime
) -> TaskView:
    with deed(actor):
        if (first := first_answer(actor, client_id)) is not None:
            return task_view(actor, first, at=at)
        row, _, roles = taken(actor, task)
        row.state = TASK.move(row.state, verb, roles)
        if row.state in TASK.final:
            row.closed_at = at
        row.reason = reason or row.reason
        row.save(update_fields=["state", "closed_at", "reason"])
        seal = _mark(row, judged, reason, actor.person, at) if judged else ""
        record(actor, verb=f"duties.{verb}", subject="task", subject_id=row.id, digest=seal, client_id=client_id, at=at)
        return task_view(actor, row.id, at=at)


def _mark(row: Task, judged: str, reason: str, person: int | None, at: datetime) -> str:
    last = HandIn.objects.filter(task=row).order_by("-id").first()
    if last is None:
        return ""
    last.judged, last.judged_by_id, last.judged_at, last.reason = judged, person, at, reason
    last.save(update_fields=["judged", "judged_by", "judged_at", "reason"])
    return last.digest
