"""The classes of a school year: made in one line, taken over from last year, corrected one by one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.utils.translation import gettext as _

from qingfu.base.errors import FieldFault, Invalid
from qingfu.base.words import N_
from qingfu.records.enactment import actions as enactment
from qingfu.records.monitoring import actions, queries
from qingfu.records.monitoring.queries import ClassView
from qingfu.rules import phrases
from qingfu.rules.grades import GRADES
from qingfu.rules.nodes import PLACES
from qingfu.rules.tables import BY_NAME, CLASSES, Column
from qingfu.web.desk import Desk, page
from qingfu.web.monitoring.cells import Drawn, drawn, read
from qingfu.web.monitoring.ground import (
    CHOOSE,
    ROOM,
    Drafted,
    Ground,
    common,
    ground,
    lead_on,
    named,
    needs,
)

MOST = 40
HOW_MANY = N_("Write how many classes, from 1 to {most}.")
NONE_LEFT = N_("At least one class must stay.")
# How a year is called on a class's door: the years of junior high go on counting.
NUMERALS = "一二三四五六七八九"
SENIOR = {"S1": "高一", "S2": "高二", "S3": "高三"}


@dataclass(frozen=True)
class ClassRow:
    """One class as drawn: its name and grade, pupils at once, the rest folded away."""

    n: int
    name: str
    grade: str
    cells: tuple[Drawn, ...]
    folded: tuple[Drawn, ...]
    fault: str = ""
    gone: bool = False

    @property
    def prefix(self) -> str:
        """The beginning of its fields' names."""
        return f"r{self.n}"


@page(ROOM)
def classes(desk: Desk, school: int) -> HttpResponse:
    """Every class of the year; what is folded away is seldom needed."""
    here = ground(desk, school)
    before = queries.classes(desk.actor, organ=school, year=here.term.year - 1) if not here.classes else ()
    sent = desk.request.POST.dict() if desk.posted and "rows" in desk.request.POST else None
    faults = {fault.field: fault.text(_) for fault in desk.faults}
    columns = _columns(desk)
    rows = [_row(columns, n, one, sent, faults) for n, one in enumerate(here.classes)]
    pupils = sum(one.pupils or 0 for one in here.classes)
    return desk.show(
        "monitoring/classes.html", **common(desk, here), rows=rows, before=before, grades=_grades(), pupils=pupils,
        places=[(word, phrases.word(word, _)) for word in PLACES], on_behalf=desk.typed("on-behalf"),
        chosen=desk.typed("grade"), count=desk.typed("count", ""),
    )  # fmt: skip


@classes.act("generate")
def generate(desk: Desk, school: int) -> HttpResponse:
    """So many classes of a grade, called as their doors are; those that are there already stay as they are."""
    here, sent = ground(desk, school), desk.request.POST
    grade, text = sent.get("grade", ""), sent.get("count", "").strip()
    faults = [] if grade in GRADES else [FieldFault("grade", CHOOSE)]
    count = int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0
    faults += [] if 0 < count <= MOST else [FieldFault("count", HOW_MANY, {"most": MOST})]
    if faults:
        raise Invalid(*faults)
    there = {one.name for one in here.classes}
    place = sent.get("place") if sent.get("place") in PLACES else None
    names = [name_of(grade, n) for n in range(1, count + 1)]
    rows = [{"name": name, "grade": grade, "place": place} for name in names if name not in there]
    if not rows:
        raise Invalid(FieldFault("count", N_("These classes are there already.")))
    _file(desk, here, rows)
    return _back(desk, here, _("{n} classes entered.").format(n=len(rows)))


@classes.act("promote")
def promote(desk: Desk, school: int) -> HttpResponse:
    """Last year's classes, a grade up."""
    here = ground(desk, school)
    made = actions.promote_classes(
        desk.actor, organ=school, year=here.term.year, client_id=desk.client_id, at=desk.at
    )  # fmt: skip
    return _back(desk, here, _("{n} classes taken over from last year, a grade up.").format(n=len(made)))


@classes.act("file")
def file_classes(desk: Desk, school: int) -> HttpResponse:
    """Correct the classes; one that is ticked as gone exists no longer."""
    here, sent = ground(desk, school), desk.request.POST.dict()
    columns, drafts, wrong = _columns(desk), list[Drafted](), list[FieldFault]()
    for n, one in enumerate(here.classes):
        if sent.get(f"r{n}.gone") == "yes":
            continue
        cells: dict[str, object] = {"name": sent.get(f"r{n}.name", one.name), "grade": sent.get(f"r{n}.grade", "")}
        for column in columns:
            cells[column.name], fault = read(column, sent, f"r{n}.{column.name}")
            wrong += [fault] if fault else []
        fields = {name: f"r{n}.{name}" for name in cells}
        drafts.append(Drafted(cells, fields, one.name))
    if wrong or not drafts:
        raise Invalid(*(wrong or [FieldFault("rows", NONE_LEFT)]))
    _file(desk, here, [one.cells for one in drafts], drafts=drafts, whole=True)
    return _back(desk, here, _("The classes are as you entered them."))


def _file(
    desk: Desk, here: Ground, rows: Sequence[Mapping[str, object]], *, drafts: Sequence[Drafted] = (),
    whole: bool = False,
) -> None:  # fmt: skip
    try:
        enactment.report_classes(
            desk.actor, organ=here.school.id, year=here.term.year, rows=rows, whole=whole,
            on_behalf=desk.request.POST.get("on-behalf", ""), client_id=desk.client_id, at=desk.at,
        )  # fmt: skip
    except Invalid as error:
        raise Invalid(*(_placed(fault, drafts) for fault in error.faults)) from None


def _placed(fault: FieldFault, drafts: Sequence[Drafted]) -> FieldFault:
    number, dot, column = fault.field.partition(".")
    if not dot or not number.isdigit() or int(number) >= len(drafts):
        return fault
    draft = drafts[int(number)]
    return named(draft.fields.get(column, "rows"), draft.label, fault)


def _back(desk: Desk, here: Ground, said: str) -> HttpResponse:
    return lead_on(desk, "school-classes", here.school.id, said=said, term=here.term.id)


def _columns(desk: Desk) -> list[Column]:
    """Pupils always; of the rest what some limit asks for."""
    asked = needs(desk).get(CLASSES, frozenset())
    plain = [one for one in BY_NAME[CLASSES].columns if one.name not in ("class", "school", "grade")]
    return [one for one in plain if not asked or one.name in asked or one.name in ("pupils", "place")]


def _row(
    columns: Sequence[Column], n: int, one: ClassView, sent: Mapping[str, str] | None, faults: Mapping[str, str]
) -> ClassRow:
    def cell(column: Column) -> Drawn:
        name = f"r{n}.{column.name}"
        value = getattr(one, column.name) if sent is None else sent.get(name)
        return drawn(column, name, value, row=one.name, fault=faults.get(name, ""))

    fault = faults.get(f"r{n}.name") or faults.get(f"r{n}.grade") or ""
    return ClassRow(
        n, one.name if sent is None else sent.get(f"r{n}.name", ""),
        one.grade if sent is None else sent.get(f"r{n}.grade", ""),
        tuple(cell(column) for column in columns if column.name == "pupils"),
        tuple(cell(column) for column in columns if column.name != "pupils"), fault,
        gone=sent is not None and sent.get(f"r{n}.gone") == "yes",
    )  # fmt: skip


def _grades() -> list[tuple[str, str]]:
    return [(grade, phrases.grades([grade], _)) for grade in GRADES]


def name_of(grade: str, n: int) -> str:
    """三年级2班; the first year of junior high is 七年级."""
    if grade in SENIOR:
        return f"{SENIOR[grade]}{n}班"
    year = int(grade[1]) + (6 if grade[0] == "J" else 0)
    return f"{NUMERALS[year - 1]}年级{n}班"
