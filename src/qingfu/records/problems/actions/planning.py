"""整改台账: by which measure, to which standard, by when, by whom; and moving the day."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from qingfu.base.actor import Actor
from qingfu.base.canon import digest
from qingfu.base.clock import day_of
from qingfu.base.errors import FieldFault, Invalid
from qingfu.base.words import N_
from qingfu.records.journal.actions import deed, first_answer, record
from qingfu.records.people.models import Person
from qingfu.records.people.queries import holders_of
from qingfu.records.plans.queries import InForce
from qingfu.records.problems.actions.locking import bounded, policy_of, sentence, somebody, taken
from qingfu.records.problems.models import DeadlineMove, Problem
from qingfu.records.problems.queries import ProblemView
from qingfu.records.problems.queries import problem as problem_view
from qingfu.records.problems.states import PROBLEM

NEEDED = {
    "measure": N_("Say by which measure it is put right."),
    "standard": N_("Say when it counts as put right."),
    "deadline": N_("Say by which day it is put right."),
    "person": N_("Say who is responsible."),
}
OVER = N_("This day is over already.")
LATER = N_("The deadline is {deadline}; only whoever keeps the ledger moves it, with a reason.")
NOBODY = N_("This person holds no post in the unit that owns the line.")
SAME_DAY = N_("This is the day it has already.")


def plan_rectification(
    actor: Actor, *, problem: int, measure: str = "", standard: str = "", deadline: date | None = None,
    person: int | None = None, person_name: str = "", client_id: UUID | None = None, at: datetime,
) -> ProblemView:  # fmt: skip
    """Set measure, standard, deadline and responsible person; what is left empty stays as it was.

    All that the plan's policy asks of a line must be there in the end. The day may be made earlier, never later. A
    `person_name` without an account is kept as written; one holder of that name in the owner's organ is that person.
    """
    with deed(actor):
        if (first := first_answer(actor, client_id)) is not None:
            return problem_view(actor, first, at=at)
        row, plan, roles = taken(actor, problem)
        row.state = PROBLEM.move(row.state, "plan_rectification", roles)
        row.measure = bounded("measure", measure) or row.measure
        row.standard = bounded("standard", standard) or row.standard
        _set_day(row, deadline, day_of(at))
        _set_person(actor, row, person, bounded("person_name", person_name, most=40), day_of(at))
        _all_there(row, plan)
        row.save(update_fields=["state", "measure", "standard", "deadline", "responsible", "responsible_name"])
        seal = digest(
            {
                "measure": row.measure, "standard": row.standard, "deadline": row.deadline,
                "person": row.responsible_id, "person_name": row.responsible_name,
            }
        )  # fmt: skip
        record(
            actor, verb="problems.plan_rectification", subject="problem", subject_id=row.id, digest=seal,
            client_id=client_id, at=at,
        )  # fmt: skip
        return problem_view(actor, row.id, at=at)


def _set_day(row: Problem, deadline: date | None, today: date) -> None:
    if deadline is None or deadline == row.deadline:
        return
    if deadline < today:
        raise Invalid(FieldFault("deadline", OVER))
    if row.deadline is not None and deadline > row.deadline:
        raise Invalid(FieldFault("deadline", LATER, {"deadline": row.deadline}), clause=row.clause)
    row.deadline = deadline


def _set_person(actor: Actor, row: Problem, person: int | None, name: str, today: date) -> None:
    if person is None and not name:
        return
    holders = holders_of(actor, row.owner_id, on=today)
    if person is None:
        namesakes = list(Person.objects.filter(id__in=holders, name=name).values_list("id", flat=True))
        person = namesakes[0] if len(namesakes) == 1 else None
    elif person not in holders:
        raise Invalid(FieldFault("person", NOBODY))
    row.responsible_id, row.responsible_name = person, "" if person is not None else name


def _all_there(row: Problem, plan: InForce) -> None:
    policy = policy_of(plan)
    there = {
        "measure": bool(row.measure),
        "standard": bool(row.standard),
        "deadline": row.deadline is not None or row.at_once,
        "person": row.responsible_id is not None or bool(row.responsible_name),
    }
    missing = [FieldFault(need, NEEDED[need]) for need in policy.row_needs if not there[need]]
    if missing:
        raise Invalid(*missing, clause="、".join(policy.clause))


def move_deadline(
    actor: Actor, *, problem: int, to: date, reason: str, client_id: UUID | None = None, at: datetime
) -> ProblemView:
    """Move the day of a line, with a reason; the old day stays beside the new one."""
    with deed(actor):
        if (first := first_answer(actor, client_id)) is not None:
            return problem_view(actor, first, at=at)
        row, _, roles = taken(actor, problem)
        row.state = PROBLEM.move(row.state, "move_deadline", roles)
        why = sentence("reason", reason, most=300)
        if to < day_of(at):
            raise Invalid(FieldFault("to", OVER))
        if to == row.deadline:
            raise Invalid(FieldFault("to", SAME_DAY))
        DeadlineMove.objects.create(
            bureau_id=actor.bureau, problem=row, was=row.deadline, now=to, reason=why, person_id=somebody(actor), at=at
        )
        row.moved_from, row.deadline = row.deadline, to
        row.save(update_fields=["moved_from", "deadline"])
        record(
            actor, verb="problems.move_deadline", subject="problem", subject_id=row.id,
            digest=digest({"to": to, "reason": why}), client_id=client_id, at=at,
        )  # fmt: skip
        return problem_view(actor, row.id, at=at)
