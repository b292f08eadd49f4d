"""The opinion of an expert: six aspects, three judgements, saved while it is written, sealed once it is handed in."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _

from qingfu.base.errors import NotFound
from qingfu.packfile.words.asks import Form
from qingfu.records.enactment import actions as enactment
from qingfu.records.forms import actions as forms
from qingfu.records.forms.queries import draft
from qingfu.records.plans.queries import InForce, in_force
from qingfu.records.routes import queries
from qingfu.web.cases.case import application, subject_of
from qingfu.web.desk import Desk, page
from qingfu.web.fields import Offers
from qingfu.web.files import offers_for, received
from qingfu.web.spoken import clauses_of, numbers, sentence


@page("cases")
def opinion(desk: Desk, run: int) -> HttpResponse:
    """The application, and the form beside it."""
    subject = subject_of(desk, run)
    shown = subject.run
    verbs = {verb.verb: verb for verb in shown.verbs}
    if "opine" not in verbs:
        return desk.show("cases/outrun.html", case=shown) if desk.error else desk.go("case", run=run)
    plan = in_force(desk.actor, shown.edition)
    begun = draft(desk.actor, _draft(run))
    content = begun.content if begun else {}
    form = plan.pack.forms[shown.step_form]
    return desk.show(
        "cases/opinion.html", case=shown, application=application(desk, plan, subject), panel=_panel(shown),
        sheet=desk.sheet(form, content=content, offers=_offers(desk, plan, form)), at=begun.saved_at if begun else None,
        effect=sentence(verbs["opine"].effect), may_step_aside="step_aside" in verbs,
        clauses=clauses_of(plan.pack), step_clause=numbers(shown.step_clause),
    )  # fmt: skip


def _draft(run: int) -> str:
    return f"opinion:{run}"


def _panel(shown: queries.RunView) -> queries.PanelView | None:
    return shown.turn.panel if shown.turn else None


def _offers(desk: Desk, plan: InForce, form: Form) -> Offers:
    return offers_for(desk, desk.actor, plan.pack, form)


def _form(desk: Desk, run: int) -> tuple[InForce, Form]:
    shown = queries.run(desk.actor, run)
    plan = in_force(desk.actor, shown.edition)
    # The panel's own form, also when the case has gone on meanwhile: the register then says who was faster.
    form = plan.pack.forms.get(shown.opinion_form or shown.step_form)
    if form is None:
        raise NotFound(what=str(run))
    return plan, form


@opinion.act("keep")
def keep(desk: Desk, run: int) -> HttpResponse:
    """Save what is written so far; a closed browser loses nothing."""
    plan, form = _form(desk, run)
    found = desk.answers(form, offers=_offers(desk, plan, form))
    kept = forms.save_draft(desk.actor, subject=_draft(run), content=found.content, at=desk.at)
    if desk.request.headers.get("HX-Request"):
        return desk.show("parts/saved.html", at=kept.saved_at)
    return desk.go("case-opinion", run=run, said=_("Saved. You can go on later, also on another device."))


@opinion.act("opine")
def opine(desk: Desk, run: int) -> HttpResponse:
    """Hand in the opinion; it is sealed from now on."""
    plan, form = _form(desk, run)
    found = received(desk, desk.actor, plan.pack, form)
    enactment.opine(
        desk.actor, run=run, content=found.content, digest=desk.request.POST.get("seen", ""), client_id=desk.client_id,
        at=desk.at,
    )  # fmt: skip
    return desk.go("case", run=run, said=_("Your opinion is in and sealed. Thank you."))


@opinion.act("step_aside")
def step_aside(desk: Desk, run: int) -> HttpResponse:
    """Give no opinion in this case, and say why."""
    reason = desk.request.POST.get("aside", "")
    enactment.step_aside(desk.actor, run=run, reason=reason, client_id=desk.client_id, at=desk.at)
    return desk.go("inbox", said=_("You have stepped aside; the office asks somebody else."))
