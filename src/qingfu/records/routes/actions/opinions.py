"""Giving an opinion, and correcting it without changing it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from qingfu.base.actor import Actor
from qingfu.base.errors import FieldFault, Invalid, NotAllowed, NotFound, OpinionGiven, WrongState
from qingfu.base.words import N_, Word
from qingfu.packfile import course
from qingfu.records.forms.models import Answer
from qingfu.records.journal.actions import deed, first_answer, record
from qingfu.records.routes.actions.turns import (
    follow,
    given,
    locked,
    refuse_interest,
    refuse_outrun,
    refuse_stale,
    retold,
    same,
)
from qingfu.records.routes.models import Addendum, Opinion, Turn
from qingfu.records.routes.queries.case import Case
from qingfu.records.routes.queries.views import RunView
from qingfu.records.routes.states import RUN

NOT_YOURS = N_("This is not your own answer to the form of this step.")


def opine(
    actor: Actor, *, run: int, answer_id: int, digest: str, client_id: UUID | None = None, at: datetime
) -> RunView:
    """Give one's opinion: the answer to the step's form. It is never changed, and sealed until the panel closes.

    The panel closes by itself with the opinion that completes the needed number. Raises OpinionGiven,
    DecidedAlready, Stale, NotAllowed, WrongState, Invalid.
    """
    with deed(actor):
        first = first_answer(actor, client_id)
        if first is not None:
            return retold(actor, same(first, run), at)
        case = locked(actor, run)
        refuse_outrun(case, "opine", digest)
        turn = _my_panel(case)
        refuse_stale(case, digest)
        refuse_interest(case, "opine", at)
        answer = _own_answer(case, turn, answer_id)
        Opinion.objects.create(
            bureau_id=actor.bureau, turn=turn, person_id=actor.person or 0, post_id=actor.post or 0, answer=answer,
            digest=digest, at=at,
        )  # fmt: skip
        given_now = case.opinions_in.get(turn.id, 0) + 1
        outcome = course.advance(case.steps, course.Position("at", turn.step), "opine", opinions=given_now)
        if outcome.closed is not None:
            follow(case, turn, "opined", outcome, at)
        record(
            actor, verb="routes.opine", subject="run", subject_id=run, digest=answer.digest, client_id=client_id, at=at
        )
        return retold(actor, run, at)


def _my_panel(case: Case) -> Turn:
    turn = case.turn
    RUN.move(case.row.state, "opine", case.roles())
    if turn is None or "opine" not in case.step(turn.step).verbs:
        raise WrongState(verb=Word("opine"), state=case.now.says, possible=[Word(v) for v in case.now.verbs])
    if not any(case.is_me(member) for member in turn.panel.all()):
        raise NotAllowed(verb=Word("opine"), who=[Word(N_("the members of the panel"))])
    if any(case.is_mine(opinion) for opinion in turn.opinions.all()):
        raise OpinionGiven(verb=Word("opine"), state=Word("at"), possible=[])
    return turn


def _own_answer(case: Case, turn: Turn, answer_id: int) -> Answer:
    form = (case.step(turn.step).form or "").removeprefix("forms.")
    answer = Answer.objects.filter(
        id=answer_id, person=case.actor.person, edition=case.row.edition_id, form__in=[form, f"forms.{form}"]
    ).first()
    if answer is None or Opinion.objects.filter(answer=answer).exists():
        raise Invalid(FieldFault("answer", NOT_YOURS))
    return answer


def add_addendum(
    actor: Actor, *, opinion: int, text: str, client_id: UUID | None = None, at: datetime
) -> RunView:  # fmt: skip
    """Correct one's own opinion by a word beside it. Who decides afterwards is shown both."""
    with deed(actor):
        first = first_answer(actor, client_id, subject="run")
        if first is not None:
            return retold(actor, first, at)
        row = Opinion.objects.filter(id=opinion, person=actor.person).select_related("turn").first()
        if row is None or actor.acting_for is not None:
            raise NotFound(what=str(opinion))
        case = locked(actor, row.turn.run_id)
        RUN.move(case.row.state, "add_addendum", case.roles())
        Addendum.objects.create(bureau_id=actor.bureau, opinion=row, text=given(text), at=at)
        record(actor, verb="routes.add_addendum", subject="run", subject_id=case.row.id, client_id=client_id, at=at)
        return retold(actor, case.row.id, at)
