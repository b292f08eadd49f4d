"""Draws and placements that wait for whoever holds them, with the case or the placement they were held for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from qingfu.base.actor import Actor
from qingfu.records.disclosures.models import Disclosure
from qingfu.records.draws.queries import WaitingDraw, waiting
from qingfu.records.enactment.models import PanelDraw, PanelSeat
from qingfu.records.journal.queries import reading
from qingfu.records.placement.queries import PlacementRow, placements


@dataclass(frozen=True)
class DrawWaits:
    """A draw and what it was held for. `panel_open`: the case `run` waits for its panel; `seated`: from this draw.

    `published` is said of the record, not of the anchor.
    """

    draw: WaitingDraw
    published: bool
    run: int | None = None
    panel_open: bool = False
    seated: bool = False
    placement: PlacementRow | None = None


@dataclass(frozen=True)
class DrawsWaiting:
    """Of one actor: draws that are not done with, and new classes whose list is still being brought together."""

    draws: tuple[DrawWaits, ...] = ()
    placements: tuple[PlacementRow, ...] = ()


def draws_waiting(actor: Actor) -> DrawsWaiting:
    """What the draws of this actor ask for; a constant number of queries."""
    with reading(actor):
        held = waiting(actor)
        own = placements(actor) if "school" in actor.roles else ()
        by_draw = {one.draw: one for one in own if one.draw is not None}
        published = _published({one.number: one.at for one in held if one.state == "drawn"})
        panels = _panels([one.id for one in held if one.kind in ("pick", "share")])
        seated = set(PanelSeat.objects.filter(panel__in=panels.values()).values_list("panel", flat=True))
        return DrawsWaiting(
            draws=tuple(
                DrawWaits(
                    one, one.number in published, panel.run_id if panel else None, bool(panel and _is_open(panel)),
                    bool(panel and panel.pk in seated), by_draw.get(one.id),
                )
                for one in held
                for panel in (panels.get(one.id),)
            ),
            placements=tuple(one for one in own if one.state == "collecting"),
        )  # fmt: skip


def _published(drawn: Mapping[str, datetime]) -> set[str]:
    """Of these numbers, those whose public copy is younger than the drawing: an older one shows the anchor only."""
    if not drawn:
        return set()
    rows = Disclosure.objects.filter(
        key__in=[f"draw:{number}" for number in drawn],
        replaced_at=None,
        withdrawn_at=None,
        audience__contains=["public"],
    )
    shown = ((key.removeprefix("draw:"), at) for key, at in rows.values_list("key", "published_at"))
    return {number for number, at in shown if at >= drawn[number]}


def _panels(draws: Iterable[int]) -> dict[int, PanelDraw]:
    found = PanelDraw.objects.filter(draw__in=draws).select_related("run")
    return {one.draw_id: one for one in found}


def _is_open(panel: PanelDraw) -> bool:
    return panel.stands and panel.run.state == "at" and panel.run.step == panel.step
