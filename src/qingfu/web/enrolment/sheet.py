"""Areas from a sheet: every fault by its row, and nothing taken until all is clear."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qingfu.base.words import paragraph
from qingfu.records.enrolment import actions, queries
from qingfu.records.enrolment.queries import COLUMNS, Preview, SheetRow
from qingfu.web.desk import Desk, page
from qingfu.web.enrolment.ground import ROOM
from qingfu.web.files import download
from qingfu.web.parts import Cell, Table
from qingfu.web.placement.uploads import SHEET, upload_of

HEADINGS = {column.key: column.heading for column in COLUMNS}


@page(ROOM)
def sheet(desk: Desk, year: int) -> HttpResponse:
    """The template, and where the filled-in sheet goes."""
    return desk.show("enrolment/sheet.html", view=queries.year_of(desk.actor, year))


@sheet.act("preview")
def preview(desk: Desk, year: int) -> HttpResponse:
    """Say what each row would do; nothing is taken yet."""
    upload = upload_of(desk)
    view = queries.year_of(desk.actor, year)
    read = queries.preview_catchments(desk.actor, year=year, data=upload.data, name=upload.name)
    return desk.show("enrolment/preview.html", view=view, read=read, upload=upload, table=_table(read))


@sheet.act("take")
def take(desk: Desk, year: int) -> HttpResponse:
    """Take every row, or none."""
    upload = upload_of(desk)
    read = queries.preview_catchments(desk.actor, year=year, data=upload.data, name=upload.name)
    actions.take_catchments(desk.actor, year=year, data=upload.data, client_id=desk.client_id, at=desk.at)
    n = len(read.rows)
    said = ngettext("{n} area was entered.", "{n} areas were entered.", n).format(n=n)
    return desk.go("enrolment-areas", year, said=said)


@page(ROOM)
def blank_sheet(desk: Desk, year: int) -> HttpResponse:
    """The empty sheet to fill in."""
    data = queries.catchment_template(desk.actor, year=year, translate=_)
    return download(f"学区划分{year}.xlsx", data, SHEET)


def _table(read: Preview) -> Table:
    heads = (_("Row"), *HEADINGS.values(), _("What happens"))
    rows = tuple(
        (Cell(str(row.n)), *(Cell(row.cells[key], zh=True) for key in HEADINGS), _told(row)) for row in read.rows
    )
    return Table(_("What would each row do?"), heads, rows)


def _told(row: SheetRow) -> Cell:
    if row.faults:
        parts = (_("{heading}: {fault}").format(heading=HEADINGS[f.field], fault=f.text(_)) for f in row.faults)
        return Cell(paragraph(parts, _), subject="import", state="fault")
    if row.area is not None and row.before and not queries.same_area(row.area.area, row.before):
        return Cell(_("Another area than the one published last"), subject="catchment", state="changed")
    return Cell("", subject="import", state="new")
