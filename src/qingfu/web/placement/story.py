"""One placement: what is still missing before the list may be frozen, where the draw stands, what came after it."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qingfu.base.errors import FieldFault, Invalid
from qingfu.base.once import part_of
from qingfu.base.words import N_
from qingfu.records.draws import actions as draw_actions
from qingfu.records.draws import queries as draw_queries
from qingfu.records.placement import actions, queries
from qingfu.records.placement.queries import PlacementView
from qingfu.web.desk import Desk, page
from qingfu.web.parts import Fact
from qingfu.web.placement.teaming import strength
from qingfu.web.placement.wording import CHANGES, ROOM, charts, joined, row_says
from qingfu.web.spoken import numbers

NO_NUMBER = N_("Write a whole number.")
NO_PERMIT = N_("A class would have {size} pupils; at most {cap} are allowed. Make more classes or enter the permit.")


@dataclass(frozen=True)
class Point:
    """One line of the check list: done, still needed, or left to the school."""

    key: str
    title: str
    says: str
    href: str
    state: str = "open"

    @property
    def shape(self) -> str:
        return {"done": "tick", "wrong": "alert", "free": "dots"}.get(self.state, "ring")

    @property
    def tone(self) -> str:
        return {"done": "done", "wrong": "late", "free": "quiet"}.get(self.state, "asks")

    @property
    def word(self) -> str:
        words = {"done": _("done"), "wrong": _("does not fit yet"), "free": _("if needed")}
        return words.get(self.state, _("still missing"))


@page(ROOM)
def placement(desk: Desk, placement: int) -> HttpResponse:
    """The whole of it; who is not of the school sees numbers and tickets."""
    view = queries.placement(desk.actor, placement)
    if view.names and view.row.state == "collecting":
        return _collecting(desk, view)
    drawn = draw_queries.draw(desk.actor, view.row.draw) if view.row.draw else None
    return desk.show(
        "placement/placement.html", view=view, row=view.row, says=row_says(view.row), facts=_facts(view), draw=drawn,
        charts=charts(view.balances, [one.label for one in view.classes]), unmet=unmet_of(view),
        changes=[(one, _(CHANGES[one.kind])) for one in view.changes][-5:][::-1],
        labels=[one.label for one in view.classes],
    )  # fmt: skip


def _collecting(desk: Desk, view: PlacementView) -> HttpResponse:
    points = check_list(view)
    size, above = largest(view), above_cap(view)
    return desk.show(
        "placement/collecting.html", view=view, row=view.row, says=row_says(view.row), points=points,
        ready=all(one.state in ("done", "free") for one in points), largest=size, above=above,
        rehearsals=queries.rehearsals(desk.actor, view.row.id), classes=desk.typed("classes", str(view.row.classes)),
        permit=desk.typed("permit", view.permit), clause=numbers(view.clause) if view.clause else (),
        ask_permit=above or bool(view.permit) or bool(desk.fault("permit")), proposed=proposed(view),
        verb=desk.request.POST.get("verb", ""),
    )  # fmt: skip


def proposed(view: PlacementView) -> int:
    """As few classes as the cap allows."""
    return -(-view.row.pupils // view.cap) if view.cap and view.row.pupils else view.row.classes


def largest(view: PlacementView) -> int:
    """How many pupils the largest class will have."""
    return -(-view.row.pupils // view.row.classes) if view.row.classes else 0


def above_cap(view: PlacementView) -> bool:
    """Whether a class would be larger than the plan allows."""
    return bool(view.cap and largest(view) > view.cap)


def check_list(view: PlacementView) -> list[Point]:
    """What is there and what is missing before the list may be frozen."""

    def to(name: str) -> str:
        return reverse(name, kwargs={"placement": view.row.id})

    pupils, classes = view.row.pupils, view.row.classes
    listed = ngettext("{n} pupil on the list", "{n} pupils on the list", pupils).format(n=pupils)
    bring = _("Bring it as a sheet; you see it before it is taken.")
    divided = ngettext("{n} class of up to {size}", "{n} classes of up to {size}", classes).format(
        n=classes, size=largest(view)
    )
    above = above_cap(view)
    tied = ngettext("{n} wish is entered", "{n} wishes are entered", len(view.ties)).format(n=len(view.ties))
    return [
        Point("roster", _("List of pupils"), listed if pupils else bring, to("placement-roster"),
              "done" if pupils else "open"),
        Point("classes", _("Number of classes"), divided if pupils else _("Follows from the list and the cap."),
              "#classes-title" if pupils else "", _division(pupils, above=above, permit=bool(view.permit))),
        Point("pairs", _("Twins, siblings, children of staff"), tied if view.ties else _("None entered."),
              to("placement-pairs"), "done" if view.ties else "free"),
        _teams(view, to("placement-teams")),
    ]  # fmt: skip


def _division(pupils: int, *, above: bool, permit: bool) -> str:
    if not pupils:
        return "open"
    return "wrong" if above and not permit else "done"


def _teams(view: PlacementView, href: str) -> Point:
    count, classes = len(view.teams), view.row.classes
    if not count:
        return Point(
            "teams",
            _("Teams of teachers"),
            _("None: only classes are drawn. Where the plan has teachers drawn as well, name the teams."),
            href,
            "free",
        )
    if count != classes:
        says = _("{teams} teams for {classes} classes: name as many as there are classes.")
        return Point("teams", _("Teams of teachers"), says.format(teams=count, classes=classes), href, "wrong")
    says = ngettext("{n} team, drawn as well", "{n} teams, drawn as well", count).format(n=count)
    if told := strength(view.teams):
        says = _("{teams}: {told}").format(teams=says, told=told)
    return Point("teams", _("Teams of teachers"), says, href, "done")


def unmet_of(view: PlacementView) -> list[str]:
    """The wishes that could not be kept: by name in the school, by ticket elsewhere."""
    names = {one.ticket: one.name for one in view.pupils} | {one.ticket: one.name for one in view.teams}
    return [joined(names.get(ticket, ticket) for ticket in pair) for pair in view.unmet]


def _facts(view: PlacementView) -> tuple[Fact, ...]:
    facts = [
        Fact(_("School"), view.row.organ_name),
        Fact(_("Pupils"), str(view.row.pupils), zh=False),
        Fact(_("Classes"), str(view.row.classes), zh=False),
    ]
    if view.cap:
        facts.append(Fact(_("At most in a class"), str(view.cap), zh=False, clause=numbers(view.clause)))
    if view.permit:
        facts.append(Fact(_("Permit for larger classes"), view.permit))
    if view.row.state == "placed":
        facts.append(Fact(_("Seats left for those who come later"), str(view.seats_left), zh=False))
    return tuple(facts)


@placement.act("divide")
def divide(desk: Desk, placement: int) -> HttpResponse:
    """How many classes; above the cap with the permit that allows it."""
    view = queries.placement(desk.actor, placement)
    text, permit = desk.request.POST.get("classes", ""), desk.request.POST.get("permit", "").strip()
    if not (text.isascii() and text.isdigit() and len(text) < 5 and int(text)):
        raise Invalid(FieldFault("classes", NO_NUMBER))
    size = -(-view.row.pupils // int(text))
    if view.cap and size > view.cap and not permit:
        raise Invalid(FieldFault("permit", NO_PERMIT, {"size": size, "cap": view.cap}))
    actions.choose_classes(
        desk.actor, placement=placement, classes=int(text), permit=permit, client_id=desk.client_id, at=desk.at
    )  # fmt: skip
    return desk.go("placement", placement=placement, said=_("The number of classes is set."))


@placement.act("rehearse")
def rehearse(desk: Desk, placement: int) -> HttpResponse:
    """Draw for rehearsal at once, without witnesses."""
    made = actions.rehearse(desk.actor, placement=placement, alone=True, client_id=desk.client_id, at=desk.at)
    draw_actions.run(desk.actor, draw=made.id, client_id=part_of(desk.client_id, "run"), at=desk.at)
    said = _("Rehearsed. Nothing of it is the draw.")
    return desk.go("placement-rehearsal", placement=placement, draw=made.id, said=said)


@placement.act("rehearse-with-witnesses")
def rehearse_with_witnesses(desk: Desk, placement: int) -> HttpResponse:
    """A rehearsal of the whole ceremony, phones and projector included."""
    made = actions.rehearse(desk.actor, placement=placement, alone=False, client_id=desk.client_id, at=desk.at)
    said = _("The rehearsal is open: let phones join.")
    return desk.go("placement-rehearsal", placement=placement, draw=made.id, said=said)
