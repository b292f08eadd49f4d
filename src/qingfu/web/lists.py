"""White lists: a roll with its places, one listing with its card and history, ways off and back, the yearly evaluation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from qingfu.base.days import read_day
from qingfu.base.errors import FieldFault, Invalid, NoSuchDay, NotFound
from qingfu.base.words import N_, Word
from qingfu.packfile.course import list_of
from qingfu.packfile.due import listed_span, terms_of
from qingfu.packfile.words.asks import Form
from qingfu.packfile.words.moves import Evaluation
from qingfu.papers.export import Heading, Table, as_xlsx
from qingfu.records.affairs import queries as affairs
from qingfu.records.affairs.queries import AffairView, EvaluationView
from qingfu.records.enactment import actions as enactment
from qingfu.records.forms.queries import answer, rendered
from qingfu.records.lists import queries
from qingfu.records.lists.queries import ListingView, RollView, cap_of
from qingfu.records.lists.states import LISTING
from qingfu.records.plans.queries import InForce, in_force, plans_in_force
from qingfu.web.desk import Desk, page
from qingfu.web.files import download, links, offers_for, received
from qingfu.web.parts import Fact
from qingfu.web.spoken import Answered, answers, clauses_of, numbers
from qingfu.web.words import STATES, span

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PUBLIC = {
    "criterion": N_("Admitted under"),
    "mode": N_("How it joins the school's work"),
    "route": N_("How it was approved"),
    "case": N_("Case"),
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
class Coming:
    """A list of a plan on which nothing stands yet."""

    says: str
    clause: tuple[str, ...]
    cap: int | None
    routes: tuple[str, ...]


@page("list")
def roll(desk: Desk, roll: int = 0) -> HttpResponse:
    """One roll: its places, and what stands on it."""
    rolls, plans = queries.rolls(desk.actor), {plan.edition: plan for plan in plans_in_force(desk.actor)}
    shown = _chosen(desk, rolls, plans, roll)
    if shown is None:
        return desk.show("lists/none.html", coming=[one for plan in plans.values() for one in _coming(plan)])
    asked = desk.request.GET
    text, state, number = asked.get("text", "").strip(), asked.get("state", ""), asked.get("page", "1")
    found = queries.listings(
        desk.actor, roll=shown.id, state=state, text=text, page=int(number) if number.isdigit() else 1
    )
    return desk.show(
        "lists/roll.html", roll=shown, rolls=rolls, page=found, text=text, state=state, narrowed=bool(text or state),
        states=[(key, STATES["listing"][key].text) for key in LISTING.states], clause=numbers(shown.clause),
        clauses=clauses_of(plans[shown.edition].pack),
        to_evaluate=[one for one in affairs.to_evaluate(desk.actor, desk.at)],
    )  # fmt: skip


def _chosen(
    desk: Desk, rolls: tuple[RollView, ...], plans: Mapping[int, InForce], wanted: int
) -> RollView | None:
    if wanted:
        found = next((one for one in rolls if one.id == wanted), None)
        if found is None:
            raise NotFound(what=str(wanted))
        return found

    def present(one: RollView) -> bool:
        held = plans[one.edition].pack.lists[one.list].model_copy(update={"valid_for": "same"})
        return listed_span(held, desk.today, terms_of(plans[one.edition].pack)).key == one.span

    return next((one for one in rolls if present(one)), rolls[0] if rolls else None)


def _coming(plan: InForce) -> list[Coming]:
    found = []
    for key, held in plan.pack.lists.items():
        ways = tuple(
            route.says for route in plan.pack.routes.values() if (entered := list_of(plan.pack, route)) and entered[0] == key
        )
        found.append(Coming(held.says, held.clause, cap_of(plan, key), ways))
    return found


@page("list")
def roll_sheet(desk: Desk, roll: int) -> HttpResponse:
    """The whole roll as a workbook."""
    shown = next((one for one in queries.rolls(desk.actor) if one.id == roll), None)
    if shown is None:
        raise NotFound(what=str(roll))
    kinds = ("number", "text", "text", "day", "day", "text", "text")
    widths = (8, 44, 28, 14, 14, 14, 12)
    heads = tuple(
        Heading(Word(title), kind, width)  # type: ignore[arg-type]  # the kinds above are those of Heading
        for title, kind, width in zip(queries.export_header(), kinds, widths, strict=True)
    )
    rows = tuple(
        (*row[:5], Word(STATES["listing"][str(row[5])].word), row[6]) for row in queries.export_rows(desk.actor, roll=roll)
    )
    data = as_xlsx(Table(shown.says, heads, rows), at=desk.at, translate=_)
    return download(f"{shown.says}-{shown.span}.xlsx", data, SHEET)


@dataclass(frozen=True)
class Happening:
    """One entry of a listing's history."""

    did: str
    shape: str
    tone: str
    at: object
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


def _day(text: str):
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


@page("list")
def evaluate(desk: Desk, listing: int, evaluation: str) -> HttpResponse:
    """The form of the yearly evaluation, with what each verdict brings about."""
    shown, plan, held, form = _held(desk, listing, evaluation)
    ways = {way.id: way for way in plan.pack.lists[shown.list].leaves_by}
    return desk.show(
        "lists/evaluate.html", listing=shown, held=held, own_verdict=_item(form, "verdict") is None,
        verdicts=[(one, ways.get(one.exit or "")) for one in held.verdicts], chosen=desk.typed("verdict"),
        sheet=desk.sheet(form, offers=offers_for(desk, desk.actor, plan.pack, form)), clauses=clauses_of(plan.pack),
        clause=held.clause, asks_reason=_item(form, "reason") is None,
    )  # fmt: skip


def _held(desk: Desk, listing: int, evaluation: str) -> tuple[ListingView, InForce, Evaluation, Form]:
    shown = queries.listing(desk.actor, listing, at=desk.at)
    plan = in_force(desk.actor, shown.edition)
    held = plan.pack.evaluations.get(evaluation)
    if held is None:
        raise NotFound(what=evaluation)
    return shown, plan, held, plan.pack.forms[held.form.removeprefix("forms.")]


def _item(form: Form, meaning: str) -> str | None:
    return next((item.id for item in form.items if item.means == meaning), None)


@evaluate.act("evaluate")
def judge(desk: Desk, listing: int, evaluation: str) -> HttpResponse:
    """Hand in the evaluation; a verdict may lead it off the list at once."""
    _shown, plan, _held_one, form = _held(desk, listing, evaluation)
    found = received(desk, desk.actor, plan.pack, form)
    verdict, reason = _item(form, "verdict"), _item(form, "reason")
    said = str(found.content.get(verdict, "")) if verdict else desk.request.POST.get("verdict", "")
    if not said:
        raise Invalid(FieldFault(verdict or "verdict", N_("This must be answered.")))
    why = str(found.content.get(reason, "")) if reason else desk.request.POST.get("reason", "")
    told = enactment.evaluate(
        desk.actor, listing_id=listing, evaluation=evaluation, verdict=said, reason=why, content=found.content,
        client_id=desk.client_id, at=desk.at,
    )  # fmt: skip
    return desk.go("listing", listing=listing, said=_("Judged: {verdict}.").format(verdict=told.verdict_says))


urlpatterns = [
    path("lists", roll, name="list"),
    path("lists/<int:roll>", roll, name="roll"),
    path("lists/<int:roll>/sheet", roll_sheet, name="roll-sheet"),
    path("listings/<int:listing>", listing, name="listing"),
    path("listings/<int:listing>/evaluate/<slug:evaluation>", evaluate, name="evaluate"),
]
