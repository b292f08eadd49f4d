"""A photograph of the posted timetable beside the reported one: shown, asked about, and filed only when confirmed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path
from django.utils.translation import gettext as _

from qingfu.base.errors import FieldFault, Invalid
from qingfu.base.words import N_
from qingfu.papers.filings.classes import KnownClass
from qingfu.papers.filings.outcome import Doubt
from qingfu.papers.photos.apart import read_apart
from qingfu.papers.photos.comparing import Difference, compare
from qingfu.papers.photos.proposal import Proposal, proposed
from qingfu.papers.photos.questions import MOST_PERIODS, NONE, WEEKDAYS
from qingfu.papers.photos.reading import EXTRA, is_installed
from qingfu.papers.photos.words import LONGEST_WORD, Words, words_from
from qingfu.records.enactment.actions import report_rows
from qingfu.records.monitoring import queries
from qingfu.records.monitoring.queries import ClassView
from qingfu.web.desk import Desk, page
from qingfu.web.monitoring.ground import ROOM, Ground, chosen_class, common, ground, lead_on, link
from qingfu.web.monitoring.subjects import OFFERED

RECORD = "posted"
CHOOSE_PHOTO = N_("Take or choose a photograph first.")
ANSWER_FIRST = N_("Answer the questions first; nothing was filed.")
UNKNOWN_PLACE = N_("Choose a weekday and a lesson.")
ANSWER, TYPED, CORRECTED = "a.", "t.", "f."
# A list of so many answers is folded into one field.
MANY = 5
Place = tuple[int, int]


@dataclass(frozen=True)
class Spot:
    """One place of a drawn timetable."""

    text: str
    differs: bool = False
    asked: bool = False


@dataclass(frozen=True)
class Looked:
    """A photograph as far as it is understood: its words, what was answered, and what is reported already."""

    words: Words
    answers: Mapping[str, str]
    corrected: Mapping[Place, str]
    filed: Mapping[Place, str]
    seems: Proposal
    differences: tuple[Difference, ...]


@page(ROOM)
def photo(desk: Desk, school: int) -> HttpResponse:
    """Where the photograph goes in; once it was read, what it says beside what is reported."""
    here = ground(desk, school)
    of = chosen_class(desk, here)
    if desk.posted and "words" in desk.request.POST:
        # Drawn again: what could not be taken was named, and is not asked for a second time.
        return _confirm(desk, here, of, _looked(desk, here, of, words_from(desk.request.POST["words"]), typed=False))
    _filed(desk, here, of)
    return desk.show("photo/photo.html", **common(desk, here), of=of, installed=is_installed(), extra=EXTRA)


@photo.act("read")
def read(desk: Desk, school: int) -> HttpResponse:
    """Read the photograph and show what it says; the picture itself is not kept."""
    here = ground(desk, school)
    of = chosen_class(desk, here)
    sent = desk.request.FILES.get("photo") or desk.request.FILES.get("picture")
    if sent is None:
        raise Invalid(FieldFault("photo", CHOOSE_PHOTO))
    sent.seek(0)
    return _confirm(desk, here, of, _looked(desk, here, of, read_apart(sent.read(), name=sent.name or "")))


@photo.act("answer")
def answer(desk: Desk, school: int) -> HttpResponse:
    """Show it again with the answers."""
    here = ground(desk, school)
    of = chosen_class(desk, here)
    return _confirm(desk, here, of, _looked(desk, here, of, _carried(desk)))


@photo.act("file")
def file_photo(desk: Desk, school: int) -> HttpResponse:
    """What the photograph shows is the posted timetable: report it. Refused while a question is open."""
    here = ground(desk, school)
    of = chosen_class(desk, here)
    read = _looked(desk, here, of, _carried(desk)).seems.read
    if not read.is_clean or not read.rows:
        raise Invalid(FieldFault("doubts", ANSWER_FIRST))
    try:
        filed = report_rows(
            desk.actor, table="timetable", organ=school, term_id=here.term.id,
            rows=[{**row.cells, "class": of.id} for row in read.rows], way="photo",
            on_behalf=desk.request.POST.get("on-behalf", ""), client_id=desk.client_id, at=desk.at,
        )  # fmt: skip
    except Invalid as error:
        raise Invalid(
            *(replace(fault, field="doubts") if "." in fault.field else fault for fault in error.faults)
        ) from None
    return lead_on(desk, "school-report", school, filed.id, term=here.term.id)


@photo.act("same")
def same(desk: Desk, school: int) -> HttpResponse:
    """Both say the same: nothing is changed."""
    here = ground(desk, school)
    of = chosen_class(desk, here)
    _filed(desk, here, of)
    messages.success(desk.request, _("Nothing was changed: the reported timetable stands."))
    return HttpResponseRedirect(link("picture-timetable", school, term=here.term.id, **{"class": of.id}))


def _carried(desk: Desk) -> Words:
    if "words" not in desk.request.POST:
        raise Invalid(FieldFault("photo", CHOOSE_PHOTO))
    return words_from(desk.request.POST["words"])


def _filed(desk: Desk, here: Ground, of: ClassView) -> Mapping[Place, str]:
    """The posted timetable as it is reported; raises NotFound for whoever may not know it."""
    return queries.timetables(desk.actor, class_id=of.id, term_id=here.term.id).records.get(RECORD, {})


def _looked(desk: Desk, here: Ground, of: ClassView, words: Words, *, typed: bool = True) -> Looked:
    sent = desk.request.POST.dict()
    answers = {name.removeprefix(ANSWER): text for name, text in sent.items() if name.startswith(ANSWER)}
    answers |= {
        name.removeprefix(TYPED): text for name, text in sent.items() if name.startswith(TYPED) and text.strip()
    }
    corrected = _corrected(sent) | (_typed_right(sent) if typed else {})
    filed = _filed(desk, here, of)
    seems = proposed(
        words, of=_known(of), classes=[_known(one) for one in here.classes], term=here.term.name,
        subjects_known=OFFERED, answers=answers, filed=filed, corrected=corrected,
    )  # fmt: skip
    return Looked(words, answers, corrected, filed, seems, compare(seems.grid, filed) if filed else ())


def _known(one: ClassView) -> KnownClass:
    return KnownClass(str(one.id), one.name, one.grade)


def _corrected(sent: Mapping[str, str]) -> dict[Place, str]:
    """Lessons that were put right by hand before."""
    return {
        place: text[:LONGEST_WORD]
        for name, text in sent.items()
        if name.startswith(CORRECTED) and text and (place := _place(name.removeprefix(CORRECTED)))
    }


def _typed_right(sent: Mapping[str, str]) -> dict[Place, str]:
    """The lesson that is being put right; raises Invalid where it is nowhere."""
    if not sent.get("right-lesson") and not sent.get("right-subject"):
        return {}
    place = _place(f"{sent.get('right-day', '')}.{sent.get('right-lesson', '')}")
    if place is None:
        raise Invalid(FieldFault("right-lesson", UNKNOWN_PLACE))
    return {place: sent.get("right-subject", "").strip()[:LONGEST_WORD] or NONE}


def _place(text: str) -> Place | None:
    weekday, _dot, period = text.partition(".")
    if not all(part.isascii() and part.isdigit() and len(part) < 3 for part in (weekday, period)):
        return None
    place = (int(weekday), int(period))
    return place if 1 <= place[0] <= 7 and 1 <= place[1] <= MOST_PERIODS else None


def _confirm(desk: Desk, here: Ground, of: ClassView, looked: Looked) -> HttpResponse:
    """The photograph's timetable beside the reported one; whatever is open is asked."""
    read = looked.seems.read
    waiting = {one.id for one in read.doubts}
    kept = [(f"{ANSWER}{key}", text) for key, text in looked.answers.items() if key not in waiting]
    kept += [(f"{CORRECTED}{day}.{n}", text) for (day, n), text in looked.corrected.items()]
    return desk.show(
        "photo/confirm.html", **common(desk, here), of=of, words=looked.words.written(), kept=kept, read=read,
        doubts=[_doubt(one, looked) for one in read.doubts], tables=_tables(looked), weekdays=_weekdays(looked),
        faults=[(fault.what(_), fault.next_step(_), fault.code) for fault in read.faults],
        differences=[_difference(one) for one in looked.differences], filed=bool(looked.filed),
        may_file=read.is_clean and bool(read.rows) and (not looked.filed or bool(looked.differences)),
        all_days=list(enumerate((_(one) for one in WEEKDAYS), 1)), offered=OFFERED, on_behalf=desk.typed("on-behalf"),
    )  # fmt: skip


def _doubt(one: Doubt, looked: Looked) -> dict[str, object]:
    """A question with its answers; what was answered or is likely is chosen already."""
    places = looked.seems.places.get(one.id, ())
    return {
        "id": one.id, "asks": one.asks.text(_), "refused": one.refused, "may_be_typed": bool(places),
        "places": "、".join(_says(place) for place in places), "is_long": len(one.candidates) > MANY,
        "candidates": [(value, says if isinstance(says, str) else says.text(_)) for value, says in one.candidates],
        "chosen": looked.answers.get(one.id, one.presumed),
    }  # fmt: skip


def _says(place: Place) -> str:
    return _("{weekday}, lesson {n}").format(weekday=_(WEEKDAYS[place[0] - 1]), n=place[1])


def _difference(one: Difference) -> str:
    photographed, filed = (text or _("nothing") for text in (one.photographed, one.filed))
    return _("{place}: {photographed} on the photograph, {filed} reported").format(
        place=_says((one.weekday, one.period)), photographed=photographed, filed=filed
    )


def _extent(looked: Looked) -> tuple[Sequence[int], Sequence[int]]:
    places = {*((cell.weekday, cell.period) for cell in looked.seems.grid.cells), *looked.filed}
    return sorted({1, 2, 3, 4, 5, *(day for day, _n in places)}), range(1, max((n for _d, n in places), default=0) + 1)


def _weekdays(looked: Looked) -> list[str]:
    return [_(WEEKDAYS[day - 1]) for day in _extent(looked)[0]]


def _tables(looked: Looked) -> list[tuple[str, list[tuple[int, list[Spot]]]]]:
    """The photograph's timetable and, where one is reported, that one: name and lines."""
    days, periods = _extent(looked)
    asked = {place for one in looked.seems.read.doubts for place in looked.seems.places.get(one.id, ())}
    differing = {(one.weekday, one.period) for one in looked.differences}
    seen = {(cell.weekday, cell.period): cell.text for cell in looked.seems.grid.cells}
    drawn = [(_("On the photograph"), seen, asked)]
    if looked.filed:
        drawn.append((_("As reported: posted"), dict(looked.filed), set()))

    def spot(texts: Mapping[Place, str], marked: set[Place], place: Place) -> Spot:
        return Spot(texts.get(place, ""), place in differing, place in marked)

    return [
        (says, [(n, [spot(texts, marked, (day, n)) for day in days]) for n in periods]) for says, texts, marked in drawn
    ]


urlpatterns = [path("school-data/<int:school>/photo", photo, name="school-photo")]
