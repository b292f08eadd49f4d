"""After the draw: who comes later takes the next seat of the same draw, who leaves, and exceptions that are public."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _

from qingfu.base.errors import FieldFault, Invalid
from qingfu.base.words import N_
from qingfu.papers.pupils.values import MOST_POINTS
from qingfu.records.enactment import actions as enactment
from qingfu.records.placement import queries
from qingfu.records.placement.actions import NewPupil
from qingfu.records.placement.queries import PlacementView
from qingfu.web.desk import Desk, page
from qingfu.web.placement.roster import held_by
from qingfu.web.placement.ties import LISTED, meant, offered
from qingfu.web.placement.wording import CHANGES, ROOM, row_says

NO_LEVEL = N_("Write points such as 87.5, or leave it empty.")
NEEDED = N_("Fill this in.")
GENDER = N_("Choose boy or girl.")


@page(ROOM)
def changes(desk: Desk, placement: int) -> HttpResponse:
    """Every change since the draw; for the school also the forms. Outside the school tickets stand for names."""
    view = queries.placement(desk.actor, placement)
    shown = [(one, _(CHANGES[one.kind])) for one in view.changes]
    return desk.show(
        "placement/changes.html", view=view, row=view.row, says=row_says(view.row), changes=shown[::-1],
        goals=[one.label for one in view.classes], verb=desk.request.POST.get("verb", ""),
        leave_reason=desk.typed("leave-reason"), full=_full(view), arrive_permit=desk.typed("arrive-permit"),
        except_permit=desk.typed("except-permit"),
        choices={name: offered(desk, view, name) for name in ("leaver", "moved")} if view.names else {},
        listed=_listed(view), townships=sorted({one.township for one in view.pupils if one.township}),
    )  # fmt: skip


def _full(view: PlacementView) -> bool:
    """Whether one more in some class takes a permit that is not there yet."""
    return bool(view.cap) and not view.permit and any(one.size >= (view.cap or 0) for one in view.classes)


def _listed(view: PlacementView) -> list[tuple[str, str]]:
    there = [(one.number, one.name) for one in view.pupils if not one.left]
    return there if len(there) <= LISTED else []


@changes.act("arrive")
def arrive(desk: Desk, placement: int) -> HttpResponse:
    """The next seat of the draw; nobody chooses it."""
    held_by(desk, placement)
    said = {name: desk.request.POST.get(name, "").strip() for name in ("number", "name", "gender", "township", "level")}
    empty = [FieldFault(field, NEEDED) for field, name in (("number", "number"), ("roster", "name")) if not said[name]]
    if said["gender"] not in ("m", "f"):
        empty.append(FieldFault("gender", GENDER))
    if empty:
        raise Invalid(*empty)
    pupil = NewPupil(
        said["number"][:30], said["name"][:40], said["gender"], said["township"][:40], _halves(said["level"]),
        desk.request.POST.get("special") == "yes",
    )  # fmt: skip
    view = enactment.arrive(
        desk.actor, placement=placement, pupil=pupil, permit=desk.typed("arrive-permit"), client_id=desk.client_id,
        at=desk.at,
    )  # fmt: skip
    seats = ((one.ticket, one.label) for one in view.pupils if one.number == pupil.number)
    ticket, label = next(seats, ("", ""))
    says = _("{name}, ticket {ticket}, takes the next seat of the draw: {label}. Tell the family the ticket.")
    told = says.format(name=pupil.name, ticket=ticket, label=label)
    return desk.go("placement-changes", placement=placement, said=told)


def _halves(text: str) -> int:
    whole, _point, half = text.partition(".")
    if not text:
        return 0
    digits = whole.isascii() and whole.isdigit() and len(whole) < 5 and half in ("", "0", "5", "00", "50")
    if not digits or int(whole) > MOST_POINTS:
        raise Invalid(FieldFault("level", NO_LEVEL))
    return 2 * int(whole) + (half[:1] == "5")


@changes.act("leave")
def leave(desk: Desk, placement: int) -> HttpResponse:
    """Somebody leaves the school; the seat stays empty."""
    number = meant(desk, held_by(desk, placement), "leaver")
    reason = desk.request.POST.get("leave-reason", "")
    try:
        enactment.leave_school(
            desk.actor, placement=placement, number=number, reason=reason, client_id=desk.client_id, at=desk.at
        )  # fmt: skip
    except Invalid as refused:
        raise Invalid(*(FieldFault(f"leave-{one.field}", one.says, one.facts) for one in refused.faults)) from None
    return desk.go("placement-changes", placement=placement, said=_("Entered: left the school."))


@changes.act("except")
def except_pupil(desk: Desk, placement: int) -> HttpResponse:
    """Put somebody into another class by hand; reason and approver are public."""
    number = meant(desk, held_by(desk, placement), "moved")
    said = desk.request.POST
    enactment.except_pupil(
        desk.actor, placement=placement, number=number, goal=said.get("goal", ""), reason=said.get("reason", ""),
        approver=said.get("approver", ""), permit=said.get("except-permit", ""), client_id=desk.client_id, at=desk.at,
    )  # fmt: skip
    return desk.go("placement-changes", placement=placement, said=_("Entered as a public exception."))
