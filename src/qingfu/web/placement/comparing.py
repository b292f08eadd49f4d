"""Next year's lists beside the draw: whether classes were quietly reshuffled, in plain words."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qingfu.papers.pupils.headings import NEXT_YEAR
from qingfu.papers.pupils.reading import read_classes
from qingfu.papers.sheets import template
from qingfu.records.placement import queries
from qingfu.records.placement.queries import PlacementView, Reshuffle
from qingfu.web.desk import Desk, page
from qingfu.web.files import download
from qingfu.web.parts import Cell, Table
from qingfu.web.placement.roster import held_by
from qingfu.web.placement.uploads import SHEET, Upload, faults_shown, sent, upload_of
from qingfu.web.placement.wording import ROOM, row_says

SHOWN = 60


@page(ROOM)
def later(desk: Desk, placement: int) -> HttpResponse:
    """Where next year's list goes; after it was read, what became of the classes. Nothing of it is kept."""
    view = held_by(desk, placement)
    if sent(desk) and not desk.faults:
        return _compared(desk, view, upload_of(desk))
    return desk.show("placement/later.html", view=view, row=view.row, says=row_says(view.row))


@later.act("compare")
def compare(desk: Desk, placement: int) -> HttpResponse:
    """Compare the lists."""
    return _compared(desk, held_by(desk, placement), upload_of(desk))


def _compared(desk: Desk, view: PlacementView, upload: Upload) -> HttpResponse:
    read = read_classes(upload.data, upload.name, translate=_)
    if read.faults:
        return desk.show(
            "placement/later.html", view=view, row=view.row, says=row_says(view.row), read=read, upload=upload,
            faults=faults_shown(read.faults),
        )  # fmt: skip
    found = queries.compared(desk.actor, view.row.id, now=read.classes)
    return desk.show(
        "placement/later.html", view=view, row=view.row, says=row_says(view.row), read=read, upload=upload, found=found,
        verdict=_verdict(found), table=_table(found), moved=_named(view, found.moved), shown=SHOWN,
        missing=_named(view, found.missing), new=list(found.new),
    )  # fmt: skip


def _verdict(found: Reshuffle) -> str:
    if found.unclear:
        says = _(
            "{missing} of {whole} pupils of the draw are not on this list, so nothing can be said of the classes. "
            "Bring a list with the pupil numbers of the draw."
        )
        return says.format(missing=len(found.missing), whole=len(found.missing) + found.compared)
    if not found.moved:
        return _("Every class stayed together.")
    count = len(found.moved)
    moved = ngettext("{n} pupil changed class.", "{n} pupils changed class.", count).format(n=count)
    if found.quiet:
        says = _("{moved} That is more than single transfers explain: a quiet new split is suspected.")
        return says.format(moved=moved)
    return moved


def _named(view: PlacementView, numbers: tuple[str, ...]) -> list[str]:
    names = {one.number: one.name for one in view.pupils}
    return [f"{names.get(number, '')} {number}".strip() for number in numbers]


def _table(found: Reshuffle) -> Table:
    """From which class to which, as counts."""
    after = sorted({label for row in found.classes.values() for label in row})
    rows = tuple(
        (Cell(label, zh=True), *(Cell(str(row.get(other, 0) or "—"), number=True) for other in after))
        for label, row in sorted(found.classes.items())
    )
    heads = (_("Class as drawn"), *after)
    return Table(_("From which class to which?"), heads, rows, frozenset(range(1, len(heads))))


@page(ROOM)
def later_blank(desk: Desk, placement: int) -> HttpResponse:
    """The empty list to fill in."""
    held_by(desk, placement)
    return download("现班级名单.xlsx", template(NEXT_YEAR, translate=_), SHEET)
