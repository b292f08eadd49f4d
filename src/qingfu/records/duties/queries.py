"""The duty table: one organ's tasks, the whole board, one task's story."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db.models import Count, Min, Q, QuerySet

from qingfu.base.actor import Actor
from qingfu.base.clock import day_of
from qingfu.base.errors import LinkSpent, NotFound
from qingfu.base.workdays import Workdays
from qingfu.packfile import due
from qingfu.packfile.words.asks import Duty
from qingfu.records.duties.models import HandIn, Task, TaskLink
from qingfu.records.duties.states import TASK
from qingfu.records.journal.queries import Page, reading, was_sent
from qingfu.records.people.queries import OrganView, organ_view, organs
from qingfu.records.people.queries import organ as organ_of
from qingfu.records.plans.queries import (
    InForce,
    in_force,
    organs_of,
    parties_of,
    plans_in_force,
    scope_of,
    sees_all,
)

# How far ahead the days of duties are looked for: what comes again opens, at most, a year before its last day.
FAR_OFF = timedelta(days=731)


@dataclass(frozen=True)
class HandInView:
    """One handing-in: by whom, how it came, what became of it."""

    id: int
    at: datetime
    by: str
    via: str
    on_behalf: str
    note: str
    answer: int | None
    digest: str
    judged: str
    judged_by: str
    judged_at: datetime | None
    reason: str


@dataclass(frozen=True)
class TaskRow:
    """A task in a list. `handed_in_on` is the day it was handed in first."""

    id: int
    edition: int
    duty: str
    says: str
    clause: tuple[str, ...]
    organ: OrganView
    period: str
    opens_on: date
    due_on: date | None
    moved_from: date | None
    state: str
    late: bool
    to: str
    asks_nothing: bool
    handed_in_on: date | None


@dataclass(frozen=True)
class TaskView:
    """A task with its story, what it asks, and what this actor may do."""

    row: TaskRow
    explains: dict[str, Any]
    form: str
    does: str
    proof: str
    minutes: int | None
    reason: str
    hand_ins: tuple[HandInView, ...]
    verbs: tuple[str, ...]
    is_typist: bool


@dataclass(frozen=True)
class DutyCount:
    """How a duty stands: of `total` organs, how many have handed in, are late, are waived, and the next day."""

    edition: int
    duty: str
    period: str
    total: int
    waiting: int
    handed_in: int
    accepted: int
    waived: int
    late: int
    next_due: date | None
    moved_from: date | None

    @property
    def done(self) -> int:
        """Handed in or accepted."""
        return self.handed_in + self.accepted


def roles_on(actor: Actor, plan: InForce, *, duty: str, organ: int) -> frozenset[str]:
    """Who the actor is to a task: doer, receiver, typist, clock, link."""
    if actor.kind == "clock":
        return frozenset({"clock"})
    roles = set()
    if actor.organ == organ:
        roles.add("link" if actor.kind == "link" else "doer")
    if actor.kind != "person":
        return frozenset(roles)
    known = plan.pack.duties.get(duty)
    # Nobody accepts or waives the work of their own organ.
    if actor.organ != organ and (sees_all(actor, plan) or (known and known.to in parties_of(actor, plan))):
        roles |= {"receiver", "typist"}
    return frozenset(roles)


def may_judge(actor: Actor, plan: InForce, *, duty: str) -> bool:
    """Whether the actor may accept or give back what other organs hand in under a duty."""
    nobody = 0
    return "receiver" in roles_on(actor, plan, duty=duty, organ=nobody)


def _visible(actor: Actor, plans: Iterable[InForce]) -> Q:
    whole = [plan.edition for plan in plans if sees_all(actor, plan)]
    return Q(edition__in=whole) | Q(organ=actor.organ)


def _row(row: Task, duty: Duty | None, plan: InForce | None, day: date, handed_in_at: datetime | None) -> TaskRow:
    asks_nothing = bool(duty and duty.hand_in is None and duty.proof == "none")
    late = row.state in ("open", "returned") and row.due_on is not None and row.due_on < day and not asks_nothing
    to = plan.pack.parties[duty.to].says if plan and duty and duty.to else ""
    return TaskRow(
        id=row.id, edition=row.edition_id, duty=row.duty, says=duty.says if duty else row.duty,
        clause=duty.clause if duty else (), organ=organ_view(row.organ), period=row.period, opens_on=row.opens_on,
        due_on=row.due_on, moved_from=row.moved_from, state=row.state, late=late, to=to, asks_nothing=asks_nothing,
        handed_in_on=day_of(handed_in_at) if handed_in_at else None,
    )  # fmt: skip


def _rows(rows: QuerySet[Task], plans: Iterable[InForce], day: date) -> tuple[TaskRow, ...]:
    known = {plan.edition: plan for plan in plans}
    found = []
    for row in rows.select_related("organ").annotate(handed_in_at=Min("hand_ins__at")):
        plan = known.get(row.edition_id)
        found.append(_row(row, plan.pack.duties.get(row.duty) if plan else None, plan, day, row.handed_in_at))
    return tuple(found)


def mine(actor: Actor, *, at: datetime) -> tuple[TaskRow, ...]:
    """What the actor's organ has to do now: open and returned, oldest day first."""
    return owed_by(actor, organ=actor.organ or 0, at=at)


def owed_by(actor: Actor, *, organ: int, at: datetime) -> tuple[TaskRow, ...]:
    """Open and returned tasks of one organ that the actor may know of, by their due day."""
    with reading(actor):
        plans = plans_in_force(actor)
        rows = Task.objects.filter(_visible(actor, plans), organ=organ, state__in=["open", "returned"])
        return _rows(rows.order_by("due_on", "id"), plans, day_of(at))


def mine_done(actor: Actor, *, at: datetime, size: int = 30) -> tuple[TaskRow, ...]:
    """What the actor's organ has handed in, newest first."""
    with reading(actor):
        rows = Task.objects.filter(organ=actor.organ, state__in=["handed-in", "accepted", "waived"])
        return _rows(rows.order_by("-closed_at", "-id")[:size], plans_in_force(actor), day_of(at))


def to_judge(actor: Actor, *, at: datetime) -> tuple[TaskRow, ...]:
    """What was handed in to the actor and waits to be accepted or given back."""
    with reading(actor):
        plans = plans_in_force(actor)
        asked = Q(pk__in=[])
        for plan in plans:
            parties, whole = parties_of(actor, plan), sees_all(actor, plan)
            duties = [key for key, duty in plan.pack.duties.items() if duty.to in parties]
            if duties and whole:
                asked |= Q(edition=plan.edition, duty__in=duties)
        rows = Task.objects.filter(asked, state="handed-in").exclude(organ=actor.organ).order_by("due_on", "id")
        return _rows(rows, plans, day_of(at))


def next_opening(actor: Actor, *, at: datetime) -> date | None:
    """When the next thing is expected of the actor's organ: the next task, or what is too far off to be one yet."""
    with reading(actor):
        waiting = Task.objects.filter(organ=actor.organ, state="waiting").order_by("opens_on")
        laid_out = waiting.values_list("opens_on", flat=True).first()
        return laid_out or min(_far_off(actor, day_of(at)), default=None)


def _far_off(actor: Actor, day: date) -> Iterator[date]:
    """Every later day on which a duty of the actor's organ opens; tasks are laid out a few weeks ahead only."""
    ours = (organ_of(actor, actor.organ),) if actor.organ is not None else ()
    for plan in plans_in_force(actor):
        for key, duty in plan.pack.duties.items():
            for organ in organs_of(plan, duty, ours) if due.comes_by_itself(duty) else ():
                deadlines = due.dates_of_duty(
                    plan.pack, key, Workdays.shipped(), in_force=plan.in_force_on, until=day + FAR_OFF,
                    terms=plan.terms, scope=scope_of(plan, duty, organ),
                )  # fmt: skip
                yield from (deadline.opens for deadline in deadlines if deadline.opens > day)


def late_at_once(actor: Actor, *, plan: InForce, on: date) -> dict[str, date]:
    """Duties that would be late from the first day if the plan came into force on `on`: the earliest day of each."""
    over: dict[str, date] = {}
    everybody = organs(actor)
    for key, duty in plan.pack.duties.items():
        asks_nothing = duty.hand_in is None and duty.proof == "none"
        if asks_nothing or not due.comes_by_itself(duty):
            continue
        for scope in {scope_of(plan, duty, organ) for organ in organs_of(plan, duty, everybody)}:
            deadlines = due.dates_of_duty(
                plan.pack, key, Workdays.shipped(), in_force=on, until=on, terms=plan.terms, scope=scope
            )
            past = [one.due.day for one in deadlines if one.due.day is not None and one.due.day < on]
            if past:
                over[key] = min(*past, over.get(key, on))
    return over


def board(
    actor: Actor, *, edition: int, duty: str = "", state: str = "", text: str = "", page: int = 1, size: int = 50,
    at: datetime,
) -> Page[TaskRow]:  # fmt: skip
    """The duty board of a plan: all organs' tasks for the bureau side, one's own otherwise. `state` may be "late"."""
    with reading(actor):
        plan, day = in_force(actor, edition), day_of(at)
        rows = Task.objects.filter(_visible(actor, [plan]), edition=edition)
        rows = rows.filter(duty=duty) if duty else rows
        rows = rows.filter(organ__name__icontains=text) if text else rows
        if state == "late":
            rows = rows.filter(_late(plan, day))
        elif state:
            rows = rows.filter(state=state)
        total = rows.count()
        ordered = rows.order_by("due_on", "duty", "organ__sort_key", "id")
        return Page(_rows(ordered[(page - 1) * size : page * size], [plan], day), total, page, size)


def _late(plan: InForce, day: date) -> Q:
    asks_nothing = [key for key, duty in plan.pack.duties.items() if duty.hand_in is None and duty.proof == "none"]
    return Q(state__in=["open", "returned"], due_on__lt=day) & ~Q(duty__in=asks_nothing)


def counts(actor: Actor, *, edition: int, at: datetime) -> tuple[DutyCount, ...]:
    """How every duty of the plan stands, over the tasks the actor may see, in one query."""
    with reading(actor):
        plan, day = in_force(actor, edition), day_of(at)
        rows = (
            Task.objects.filter(_visible(actor, [plan]), edition=edition)
            .values("duty", "period")
            .annotate(
                total=Count("id"),
                waiting=Count("id", filter=Q(state="waiting")),
                handed_in=Count("id", filter=Q(state="handed-in")),
                accepted=Count("id", filter=Q(state="accepted")),
                waived=Count("id", filter=Q(state="waived")),
                late=Count("id", filter=_late(plan, day)),
                next_due=Min("due_on", filter=Q(state__in=["waiting", "open", "returned"])),
                moved_from=Min("moved_from"),
            )
            .order_by("duty", "period")
        )
        return tuple(DutyCount(edition=edition, **row) for row in rows)


def task(actor: Actor, task_id: int, *, at: datetime) -> TaskView:
    """One task with its story; NotFound when the actor is neither its doer nor on the receiving side."""
    with reading(actor):
        row = Task.objects.select_related("organ").filter(id=task_id).first()
        if row is None:
            raise NotFound(what=str(task_id))
        plan = in_force(actor, row.edition_id)
        roles = roles_on(actor, plan, duty=row.duty, organ=row.organ_id)
        if not roles:
            raise NotFound(what=str(task_id))
        duty, told = plan.pack.duties[row.duty], _hand_ins(row)
        return TaskView(
            row=_row(row, duty, plan, day_of(at), told[0].at if told else None),
            explains=row.explains,
            form=(duty.hand_in or "").removeprefix("forms."),
            does=duty.does or "",
            proof=duty.proof or "",
            minutes=duty.minutes.value if duty.minutes else None,
            reason=row.reason,
            hand_ins=told,
            verbs=TASK.verbs(row.state, _offered(roles, duty)),
            is_typist="typist" in roles and "doer" not in roles,
        )


def _offered(roles: frozenset[str], duty: Duty) -> frozenset[str]:
    # The clock's own moves are not offered to anybody.
    return roles - {"clock"} if duty.hand_in or duty.does else frozenset()


def _hand_ins(row: Task) -> tuple[HandInView, ...]:
    rows = HandIn.objects.filter(task=row).select_related("person", "judged_by").order_by("id")
    return tuple(
        HandInView(
            h.id,
            h.at,
            h.person.name if h.person else "",
            h.via,
            h.on_behalf,
            h.note,
            h.answer_id,
            h.digest,
            h.judged,
            h.judged_by.name if h.judged_by else "",
            h.judged_at,
            h.reason,
        )
        for h in rows
    )


def late_organs(actor: Actor, *, edition: int, duty: str, at: datetime) -> tuple[TaskRow, ...]:
    """Who is late with a duty: what the reminder for the chat group names."""
    with reading(actor):
        plan, day = in_force(actor, edition), day_of(at)
        rows = Task.objects.filter(_visible(actor, [plan]), _late(plan, day), edition=edition, duty=duty)
        return _rows(rows.order_by("organ__sort_key", "id"), [plan], day)


def owing(actor: Actor, *, edition: int, duty: str, at: datetime) -> tuple[TaskRow, ...]:
    """Who still owes a duty, late or not yet."""
    with reading(actor):
        plan, day = in_force(actor, edition), day_of(at)
        rows = Task.objects.filter(_visible(actor, [plan]), edition=edition, duty=duty, state__in=["open", "returned"])
        return _rows(rows.order_by("organ__sort_key", "id"), [plan], day)


def task_by_link(*, bureau: int, token: str, client_id: UUID | None = None, at: datetime) -> TaskView:
    """The task a one-time link opens; raises LinkSpent, but not for the form that spent it: its answer got lost."""
    with reading(Actor.clock(bureau)):
        link = TaskLink.objects.filter(token_digest=sha256(token.encode()).hexdigest()).first()
        opens = link is not None and link.used_at is None and link.expires_at >= at
        if link is None or not (opens or was_sent("link", client_id)):
            raise LinkSpent
        row = Task.objects.select_related("organ").get(id=link.task_id)
        return task(Actor.link(bureau, organ=row.organ_id, roles=frozenset({"link", row.organ.kind})), row.id, at=at)


@dataclass(frozen=True)
class Lower:
    """What one organ handed in last under a duty that another one sums up: the answer, its form and content."""

    organ: OrganView
    answer: int
    form: str
    content: dict[str, Any]


def rolled_up(actor: Actor, *, edition: int, duty: str) -> tuple[Lower, ...]:
    """The last answers handed in under a duty, by organ: what a summing-up duty starts from (P17)."""
    with reading(actor):
        plan = in_force(actor, edition)
        rows = HandIn.objects.filter(
            task__edition=edition, task__duty=duty, task__state__in=["handed-in", "accepted"], answer__isnull=False
        )
        if not sees_all(actor, plan):
            rows = rows.filter(task__organ=actor.organ)
        last: dict[int, Lower] = {}
        for row in rows.select_related("task__organ", "answer").order_by("task__organ__sort_key", "id"):
            if row.answer is not None:
                organ, given = organ_view(row.task.organ), row.answer
                last[row.task.organ_id] = Lower(organ, given.id, given.form, given.content)
        return tuple(last.values())
