"""What is handed in under a duty that opens problems becomes lines of the ledger."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from qingfu.base.actor import Actor
from qingfu.base.clock import day_of
from qingfu.packfile.words.asks import Form
from qingfu.records.duties import actions as duties
from qingfu.records.duties.queries import TaskView
from qingfu.records.forms.queries import answer as answer_of
from qingfu.records.journal.actions import deed, first_answer
from qingfu.records.plans.queries import InForce, in_force
from qingfu.records.problems.actions import find
from qingfu.records.problems.queries import titles_from_task


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
    """Hand in a task; where its duty opens problems, each row becomes a line of the ledger, once."""
    with deed(actor):
        if first_answer(actor, client_id) is not None:
            return duties.hand_in(actor, task=task, client_id=client_id, at=at)
        view = duties.hand_in(
            actor, task=task, content=content, note=note, files=files, on_behalf=on_behalf, client_id=client_id, at=at
        )
        _open_problems(actor, view, at)
        return view


def hand_in_by_link(
    *, bureau: int, token: str, content: dict[str, Any], signed: str, client_id: UUID | None, at: datetime
) -> TaskView:
    """Hand in through a one-time link, with the same effects."""
    clock = Actor.clock(bureau)
    with deed(clock):
        view = duties.hand_in_by_link(
            bureau=bureau, token=token, content=content, signed=signed, client_id=client_id, at=at
        )
        _open_problems(clock, view, at)
        return view


def _open_problems(actor: Actor, view: TaskView, at: datetime) -> None:
    plan = in_force(actor, view.row.edition)
    duty = plan.pack.duties[view.row.duty]
    if duty.opens != "problems" or not view.form or not view.hand_ins or view.hand_ins[-1].answer is None:
        return
    clock = Actor.clock(actor.bureau)
    content = answer_of(clock, view.hand_ins[-1].answer).content
    # What was handed in before, given back and handed in again is still the same line.
    known = titles_from_task(clock, view.row.id)
    for row in problem_rows(plan.pack.forms[view.form], content):
        if row["problem"] not in known:
            known.add(row["problem"])
            _find(actor, plan, view, row, at)


def problem_rows(form: Form, content: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    """The rows of a problem list, each by the meaning of its columns; rows without a problem are left out."""
    for item in form.items:
        if item.answer != "rows":
            continue
        means = {column.id: column.means for column in item.items}
        for row in content.get(item.id) or ():
            said = {str(means[key]): value for key, value in row.items() if means.get(key) and value}
            if said.get("problem"):
                yield said


def _find(actor: Actor, plan: InForce, view: TaskView, row: dict[str, Any], at: datetime) -> None:
    kind = str(row.get("problem-kind") or "")
    flag = row.get("flag") or ""
    find(
        actor,
        plan=plan,
        title=str(row["problem"]),
        owner=int(row.get("owner") or view.row.organ.id),
        kind=kind if kind in plan.pack.problem_kinds else "",
        conduct=str(flag[0] if isinstance(flag, list) and flag else flag or ""),
        source="census",
        detail=str(row.get("note") or row.get("place") or ""),
        happened=str(row.get("happened") or ""),
        found_on=day_of(at),
        from_task=view.row.id,
        at=at,
    )
