"""Flagging conduct in an affair, and judging a listed one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from qingfu.base.actor import Actor
from qingfu.base.clock import day_of
from qingfu.base.errors import AlreadyThere, FieldFault, Invalid, NotAllowed, NotFound, WrongState
from qingfu.base.words import N_, Word
from qingfu.packfile import course
from qingfu.packfile.words.moves import Evaluation as EvaluationWord
from qingfu.packfile.words.moves import Verdict
from qingfu.records.affairs.models import Affair, Evaluation, Flag
from qingfu.records.affairs.queries import AffairView, EvaluationView, evaluations
from qingfu.records.affairs.queries import affair as told
from qingfu.records.forms.actions import keep_answer
from qingfu.records.journal.actions import deed, first_answer, record
from qingfu.records.lists.actions import leave
from qingfu.records.lists.models import Listing
from qingfu.records.lists.states import HOLDING
from qingfu.records.plans.queries import InForce, in_force, parties_of, sees_all

NO_CONDUCT = N_("The plan has no such red line: {key}.")
NO_STEP = N_("The route has no such step: {step}.")
NO_VERDICT = N_("The plan knows no such verdict: {verdict}.")
WHY = N_("Say why.")
NOTE = 300


def flag(actor: Actor, *, affair: int, conduct: str, step: str, note: str = "", at: datetime) -> AffairView:
    """Write down conduct one saw in an affair at a step (A06). Saying it again adds nothing.

    Only who decides in that step, or the bureau side. Raises NotAllowed, Invalid, NotFound.
    """
    with deed(actor):
        row = Affair.objects.filter(id=affair).first()
        if row is None:
            raise NotFound(what=str(affair))
        view = told(actor, affair)
        plan = in_force(actor, row.edition_id)
        if conduct not in plan.pack.conduct:
            raise Invalid(FieldFault("conduct", NO_CONDUCT, {"key": conduct}))
        held = next((held for held in course.steps_of(plan.pack, row.route) if held.id == step), None)
        if held is None:
            raise Invalid(FieldFault("step", NO_STEP, {"step": step}))
        mine = held.by in parties_of(actor, plan) or sees_all(actor, plan)
        if not mine or actor.person is None or actor.organ == row.department_id:
            raise NotAllowed(verb=Word("flag"), who=[plan.pack.parties[held.by].says])
        if Flag.objects.filter(affair=row, conduct=conduct, step=step, person=actor.person).exists():
            return view
        Flag.objects.create(
            bureau_id=actor.bureau, affair=row, conduct=conduct, step=step, person_id=actor.person, note=note[:NOTE],
            at=at,
        )  # fmt: skip
        record(actor, verb="affairs.flag", subject="affair", subject_id=affair, at=at)
        return told(actor, affair, at=at)


def evaluate(
    actor: Actor, *, listing: int, evaluation: str, verdict: str, reason: str = "",
    content: Mapping[str, Any] | None = None, client_id: UUID | None = None, at: datetime,
) -> EvaluationView:  # fmt: skip
    """Judge a listed affair, once in a year (A19); a verdict with an exit leads it off the list (A20) with the reason.

    `content` answers the evaluation's form, if it is handed in. Raises NotAllowed, WrongState, AlreadyThere, Invalid.
    """
    with deed(actor):
        if (first := first_answer(actor, client_id)) is not None:
            return _view(actor, listing, first)
        row = Listing.objects.select_related("roll").filter(id=listing).first()
        if row is None:
            raise NotFound(what=str(listing))
        plan = in_force(actor, row.roll.edition_id)
        held = _held(actor, plan, row, evaluation)
        judged = _verdict(held, verdict, reason)
        answer = None
        if content is not None:
            kept = keep_answer(actor, plan=plan, form=held.form, content=content, via=actor.via, at=at)
            answer = kept.id
        made = _made(actor, row, evaluation, verdict, reason.strip(), answer, at)
        if judged.exit:
            leave(actor, listing=listing, exit=judged.exit, reason=reason, at=at)
        record(
            actor, verb="affairs.evaluate", subject="evaluation", subject_id=made.id, digest=row.digest,
            client_id=client_id, at=at,
        )  # fmt: skip
        return _view(actor, listing, made.id)


def _held(actor: Actor, plan: InForce, row: Listing, evaluation: str) -> EvaluationWord:
    held = plan.pack.evaluations.get(evaluation)
    if held is None or held.of.removeprefix("lists.") != row.roll.list:
        raise NotFound(what=evaluation)
    if actor.person is None or held.by not in parties_of(actor, plan) or actor.organ == row.organ_id:
        raise NotAllowed(clause="、".join(held.clause), verb=Word("evaluate"), who=[plan.pack.parties[held.by].says])
    if row.state not in HOLDING:
        raise WrongState(verb=Word("evaluate"), state=Word(row.state), possible=[])
    return held


def _verdict(held: EvaluationWord, verdict: str, reason: str) -> Verdict:
    found = next((one for one in held.verdicts if one.id == verdict), None)
    if found is None:
        raise Invalid(FieldFault("verdict", NO_VERDICT, {"verdict": verdict}))
    if found.exit and not reason.strip():
        raise Invalid(FieldFault("reason", WHY))
    return found


def _made(
    actor: Actor, row: Listing, evaluation: str, verdict: str, reason: str, answer: int | None, at: datetime
) -> Evaluation:
    try:
        with transaction.atomic():
            return Evaluation.objects.create(
                bureau_id=actor.bureau, listing=row, evaluation=evaluation, year=day_of(at).year, verdict=verdict,
                reason=reason, answer_id=answer, person_id=actor.person or 0, at=at,
            )  # fmt: skip
    except IntegrityError as error:
        raise AlreadyThere(what=row.title) from error


def _view(actor: Actor, listing: int, evaluation: int) -> EvaluationView:
    found = next((one for one in evaluations(actor, listing=listing) if one.id == evaluation), None)
    if found is None:
        raise NotFound(what=str(evaluation))
    return found
