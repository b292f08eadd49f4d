"""The list of pupils from a sheet: faults by cell, doubts asked, and how many of everything before it is taken."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qingfu.base.errors import FieldFault, Invalid, NotFound
from qingfu.base.words import N_
from qingfu.papers.pupils.headings import COLUMNS
from qingfu.papers.pupils.reading import NewComer, NewComers, read_pupils
from qingfu.papers.sheets import template
from qingfu.records.placement import actions, queries
from qingfu.records.placement.actions import NewPupil
from qingfu.records.placement.queries import PlacementView
from qingfu.web.desk import Desk, page
from qingfu.web.files import download
from qingfu.web.parts import Cell, Fact, Table
from qingfu.web.placement.uploads import SHEET, Upload, doubts_shown, faults_shown, sent, upload_of
from qingfu.web.placement.wording import ROOM, halves, row_says

NOT_CLEAR = N_("Correct the faults and answer the questions first; nothing was taken.")
SHOWN_ROWS, SHOWN_PLACES, BINS = 30, 12, 10


@dataclass(frozen=True)
class Bin:
    """Pupils of one span of points."""

    says: str
    count: int
    width: str


def held_by(desk: Desk, placement: int) -> PlacementView:
    """The placement, for its own school; NotFound to everybody else, the office included."""
    view = queries.placement(desk.actor, placement)
    if not view.names:
        raise NotFound(what=str(placement))
    return view


@page(ROOM)
def roster(desk: Desk, placement: int) -> HttpResponse:
    """Where the sheet goes; after an upload what was read of it."""
    view = held_by(desk, placement)
    if sent(desk):
        return _preview(desk, view, upload_of(desk))
    return desk.show("placement/roster.html", view=view, row=view.row, says=row_says(view.row))


@roster.act("preview")
def preview(desk: Desk, placement: int) -> HttpResponse:
    """Say what was read; nothing is taken yet."""
    return _preview(desk, held_by(desk, placement), upload_of(desk))


@roster.act("take")
def take(desk: Desk, placement: int) -> HttpResponse:
    """The whole list, in place of a former one, or nothing of it."""
    held_by(desk, placement)
    read = _read(upload_of(desk))
    if not read.is_clean:
        raise Invalid(FieldFault("doubts", NOT_CLEAR))
    pupils = [NewPupil(one.number, one.name, one.gender, one.township, one.level, one.special) for one in read.pupils]
    actions.bring_roster(desk.actor, placement=placement, pupils=pupils, client_id=desk.client_id, at=desk.at)
    said = ngettext("{n} pupil is on the list.", "{n} pupils are on the list.", len(pupils)).format(n=len(pupils))
    return desk.go("placement", placement=placement, said=said)


def _read(upload: Upload) -> NewComers:
    return read_pupils(upload.data, upload.name, answers=upload.answers, translate=_)


def _preview(desk: Desk, view: PlacementView, upload: Upload) -> HttpResponse:
    read = _read(upload)
    waiting = {one.id for one in read.doubts}
    return desk.show(
        "placement/preview.html", view=view, row=view.row, says=row_says(view.row), read=read, upload=upload,
        faults=faults_shown(read.faults), doubts=doubts_shown(read.doubts, upload),
        kept_answers=[(key, text) for key, text in upload.answers.items() if key not in waiting],
        notes=[one.text(_) for one in read.notes], facts=_facts(view, read.pupils), bins=_bins(read.pupils),
        shown=_table(read.pupils) if read.pupils else None, count=len(read.pupils),
    )  # fmt: skip


def _facts(view: PlacementView, pupils: tuple[NewComer, ...]) -> tuple[Fact, ...]:
    places = Counter(one.township for one in pupils if one.township).most_common()
    girls = sum(one.gender == "f" for one in pupils)
    facts = [
        Fact(_("Pupils"), str(len(pupils)), zh=False),
        Fact(_("Boys"), str(len(pupils) - girls), zh=False),
        Fact(_("Girls"), str(girls), zh=False),
        Fact(_("With special needs"), str(sum(one.special for one in pupils)), zh=False),
    ]
    if places:
        lines = [f"{name} {count}" for name, count in places[:SHOWN_PLACES]]
        rest = len(places) - SHOWN_PLACES
        more = [ngettext("and {n} more", "and {n} more", rest).format(n=rest)] if rest > 0 else []
        facts.append(Fact(_("Townships"), "", lines=(*lines, *more)))
    if view.cap and pupils:
        count = -(-len(pupils) // view.cap)
        says = _("{n}, of at most {cap} pupils each").format(n=count, cap=view.cap)
        facts.append(Fact(_("Classes proposed"), says, zh=False))
    return tuple(facts)


def _bins(pupils: tuple[NewComer, ...]) -> list[Bin]:
    """How many stand in each span of points; nothing where there are no points."""
    levels = [one.level for one in pupils]
    if not any(levels):
        return []
    low, high = min(levels) // 2, max(levels) // 2 + 1
    step = max(1, -(-(high - low) // BINS))
    counted = Counter((level // 2 - low) // step for level in levels)
    most = max(counted.values())
    return [
        Bin(f"{low + n * step}–{halves(2 * (low + (n + 1) * step) - 1)}", counted[n], f"{100 * counted[n] / most:.1f}%")
        for n in range(max(counted) + 1)
    ]


def _table(pupils: tuple[NewComer, ...]) -> Table:
    genders = {"m": _("boy"), "f": _("girl")}
    heads = (_("Pupil number"), _("Name"), _("Gender"), _("Township"), _("Level (points)"), _("Special need"))
    rows = tuple(
        (
            Cell(one.number), Cell(one.name, zh=True), Cell(genders[one.gender]), Cell(one.township or "—", zh=True),
            Cell(halves(one.level) if one.level else "—", number=True), Cell(_("yes") if one.special else "—"),
        )
        for one in pupils[:SHOWN_ROWS]
    )  # fmt: skip
    return Table(_("What would be taken?"), heads, rows, frozenset({4}))


@page(ROOM)
def roster_blank(desk: Desk) -> HttpResponse:
    """The empty list to fill in."""
    queries.require_reader(desk.actor)
    return download("新生名册.xlsx", template(COLUMNS, translate=_), SHEET)
