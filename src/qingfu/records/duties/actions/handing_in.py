"""Handing in: by oneself, typed in from paper by the office, or through a one-time link."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from qingfu.base.actor import Actor, Via
from qingfu.base.canon import digest
from qingfu.base.chance import new_token
from qingfu.base.clock import day_of
from qingfu.base.errors import FieldFault, Invalid, Late, LinkMade, LinkSpent, NotAllowed, NotYet
from qingfu.base.words import N_, Word
from qingfu.packfile.due import refuses_late
from qingfu.packfile.published import is_done_by_publishing
from qingfu.packfile.words.asks import Duty
from qingfu.records.duties.actions.locking import taken
from qingfu.records.duties.models import HandIn, Task, TaskLink
from qingfu.records.duties.queries import TaskView
from qingfu.records.duties.queries import task as task_view
from qingfu.records.duties.states import TASK
from qingfu.records.forms.actions import drop_draft, keep_answer
from qingfu.records.forms.queries import AnswerView
from qingfu.records.journal.actions import deed, first_answer, record
from qingfu.records.people.queries import organ_view
from qingfu.records.plans.queries import InForce, scope_of

LINK_LASTS = timedelta(days=14)
BY_PUBLISHING = N_("This task is done by publishing what it asks for, and in no other way.")


def hand_in(
    actor: Actor,
    *,
    task: int,
    content: dict[str, Any] | None = None,
    note: str = "",
    files: tuple[str, ...] = (),
    on_behalf: str = "",
    client_id: UUID | None = None,
    at: datetime,
) -> TaskView:
    """Hand in a task's form. With `on_behalf` (who signed the paper) an officer types in what came on paper."""
    with deed(actor):
        if (first := first_answer(actor, client_id)) is not None:
            return task_view(actor, first, at=at)
        row, plan, roles = taken(actor, task)
        return _hand_in(actor, row, plan, roles, content, note, files, on_behalf, client_id, at)


def _hand_in(
    actor: Actor, row: Task, plan: InForce, roles: frozenset[str], content: dict[str, Any] | None, note: str,
    files: tuple[str, ...], on_behalf: str, client_id: UUID | None, at: datetime,
) -> TaskView:  # fmt: skip
    duty = plan.pack.duties[row.duty]
    _on_its_day(row, plan, day_of(at))
    row.state = TASK.move(row.state, "hand_in", roles)
    via = _via(actor, row, on_behalf)
    answer = _answered(actor, row, plan, duty, content, note, files, via, on_behalf, at)
    seal = answer.digest if answer else digest({"task": row.id, "note": note})
    kept = HandIn.objects.create(
        bureau_id=actor.bureau, task=row, answer_id=answer.id if answer else None, note=note.strip(), via=via,
        on_behalf=on_behalf, person_id=actor.person, digest=seal, at=at,
    )  # fmt: skip
    if duty.accepted_by == "receipt":
        row.state = TASK.move(row.state, "accept", "clock")
        row.closed_at = at
        kept.judged, kept.judged_at = "accepted", at
        kept.save(update_fields=["judged", "judged_at"])
    row.save(update_fields=["state", "closed_at"])
    if actor.person is not None:
        drop_draft(actor, subject=f"task:{row.id}", at=at)
    marked = replace(actor, via=via)
    record(
        marked, verb="duties.hand_in", subject="task", subject_id=row.id, digest=seal, client_id=client_id, at=at
    )  # fmt: skip
    return task_view(actor, row.id, at=at)


def _answered(
    actor: Actor, row: Task, plan: InForce, duty: Duty, content: dict[str, Any] | None, note: str,
    files: tuple[str, ...], via: Via, on_behalf: str, at: datetime,
) -> AnswerView | None:  # fmt: skip
    """The answer to the duty's form, kept; None where the duty asks for a sentence or for nothing."""
    if duty.hand_in is None:
        if content:
            raise Invalid(FieldFault("content", N_("This task asks for no form."), {}))
        if is_done_by_publishing(plan.pack, row.duty):
            raise Invalid(FieldFault("content", BY_PUBLISHING, {}))
        if duty.proof in ("note", "paper") and not note.strip():
            raise Invalid(FieldFault("note", N_("Write in a sentence what was done."), {}))
        return None
    return keep_answer(
        actor, plan=plan, form=duty.hand_in.removeprefix("forms."), content=content or {}, organ=row.organ_id,
        via=via, on_behalf=on_behalf, files=files, at=at,
    )  # fmt: skip


def _on_its_day(row: Task, plan: InForce, today: date) -> None:
    """Not before it opens, and not after its day where the plan takes nothing late."""
    if row.state == "waiting":
        raise NotYet(first_day=row.opens_on, today=today, verb=Word("hand_in"), state=Word(row.state), possible=[])
    scope = scope_of(plan, plan.pack.duties[row.duty], organ_view(row.organ))
    late = row.state in ("open", "returned") and row.due_on is not None and today > row.due_on
    if late and refuses_late(plan.pack, row.duty, scope):
        raise Late(last_day=row.due_on, today=today, clause="、".join(plan.pack.duties[row.duty].clause))


def _via(actor: Actor, row: Task, on_behalf: str) -> Via:
    if actor.kind == "link":
        return "link"
    if actor.organ == row.organ_id:
        return "self"
    if not on_behalf.strip():
        raise Invalid(FieldFault("on_behalf", N_("Say who signed the paper you are typing in."), {}))
    return "paper"


def tick_off(
    actor: Actor, *, task: int, note: str = "", published: str = "", client_id: UUID | None = None, at: datetime
) -> TaskView:  # fmt: skip
    """Say that a task with nothing to hand in is done; only what the duty's proof asks for is asked.

    `published`: the digest of the copy that stands before the public, for a duty that is done by publishing.
    """
    with deed(actor):
        if (first := first_answer(actor, client_id)) is not None:
            return task_view(actor, first, at=at)
        row, plan, roles = taken(actor, task)
        duty: Duty = plan.pack.duties[row.duty]
        _on_its_day(row, plan, day_of(at))
        if duty.hand_in is not None:
            raise Invalid(FieldFault("content", N_("This task is handed in with its form."), {}))
        if not published and is_done_by_publishing(plan.pack, row.duty):
            raise Invalid(FieldFault("content", BY_PUBLISHING, {}))
        if duty.proof in ("note", "paper") and not note.strip():
            raise Invalid(FieldFault("note", N_("Write in a sentence what was done."), {}))
        row.state, row.closed_at = TASK.move(row.state, "tick_off", roles), at
        row.save(update_fields=["state", "closed_at"])
        seal = digest({"task": row.id, "note": note.strip()} | ({"published": published} if published else {}))
        via: Via = "self" if actor.organ == row.organ_id else "paper"
        HandIn.objects.create(
            bureau_id=actor.bureau, task=row, note=note.strip(), via=via, person_id=actor.person, digest=seal, at=at,
            judged="accepted", judged_at=at,
        )  # fmt: skip
        marked = replace(actor, via=via)
        record(
            marked, verb="duties.tick_off", subject="task", subject_id=row.id, digest=seal, client_id=client_id, at=at
        )
        return task_view(actor, row.id, at=at)


def send_link(actor: Actor, *, task: int, client_id: UUID | None = None, at: datetime) -> str:
    """Make a one-time link for an organ without an account; returns the token, which is kept nowhere.

    So a repeat cannot give it again: it raises LinkMade, and makes no second link that would end the first.
    """
    with deed(actor):
        row, _, roles = taken(actor, task)
        if "receiver" not in roles or actor.person is None:
            raise NotAllowed(verb=Word("send_link"), who=[Word("receiver")])
        if first_answer(actor, client_id, subject="task") is not None:
            raise LinkMade
        token = new_token()
        TaskLink.objects.filter(task=row, used_at=None).update(used_at=at)
        TaskLink.objects.create(
            bureau_id=actor.bureau, task=row, token_digest=sha256(token.encode()).hexdigest(),
            made_by_id=actor.person, expires_at=at + LINK_LASTS,
        )  # fmt: skip
        record(actor, verb="duties.send_link", subject="task", subject_id=row.id, client_id=client_id, at=at)
        return token


def hand_in_by_link(
    *, bureau: int, token: str, content: dict[str, Any], signed: str, client_id: UUID | None, at: datetime
) -> TaskView:
    """Hand in through a one-time link; `signed` is the name the unit signs with. The link is then spent."""
    with deed(Actor.clock(bureau)):
        of_token = {"token_digest": sha256(token.encode()).hexdigest()}
        found = TaskLink.objects.filter(**of_token).values_list("task", flat=True).first()
        if found is None:
            raise LinkSpent
        # The task before its link, as whoever makes a fresh link locks them.
        row = Task.objects.select_for_update(of=("self",)).select_related("organ").get(id=found)
        link = TaskLink.objects.select_for_update().get(**of_token)
        actor = Actor.link(bureau, organ=row.organ_id, roles=frozenset({"link", row.organ.kind}))
        if first_answer(actor, client_id) is not None:
            return task_view(actor, row.id, at=at)
        if link.used_at is not None or link.expires_at < at:
            raise LinkSpent
        if not signed.strip():
            raise Invalid(FieldFault("signed", N_("Write the name of the one who signs for the unit."), {}))
        link.used_at = at
        link.save(update_fields=["used_at"])
        _, plan, _ = taken(actor, row.id)
        return _hand_in(actor, row, plan, frozenset({"link"}), content, "", (), signed.strip(), client_id, at)
