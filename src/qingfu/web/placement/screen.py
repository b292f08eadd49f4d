"""The view for the projector: large, refreshing itself, without a pupil's name; it shows how far the draw has come."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qingfu.base.draw.notice import Allot
from qingfu.records.placement import queries
from qingfu.web.desk import Desk, page
from qingfu.web.draws.papers import qr
from qingfu.web.draws.wording import door_address
from qingfu.web.placement.ceremony import Stage, lacks_number, led, staged
from qingfu.web.placement.wording import ROOM, Chart, charts, joined

# More tickets than that are counted, not shown.
SHOWN_TICKETS = 1_500
# Of those whom the hall waits for; the circle below shows everybody.
NAMED = 8


@dataclass(frozen=True)
class Filled:
    """A class as it fills: its label, its team by ticket, and its tickets with the turn in which each appears."""

    label: str
    team: str
    size: int
    tickets: tuple[tuple[int, str], ...]


def filled(stage: Stage) -> list[Filled]:
    """The classes of the record, in turns: one ticket to each class, and so on."""
    result: Any = stage.draw.result
    classes = result.get("classes", [])
    few = sum(len(one["tickets"]) for one in classes) <= SHOWN_TICKETS
    return [
        Filled(
            one["label"], one["team"] or "", len(one["tickets"]),
            tuple((n * len(classes) + place, ticket) for n, ticket in enumerate(one["tickets"])) if few else (),
        )
        for place, one in enumerate(classes)
    ]  # fmt: skip


def _charts(desk: Desk, stage: Stage) -> tuple[Chart, ...]:
    if stage.draw.state != "drawn":
        return ()
    if stage.rehearsal:
        done = queries.rehearsed(desk.actor, stage.row.id, stage.draw.id)
        return charts(done.balances, done.labels)
    view = queries.placement(desk.actor, stage.row.id)
    return charts(view.balances, [one.label for one in view.classes])


def _page(desk: Desk, stage: Stage) -> HttpResponse:
    door = door_address(desk, stage.draw.door)
    method = stage.draw.notice.method
    return desk.show(
        "placement/screen.html", stage=stage, row=stage.row, draw=stage.draw, demo=None, door=door, qr=qr(door),
        classes=len(method.classes) if isinstance(method, Allot) else 0, filled=filled(stage),
        charts=_charts(desk, stage), waits=_some(_waits(stage)), lacks_number=lacks_number(desk, stage),
        dealt=sum(one.dealt for one in stage.draw.members), told=_told(stage),
    )  # fmt: skip


def _waits(stage: Stage) -> list[str]:
    """Whom the hall waits for."""
    if stage.draw.state == "dealing":
        return stage.undealt
    return stage.missing


def _some(names: list[str]) -> str:
    """The first of them and how many more, so that what is to be compared stays on the screen."""
    rest = len(names) - NAMED
    more = [ngettext("{n} other", "{n} others", rest).format(n=rest)] if rest > 0 else []
    return joined([*names[:NAMED], *more])


def _told(stage: Stage) -> str:
    waits = bool(_waits(stage))
    return {
        "frozen": _("Parents: read the code and be a witness"),
        "dealing": _("Every phone deals a share that nobody knows") if waits else _("All shares are here; now: seal"),
        "sealed": _sealed(stage, waits=waits),
        "drawn": _("Classes drawn"),
        "void": _("This draw became void"),
    }[stage.draw.state]


def _sealed(stage: Stage, *, waits: bool) -> str:
    if not stage.witnesses:
        return _("Sealed: nothing can be changed any more")
    if waits:
        return _("Sealed. Witnesses: compare both digests with your phone, then tell your share")
    return _("No share is missing: now the classes are drawn")


@page(ROOM)
def screen(desk: Desk, placement: int) -> HttpResponse:
    """The draw of a placement, wherever it stands."""
    return _page(desk, staged(desk, placement))


@page(ROOM)
def rehearsal_screen(desk: Desk, placement: int, draw: int) -> HttpResponse:
    """The same for a rehearsal, marked as one in large letters."""
    return _page(desk, led(desk, placement, draw))
