"""Panels that were drawn: which draw a case has, and which case a draw was held for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from qingfu.base.actor import Actor
from qingfu.base.verify_draw import verify
from qingfu.records.draws.models import DrawRecord
from qingfu.records.draws.queries.rights import roles_in
from qingfu.records.enactment.models import PanelDraw, PanelSeat
from qingfu.records.journal.queries import reading
from qingfu.records.plans.queries import is_office


@dataclass(frozen=True)
class DrawnPanel:
    """The draw that stands for a step of a case. `tickets`: what was seated, by person; `mine`: the actor holds it.

    `verdict` is a verifier's word, empty before the draw is run.
    """

    draw: int
    number: str
    state: str
    mine: bool
    verdict: str
    tickets: Mapping[int, str]


@dataclass(frozen=True)
class DrawnFor:
    """The case a draw was held for; `stands` until a void one is replaced, `open` while its panel can be seated.

    `seated`: the tickets that were asked for an opinion, whatever became of them.
    """

    run: int
    number: str
    title: str
    stands: bool
    open: bool
    seated: frozenset[str] = frozenset()


def drawn_panels(actor: Actor, run: int) -> dict[str, DrawnPanel]:
    """The draws that stand for a case, by step; for whoever may read the case, which the caller has asked."""
    with reading(actor):
        rows = PanelDraw.objects.filter(run=run, stands=True).select_related("draw__organ").defer("draw__notice")
        found = {}
        for one in rows:
            seats = PanelSeat.objects.filter(panel=one).values_list("ticket__person", "ticket__ticket")
            found[one.step] = DrawnPanel(
                draw=one.draw_id, number=one.draw.number, state=one.draw.state,
                mine=bool(roles_in(actor, one.draw)), verdict=_verdict_of(one), tickets=dict(seats),
            )  # fmt: skip
        return found


def _verdict_of(one: PanelDraw) -> str:
    if one.draw.state != "drawn" or one.draw.anchor is None:
        return ""
    content = DrawRecord.objects.filter(draw=one.draw_id).values_list("content", flat=True).first()
    return _verdict(bytes(content), bytes(one.draw.anchor)) if content else ""


@lru_cache(maxsize=128)
def _verdict(content: bytes, anchor: bytes) -> str:
    """The same bytes are always judged the same."""
    return str(verify(content, anchor).verdict)


def drawn_for(actor: Actor, draw: int) -> DrawnFor | None:
    """The case a draw was held for, for the bureau's office; None for any other draw."""
    with reading(actor):
        if not is_office(actor):
            return None
        one = PanelDraw.objects.filter(draw=draw).select_related("run").first()
        if one is None:
            return None
        here = one.run.state == "at" and one.run.step == one.step
        seated = frozenset(PanelSeat.objects.filter(panel=one).values_list("ticket__ticket", flat=True))
        return DrawnFor(one.run_id, one.run.number, one.run.title, one.stands, one.stands and here, seated)
