"""Class lists with names: for the school alone, on its own door and in its own sheet."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _

from qingfu.base.errors import WrongState
from qingfu.base.words import Word
from qingfu.papers.export import Heading, Table, as_xlsx
from qingfu.records.placement.queries import PlacementView, PupilView
from qingfu.web.desk import Desk, page
from qingfu.web.files import download
from qingfu.web.placement.roster import held_by
from qingfu.web.placement.uploads import SHEET
from qingfu.web.placement.wording import ROOM, row_says


def _placed(desk: Desk, placement: int) -> PlacementView:
    view = held_by(desk, placement)
    if view.row.state != "placed":
        raise WrongState(verb=Word("draw_classes"), state=Word(view.row.state), possible=[])
    return view


@page(ROOM)
def classes(desk: Desk, placement: int) -> HttpResponse:
    """Who is in which class: a page of paper for each class."""
    view = _placed(desk, placement)
    asked = desk.request.GET.get("class", "")
    shown = [one for one in view.classes if one.label == asked] or list(view.classes)
    return desk.show(
        "placement/classes.html", view=view, row=view.row, says=row_says(view.row), shown=shown,
        labels=[one.label for one in view.classes], asked=asked, by_ticket="tickets" in desk.request.GET,
    )  # fmt: skip


@page(ROOM)
def classes_sheet(desk: Desk, placement: int) -> HttpResponse:
    """The same as a workbook, a sheet for each class."""
    view = _placed(desk, placement)
    heads = (
        Heading(_("Pupil number"), width=22), Heading(_("Name")), Heading(_("Gender"), width=8), Heading(_("Township")),
        Heading(_("Ticket"), width=10),
    )  # fmt: skip
    tables = tuple(Table(one.label, heads, tuple(_row(pupil) for pupil in one.pupils)) for one in view.classes)
    name = f"{view.row.organ_name}{row_says(view.row)}.xlsx"
    return download(name, as_xlsx(*tables, at=desk.at, translate=_), SHEET)


def _row(one: PupilView) -> tuple[object, ...]:
    return one.number, one.name, _("boy") if one.gender == "m" else _("girl"), one.township, one.ticket
