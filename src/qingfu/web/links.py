"""A one-time link: a school without an account hands in on a telephone. The link is the right; it is spent once."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from qingfu.base.actor import Actor
from qingfu.base.errors import LinkSpent
from qingfu.records.duties.queries import TaskView, task_by_link
from qingfu.records.enactment.actions import hand_in_by_link
from qingfu.records.plans.queries import InForce, in_force
from qingfu.web.files import offers_for, received
from qingfu.web.hall import Hall, public_page
from qingfu.web.inbox import wording
from qingfu.web.task_told import facts


@public_page
def link(hall: Hall, token: str) -> HttpResponse:
    """What the unit is asked, and its form."""
    view = task_by_link(bureau=hall.bureau.id, token=token, at=hall.at)
    actor, plan = _unit(hall, view), _plan(hall, view)
    duty, form = plan.pack.duties[view.row.duty], plan.pack.forms.get(view.form)
    sheet = hall.sheet(form, offers=offers_for(hall, actor, plan.pack, form)) if form else None
    return hall.show(
        "links/link.html", task=view, row=view.row, plan=plan, facts=facts(view, plan, duty, hall.today), sheet=sheet,
        signed=hall.typed("signed"), clauses=wording([plan]),
    )  # fmt: skip


@link.act("hand-in")
def hand_in(hall: Hall, token: str) -> HttpResponse:
    """Hand in; the receipt carries the digest of exactly what was handed in."""
    sent = hall.request.POST
    done = hand_in_by_link(
        bureau=hall.bureau.id, token=token, content=_content(hall, token), signed=sent.get("signed", ""),
        client_id=hall.client_id, at=hall.at,
    )  # fmt: skip
    receipt = done.hand_ins[-1]
    return hall.show("links/done.html", row=done.row, signed=receipt.on_behalf, receipt=receipt)


def _content(hall: Hall, token: str) -> dict[str, Any]:
    try:
        view = task_by_link(bureau=hall.bureau.id, token=token, at=hall.at)
    except LinkSpent:
        # Sent again over a bad connection: the register knows the form's id and gives the first answer back.
        return {}
    plan = _plan(hall, view)
    form = plan.pack.forms.get(view.form)
    return received(hall, _unit(hall, view), plan.pack, form).content if form else {}


def _unit(hall: Hall, view: TaskView) -> Actor:
    organ = view.row.organ
    return Actor.link(hall.bureau.id, organ=organ.id, roles=frozenset({"link", organ.kind}))


def _plan(hall: Hall, view: TaskView) -> InForce:
    return in_force(_unit(hall, view), view.row.edition)


urlpatterns = [
    path("l/<slug:bureau>/<str:token>", never_cache(sensitive_post_parameters()(link)), name="link"),
]
