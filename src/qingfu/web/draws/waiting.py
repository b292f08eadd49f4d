"""What draws and new classes put into the inbox: one line for each, with what its next step waits for."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qingfu.records.draws.queries import WaitingDraw
from qingfu.records.enactment.queries import DrawsWaiting, DrawWaits
from qingfu.web.parts import Row


def draw_rows(waiting: DrawsWaiting) -> Iterator[Row]:
    """Draws that are not done with, then classes whose list is still being brought together."""
    for one in waiting.draws:
        if said := _said(one):
            yield Row(
                href=_href(one), what=one.draw.title, note=one.draw.number, subject="draw", state=one.draw.state,
                aside=said, quiet=_is_quiet(one),
            )  # fmt: skip
    for placement in waiting.placements:
        what = _("Class placement {year}: grade {grade}").format(year=placement.year, grade=placement.grade)
        yield Row(
            href=reverse("placement", args=[placement.id]), what=what, subject="placement", state=placement.state,
            aside=_("The list is brought together; nothing is frozen yet"),
        )  # fmt: skip


def _is_quiet(one: DrawWaits) -> bool:
    """Publishing may be withheld, as before an unannounced visit; new classes are drawn in public."""
    return one.draw.state == "drawn" and not _calls(one) and not _to_seat(one) and one.draw.kind != "allot"


def _calls(one: DrawWaits) -> int:
    """Who was seated before being called is asked by the case itself; of a case that is over nobody is called."""
    over = one.run is not None and not one.panel_open
    return 0 if one.seated or over else one.draw.calls


def _to_seat(one: DrawWaits) -> bool:
    return one.run is not None and one.panel_open and not one.seated


def _said(one: DrawWaits) -> str:
    """What the next step is; empty where nothing is left to do."""
    draw = one.draw
    if draw.state == "frozen":
        said = ngettext("{n} witness has joined; close the circle", "{n} witnesses have joined; close the circle",
                        draw.witnesses)  # fmt: skip
        return said.format(n=draw.witnesses) if draw.witnesses else _("No witness has joined yet")
    if draw.state == "dealing":
        if draw.dealt >= draw.circle:
            return _("All shares are here; seal")
        return _("{dealt} of {whole} shares are here").format(dealt=draw.dealt, whole=draw.circle)
    if draw.state == "sealed":
        return _sealed(draw)
    return _drawn(one)


def _sealed(draw: WaitingDraw) -> str:
    if draw.missing:
        said = ngettext("Waits for {n} share", "Waits for {n} shares", draw.missing)
        return said.format(n=draw.missing)
    if draw.lacks_number:
        return _("The public number is still to be entered")
    return _("No share is missing; it can be drawn")


def _drawn(one: DrawWaits) -> str:
    if calls := _calls(one):
        return ngettext("{n} call is still to be made", "{n} calls are still to be made", calls).format(n=calls)
    if _to_seat(one):
        return _("The panel can be seated")
    return "" if one.published else _("Drawn and not published")


def _href(one: DrawWaits) -> str:
    if one.placement is not None:
        return reverse("placement", args=[one.placement.id])
    if one.draw.state == "drawn" and _calls(one):
        return reverse("draw-calls", args=[one.draw.id])
    if one.draw.state == "drawn" and _to_seat(one):
        return reverse("case-panel", args=[one.run])
    return reverse("draw", args=[one.draw.id])
