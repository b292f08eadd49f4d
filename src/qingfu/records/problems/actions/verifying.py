"""销号 and 回头看: somebody else looks, strikes off or sends back, and comes to look again."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from qingfu.base.actor import Actor
from qingfu.base.canon import digest
from qingfu.base.clock import day_of
from qingfu.base.errors import FieldFault, Invalid, SomebodyElse
from qingfu.base.words import N_
from qingfu.base.workdays import Workdays
from qingfu.packfile.due import revisit_day
from qingfu.records.journal.actions import deed, first_answer, record
from qingfu.records.people.queries import organ_view
from qingfu.records.plans.queries import InForce
from qingfu.records.problems.actions.locking import bounded, policy_of, sentence, somebody, taken
from qingfu.records.problems.models import Problem, Revisit, Verification
from qingfu.records.problems.queries import ProblemView
from qingfu.records.problems.queries import problem as problem_view
from qingfu.records.problems.queries.case import plans_deadline
from qingfu.records.problems.queries.rights import bound
from qingfu.records.problems.states import PROBLEM

NO_VERDICT = N_("Say whether it holds or has come back.")


def strike_off(
    actor: Actor, *, problem: int, reason: str = "", client_id: UUID | None = None, at: datetime
) -> ProblemView:
    """Strike a reported line off the ledger; its re-visit is set by the plan. Raises SomebodyElse."""
    with deed(actor):
        if (first := first_answer(actor, client_id)) is not None:
            return problem_view(actor, first, at=at)
        row, plan = _judged(actor, problem, "strike_off", at)
        said = bounded("reason", reason)
        _verified(actor, row, "struck-off", said, client_id, at)
        again = revisit_day(plan.pack, day_of(at), Workdays.shipped())
        row.closed_at, row.revisit_on = at, again.day if again else None
        row.save(update_fields=["state", "closed_at", "revisit_on"])
        return problem_view(actor, row.id, at=at)


def send_back(actor: Actor, *, problem: int, reason: str, client_id: UUID | None = None, at: datetime) -> ProblemView:
    """Send a reported line back to its owner, with what is still missing; a new round begins."""
    with deed(actor):
        if (first := first_answer(actor, client_id)) is not None:
            return problem_view(actor, first, at=at)
        row, _ = _judged(actor, problem, "send_back", at)
        _verified(actor, row, "sent-back", sentence("reason", reason), client_id, at)
        row.round += 1
        row.save(update_fields=["state", "round"])
        return problem_view(actor, row.id, at=at)


def revisit(
    actor: Actor, *, problem: int, verdict: Literal["holds", "relapsed"], note: str = "",
    client_id: UUID | None = None, at: datetime,
) -> ProblemView:  # fmt: skip
    """Look again at a line that was struck off. A relapse reopens the same line; it needs a note."""
    with deed(actor):
        if (first := first_answer(actor, client_id)) is not None:
            return problem_view(actor, first, at=at)
        if verdict not in ("holds", "relapsed"):
            raise Invalid(FieldFault("verdict", NO_VERDICT))
        row, plan = _judged(actor, problem, f"revisit_{verdict}", at)
        said = sentence("note", note) if verdict == "relapsed" else bounded("note", note)
        Revisit.objects.create(
            bureau_id=actor.bureau, problem=row, on=day_of(at), verdict=verdict, note=said, person_id=somebody(actor),
            at=at,
        )  # fmt: skip
        row.revisit_on = None
        if verdict == "relapsed":
            _reopen(row, plan, day_of(at))
        row.save()
        record(
            actor, verb="problems.revisit", subject="problem", subject_id=row.id,
            digest=digest({"verdict": verdict, "note": said}), client_id=client_id, at=at,
        )  # fmt: skip
        return problem_view(actor, row.id, at=at)


def _judged(actor: Actor, problem: int, verb: str, at: datetime) -> tuple[Problem, InForce]:
    """The line after the move; whoever did the work, or is bound to them, is told so rather than that he may not."""
    row, plan, roles = taken(actor, problem)
    if verb in PROBLEM.verbs(row.state, "verifier") and row.id in bound(actor, [row], at=at):
        raise SomebodyElse(verb=verb, clause="、".join(policy_of(plan).clause))
    row.state = PROBLEM.move(row.state, verb, roles)
    return row, plan


def _verified(actor: Actor, row: Problem, verdict: str, reason: str, client_id: UUID | None, at: datetime) -> None:
    Verification.objects.create(
        bureau_id=actor.bureau, problem=row, round=row.round, verdict=verdict, reason=reason,
        person_id=somebody(actor), at=at,
    )  # fmt: skip
    verb = "strike_off" if verdict == "struck-off" else "send_back"
    record(
        actor, verb=f"problems.{verb}", subject="problem", subject_id=row.id,
        digest=digest({"round": row.round, "verdict": verdict, "reason": reason}), client_id=client_id, at=at,
    )  # fmt: skip


def _reopen(row: Problem, plan: InForce, today: date) -> None:
    """The same line again: the plan's day is counted anew; a day that is over must be set anew."""
    row.times_reopened += 1
    row.round += 1
    row.closed_at = None
    again = plans_deadline(plan, row.kind, organ_view(row.owner), today)[0]
    row.moved_from, row.deadline = row.deadline, again if again is not None and again >= today else None
