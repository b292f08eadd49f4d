"""阳光招生 for everybody: when, who, how, which school for which street, what came of it, and which areas change.

Read from disclosures through the portal's own role; finding a school is a plain form and needs no script.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.urls import path

from qingfu.base.days import read_day
from qingfu.base.errors import NotFound
from qingfu.packfile.gate import normalised
from qingfu.records.disclosures import queries as disclosures
from qingfu.records.disclosures.queries import DisclosureView
from qingfu.records.enrolment.queries import ANNOUNCES, CHANGES, RESULTS, Moved, moved, names_place, stage_of
from qingfu.web.hall import Hall, public_page

LONGEST = 60


@dataclass(frozen=True)
class Time:
    """One of the times."""

    what: str
    from_on: date
    until_on: date
    is_over: bool
    is_now: bool


@dataclass(frozen=True)
class Area:
    """The area of a school as it was published."""

    code: str
    name: str
    stage: str
    area: str
    places: int
    expected: int


@dataclass(frozen=True)
class Said:
    """An announcement as published: the copy, its words, its areas."""

    copy: DisclosureView
    year: int
    times: tuple[Time, ...]
    areas: tuple[Area, ...]

    @property
    def content(self) -> Mapping[str, Any]:
        return self.copy.content


@dataclass(frozen=True)
class ChangedArea:
    """The area of a school before and after a change as published, and what moves."""

    code: str
    name: str
    before: str
    after: str

    @property
    def moved(self) -> Moved:
        return moved(self.before, self.after)


@dataclass(frozen=True)
class Change:
    """A change of areas as published; `stage` is where it is today."""

    copy: DisclosureView
    stage: str
    effect_on: date
    notice_on: date | None
    until: date | None
    meetings: tuple[tuple[Mapping[str, Any], date], ...]

    @property
    def content(self) -> Mapping[str, Any]:
        return self.copy.content

    @property
    def areas(self) -> tuple[ChangedArea, ...]:
        return tuple(ChangedArea(**one) for one in self.content["areas"])

    @property
    def year(self) -> int:
        return int(self.content["year"])

    @property
    def is_settled(self) -> bool:
        """Whether nothing more is set or entered in it."""
        return self.stage != "announced"

    @property
    def is_open(self) -> bool:
        """Whether it still concerns a family that looks for its school: not dropped, and not long in effect."""
        return self.stage in ("announced", "to-come", "transition")

    def touches(self, code: str) -> bool:
        """Whether it changes the area of a school."""
        return any(one["code"] == code for one in self.content["areas"])


@dataclass(frozen=True)
class Result:
    """A school's result as published."""

    copy: DisclosureView
    day: date

    @property
    def content(self) -> Mapping[str, Any]:
        return self.copy.content

    @property
    def admitted(self) -> int:
        return int(self.content["within"]) + int(self.content["otherwise"])


def said_in(copy: DisclosureView, today: date) -> Said:
    """An announcement out of its frozen copy."""
    content = copy.content
    times = tuple(_time(one, today) for one in content["times"])
    return Said(copy, int(content["year"]), times, tuple(Area(**one) for one in content["catchments"]))


def _time(one: Mapping[str, str], today: date) -> Time:
    first, last = read_day(one["from"]), read_day(one["until"])
    return Time(one["what"], first, last, last < today, first <= today <= last)


def change_in(copy: DisclosureView, today: date) -> Change:
    """A change out of its frozen copy."""
    content = copy.content
    effect_on, until = read_day(content["effect_on"]), _day(content["transition_until"])
    meetings = tuple((one, read_day(one["on"])) for one in content["meetings"])
    stage = stage_of(content["state"], effect_on, until, today)
    return Change(copy, stage, effect_on, _day(content["notice_on"]), until, meetings)


def _day(text: str) -> date | None:
    return read_day(text) if text else None


def result_in(copy: DisclosureView) -> Result:
    """A result out of its frozen copy."""
    return Result(copy, read_day(copy.content["day"]))


def _announcements(hall: Hall) -> list[Said]:
    """Those that stand, the latest year first."""
    copies = disclosures.shown(hall.bureau.id, ANNOUNCES, at=hall.at)
    return sorted((said_in(one, hall.today) for one in copies), key=lambda one: -one.year)


def _changes(hall: Hall) -> list[Change]:
    copies = disclosures.shown(hall.bureau.id, CHANGES, at=hall.at)
    return sorted((change_in(one, hall.today) for one in copies), key=lambda one: one.effect_on, reverse=True)


@public_page
def enrolment(hall: Hall) -> HttpResponse:
    """The page of the bureau: find my school first, then when and how, what changes, what came of it."""
    known = _announcements(hall)
    asked = hall.request.GET.get("year", "")
    said = next((one for one in known if str(one.year) == asked), known[0] if known else None)
    text = hall.request.GET.get("text", "").strip()[:LONGEST]
    changes = concerning(_changes(hall), said.year if said else 0)
    found = _found(said, text) if text else ()
    return hall.show(
        "portal/enrolment.html", entry="enrolment", said=said, text=text, found=found, beside=beside(changes, found),
        others=[one.year for one in known if said and one.year != said.year], changes=changes,
        is_older=said is not None and said.year < max(_year_in(asked), hall.today.year),
        newest=known[0].year if known else 0,
        changing={area.code: (one.copy.id, area.moved) for one in changes if one.is_open for area in one.areas},
        results=_results(hall, said), address=hall.request.build_absolute_uri(hall.request.path),
    )  # fmt: skip


def concerning(changes: Sequence[Change], year: int) -> list[Change]:
    """The changes for those who look at a year; one in effect before it is on the pages of its schools."""
    return [one for one in changes if one.is_open or one.year >= year]


def beside(changes: Sequence[Change], found: Sequence[Area]) -> frozenset[int]:
    """The copies of the changes that touch none of the schools that were found; whoever prints wants the others."""
    return frozenset(one.copy.id for one in changes if found and not any(one.touches(area.code) for area in found))


def _year_in(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) == 4 else 0


def _found(said: Said | None, text: str) -> Sequence[Area]:
    """The schools whose area names the place; else those that are called so themselves."""
    areas = said.areas if said else ()
    name = normalised(text)
    by_place = [one for one in areas if names_place(one.area, text)]
    return by_place or [one for one in areas if name and name in normalised(f"{one.name}{one.code}")]


def _results(hall: Hall, said: Said | None) -> list[Result]:
    """The results of the year, by the names of the schools."""
    copies = disclosures.shown(hall.bureau.id, RESULTS, at=hall.at) if said else ()
    of_year = [result_in(one) for one in copies if said and one.content["year"] == said.year]
    return sorted(of_year, key=lambda one: str(one.content["school"]["code"]))


@public_page
def catchment(hall: Hall, code: str) -> HttpResponse:
    """One school: its area year by year, its results, and the changes that touch it. Raises NotFound."""
    own = code.casefold()
    known = [(said, one) for said in _announcements(hall) for one in said.areas if one.code.casefold() == own]
    results = [result_in(one) for one in disclosures.shown(hall.bureau.id, RESULTS, part=own, at=hall.at)]
    if not known and not results:
        raise NotFound(what=code)
    school = known[0][1] if known else None
    return hall.show(
        "portal/catchment.html", entry="enrolment", school=school or results[0].content["school"],
        newest=known[0] if known else None, former=known[1:],
        results=sorted(results, key=lambda one: -int(one.content["year"])),
        changes=[one for one in _changes(hall) if school and one.touches(school.code)],
        address=hall.request.build_absolute_uri(hall.request.path),
    )  # fmt: skip


def content_of(copy: DisclosureView, today: date) -> dict[str, Any]:
    """What a single copy of ours says, for the page of its history; empty for another kind and for a withdrawn one."""
    if copy.withdrawn_at is not None:
        return {}
    if copy.shows == ANNOUNCES:
        return {"said": said_in(copy, today)}
    if copy.shows == CHANGES:
        return {"change": change_in(copy, today)}
    return {"result": result_in(copy)} if copy.shows == RESULTS else {}


urlpatterns = [
    path("<slug:bureau>/enrolment", enrolment, name="portal-enrolment"),
    path("<slug:bureau>/s/<str:code>/enrolment", catchment, name="portal-catchment"),
]
