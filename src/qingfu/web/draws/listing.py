"""The list of draws: where each stands, rehearsals marked."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _

from qingfu.records.draws import queries
from qingfu.records.draws.states import DRAW
from qingfu.web.desk import Desk, page
from qingfu.web.draws.wording import KINDS
from qingfu.web.ids import id_in
from qingfu.web.words import STATES


@page("draws")
def draws(desk: Desk) -> HttpResponse:
    """The draws of the bureau, or of one school, the latest first."""
    queries.require_holder(desk.actor)
    asked = desk.request.GET
    state, kind, number = asked.get("state", ""), asked.get("kind", ""), asked.get("page", "1")
    state, kind = state if state in DRAW.states else "", kind if kind in KINDS else ""
    found = queries.draws(desk.actor, kind=kind, state=state, page=id_in(number) or 1)
    return desk.show(
        "draws/list.html", page=found, state=state, kind=kind, narrowed=bool(state or kind),
        rows=[(one, _(KINDS[one.kind])) for one in found.rows],
        states=[(key, STATES["draw"][key].text) for key in DRAW.states],
        kinds=[(key, _(says)) for key, says in KINDS.items()],
    )  # fmt: skip
