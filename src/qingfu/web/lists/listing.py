"""One listed item: what the public reads of it, how it came, went and was judged, and what may be done about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.http import HttpResponse
from django.utils.translation import gettext as _

from qingfu.base.days import read_day
from qingfu.base.errors import NoSuchDay, NotFound
from qingfu.base.words import N_
from qingfu.records.affairs import queries as affairs
from qingfu.records.affairs.queries import AffairView, EvaluationView
from qingfu.records.enactment import actions as enactment
from qingfu.records.forms.queries import answer, rendered
from qingfu.records.lists import queries
from qingfu.records.lists.queries import ListingView
from qingfu.records.plans.queries import InForce, in_force
from qingfu.web.desk import Desk, page
from qingfu.web.files import links
from qingfu.web.parts import Fact
from qingfu.web.spoken import Answered, answers, clauses_of, numbers
from qingfu.web.words import STATES, span

PUBLIC = {
    "criterion": N_("Admitted under"),
    "mode": N_("How it joins the school's work"),
    "route": N_("How it was approved"),
    "case": N_("Case number"),
}
CAME = {
    "pause": (N_("Paused"), "bars", "late"),
    "rectify": (N_("To be put right"), "again", "late"),
    "revoke": (N_("Taken off the list"), "cross", "asks"),
    "clear": (N_("Cleared off the list"), "dash", "quiet"),
    "come_back": (N_("Back on the list"), "tick", "done"),
    "expire": (N_("Ran out"), "dash", "quiet"),
}


@dataclass(frozen=True)
class Happening:
    """One entry of a listing's history."""

    did: str
    shape: str
    tone: str
    at: date | datetime
    who: str = ""
    says: str = ""
    href: str = ""


@page("list")
def listing(desk: Desk, listing: int) -> HttpResponse:
    """One item: what the public reads of it, how it came, went and was judged, and what may be done."""
    shown = queries.listing(desk.actor, listing, at=desk.at)
    plan = in_force(desk.actor, shown.edition)
    affair = _affair(desk, listing)
    judged = affairs.evaluations(desk.actor, listing=listing)
    held = plan.pack.lists[shown.list]
    coming = affair.activities if affair else affairs.activities(desk.actor, listing=listing).rows
    return desk.show(
        "lists/listing.html", listing=shown, plan=plan, card=_card(shown), affair=affair, clause=held.clause,
        history=_history(shown, judged), activities=coming, clauses=clauses_of(plan.pack),
        judged=[_judged(desk, plan, one) for one in judged],
        open=[(key, plan.pack.evaluations[key]) for key in (affair.evaluations_open if affair else ())],
        may_leave=bool(shown.exits or shown.may_come_back), back=f"{shown.list_says} {shown.span}",
    )  # fmt: skip


def _affair(desk: Desk, listing: int) -> AffairView | None:
    try:
        return affairs.affair_of_listing(desk.actor, listing, at=desk.at)
    except NotFound:
        # Lists are public; the case behind an item is not.
        return None


def _card(shown: ListingView) -> tuple[Fact, ...]:
    card = {key: str(value) for key, value in shown.card.items() if value}
    facts = [Fact(_("Organ"), shown.organ_name)]
    for key, term in PUBLIC.items():
        if key in card:
            facts.append(Fact(_(term), card[key], clause=numbers(card.get(f"{key}_clause")), zh=key != "case"))
    days = span(_day(card.get("starts", "")), _day(card.get("ends", "")))
    if "starts" in card or "ends" in card:
        facts.append(Fact(_("Takes place"), days, zh=False))
    facts.append(Fact(_("Stands on the list"), span(shown.valid_from, shown.valid_until), zh=False))
    return tuple(facts)


def _day(text: str) -> date | None:
    try:
        return read_day(text)
    except NoSuchDay:
        return None


def _history(shown: ListingView, judged: tuple[EvaluationView, ...]) -> list[Happening]:
    found = [Happening(_("Entered the list"), "tick", "done", shown.valid_from, shown.organ_name)]
    for one in shown.departures:
        did, shape, tone = CAME.get(one.verb, (one.verb, "ring", "plain"))
        found.append(Happening(one.says or _(did), shape, tone, one.at, one.person_name, one.reason))
    for held in judged:
        said = f"{held.says} {held.year} · {held.verdict_says}"
        found.append(Happening(said, "seal" if held.exit else "tick", "plain", held.at, held.person_name, held.reason))
    return found[:1] + sorted(found[1:], key=lambda one: str(one.at))


def _judged(desk: Desk, plan: InForce, one: EvaluationView) -> tuple[EvaluationView, tuple[Answered, ...]]:
    if one.answer is None:
        return one, ()
    try:
        kept = answer(desk.actor, one.answer)
    except NotFound:
        return one, ()
    said = rendered(plan, kept)
    return one, answers(said, lambda file: next(iter(links((file,)))).href, desk.today)


@listing.act("leave")
def leave(desk: Desk, listing: int) -> HttpResponse:
    """Take it off the list by one of the plan's ways."""
    sent = desk.request.POST
    told = enactment.leave(
        desk.actor, listing_id=listing, exit=sent.get("exit", ""), reason=sent.get("reason", ""),
        client_id=desk.client_id, at=desk.at,
    )  # fmt: skip
    said = _("Done: {state}. What the public sees has changed with it.").format(
        state=STATES["listing"][told.state].text
    )
    return desk.go("listing", listing=listing, said=said)


@listing.act("come-back")
def come_back(desk: Desk, listing: int) -> HttpResponse:
    """Take back a way off that allows it."""
    enactment.come_back(
        desk.actor, listing_id=listing, reason=desk.request.POST.get("reason", ""), client_id=desk.client_id, at=desk.at
    )
    return desk.go("listing", listing=listing, said=_("It stands on the list again, for the public too."))
