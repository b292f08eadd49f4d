"""The list of placements: a school's own; for the office all schools of a year, and which have none yet."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from qingfu.base.errors import FieldFault, Invalid
from qingfu.base.words import N_
from qingfu.records.people.queries import OrganView, organs
from qingfu.records.placement import actions, queries
from qingfu.records.placement.queries import PlacementRow
from qingfu.rules.grades import GRADES
from qingfu.web.desk import Desk, page
from qingfu.web.parts import Cell, Table
from qingfu.web.placement.wording import ROOM, grade_says, row_says
from qingfu.web.words import STATES

NO_YEAR = N_("Choose a year.")
# Years that a placement may be begun for: this one and the next.
YEARS = 2
# A school's stage as the register writes it, and the letter of its grades.
STAGES = {"小学": "P", "初": "J", "九年": "J", "高": "S", "完全": "S"}


@page(ROOM)
def placements(desk: Desk) -> HttpResponse:
    """A school's placements and the form to begin one; the office sees every school without names."""
    queries.require_reader(desk.actor)
    if "school" in desk.actor.roles:
        return _own(desk)
    return _all(desk)


def _own(desk: Desk) -> HttpResponse:
    rows = queries.placements(desk.actor)
    return desk.show(
        "placement/list.html", rows=[(one, row_says(one)) for one in rows], years=_years(desk), grades=_grades(desk),
        year=desk.typed("year", str(_next_year(desk, rows))), grade=desk.typed("grade", _grades(desk)[0][0]),
    )  # fmt: skip


def _next_year(desk: Desk, rows: Iterable[PlacementRow]) -> int:
    """The year to begin with: the first whose new pupils have no placement yet, so that none is asked for twice."""
    first = _grades(desk)[0][0]
    begun = {one.year for one in rows if one.grade == first}
    return next((year for year in _years(desk) if year not in begun), desk.today.year)


def _years(desk: Desk) -> list[int]:
    return [desk.today.year + ahead for ahead in range(YEARS)]


def _grades(desk: Desk) -> list[tuple[str, str]]:
    """The grades of the school's stage, the first of them first; all where the stage is not known."""
    stage = desk.post.organ.stage if desk.post else ""
    letters = {letter for word, letter in STAGES.items() if word in stage} or set("PJS")
    own = [grade for grade in GRADES if grade[0] in letters]
    return [(grade, grade_says(grade)) for grade in sorted(own, key=lambda one: one[1])]


@placements.act("open")
def open_one(desk: Desk) -> HttpResponse:
    """Begin a placement. Whoever was placed before is not split again, and the attempt stands in the ledger."""
    queries.require_reader(desk.actor)
    year, grade = desk.request.POST.get("year", ""), desk.request.POST.get("grade", "")
    if year not in {str(one) for one in _years(desk)}:
        raise Invalid(FieldFault("year", NO_YEAR))
    begun = {one.id for one in queries.placements(desk.actor)}
    made = actions.open_placement(desk.actor, year=int(year), grade=grade, client_id=desk.client_id, at=desk.at)
    said = _("This was begun before; here it is: {what}.") if made.row.id in begun else _("Begun: {what}.")
    return desk.go("placement", placement=made.row.id, said=said.format(what=row_says(made.row)))


def _all(desk: Desk) -> HttpResponse:
    asked = desk.request.GET.get("year", "")
    year = int(asked) if asked.isascii() and asked.isdigit() and len(asked) == 4 else desk.today.year
    rows = queries.placements(desk.actor, year=year)
    schools = [one for one in organs(desk.actor) if one.kind == "school"]
    there = {one.organ for one in rows}
    return desk.show(
        "placement/schools.html", year=year, before=year - 1, after=year + 1, table=_table(desk, rows),
        none=_without(schools, there), schools=len(schools), begun=len(there & {one.id for one in schools}),
        placed=sum(one.state == "placed" for one in rows),
    )  # fmt: skip


def _without(schools: list[OrganView], there: set[int]) -> list[str]:
    return [one.short_name or one.name for one in schools if one.id not in there]


def _table(desk: Desk, rows: tuple[PlacementRow, ...]) -> Table:
    heads = (_("School"), _("Grade"), _("State"), _("Pupils"), _("Classes"), _("Largest class"), _("Changes since"))
    cells = tuple(
        (
            Cell(one.organ_name, href=reverse("placement", kwargs={"placement": one.id}), zh=True),
            Cell(grade_says(one.grade)),
            Cell(STATES["placement"][one.state].text, subject="placement", state=one.state),
            Cell(str(one.pupils), number=True),
            Cell(str(one.classes or "—"), number=True),
            Cell(str(one.largest or "—"), number=True),
            Cell(str(one.changes), number=True),
        )
        for one in rows
    )
    return Table(_("How far is the placement of each school?"), heads, cells, frozenset({3, 4, 5, 6}))
