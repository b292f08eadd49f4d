"""The list of cases: what waits for the reader first, and links to where many are decided together."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from qingfu.base.words import N_
from qingfu.packfile.course import steps_of
from qingfu.records.plans.queries import InForce, plans_in_force
from qingfu.records.routes import queries
from qingfu.records.routes.states import DECISIONS, RUN
from qingfu.web.desk import Desk, page
from qingfu.web.ids import id_in
from qingfu.web.parties import applicant_in
from qingfu.web.words import STATES

KINDS = {"affair": N_("Affairs"), "activity": N_("Activities")}
# One alone is decided on its own page.
AT_LEAST = 2


@dataclass(frozen=True)
class Batch:
    """Cases that wait for the reader at one step, to be decided together."""

    says: str
    route_says: str
    count: int
    href: str


@page("cases")
def browse(desk: Desk) -> HttpResponse:
    """Every case the reader may know of, newest first."""
    asked = desk.request.GET
    state, kind, text = asked.get("state", ""), asked.get("kind", ""), asked.get("text", "").strip()
    number = asked.get("page", "1")
    found = queries.cases(desk.actor, state=state, kind=kind, text=text, page=id_in(number) or 1, at=desk.at)
    plans = plans_in_force(desk.actor)
    return desk.show(
        "cases/browse.html", page=found, text=text, state=state, kind=kind, narrowed=bool(state or kind or text),
        states=[(key, STATES["run"][key].text) for key in RUN.states if key != RUN.initial],
        kinds=[(key, _(name)) for key, name in KINDS.items()],
        batches=_batches(desk, plans), may_apply=any(applicant_in(desk.actor, plan) for plan in plans),
        keeps=desk.is_bureau_side,
    )  # fmt: skip


def _batches(desk: Desk, plans: tuple[InForce, ...]) -> list[Batch]:
    waiting = [row for row in queries.to_decide(desk.actor, desk.at) if DECISIONS & set(row.verbs)]
    counted = Counter((row.edition, row.route, row.step) for row in waiting)
    held = {plan.edition: plan for plan in plans}
    found = []
    for (edition, route, step), count in counted.items():
        if count < AT_LEAST or edition not in held:
            continue
        pack = held[edition].pack
        says = next(one.says for one in steps_of(pack, route) if one.id == step)
        href = reverse("cases-together", args=[edition, route, step])
        found.append(Batch(says, pack.routes[route].says, count, href))
    return found
