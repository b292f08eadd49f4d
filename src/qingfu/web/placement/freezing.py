"""The list is frozen: what will be posted stands on this page before it is, and nothing of it changes afterwards."""

from __future__ import annotations

from collections import Counter

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qingfu.base.days import read_day
from qingfu.base.draw.notice import PublicNumber
from qingfu.base.errors import FieldFault, Invalid, NoSuchDay, WrongState
from qingfu.base.words import N_, Word
from qingfu.records.placement import actions
from qingfu.records.placement.actions import LATER_PER_CLASS
from qingfu.records.placement.queries import PlacementView
from qingfu.web.desk import Desk, page
from qingfu.web.parts import Fact
from qingfu.web.placement.roster import held_by
from qingfu.web.placement.story import above_cap, check_list, largest
from qingfu.web.placement.teaming import strength
from qingfu.web.placement.wording import ROOM, row_says
from qingfu.web.spoken import numbers

NO_ISSUE = N_("Say which issue of it, for instance which day's draw.")
NO_DAY = N_("Write the day on which it is published, from today on.")


@page(ROOM)
def freeze(desk: Desk, placement: int) -> HttpResponse:
    """What will be posted at the door, and what stays in the school."""
    view = held_by(desk, placement)
    if view.row.state != "collecting" and not desk.posted:
        raise WrongState(verb=Word("freeze_list"), state=Word(view.row.state), possible=[])
    return desk.show(
        "placement/freeze.html", view=view, row=view.row, says=row_says(view.row), facts=_facts(view),
        missing=[one for one in check_list(view) if one.state not in ("done", "free")],
        witnesses=desk.typed("witnesses", "by-phone"), source=desk.typed("source"), issue=desk.typed("issue"),
        expected=desk.typed("expected"),
    )  # fmt: skip


def recognisable(view: PlacementView) -> int:
    """How many have gender, township and special needs in common with so few that a class has one of them at most."""
    alike = Counter((one.gender, one.township, one.special) for one in view.pupils)
    return sum(count for count in alike.values() if count <= view.row.classes)


def _facts(view: PlacementView) -> tuple[Fact, ...]:
    kinds = [sum(one.kind == kind for one in view.ties) for kind in ("together", "apart", "avoid")]
    tied = _("{together} together, {apart} apart, {avoid} not with a team").format(
        together=kinds[0], apart=kinds[1], avoid=kinds[2]
    )
    sized = ngettext("{n} class of up to {size} pupils", "{n} classes of up to {size} pupils", view.row.classes)
    facts = [
        Fact(_("Pupils, by ticket only"), str(view.row.pupils), zh=False),
        Fact(_("Classes"), sized.format(n=view.row.classes, size=largest(view)), zh=False),
        Fact(_("Balanced by"), _("gender, township, special needs, level — by letters and numbers only"), zh=False),
        Fact(_("Wishes that are kept, by ticket"), tied, zh=False),
        Fact(_("Teams drawn as well"), str(len(view.teams)), zh=False),
        Fact(_("Seats drawn for those who come later"), str(LATER_PER_CLASS * view.row.classes), zh=False),
    ]
    if told := strength(view.teams):
        facts.append(Fact(_("How the teams compare"), told, zh=False))
    if (few := recognisable(view)) and any(one.level for one in view.pupils):
        said = ngettext(
            "{n} pupil: whoever knows class, gender, township and special needs of a child can tell its ticket, and "
            "reads its points in the record. Put rare townships together, or leave the points out.",
            "{n} pupils: whoever knows class, gender, township and special needs of a child can tell its ticket, and "
            "reads its points in the record. Put rare townships together, or leave the points out.",
            few,
        )
        facts.append(Fact(_("Can be recognised"), said.format(n=few), zh=False))
    if above_cap(view):
        facts.append(Fact(_("Permit for larger classes"), view.permit or "—"))
    if view.clause:
        facts.append(Fact(_("Cap of the plan"), str(view.cap or "—"), zh=False, clause=numbers(view.clause)))
    return tuple(facts)


@freeze.act("freeze")
def freeze_it(desk: Desk, placement: int) -> HttpResponse:
    """Post the notice; from here on nobody is added, dropped or exchanged."""
    held_by(desk, placement)
    alone = desk.request.POST.get("witnesses") == "alone"
    actions.freeze_list(
        desk.actor, placement=placement, alone=alone, number=_number(desk), client_id=desk.client_id, at=desk.at
    )  # fmt: skip
    return desk.go("placement-ceremony", placement=placement, said=_("Frozen. Post the notice before you go on."))


def _number(desk: Desk) -> PublicNumber | None:
    said = {name: desk.request.POST.get(name, "").strip()[:80] for name in ("source", "issue", "expected")}
    if not said["source"]:
        return None
    if not said["issue"]:
        raise Invalid(FieldFault("issue", NO_ISSUE))
    try:
        expected = read_day(said["expected"])
    except NoSuchDay:
        raise Invalid(FieldFault("expected", NO_DAY)) from None
    if expected < desk.today:
        raise Invalid(FieldFault("expected", NO_DAY))
    return PublicNumber(said["source"], said["issue"], expected)
