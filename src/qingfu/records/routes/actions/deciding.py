"""Deciding: pass, approve, return, refuse, record, publish."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from qingfu.base.actor import Actor
from qingfu.base.errors import AlreadyThere, FieldFault, Invalid, NotAllowed, WrongState
from qingfu.base.words import N_, Word
from qingfu.packfile import course
from qingfu.packfile.words.moves import Step
from qingfu.records.journal.actions import deed, first_answer, record
from qingfu.records.routes.actions.turns import (
    act,
    follow,
    given,
    has_accounts,
    locked,
    refuse_interest,
    refuse_outrun,
    refuse_stale,
    retold,
    same,
)
from qingfu.records.routes.models import Turn
from qingfu.records.routes.queries.case import Case
from qingfu.records.routes.queries.told import clause_of, party_says
from qingfu.records.routes.queries.verbs import acted_already
from qingfu.records.routes.queries.views import RunView
from qingfu.records.routes.states import DECISIONS, NEEDS_REASON, RUN

UNKNOWN_FLAG = N_("This step does not ask about this conduct: {conduct}.")
WHO_SIGNED = N_("Write who signed the paper.")


def decide(
    actor: Actor,
    *,
    run: int,
    verb: str,
    digest: str,
    reason: str = "",
    note: Mapping[str, object] | None = None,
    client_id: UUID | None = None,
    at: datetime,
) -> RunView:
    """One person's decision in the present step, on exactly what `digest` covers.

    `note` may hold `flags` (conduct the decider confirms, from the step's own), `filing_number`, and on paper
    `signed_by`. The step closes when as many different natural persons agree as the pack asks for.
    Raises DecidedAlready, Stale, NotAllowed, WrongState, AlreadyThere, Invalid, ConductConfirmed.
    """
    with deed(actor):
        first = first_answer(actor, client_id)
        if first is not None:
            return retold(actor, same(first, run), at)
        case = locked(actor, run)
        if verb not in DECISIONS:
            raise WrongState(verb=Word(verb), state=Word(case.row.state), possible=[])
        refuse_outrun(case, verb, digest)
        turn = _my_turn(case, verb, digest)
        refuse_stale(case, digest)
        refuse_interest(case, verb, at)
        kept = _checked(case, turn, verb, dict(note or {}))
        why = given(reason) if verb in NEEDS_REASON else reason.strip()
        position = course.Position("at", turn.step)
        outcome = course.advance(case.steps, position, verb, agreed=_agreed(turn) + 1)
        closes = outcome.closed is not None
        act(case, turn, verb=verb, digest=digest, decides=closes, at=at, reason=why, note=kept)
        if closes:
            follow(case, turn, verb, outcome, at)
        record(actor, verb=f"routes.{verb}", subject="run", subject_id=run, digest=digest, client_id=client_id, at=at)
        return retold(actor, run, at)


def _my_turn(case: Case, verb: str, digest: str) -> Turn:
    """The open turn, once the step and the table allow this actor the verb."""
    turn = case.turn
    if turn is not None and verb not in case.now.verbs:
        refuse_stale(case, digest)
        # Said to everybody alike: whoever comes too early is told that it is too early, not that he may not.
        raise WrongState(verb=Word(verb), state=case.now.says, possible=[Word(known) for known in case.now.verbs])
    roles = _roles_on_paper(case, turn) if case.actor.via == "paper" and turn else case.roles()
    try:
        RUN.move(case.row.state, verb, roles)
    except NotAllowed as refused:
        step = case.now
        raise NotAllowed(clause=clause_of(case, step), verb=Word(verb), who=[party_says(case, step)]) from refused
    if turn is None:
        raise WrongState(verb=Word(verb), state=Word(case.row.state), possible=[])
    return turn


def _roles_on_paper(case: Case, turn: Turn) -> frozenset[str]:
    """The bureau side may type in what an organ without accounts decided; never for the applicant's own case."""
    seat = case.plan.seats.get(case.step(turn.step).by)
    if not case.bureau_side or "applicant" in case.roles() or seat is None:
        return frozenset()
    if seat == case.row.organ_id or has_accounts(seat):
        return frozenset()
    return frozenset({"decider"})


def _agreed(turn: Turn) -> int:
    return sum(act.verb in ("pass", "approve") for act in turn.acts.all())


def _checked(case: Case, turn: Turn, verb: str, note: dict[str, object]) -> dict[str, object]:
    if case.actor.via == "paper":
        signer = str(note.get("signed_by", "")).strip()
        if not signer:
            raise Invalid(FieldFault("signed_by", WHO_SIGNED))
        if any(act.note.get("signed_by") == signer for act in turn.acts.all()):
            raise AlreadyThere(what=signer)
        note["signed_by"] = signer
    elif acted_already(case, turn):
        raise AlreadyThere(what=Word(N_("your own decision on this step")))
    flags = _flags(case.step(turn.step), note)
    course.refuse_flagged(case.plan.pack, verb, flags)
    return {**note, "flags": list(flags)} if flags else note


def _flags(step: Step, note: Mapping[str, object]) -> tuple[str, ...]:
    said = note.get("flags", ())
    flags = tuple(str(flag) for flag in said) if isinstance(said, (list, tuple)) else ()
    for flag in flags:
        if flag not in step.flags:
            raise Invalid(FieldFault("flags", UNKNOWN_FLAG, {"conduct": flag}))
    return tuple(dict.fromkeys(flags))
