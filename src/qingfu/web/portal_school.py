"""What a school has posted for a term, for everybody: its documents, its timetables, and what the public has asked.

Read from disclosures through the portal's own role. Only a question goes in, and it says nothing of who asks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from qingfu.base.errors import FieldFault, Invalid, NotFound
from qingfu.records.disclosures import queries as disclosures
from qingfu.records.disclosures.queries import DisclosureView
from qingfu.records.enrolment.queries import ANNOUNCES
from qingfu.records.monitoring.actions import ask_school
from qingfu.records.monitoring.queries import DOCUMENTS, grids
from qingfu.web.hall import Hall, public_page
from qingfu.web.monitoring.ground import CHOOSE
from qingfu.web.pictures.grids import beside, schedule
from qingfu.web.portal import school_of


@dataclass(frozen=True)
class Text:
    """One document of the board: written out, or made of what stands with each class."""

    key: str
    says: str
    text: str
    of_classes: bool


@dataclass(frozen=True)
class Board:
    """What stands on a school's board: the newest copy, with the documents of every plan that orders some."""

    copy: DisclosureView
    texts: tuple[Text, ...]

    @property
    def term(self) -> str:
        """The school term it is of."""
        return str(self.copy.content["term"]["name"])

    @property
    def classes(self) -> Sequence[Mapping[str, Any]]:
        """The classes as they were posted."""
        found: Sequence[Mapping[str, Any]] = self.copy.content["classes"]
        return found


def _board(hall: Hall, code: str) -> Board | None:
    """The board as the public may read it now; None where nothing is posted."""
    copies = disclosures.shown(hall.bureau.id, "first-week", part=code, at=hall.at)
    if not copies:
        return None
    newest = copies[0]
    told: dict[str, Mapping[str, Any]] = {}
    for copy in copies:
        if copy.content["term"]["id"] == newest.content["term"]["id"]:
            for one in copy.content["documents"]:
                told.setdefault(one["key"], one)
    texts = (
        Text(one.key, _(one.says), str(told[one.key]["text"]), bool(one.made_of))
        for one in DOCUMENTS
        if one.key in told
    )
    return Board(newest, tuple(texts))


def _school(hall: Hall, code: str) -> tuple[dict[str, str], Board | None]:
    """A school of the directory; where no directory is published, one that has posted something. Raises NotFound."""
    try:
        school = school_of(hall, code)
    except NotFound:
        board = _board(hall, code.casefold())
        if board is None:
            raise
        return dict(board.copy.content["school"]), board
    return school, _board(hall, school["code"])


def _chosen(board: Board, asked: str) -> Mapping[str, Any] | None:
    return next((one for one in board.classes if str(one["id"]) == asked), None)


@public_page
def school_term(hall: Hall, code: str) -> HttpResponse:
    """What a school has posted for the term; of one class its posted and its taught timetable side by side."""
    school, board = _school(hall, code)
    if board is None:
        return hall.show(
            "portal/term.html", entry="gate", school=school, board=None,
            channels=next(iter(disclosures.shown(hall.bureau.id, "channels", at=hall.at)), None),
        )  # fmt: skip
    of = _chosen(board, hall.request.GET.get("class", ""))
    asked = disclosures.shown(hall.bureau.id, "questions", part=school["code"], at=hall.at)
    return hall.show(
        "portal/term.html", entry="gate", school=school, board=board, of=of, **(_timetables(of) if of else {}),
        enrolment=bool(disclosures.parts_shown(hall.bureau.id, ANNOUNCES, at=hall.at)),
        questions=[one for copy in asked[:1] for one in copy.content["questions"]],
        was_asked="asked" in hall.request.GET, about=hall.typed("class", str(of["id"]) if of else ""),
        text=hall.typed("text") if hall.posted else "",
        address=hall.request.build_absolute_uri(hall.request.path),
    )  # fmt: skip


def _timetables(of: Mapping[str, Any]) -> dict[str, Any]:
    found = grids([
        (record, weekday, period, subject)
        for record, lessons in of["timetables"].items()
        for weekday, period, subject in lessons
    ])  # fmt: skip
    return {
        "beside": beside(found, ("posted", "taught")), "plan": beside(found, ("planned",)),
        "days": schedule(of["schedules"]),
    }  # fmt: skip


@school_term.act("ask")
def ask(hall: Hall, code: str) -> HttpResponse:
    """Ask the school, of a class or of all. The thanks stand in the address: a message would need a session."""
    school, board = _school(hall, code)
    if board is None:
        raise NotFound(what=code)
    sent = hall.request.POST.get("class", "")
    of = _chosen(board, sent)
    if sent and of is None:
        raise Invalid(FieldFault("about", CHOOSE))
    ask_school(
        hall.actor, code=school["code"], class_id=of["id"] if of else None, text=hall.request.POST.get("text", ""),
        client_id=hall.client_id, at=hall.at,
    )  # fmt: skip
    here = reverse("portal-term", kwargs={"bureau": hall.bureau.slug, "code": school["code"]})
    query = urlencode({**({"class": of["id"]} if of else {}), "asked": "1"})
    return HttpResponseRedirect(f"{here}?{query}#questions")


urlpatterns = [path("<slug:bureau>/s/<str:code>/term", school_term, name="portal-term")]
