"""Who is to share a class, who is not, and whose child is no pupil of a team."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpResponse
from django.utils.translation import gettext as _

from qingfu.base.errors import FieldFault, Invalid
from qingfu.base.words import N_
from qingfu.records.placement import actions
from qingfu.records.placement.queries import PlacementView, PupilView
from qingfu.web.desk import Desk, page
from qingfu.web.placement.roster import held_by
from qingfu.web.placement.wording import KINDS, ROOM, row_says

OFFERED, LISTED = 12, 1_200
NOBODY = N_("Nobody on the list is called “{text}”.")
SEVERAL = N_("Several on the list can be meant; choose one below.")
CHOOSE = N_("Write a name or a number.")


def matches(pupils: Iterable[PupilView], text: str) -> list[PupilView]:
    """Whom a text can mean: the number, else the whole name, else a part of either."""
    said = text.strip()
    there = [one for one in pupils if not one.left]
    return (
        [one for one in there if one.number == said]
        or [one for one in there if one.name == said]
        or [one for one in there if said and (said in one.name or said in one.number)]
    )


def meant(desk: Desk, view: PlacementView, name: str) -> str:
    """The number of the one pupil that a field means; Invalid where nobody or several can be."""
    text = desk.request.POST.get(name, "").strip().split("·")[0].strip()[:60]
    if not text:
        raise Invalid(FieldFault(name, CHOOSE))
    found = matches(view.pupils, text)
    if not found:
        raise Invalid(FieldFault(name, NOBODY, {"text": text}))
    if len(found) > 1:
        raise Invalid(FieldFault(name, SEVERAL))
    return found[0].number


def offered(desk: Desk, view: PlacementView, name: str) -> list[PupilView]:
    """Whom to choose from where several could be meant."""
    text = desk.request.POST.get(name, "").strip() if desk.posted else ""
    found = matches(view.pupils, text) if text else []
    return found[:OFFERED] if len(found) > 1 else []


@page(ROOM)
def pairs(desk: Desk, placement: int) -> HttpResponse:
    """The wishes entered so far, and the form for another one."""
    view = held_by(desk, placement)
    return desk.show(
        "placement/pairs.html", view=view, row=view.row, says=row_says(view.row),
        kinds=[(key, _(says)) for key, says in KINDS.items() if key != "avoid" or view.teams],
        kind=desk.typed("kind", "apart"), ties=[(one, _(KINDS[one.kind])) for one in view.ties],
        choices={name: offered(desk, view, name) for name in ("one", "other")},
        listed=view.pupils if len(view.pupils) <= LISTED else (),
    )  # fmt: skip


@pairs.act("tie")
def tie(desk: Desk, placement: int) -> HttpResponse:
    """Enter a wish."""
    view = held_by(desk, placement)
    said = desk.request.POST
    kind = said.get("kind", "")
    one = meant(desk, view, "one")
    other = said.get("team", "") if kind == "avoid" else meant(desk, view, "other")
    actions.tie(
        desk.actor, placement=placement, kind=kind, one=one, other=other, reason=said.get("reason", ""),
        client_id=desk.client_id, at=desk.at,
    )  # fmt: skip
    return desk.go("placement-pairs", placement=placement, said=_("Entered."))


@pairs.act("untie")
def untie(desk: Desk, placement: int) -> HttpResponse:
    """Take a wish off the list."""
    held_by(desk, placement)
    text = desk.request.POST.get("tie", "")
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 18 else 0
    actions.untie(desk.actor, placement=placement, tie=number, client_id=desk.client_id, at=desk.at)
    return desk.go("placement-pairs", placement=placement, said=_("Taken off."))
