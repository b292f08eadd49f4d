"""School terms: set by the office, proposed by the plans."""

from __future__ import annotations

from datetime import date

from django.http import HttpResponse
from django.utils.translation import gettext as _

from qingfu.base.days import read_day
from qingfu.base.errors import FieldFault, Invalid, NoSuchDay, NotAllowed
from qingfu.base.words import N_, Word
from qingfu.records.enactment import actions as enactment
from qingfu.records.monitoring import queries
from qingfu.records.monitoring.queries import TermView
from qingfu.records.plans.queries import plans_in_force
from qingfu.web.desk import Desk, page
from qingfu.web.monitoring.ground import ROOM, link

NO_DAY = N_("Write the day.")
NOT_WHOLE = N_("Write a whole number from 0 to 200.")
AUGUST = 8


@page(ROOM)
def school_terms(desk: Desk) -> HttpResponse:
    """The terms so far, those that plans propose, and the form for one more or for changing one."""
    _require_office(desk)
    known = queries.terms(desk.actor)
    changed = _changed(desk, known)
    sent = desk.request.POST if desk.posted else desk.request.GET
    values = {
        "name": changed.name, "from": changed.from_on.isoformat(), "until": changed.until_on.isoformat(),
        "asked": str(changed.asked_a_day),
    } if changed else {}  # fmt: skip
    form = {name: sent.get(name, values.get(name, "")) for name in ("name", "from", "until", "asked")}
    return desk.show("monitoring/terms.html", terms=known, changed=changed, form=form, proposed=_proposed(desk, known))


@school_terms.act("set")
def set_term(desk: Desk) -> HttpResponse:
    """Set a term; every plan judges by it."""
    _require_office(desk)
    sent, changed = desk.request.POST, _changed(desk, queries.terms(desk.actor))
    faults: list[FieldFault] = []
    from_on, until_on = (_day(sent.get(name, ""), name, faults) for name in ("from", "until"))
    asked = sent.get("asked", "").strip() or "0"
    if not (asked.isascii() and asked.isdigit() and len(asked) < 4):
        faults.append(FieldFault("asked", NOT_WHOLE))
    if faults or from_on is None or until_on is None:
        raise Invalid(*faults)
    term = enactment.set_term(
        desk.actor, name=sent.get("name", ""), year=_school_year(from_on), from_on=from_on, until_on=until_on,
        asked_a_day=int(asked), term=changed.id if changed else None, client_id=desk.client_id, at=desk.at,
    )  # fmt: skip
    return desk.go("school-terms", said=_("{name} is set.").format(name=term.name))


def _require_office(desk: Desk) -> None:
    if not queries.is_office(desk.actor):
        raise NotAllowed(verb=Word(N_("set a school term")), who=[])


def _changed(desk: Desk, known: tuple[TermView, ...]) -> TermView | None:
    asked = desk.request.GET.get("change", "")
    return next((one for one in known if str(one.id) == asked), None)


def _school_year(first: date) -> int:
    """The calendar year in which the school year begins: a spring term belongs to the year before."""
    return first.year if first.month >= AUGUST else first.year - 1


def _day(text: str, name: str, faults: list[FieldFault]) -> date | None:
    try:
        return read_day(text)
    except NoSuchDay:
        faults.append(FieldFault(name, NO_DAY))
        return None


def _proposed(desk: Desk, known: tuple[TermView, ...]) -> list[tuple[str, str, str, str]]:
    """Terms that plans in force count by and the bureau has not set: name, first day, last day, link to the form."""
    names = {one.name for one in known}
    found = []
    for plan in plans_in_force(desk.actor):
        for one in plan.pack.plan.terms:
            if one.id not in names:
                asked = {"name": one.id, "from": one.from_, "until": one.until}
                found.append((one.id, one.from_, one.until, link("school-terms", **asked) + "#set"))
    return list(dict.fromkeys(found))
