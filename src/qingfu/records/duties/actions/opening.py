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
# A term as it was assumed and as it was set lie no further apart; what is, belongs to another term.
SAME_TERM = timedelta(days=92)


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


Key = tuple[str, int, str]


def lay_out_anew(actor: Actor, *, before: InForce, plan: InForce, at: datetime) -> int:
    """Lay the tasks of a plan out by its present school terms in place of those `before`; returns how many changed.

    A task that waits takes the day of the same turn by the present terms, and goes where there is none. One that has
    opened keeps its day and everything in it; it stands for that turn, so that nobody is asked for it twice.
    """
    with deed(actor):
        day, everybody = day_of(at), organs(actor)
        old, new = ({_key(task): task for task in _tasks(one, everybody, day)} for one in (before, plan))
        rows = Task.objects.select_for_update().filter(edition=plan.edition).order_by("due_on", "id")
        held = {_key(row): row for row in rows}
        changed = [_again(row, new[key]) for key, row in held.items() if key in old and _differs(row, new.get(key))]
        free = {key: task for key, task in new.items() if key not in held}
        gone = []
        for row in (row for key, row in held.items() if key in old and key not in new):
            if (turn := _same_turn(row, free)) is not None:
                changed.append(_again(row, free.pop(turn)))
            elif row.state == "waiting":
                gone.append(row.id)
        Task.objects.bulk_update(changed, ["period", "opens_on", "due_on", "moved_from", "explains"], batch_size=500)
        touched = [row.id for row in changed] + gone
        record_many(actor, verb="duties.lay_out_anew", subject="task", subject_ids=touched, at=at)
        # Nobody was asked for these yet.
        Task.objects.filter(id__in=gone, state="waiting").delete()
        return len(touched) + lay_out_tasks(actor, plan=plan, at=at)


def _key(task: Task) -> Key:
    return task.duty, task.organ_id, task.period


def _differs(row: Task, now: Task | None) -> bool:
    return now is not None and row.state == "waiting" and (row.opens_on, row.due_on) != (now.opens_on, now.due_on)


def _same_turn(row: Task, free: Mapping[Key, Task]) -> Key | None:
    """The turn of the same duty and organ that is nearest to the task's day, unless it is of another term."""
    apart = {key: abs(_day(task) - _day(row)) for key, task in free.items() if key[:2] == (row.duty, row.organ_id)}
    nearest = min(apart, key=lambda key: apart[key], default=None)
    return nearest if nearest is not None and apart[nearest] <= SAME_TERM else None


def _day(task: Task) -> date:
    return task.due_on or task.opens_on


def _again(row: Task, now: Task) -> Task:
    """The kept task as the turn that was found now; its days only where it has not opened yet."""
    row.period = now.period
    if row.state == "waiting":
        row.opens_on, row.due_on, row.moved_from, row.explains = now.opens_on, now.due_on, now.moved_from, now.explains
    return row


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
