"""The public pages of a bureau: its plan and progress, the list, where to tell us, and the check at the school gate.

Everything here is read from disclosures, through the portal's own role: frozen copies of what was published.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from django.http import HttpResponse
from django.urls import path
from django.utils.translation import gettext as _

from qingfu.base.days import read_day
from qingfu.base.errors import NotFound
from qingfu.packfile import gate
from qingfu.records.disclosures import queries as disclosures
from qingfu.records.disclosures.queries import DisclosureView
from qingfu.records.enrolment.queries import ANNOUNCES
from qingfu.records.monitoring.queries import DOCUMENTS
from qingfu.web.hall import Hall, public_page
from qingfu.web.portal_enrolment import content_of

ADMITTING = "listed"
LONGEST_NAME = 80


@dataclass(frozen=True)
class Item:
    """One item of a published list, with the list it stands on."""

    number: int
    title: str
    organ: str
    scope: str
    schools: str
    codes: frozenset[str]
    mode: str
    criterion: str
    clause: str
    valid_from: date | None
    valid_until: date | None
    state: str
    list_says: str
    span: str

    def stands(self, on: date, school: str = "") -> bool:
        """Whether it admits on a day, at a school (by its short code) if one is asked for."""
        in_time = (self.valid_from is None or self.valid_from <= on) and (
            self.valid_until is None or on <= self.valid_until
        )
        return self.state == ADMITTING and in_time and (not school or not self.codes or school in self.codes)


@dataclass(frozen=True)
class Checked:
    """What the gate says of a name: the item that admits, one that is listed but not for now or here, or near ones."""

    name: str
    item: Item | None
    held: Item | None
    near: tuple[str, ...]
    code: str
    digest: str


def _day(text: object) -> date | None:
    return read_day(str(text)) if text else None


def _items(shown: tuple[DisclosureView, ...]) -> Iterator[Item]:
    for disclosure in shown:
        for roll in disclosure.content["rolls"]:
            for item in roll["items"]:
                yield _item(item, roll)


def _item(item: dict[str, Any], roll: dict[str, Any]) -> Item:
    return Item(
        number=int(item["number"]),
        title=str(item["title"]),
        organ=str(item["organ"]),
        scope=str(item.get("scope", "")),
        schools=str(item.get("schools", "")),
        codes=frozenset(str(item.get("school_codes", "")).split()),
        mode=str(item.get("mode", "")),
        criterion=str(item.get("criterion", "")),
        clause=str(item.get("criterion_clause", "")),
        valid_from=_day(item.get("valid_from")),
        valid_until=_day(item.get("valid_until")),
        state=str(item["state"]),
        list_says=str(roll["says"]),
        span=str(roll["span"]),
    )


def _lists(hall: Hall) -> tuple[DisclosureView, ...]:
    return disclosures.shown(hall.bureau.id, "list", at=hall.at)


def _first(hall: Hall, shows: str) -> DisclosureView | None:
    return next(iter(disclosures.shown(hall.bureau.id, shows, at=hall.at)), None)


def _off_list_clause(hall: Hall) -> str:
    plan = _first(hall, "plan")
    return str(plan.content.get("off_list_clause", "")) if plan else ""


def school_of(hall: Hall, code: str) -> dict[str, str]:
    """A school of the published directory by its short code; raises NotFound."""
    for directory in disclosures.shown(hall.bureau.id, "schools", at=hall.at):
        for school in directory.content["schools"]:
            # Typed in by hand on a phone, which likes to begin with a capital.
            if school["code"].casefold() == code.casefold():
                return dict(school)
    raise NotFound(what=code)


@public_page
def home(hall: Hall) -> HttpResponse:
    """The hall of a bureau: the gate check first, then the list, the plan, where to tell us."""
    lists = _lists(hall)
    standing = [item for item in _items(lists) if item.stands(hall.today)]
    return hall.show(
        "portal/home.html",
        entry="home",
        plan=_first(hall, "plan"),
        progress=_first(hall, "progress"),
        channels=_first(hall, "channels"),
        lists=lists,
        standing=len(standing),
        boards=bool(disclosures.parts_shown(hall.bureau.id, "first-week", at=hall.at)),
        enrolment=bool(disclosures.parts_shown(hall.bureau.id, ANNOUNCES, at=hall.at)),
        draws=bool(disclosures.parts_shown(hall.bureau.id, "draw", at=hall.at)),
    )


@public_page
def listed(hall: Hall) -> HttpResponse:
    """The published list, searched by title, department or scope."""
    text = hall.request.GET.get("text", "").strip()[:LONGEST_NAME]
    lists = _lists(hall)
    said = gate.normalised(text)
    items = [
        item for item in _items(lists) if not said or said in gate.normalised(f"{item.title}{item.organ}{item.scope}")
    ]
    return hall.show("portal/list.html", entry="list", lists=lists, items=items, text=text)


def _check(hall: Hall, name: str, school: str = "") -> Checked | None:
    if not name:
        return None
    lists = _lists(hall)
    items = list(_items(lists))
    standing = [item for item in items if item.stands(hall.today, school)]
    answer = gate.ask(name, [item.title for item in standing])
    item = next((one for one in standing if one.title == answer.name), None) if answer.verdict == "admit" else None
    held = None
    if item is None:
        named = gate.ask(name, [one.title for one in items])
        held = next((one for one in items if named.verdict == "admit" and one.title == named.name), None)
    digest = lists[0].digest if lists else ""
    seal = sha256("|".join([hall.bureau.slug, school, name, hall.today.isoformat(), digest]).encode()).hexdigest()
    return Checked(name, item, held, () if held else answer.near, f"{seal[:4]}-{seal[4:8]}".upper(), digest)


def _asked(hall: Hall) -> str:
    return hall.request.GET.get("name", "").strip()[:LONGEST_NAME]


@public_page
def school_gate(hall: Hall, code: str) -> HttpResponse:
    """A school's own page: the check at its gate. The school opens it itself; a visitor's code may lead anywhere."""
    school = school_of(hall, code)
    return hall.show(
        "portal/gate.html",
        entry="gate",
        school=school,
        checked=_check(hall, _asked(hall), school["code"]),
        lists=_lists(hall),
        off_list_clause=_off_list_clause(hall),
        channels=_first(hall, "channels"),
        posted=school["code"] in disclosures.parts_shown(hall.bureau.id, "first-week", at=hall.at),
        enrolment=bool(disclosures.parts_shown(hall.bureau.id, ANNOUNCES, at=hall.at)),
    )


@public_page
def slip(hall: Hall, code: str) -> HttpResponse:
    """The refusal slip: a paper the school may hand over. For what is listed there is none."""
    school = school_of(hall, code)
    checked = _check(hall, _asked(hall), school["code"])
    if checked is None or checked.item is not None:
        raise NotFound(what=_("a slip for this affair"))
    return hall.show(
        "portal/slip.html",
        entry="gate",
        school=school,
        checked=checked,
        plan=_first(hall, "plan"),
        off_list_clause=_off_list_clause(hall),
        channels=_first(hall, "channels"),
    )


@public_page
def find_school(hall: Hall) -> HttpResponse:
    """Find a school's own page by its name or short code."""
    text = hall.request.GET.get("text", "").strip()[:LONGEST_NAME]
    said = gate.normalised(text)
    known = _directory(hall)
    schools = [
        school
        for school in known
        if not said or said in gate.normalised(f"{school['name']}{school['short_name']}{school['code']}")
    ]
    gates = any(school["gate"] for school in known)
    return hall.show("portal/schools.html", entry="gate", schools=schools, text=text, gates=gates or not known)


def _directory(hall: Hall) -> list[dict[str, Any]]:
    """The published directory; where there is none the schools that posted something, which have no gate page."""
    posted = disclosures.parts_shown(hall.bureau.id, "first-week", at=hall.at)
    listed = [
        {**school, "posted": school["code"] in posted, "gate": True}
        for directory in disclosures.shown(hall.bureau.id, "schools", at=hall.at)
        for school in directory.content["schools"]
    ]
    if listed or not posted:
        return listed
    boards = disclosures.shown(hall.bureau.id, "first-week", at=hall.at)
    named = {copy.content["school"]["code"]: copy.content["school"] for copy in boards}
    return [{"short_name": "", **named[code], "posted": True, "gate": False} for code in sorted(named)]


@public_page
def plan(hall: Hall) -> HttpResponse:
    """The plan in our wording, and how far it has come."""
    return hall.show(
        "portal/plan.html",
        entry="plan",
        plans=disclosures.shown(hall.bureau.id, "plan", at=hall.at),
        progresses=disclosures.shown(hall.bureau.id, "progress", at=hall.at),
    )


@public_page
def channels(hall: Hall) -> HttpResponse:
    """Where to tell us: telephone and mailbox."""
    return hall.show(
        "portal/channels.html", entry="channels", shown=disclosures.shown(hall.bureau.id, "channels", at=hall.at)
    )


@public_page
def published(hall: Hall, disclosure: int) -> HttpResponse:
    """One published copy with everything shown under its key before and after: withdrawing keeps the trace."""
    copy = disclosures.disclosure(hall.bureau.id, disclosure, at=hall.at)
    traces = disclosures.history(hall.bureau.id, copy.key, edition=copy.edition, at=hall.at)
    items = list(_items((copy,))) if copy.shows == "list" and copy.withdrawn_at is None else []
    board = copy.content if copy.shows == "first-week" and copy.withdrawn_at is None else None
    return hall.show(
        "portal/published.html", entry="gate" if copy.shows == "first-week" else "list", copy=copy, traces=traces,
        items=items, board=board, texts=[one for one in board["documents"] if one["text"]] if board else [],
        says={one.key: _(one.says) for one in DOCUMENTS}, **content_of(copy, hall.today),
    )  # fmt: skip


urlpatterns = [
    path("<slug:bureau>/", home, name="portal"),
    path("<slug:bureau>/list", listed, name="portal-list"),
    path("<slug:bureau>/schools", find_school, name="portal-schools"),
    path("<slug:bureau>/s/<str:code>", school_gate, name="portal-gate"),
    path("<slug:bureau>/s/<str:code>/slip", slip, name="portal-slip"),
    path("<slug:bureau>/plan", plan, name="portal-plan"),
    path("<slug:bureau>/contact", channels, name="portal-channels"),
    path("<slug:bureau>/published/<int:disclosure>", published, name="portal-published"),
]
