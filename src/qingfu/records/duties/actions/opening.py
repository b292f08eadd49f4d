"""Tasks are laid out when a plan is put in force and open by themselves on their day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from qingfu.base.actor import Actor
from qingfu.base.clock import day_of
from qingfu.base.terms import DueDate
from qingfu.base.words import translator
from qingfu.base.workdays import Workdays
from qingfu.packfile import due
from qingfu.records.duties.models import Task
from qingfu.records.duties.queries import FAR_OFF
from qingfu.records.duties.states import TASK
from qingfu.records.journal.actions import deed, record_many
from qingfu.records.people.queries import OrganView, organs
from qingfu.records.plans.queries import InForce, organs_of, scope_of

# How far ahead tasks are laid out, so that a board can say what comes next.
AHEAD = timedelta(days=62)


def lay_out_tasks(actor: Actor, *, plan: InForce, at: datetime) -> int:
    """Make the tasks of the plan that fall into the next weeks and do not exist yet; returns how many."""
    with deed(actor):
        day = day_of(at)
        everybody = organs(actor)
        known = set(Task.objects.filter(edition=plan.edition).values_list("duty", "organ", "period"))
        fresh = [task for task in _tasks(plan, everybody, day) if (task.duty, task.organ_id, task.period) not in known]
        for task in fresh:
            task.bureau_id = actor.bureau
        made = Task.objects.bulk_create(fresh)
        record_many(actor, verb="duties.lay_out", subject="task", subject_ids=[task.id for task in made], at=at)
        return len(made)


def _tasks(plan: InForce, everybody: tuple[OrganView, ...], day: date) -> Iterator[Task]:
    calendar = Workdays.shipped()
    for key, duty in plan.pack.duties.items():
        if not due.comes_by_itself(duty):
            continue
        cache: dict[str | None, tuple[due.Deadline, ...]] = {}
        for organ in organs_of(plan, duty, everybody):
            scope = scope_of(plan, duty, organ)
            if scope not in cache:
                cache[scope] = due.dates_of_duty(
                    plan.pack,
                    key,
                    calendar,
                    in_force=plan.in_force_on,
                    until=day + FAR_OFF,
                    terms=plan.terms,
                    scope=scope,
                )
            for deadline in cache[scope]:
                if deadline.opens <= day + AHEAD:
                    yield _task(plan, key, organ, deadline.due, deadline.opens, deadline.due.occurrence)


def _task(plan: InForce, key: str, organ: OrganView, found: DueDate, opens: date, period: str) -> Task:
    moved = plan.moved.get(f"duties.{key}")
    return Task(
        edition_id=plan.edition,
        duty=key,
        organ_id=organ.id,
        period=period,
        opens_on=opens,
        due_on=moved or found.day,
        moved_from=found.day if moved else None,
        explains=explained(found),
    )


def explained(found: DueDate) -> dict[str, Any]:
    """The explanation of a day as it is kept, in both languages: the rule may change later, this day was found so."""
    return {
        "en": found.text(),
        "zh-hans": found.text(translator("zh-hans")),
        "provisional": found.explanation.provisional,
    }


def open_tasks(actor: Actor, *, at: datetime) -> int:
    """Open every task whose day has come, and let pass those that asked for nothing; returns how many opened."""
    with deed(actor):
        day = day_of(at)
        rows = list(Task.objects.select_for_update().filter(state="waiting", opens_on__lte=day).order_by("id"))
        for row in rows:
            row.state, row.opened_at = TASK.move(row.state, "open", "clock"), at
        Task.objects.bulk_update(rows, ["state", "opened_at"], batch_size=500)
        record_many(actor, verb="duties.open", subject="task", subject_ids=[row.id for row in rows], at=at)
        return len(rows)


def let_pass(actor: Actor, *, plan: InForce, at: datetime) -> int:
    """Close the tasks of duties that ask for no proof, once their day is over: nobody is late with a study evening."""
    with deed(actor):
        quiet = [key for key, duty in plan.pack.duties.items() if duty.hand_in is None and duty.proof == "none"]
        rows = list(
            Task.objects.select_for_update().filter(
                edition=plan.edition, duty__in=quiet, state="open", due_on__lt=day_of(at)
            )
        )
        for row in rows:
            row.state, row.closed_at = TASK.move(row.state, "let_pass", "clock"), at
        Task.objects.bulk_update(rows, ["state", "closed_at"], batch_size=500)
        record_many(actor, verb="duties.let_pass", subject="task", subject_ids=[row.id for row in rows], at=at)
        return len(rows)


def open_for_event(
    actor: Actor, *, plan: InForce, duty: str, organ: OrganView, case: str, events: Mapping[str, date], at: datetime
) -> None:
    """Open a task that waits for a case of its own, as an activity's plan; `case` keeps it from opening twice."""
    with deed(actor):
        deadlines = due.dates_of_duty(
            plan.pack, duty, Workdays.shipped(), in_force=plan.in_force_on, terms=plan.terms, events=events
        )
        for deadline in deadlines:
            task = _task(plan, duty, organ, deadline.due, day_of(at), case)
            task.bureau_id, task.state, task.opened_at = actor.bureau, "open", at
            Task.objects.bulk_create([task], ignore_conflicts=True)
        ids = Task.objects.filter(edition=plan.edition, duty=duty, period=case).values_list("id", flat=True)
        record_many(actor, verb="duties.open", subject="task", subject_ids=ids, at=at)
