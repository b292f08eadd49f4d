"""The result with the names behind the tickets: for the organiser only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from qingfu.base.errors import NotFound
from qingfu.records.draws import queries
from qingfu.records.draws.queries import DrawView, TicketView
from qingfu.web.desk import Desk, page
from qingfu.web.draws.wording import method_says

RESERVES = 20


@dataclass(frozen=True)
class Part:
    """One part of the list: who was drawn, and who follows next, in drawn order."""

    marks: tuple[str, ...]
    chosen: tuple[TicketView, ...]
    reserves: tuple[TicketView, ...]
    more: int


@page("draws")
def result(desk: Desk, draw: int) -> HttpResponse:
    """Who was drawn, part by part."""
    queries.require_holder(desk.actor)
    shown = queries.draw(desk.actor, draw)
    if shown.record is None:
        raise NotFound(what=_("a result before the draw is run"))
    if shown.kind == "match":
        return desk.go("draw-matching", draw=draw)
    known = {one.ticket: one for one in queries.tickets(desk.actor, draw)}
    return desk.show(
        "draws/result.html", draw=shown, method=method_says(shown.notice.method), parts=_parts(shown, known)
    )


def _parts(shown: DrawView, known: Mapping[str, TicketView]) -> list[Part]:
    said: Mapping[str, Any] = shown.result
    strata = said.get("strata") or ([{"marks": [], **said}] if "order" in said else [])
    found = []
    for one in strata:
        chosen, order = one["chosen"], one["order"]
        after = [ticket for ticket in order if ticket not in set(chosen)]
        found.append(
            Part(
                tuple(one["marks"]), tuple(known[ticket] for ticket in chosen),
                tuple(known[ticket] for ticket in after[:RESERVES]), max(0, len(after) - RESERVES),
            )
        )  # fmt: skip
    return found
