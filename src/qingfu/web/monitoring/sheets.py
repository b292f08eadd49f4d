"""A whole table from a sheet: every fault by its cell, every doubt a question, and nothing taken until all is clear."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.http import HttpResponse
from django.utils.translation import gettext as _

from qingfu.base.errors import FieldFault, Invalid, NotFound, NotReadable
from qingfu.base.words import N_
from qingfu.papers.filings.classes import KnownClass
from qingfu.papers.filings.outcome import ClassGrid, Read
from qingfu.papers.filings.reading import read_rows
from qingfu.papers.filings.templates import template
from qingfu.papers.filings.timetables import read_timetable
from qingfu.records.enactment import actions as enactment
from qingfu.rules import phrases
from qingfu.rules.phrases import WORDS
from qingfu.rules.tables import BY_NAME, CLASSES, TABLES, Column
from qingfu.web.desk import Desk, page
from qingfu.web.files import download
from qingfu.web.monitoring.cells import heading
from qingfu.web.monitoring.ground import ROOM, Drafted, Ground, common, file, ground, lead_on
from qingfu.web.monitoring.row_forms import title
from qingfu.web.monitoring.subjects import OFFERED
from qingfu.web.monitoring.timetable import RECORDS, require_record
from qingfu.web.parts import Cell, Table

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NAMES = frozenset(one.name for one in TABLES if one.name != "sample")
CHOOSE_FILE = N_("Choose a file.")
NOT_CLEAR = N_("Correct the faults and answer the questions first; nothing was taken.")
# A school's own sheet is some dozens of kilobytes; it comes back with the answers, so it must fit into a form.
MOST_BYTES = 1_500_000
TOO_LARGE = N_("The file is larger than {most} MB; hand it in in several parts.")
SHOWN_ROWS = 60
ANSWER = "a."


@dataclass(frozen=True)
class Upload:
    """A sheet as it came: its name, its bytes, what was answered so far, and for timetables which one it is."""

    name: str
    data: bytes
    answers: Mapping[str, str] = field(default_factory=dict)
    record: str = ""

    @property
    def kept(self) -> str:
        """The bytes as the form carries them from the preview to the taking."""
        return base64.b64encode(self.data).decode()


@page(ROOM)
def sheet(desk: Desk, school: int, table: str) -> HttpResponse:
    """The template, and where the filled-in sheet goes; after an upload what was read of it."""
    here = ground(desk, school)
    _require_table(here, table)
    upload = _upload(desk, table) if desk.posted and not _is_missing(desk) else None
    if upload is not None:
        return _preview_page(desk, here, table, upload)
    return desk.show(
        "monitoring/sheet.html", **common(desk, here), table=table, title=title(BY_NAME[table]), tables=_tabs(here),
        records=[(key, _(WORDS[key])) for key in RECORDS] if table == "timetable" else [],
        record=desk.typed("record", "planned"),
    )  # fmt: skip


@sheet.act("preview")
def preview(desk: Desk, school: int, table: str) -> HttpResponse:
    """Say what was read; nothing is taken yet."""
    here = ground(desk, school)
    _require_table(here, table)
    return _preview_page(desk, here, table, _upload(desk, table))


@sheet.act("take")
def take(desk: Desk, school: int, table: str) -> HttpResponse:
    """Take every row, or none."""
    here = ground(desk, school)
    _require_table(here, table)
    read = _read(here, table, _upload(desk, table))
    if not read.is_clean:
        raise Invalid(FieldFault("doubts", NOT_CLEAR))
    if table == CLASSES:
        return _take_classes(desk, here, read)
    drafts = [
        Drafted(
            {**row.cells, "class": _class_id(row.cells.get("class"))}, {"class": "doubts"},
            _("Row {n}").format(n=row.number),
        )
        for row in read.rows
    ]  # fmt: skip
    filed = file(desk, here, table, drafts, way="sheet")
    return lead_on(desk, "school-report", school, filed.id, term=here.term.id)


def _take_classes(desk: Desk, here: Ground, read: Read) -> HttpResponse:
    """Classes are named in the sheet; one that is known by its code keeps its name."""
    rows = []
    for row in read.rows:
        known = here.by_id.get(_class_id(row.cells.get("class")))
        cells = {key: cell for key, cell in row.cells.items() if key not in ("class", "school")}
        rows.append({"name": known.name if known else str(row.cells.get("class") or ""), **cells})
    enactment.report_classes(
        desk.actor, organ=here.school.id, year=here.term.year, rows=rows,
        on_behalf=desk.request.POST.get("on-behalf", ""), client_id=desk.client_id, at=desk.at,
    )  # fmt: skip
    said = _("{n} classes entered.").format(n=len(rows))
    return lead_on(desk, "school-classes", here.school.id, said=said, term=here.term.id)


@page(ROOM)
def blank_sheet(desk: Desk, school: int, table: str) -> HttpResponse:
    """The empty sheet to fill in, with the school's classes to choose from."""
    here = ground(desk, school)
    _require_table(here, table)
    data = template(BY_NAME[table], classes=_known(here), term=here.term.name, translate=_)
    return download(f"{title(BY_NAME[table])}.xlsx", data, SHEET)


def _require_table(here: Ground, table: str) -> None:
    if table not in NAMES or (table != CLASSES and not here.classes):
        raise NotFound(what=table)


def _is_missing(desk: Desk) -> bool:
    return desk.request.FILES.get("sheet") is None and not desk.request.POST.get("data")


def _upload(desk: Desk, table: str) -> Upload:
    """The file that was chosen, or the one the preview carried; raises Invalid."""
    sent, chosen = desk.request.POST.dict(), desk.request.FILES.get("sheet")
    record = require_record(sent.get("record", "")) if table == "timetable" else ""
    if chosen is not None:
        if (chosen.size or 0) > MOST_BYTES:
            raise Invalid(FieldFault("sheet", TOO_LARGE, {"most": MOST_BYTES / 1_000_000}))
        chosen.seek(0)
        return Upload(chosen.name or "", chosen.read(), {}, record)
    if not sent.get("data"):
        raise Invalid(FieldFault("sheet", CHOOSE_FILE))
    try:
        data = base64.b64decode(sent["data"], validate=True)
    except (binascii.Error, ValueError):
        raise NotReadable(name=sent.get("name", "—")) from None
    answers = {name[len(ANSWER) :]: text for name, text in sent.items() if name.startswith(ANSWER)}
    answers |= {name[len("t.") :]: text for name, text in sent.items() if name.startswith("t.") and text.strip()}
    return Upload(sent.get("name", ""), data, answers, record)


def _known(here: Ground) -> list[KnownClass]:
    return [KnownClass(str(one.id), one.name, one.grade) for one in here.classes]


def _read(here: Ground, table: str, upload: Upload) -> Read:
    if table == "timetable":
        return read_timetable(
            upload.data, classes=_known(here), term=here.term.name, record=upload.record, subjects_known=OFFERED,
            translate=_, answers=upload.answers, file_name=upload.name,
        )  # fmt: skip
    given = {"school": here.school.name} if table == CLASSES else {}
    return read_rows(
        upload.data, upload.name, BY_NAME[table], classes=_known(here), term=here.term.name, translate=_,
        answers=upload.answers, given=given, subjects_known=OFFERED,
    )  # fmt: skip


def _preview_page(desk: Desk, here: Ground, table: str, upload: Upload) -> HttpResponse:
    read = _read(here, table, upload)
    faults = [(fault.place(_), fault.what(_), fault.next_step(_), fault.unsaid, fault.code) for fault in read.faults]
    waiting = {one.id for one in read.doubts}
    return desk.show(
        "monitoring/preview.html", **common(desk, here), table=table, title=title(BY_NAME[table]), upload=upload,
        read=read, faults=faults, doubts=_doubts(read, upload), grids=[_grid(one, read) for one in read.preview],
        kept_answers=[(key, text) for key, text in upload.answers.items() if key not in waiting],
        notes=[one.text(_) for one in (*read.layout, *read.notes)], rows=len(read.rows),
        shown=None if read.preview else _rows_table(here, table, read), on_behalf=desk.typed("on-behalf"),
        record_says=_(WORDS[upload.record]) if upload.record else "",
    )  # fmt: skip


def _doubts(read: Read, upload: Upload) -> list[dict[str, object]]:
    """Each question with its candidates; what was answered or is likely is chosen already."""
    return [
        {
            "id": one.id, "asks": one.asks.text(_), "text": one.text, "sheet": one.sheet, "refused": one.refused,
            "places": "、".join(one.places or (one.where,)), "unsaid": one.unsaid,
            "candidates": [(value, says if isinstance(says, str) else says.text(_)) for value, says in one.candidates],
            "chosen": upload.answers.get(one.id, one.presumed),
        }
        for one in read.doubts
    ]  # fmt: skip


def _grid(one: ClassGrid, read: Read) -> dict[str, object]:
    """A class's timetable as it was read: a line for each period; cells with a doubt are marked."""
    open_doubts = {doubt.id for doubt in read.doubts}
    lines = []
    for period in one.periods:
        cells = [one.at(weekday, period) for weekday in one.weekdays]
        said = [(cell.text, bool(open_doubts & set(cell.doubts))) if cell else ("", False) for cell in cells]
        lines.append((period, said))
    return {"name": one.name, "sheet": one.sheet, "days": [_day(n) for n in one.weekdays], "lines": lines}


DAYS = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))


def _day(n: int) -> str:
    return _(DAYS[n - 1]) if 1 <= n <= len(DAYS) else str(n)


def _rows_table(here: Ground, table: str, read: Read) -> Table | None:
    """The first rows as they would be taken."""
    if not read.rows:
        return None
    known = BY_NAME[table]
    columns = [one for one in known.columns if one.name not in ("term", "school")]
    rows = tuple(
        (Cell(_("Row {n}").format(n=row.number)), *(_cell(here, one, row.cells.get(one.name)) for one in columns))
        for row in read.rows[:SHOWN_ROWS]
    )
    heads = (_("Row"), *(heading(one) for one in columns))
    return Table(_("What would be taken?"), heads, rows)


def _cell(here: Ground, column: Column, value: object) -> Cell:
    if column.name == "class":
        return Cell(_name_of(here, value), zh=True)
    return Cell(phrases.cell(value, column, _), zh=column.kind == "word" and not column.among)


def _class_id(code: object) -> int:
    text = str(code or "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else 0


def _name_of(here: Ground, code: object) -> str:
    known = here.by_id.get(_class_id(code))
    return known.name if known else str(code or "—")


def _tabs(here: Ground) -> list[tuple[str, str]]:
    return [(one.name, title(one)) for one in TABLES if one.name in NAMES and (here.classes or one.name == CLASSES)]
