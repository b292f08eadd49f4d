"""One line of the ledger from top to bottom."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date, datetime

from qingfu.base.actor import Actor
from qingfu.base.clock import day_of
from qingfu.base.errors import NotFound
from qingfu.base.terms import Explanation
from qingfu.base.workdays import Workdays
from qingfu.packfile.due import deadline_of_problem
from qingfu.records.forms.queries import Download, FileView, download_by_id, file_view
from qingfu.records.journal.queries import reading, story
from qingfu.records.people.queries import OrganView, organ_view, person_names
from qingfu.records.plans.queries import InForce, in_force, in_scope
from qingfu.records.problems.models import Evidence, Problem
from qingfu.records.problems.queries.rights import Standing, bound, standing
from qingfu.records.problems.queries.views import (
    DeadlineMoveView,
    PlannedView,
    ProblemRow,
    ProblemView,
    RectificationView,
    ReplyView,
    RevisitView,
    VerificationView,
    row_view,
)
from qingfu.records.problems.states import JUDGING, PROBLEM

PLANNED = "problems.plan_rectification"


def problem(actor: Actor, problem_id: int, *, at: datetime) -> ProblemView:
    """One line with its story; NotFound for whoever is neither its owner nor on the bureau side."""
    with reading(actor):
        row = _loaded(problem_id)
        plan = in_force(actor, row.edition_id)
        mine = standing(actor, plan)
        if not mine.may_see(row.owner_id):
            raise NotFound(what=str(problem_id))
        return _view(actor, row, plan, mine, at)


def problem_after(actor: Actor, problem_id: int, *, at: datetime) -> ProblemRow:
    """The head of a line for whoever has just found it, even where its story is not theirs to see."""
    with reading(actor):
        row = _loaded(problem_id)
        return row_view(row, in_force(actor, row.edition_id), day_of(at))


def evidence_file(actor: Actor, problem_id: int, ref: str, *, at: datetime) -> Download:
    """A file that stands under the line's evidence, for whoever may see the line; raises NotFound."""
    with reading(actor):
        problem(actor, problem_id, at=at)
        held = Evidence.objects.filter(rectification__problem=problem_id, file__ref=ref).first()
        if held is None:
            raise NotFound(what=ref)
        return download_by_id(actor, held.file_id)


def _loaded(problem_id: int) -> Problem:
    row = Problem.objects.select_related("owner", "responsible", "found_by").filter(id=problem_id).first()
    if row is None:
        raise NotFound(what=str(problem_id))
    return row


def _view(actor: Actor, row: Problem, plan: InForce, mine: Standing, at: datetime) -> ProblemView:
    is_bound = row.id in bound(actor, [row], at=at)
    verbs = PROBLEM.verbs(row.state, mine.roles(owner=row.owner_id, at_once=row.at_once))
    inside = mine.keeps or mine.sees
    return ProblemView(
        row=row_view(row, plan, day_of(at)),
        detail=row.detail,
        happened=row.happened,
        found_by=row.found_by.name if row.found_by and inside else "",
        from_task=row.from_task_id if inside else None,
        round=row.round,
        why=_why(row, plan),
        planned=_planned(actor, row),
        replies=_replies(row),
        rectifications=_rectifications(row),
        verifications=_verifications(row),
        revisits=_revisits(row),
        moves=_moves(row),
        verbs=tuple(verb for verb in verbs if not (is_bound and verb in JUDGING)),
        bound=is_bound,
    )


def _planned(actor: Actor, row: Problem) -> tuple[PlannedView, ...]:
    told = [one for one in story(actor, subject="problem", subject_id=row.id) if one.verb == PLANNED]
    names = person_names(actor, {one.person for one in told})
    found = [PlannedView(names.get(one.person or 0, ""), one.at, "", None) for one in told]
    if found:
        moved = row.moves.filter(at__gt=found[-1].at).order_by("id").first()
        found[-1] = replace(found[-1], measure=row.measure, deadline=moved.was if moved else row.deadline)
    return tuple(found)


def _replies(row: Problem) -> tuple[ReplyView, ...]:
    rows = row.replies.select_related("person").order_by("id")
    return tuple(ReplyView(r.text, r.person.name if r.person else "", r.at) for r in rows)


def _verifications(row: Problem) -> tuple[VerificationView, ...]:
    rows = row.verifications.select_related("person").order_by("id")
    return tuple(VerificationView(v.round, v.verdict, v.reason, v.person.name, v.at) for v in rows)


def _revisits(row: Problem) -> tuple[RevisitView, ...]:
    rows = row.revisits.select_related("person").order_by("id")
    return tuple(RevisitView(v.on, v.verdict, v.note, v.person.name, v.at) for v in rows)


def _moves(row: Problem) -> tuple[DeadlineMoveView, ...]:
    rows = row.moves.select_related("person").order_by("id")
    return tuple(DeadlineMoveView(m.was, m.now, m.reason, m.person.name, m.at) for m in rows)


def _rectifications(row: Problem) -> tuple[RectificationView, ...]:
    files: dict[int, list[FileView]] = defaultdict(list)
    held = Evidence.objects.filter(rectification__problem=row).select_related("file").order_by("id")
    for evidence in held:
        files[evidence.rectification_id].append(file_view(evidence.file))
    return tuple(
        RectificationView(r.round, r.text, r.person.name if r.person else "", r.via, r.at, tuple(files[r.id]))
        for r in row.rectifications.select_related("person").order_by("id")
    )


def _why(row: Problem, plan: InForce) -> Explanation | None:
    day, why = plans_deadline(plan, row.kind, organ_view(row.owner), row.found_on)
    return why if day is None or day in (row.deadline, row.moved_from) else None


def plans_deadline(
    plan: InForce, kind: str, owner: OrganView, found_on: date
) -> tuple[date | None, Explanation | None]:
    """The day the plan gives a line of this kind and owner, as a leader may have moved it, with its explanation."""
    held = plan.pack.problem_kinds.get(kind)
    if held is None:
        return None, None
    scope = next((key for key in held.deadline_for if in_scope(plan, key, owner)), None)
    given = deadline_of_problem(plan.pack, kind, found_on, Workdays.shipped(), scope=scope)
    day = given.day if given else None
    return plan.moved.get(f"problem-kinds.{kind}", day) if day else day, given.explanation if given else None
