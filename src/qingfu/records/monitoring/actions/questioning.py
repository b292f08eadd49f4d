"""The public asks a school about a difference; the school answers before everybody. Nobody is asked who he is."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from qingfu.base.actor import Actor
from qingfu.base.canon import digest
from qingfu.base.clock import CHINA, day_of
from qingfu.base.errors import FieldFault, Invalid, NotFound, TooManyQuestions
from qingfu.base.words import N_
from qingfu.records.disclosures.actions import publish
from qingfu.records.journal.actions import deed, first_answer, record
from qingfu.records.monitoring.actions.locking import wait_for
from qingfu.records.monitoring.models import Question, SchoolClass
from qingfu.records.monitoring.queries.board import QuestionView, ordering, questions
from qingfu.records.monitoring.states import QUESTION
from qingfu.records.people.models import Organ
from qingfu.records.plans.models import Term
from qingfu.records.plans.queries import is_office

MOST_A_DAY = 20
SHOWN = 50
NO_TEXT = N_("Write what differs, in at most {most} characters.")
NO_ANSWER = N_("Write an answer of at most {most} characters.")


def ask_school(
    actor: Actor, *, code: str, class_id: int | None, text: str, client_id: UUID | None = None, at: datetime
) -> int:
    """Ask a school about what it posted and what it teaches; returns the question's id. Raises TooManyQuestions.

    Nothing is kept of whoever asks. A school is asked at most MOST_A_DAY questions a day.
    """
    with deed(actor):
        if (first := first_answer(actor, client_id, subject="question")) is not None:
            return first
        school = Organ.objects.filter(kind="school", code=code).first()
        term = Term.objects.filter(from_on__lte=day_of(at)).order_by("-from_on").first()
        if school is None or term is None:
            raise NotFound(what=code)
        of = SchoolClass.objects.filter(id=class_id, organ=school).first() if class_id is not None else None
        said = text.strip()
        if not said or len(said) > 300:
            raise Invalid(FieldFault("text", NO_TEXT, {"most": 300}))
        wait_for(actor, "question", school.id)
        begun = at.astimezone(CHINA).replace(hour=0, minute=0, second=0, microsecond=0)
        if Question.objects.filter(organ=school, asked_at__gte=begun).count() >= MOST_A_DAY:
            raise TooManyQuestions(most=MOST_A_DAY)
        row = Question.objects.create(
            bureau_id=actor.bureau, organ=school, term=term, school_class=of, text=said, asked_at=at
        )
        record(
            actor, verb="monitoring.ask_school", subject="question", subject_id=row.id, digest=digest({"text": said}),
            client_id=client_id, at=at,
        )  # fmt: skip
        return row.id


def answer_question(
    actor: Actor, *, question: int, answer: str, client_id: UUID | None = None, at: datetime
) -> QuestionView:
    """The school answers; question and answer stand on its public page from now on."""
    with deed(actor):
        if (first := first_answer(actor, client_id, subject="question")) is not None:
            return _view(actor, Question.objects.get(id=first))
        row = _locked(actor, question)
        roles = frozenset({"school"}) if actor.organ == row.organ_id else frozenset({"keeper"})
        said = answer.strip()
        state = QUESTION.move(row.state, "answer", roles)
        if not said or len(said) > 500:
            raise Invalid(FieldFault("answer", NO_ANSWER, {"most": 500}))
        row.state, row.answer, row.answered_by_id, row.answered_at = state, said, actor.person, at
        row.save()
        record(
            actor, verb="monitoring.answer_question", subject="question", subject_id=row.id,
            digest=digest({"answer": said}), client_id=client_id, at=at,
        )  # fmt: skip
        _show(actor, row, at)
        return _view(actor, row)


def set_aside(
    actor: Actor, *, question: int, reason: str, client_id: UUID | None = None, at: datetime
) -> QuestionView:  # fmt: skip
    """The bureau's office sets aside what is no question (abuse, a name): it is never shown; the reason stays."""
    with deed(actor):
        if (first := first_answer(actor, client_id, subject="question")) is not None:
            return _view(actor, Question.objects.get(id=first))
        row = _locked(actor, question)
        roles = frozenset({"keeper"}) if is_office(actor) else frozenset({"school"})
        row.state = QUESTION.move(row.state, "set_aside", roles)
        said = reason.strip()
        if not said or len(said) > 300:
            raise Invalid(FieldFault("reason", NO_ANSWER, {"most": 300}))
        row.answer, row.answered_by_id, row.answered_at = said, actor.person, at
        row.save()
        record(
            actor, verb="monitoring.set_aside", subject="question", subject_id=row.id, digest=digest({"reason": said}),
            client_id=client_id, at=at,
        )  # fmt: skip
        return _view(actor, row)


def _locked(actor: Actor, question: int) -> Question:
    row = Question.objects.select_for_update(of=("self",)).select_related("organ").filter(id=question).first()
    if row is None or not (actor.organ == row.organ_id or is_office(actor)):
        raise NotFound(what=str(question))
    return row


def _view(actor: Actor, row: Question) -> QuestionView:
    return next(one for one in questions(actor, organ_id=row.organ_id) if one.id == row.id)


def _show(actor: Actor, row: Question, at: datetime) -> None:
    """Make the public's copy of the school's answered questions anew, under the first plan that orders the board."""
    clock = Actor.clock(actor.bureau)
    answered = Question.objects.filter(organ=row.organ, state="answered").select_related("school_class").order_by("-id")
    said = [
        {
            "class": one.school_class.name if one.school_class else "", "question": one.text,
            "asked": day_of(one.asked_at).isoformat(), "answer": one.answer,
            "answered": day_of(one.answered_at or at).isoformat(),
        }
        for one in answered[:SHOWN]
    ]  # fmt: skip
    for plan, key, ordered in ordering(clock)[:1]:
        publish(
            clock, plan=plan, key=f"{key}:questions:{row.organ.code}", shows="questions", title=ordered.says[:200],
            content={"questions": said}, at=at,
        )  # fmt: skip
