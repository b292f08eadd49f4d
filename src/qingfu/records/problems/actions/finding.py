"""Finding a problem: one line of the one ledger, whoever found it and however it came."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from django.db import connections
from django.db.models.functions import Length

from qingfu.base.actor import Actor
from qingfu.base.canon import digest
from qingfu.base.clock import day_of
from qingfu.base.errors import FieldFault, Invalid, NoSuchDay, NotAllowed, NotFound, NotInForce
from qingfu.base.words import N_, Word
from qingfu.packfile.due import first_day, last_day
from qingfu.records.duties.models import Task
from qingfu.records.journal.actions import deed, first_answer, record
from qingfu.records.people.queries import OrganView, organ
from qingfu.records.plans.queries import InForce
from qingfu.records.problems.actions.locking import bounded, policy_of, sentence
from qingfu.records.problems.models import Problem
from qingfu.records.problems.queries.case import plans_deadline, problem_after
from qingfu.records.problems.queries.rights import standing
from qingfu.records.problems.queries.views import ProblemRow

Source = Literal["census", "hotline", "visit", "office", "revisit"]
SOURCES = ("census", "hotline", "visit", "office", "revisit")

NO_SOURCE = N_("Say how it was found.")
NO_KIND = N_("The plan has no such kind of problem.")
NO_CONDUCT = N_("The plan has no such red line.")
FUTURE = N_("This day has not come yet.")
BEFORE_SCOPE = N_("This happened before {since}; the plan looks back no further.")
_CHINESE = re.compile(r"(\d{4})年(?:(\d{1,2})月(?:(\d{1,2})日)?)?")


def find(
    actor: Actor, *, plan: InForce, title: str, owner: int, kind: str = "", conduct: str = "", source: Source,
    detail: str = "", happened: str = "", found_on: date, standard: str = "", deadline: date | None = None,
    from_task: int | None = None, client_id: UUID | None = None, at: datetime,
) -> ProblemRow:  # fmt: skip
    """Enter a problem into the plan's ledger; returns the head of the new line.

    The bureau side may enter any; an organ its own, and what it hands in under a task of its own (`from_task`), in
    whose name the clock enters what came through a link. The
    standard and the deadline come from the plan's kind of problem unless they are given. `happened` is a day, a month
    or a year, or the finder's own words. Raises Invalid for what happened before the plan looks back.
    """
    with deed(actor):
        if (first := first_answer(actor, client_id)) is not None:
            return problem_after(actor, first, at=at)
        policy_of(plan)
        if plan.state != "in-force":
            raise NotInForce(plan=plan.title)
        task = _task(plan, from_task)
        _may_find(actor, plan, owner, task)
        unit = organ(actor, owner)
        row = Problem(
            bureau_id=actor.bureau, edition_id=plan.edition, title=sentence("title", title, most=200),
            detail=bounded("detail", detail), owner_id=owner, source=source, from_task=task, found_on=found_on,
            happened=_happened(plan, task, bounded("happened", happened, most=60), day_of(at)),
            found_by_id=actor.person, state="found", deadline=deadline, standard=bounded("standard", standard),
        )  # fmt: skip
        _judge(row, plan, kind, conduct, day_of(at))
        _by_kind(row, plan, unit)
        row.number = _next_number(actor, day_of(at).year)
        row.save(force_insert=True)
        record(
            actor, verb="problems.find", subject="problem", subject_id=row.id, digest=_digest(row),
            client_id=client_id, at=at,
        )  # fmt: skip
        return problem_after(actor, row.id, at=at)


def _task(plan: InForce, from_task: int | None) -> Task | None:
    if from_task is None:
        return None
    task = Task.objects.filter(id=from_task, edition=plan.edition).first()
    if task is None:
        raise NotFound(what=str(from_task))
    return task


def _may_find(actor: Actor, plan: InForce, owner: int, task: Task | None) -> None:
    mine = standing(actor, plan)
    if actor.kind == "person" and (mine.keeps or mine.sees):
        return
    if task is not None and (actor.kind == "clock" or task.organ_id == actor.organ):
        return
    if actor.kind == "person" and actor.organ == owner:
        return
    raise NotAllowed(verb=Word("find"), who=[Word("keeper"), Word("owner")])


def _judge(row: Problem, plan: InForce, kind: str, conduct: str, today: date) -> None:
    faults = []
    if row.source not in SOURCES:
        faults.append(FieldFault("source", NO_SOURCE))
    if kind and kind not in plan.pack.problem_kinds:
        faults.append(FieldFault("kind", NO_KIND))
    if conduct and conduct not in plan.pack.conduct:
        faults.append(FieldFault("conduct", NO_CONDUCT))
    if row.found_on > today:
        faults.append(FieldFault("found_on", FUTURE))
    if faults:
        raise Invalid(*faults)
    row.kind, row.conduct = kind, conduct


def _by_kind(row: Problem, plan: InForce, unit: OrganView) -> None:
    """What the plan itself says about a line of this kind: red line, standard, deadline, at once, clause."""
    held = plan.pack.problem_kinds.get(row.kind)
    if held:
        row.conduct = row.conduct or held.conduct or ""
        row.standard = row.standard or held.standard or ""
        row.at_once = held.at_once
        # The plan's day stands; a line may be promised earlier, and only the keeper moves it later.
        days = (row.deadline, plans_deadline(plan, row.kind, unit, row.found_on)[0])
        row.deadline = min((day for day in days if day is not None), default=None)
    red_line = plan.pack.conduct.get(row.conduct)
    scope = plan.pack.plan.scope
    clauses = held.clause if held else red_line.clause if red_line else scope.clause if scope else ()
    row.clause = (clauses or policy_of(plan).clause)[0][:40]


def _happened(plan: InForce, task: Task | None, text: str, today: date) -> str:
    """When it happened, as a day, month or year where it can be read so; judged against the look-back window."""
    if found := _CHINESE.fullmatch(text):
        text = "-".join(part.zfill(2) for part in found.groups() if part)
    if not re.fullmatch(r"\d{4}(-\d{1,2}){0,2}", text):
        return text
    try:
        first, last = first_day(text), last_day(text)
    except NoSuchDay:
        raise Invalid(FieldFault("happened", NoSuchDay.says, {"text": text})) from None
    if first > today:
        raise Invalid(FieldFault("happened", FUTURE))
    since, clause = _looks_back(plan, task)
    if since is not None and last < since:
        raise Invalid(FieldFault("happened", BEFORE_SCOPE, {"since": since}), clause=clause)
    return text


def _looks_back(plan: InForce, task: Task | None) -> tuple[date | None, str]:
    duty = plan.pack.duties.get(task.duty) if task else None
    if duty and duty.covers_since:
        return first_day(duty.covers_since), "、".join(duty.clause)
    scope = plan.pack.plan.scope
    if scope and scope.since:
        return first_day(scope.since.value), "、".join(scope.clause)
    return None, ""


def _next_number(actor: Actor, year: int) -> str:
    """The next number of the year, as 2024-0017; two at once wait for each other."""
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"problems.number:{actor.bureau}"])
    rows = Problem.objects.filter(number__startswith=f"{year}-").order_by(Length("number").desc(), "-number")
    last = rows.values_list("number", flat=True).first()
    return f"{year}-{int(last.partition('-')[2]) + 1 if last else 1:04d}"


def _digest(row: Problem) -> str:
    return digest(
        {
            "number": row.number, "title": row.title, "detail": row.detail, "owner": row.owner_id, "kind": row.kind,
            "conduct": row.conduct, "found_on": row.found_on, "happened": row.happened, "standard": row.standard,
            "deadline": row.deadline,
        }
    )  # fmt: skip
