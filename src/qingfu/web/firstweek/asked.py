"""What the public asks schools: the school answers before everybody; the office sets aside what is no question."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.http import HttpResponse
from django.utils.translation import gettext as _

from qingfu.base.errors import Invalid, NotAllowed
from qingfu.base.words import N_, Word
from qingfu.records.monitoring import actions, queries
from qingfu.records.monitoring.queries import QuestionView
from qingfu.web.desk import Desk, page
from qingfu.web.monitoring.ground import lead_on

ROOM = "school-data"


@dataclass(frozen=True)
class Waits:
    """A question that waits, and what was typed under it."""

    view: QuestionView
    field: str
    text: str
    fault: str


@page(ROOM)
def asked(desk: Desk) -> HttpResponse:
    """To a school its own questions, to the office every school's; what waits first, the oldest on top."""
    office = queries.is_office(desk.actor)
    if not office and "school" not in desk.actor.roles:
        raise NotAllowed(verb=Word(N_("read what the public asks schools")), who=[])
    found = queries.questions(desk.actor, organ_id=None if office else desk.actor.organ)
    field = "reason" if office else "answer"
    waiting = [_waits(desk, one, f"{field}-{one.id}") for one in reversed(found) if one.state == "asked"]
    ended = [one for one in found if one.state != "asked"]
    return desk.show("firstweek/asked.html", office=office, waiting=waiting, ended=ended)


def _waits(desk: Desk, one: QuestionView, field: str) -> Waits:
    return Waits(one, field, desk.request.POST.get(field, ""), desk.fault(field))


def _question(desk: Desk) -> int:
    sent = desk.request.POST.get("question", "")
    return int(sent) if sent.isdigit() and len(sent) < 18 else 0


@asked.act("answer")
def answer(desk: Desk) -> HttpResponse:
    """Answer one question before everybody."""
    number = _question(desk)
    try:
        actions.answer_question(
            desk.actor, question=number, answer=desk.request.POST.get(f"answer-{number}", ""),
            client_id=desk.client_id, at=desk.at,
        )  # fmt: skip
    except Invalid as error:
        raise _under(error, number) from None
    return lead_on(desk, "school-questions", said=_("Answered; question and answer stand on the school's public page."))


@asked.act("set-aside")
def set_aside(desk: Desk) -> HttpResponse:
    """Set aside what is no question; the reason stays with it."""
    number = _question(desk)
    try:
        actions.set_aside(
            desk.actor, question=number, reason=desk.request.POST.get(f"reason-{number}", ""),
            client_id=desk.client_id, at=desk.at,
        )  # fmt: skip
    except Invalid as error:
        raise _under(error, number) from None
    return lead_on(desk, "school-questions", said=_("Set aside; it is shown to nobody outside."))


def _under(error: Invalid, number: int) -> Invalid:
    """The fault at the field of its question: there is one for each."""
    return Invalid(*(replace(fault, field=f"{fault.field}-{number}") for fault in error.faults))
