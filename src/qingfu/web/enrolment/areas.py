"""Which streets and villages belong to which school, how many places it has, how many children are expected."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from qingfu.base.errors import NotFound
from qingfu.records.enrolment import actions, queries
from qingfu.records.enrolment.queries import CatchmentView, NewArea, YearView
from qingfu.web.desk import Desk, page
from qingfu.web.enrolment.ground import ROOM, all_sent, fit, number_or_none, sent
from qingfu.web.parts import Cell, Table


@page(ROOM)
def areas(desk: Desk, year: int) -> HttpResponse:
    """Every school that has an area, and whether its places are enough."""
    view = queries.year_of(desk.actor, year)
    return desk.show("enrolment/areas.html", view=view, table=_table(view))


def _table(view: YearView) -> Table:
    heads = (_("School"), _("Area"), _("Planned places"), _("Expected children"), _("Do they fit?"))
    rows = tuple(
        (
            Cell(one.school.name, reverse("enrolment-area", args=[view.year, one.school.id]), zh=True),
            Cell(one.area or _("no area yet"), zh=bool(one.area)),
            Cell("—" if one.places is None else str(one.places), number=True),
            Cell("—" if one.expected is None else str(one.expected), number=True),
            fit(one),
        )
        for one in view.catchments
    )
    return Table(_("Which area belongs to which school?"), heads, rows, frozenset({2, 3}), quiet_caption=True)


def _one(view: YearView, school: int) -> CatchmentView:
    found = next((one for one in view.catchments if one.school.id == school), None)
    if found is None:
        raise NotFound(what=str(school))
    return found


@page(ROOM)
def area(desk: Desk, year: int, school: int) -> HttpResponse:
    """The area of one school; the one published last stands beside it."""
    view = queries.year_of(desk.actor, year)
    one = _one(view, school)
    others = [other for other in view.catchments if other.school.id != school and not other.is_whole]
    return desk.show(
        "enrolment/area.html", view=view, one=one, last=one.posted or one.before, following=next(iter(others), None),
        area=sent(desk, "area") if desk.posted else one.area,
        places=desk.typed("places", _number(one.places)), expected=desk.typed("expected", _number(one.expected)),
        seen=desk.typed("seen", one.seal),
    )  # fmt: skip


def _number(value: int | None) -> str:
    return "" if value is None else str(value)


@area.act("save")
def save(desk: Desk, year: int, school: int) -> HttpResponse:
    """Keep it; the public sees it once the announcement is published."""
    places, expected = all_sent(desk, number_or_none, "places", "expected")
    said = NewArea(school, sent(desk, "area"), places, expected)
    view = actions.set_catchment(
        desk.actor, year=year, area=said, seen=sent(desk, "seen"), client_id=desk.client_id, at=desk.at
    )  # fmt: skip
    name = _one(view, school).school.name
    return desk.go("enrolment-areas", year, said=_("Saved: {name}.").format(name=name))
