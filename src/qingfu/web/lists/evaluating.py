"""The yearly evaluation of a listed item (A19), and where its verdict leads (A20)."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _

from qingfu.base.errors import FieldFault, Invalid, NotFound
from qingfu.base.words import N_
from qingfu.packfile.words.asks import Form
from qingfu.packfile.words.moves import Evaluation
from qingfu.records.enactment import actions as enactment
from qingfu.records.lists import queries
from qingfu.records.lists.queries import ListingView
from qingfu.records.plans.queries import InForce, in_force
from qingfu.web.desk import Desk, page
from qingfu.web.files import offers_for, received
from qingfu.web.spoken import clauses_of


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
