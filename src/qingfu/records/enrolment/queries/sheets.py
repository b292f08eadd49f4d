"""Areas from a sheet: a preview row by row, with every fault."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qingfu.base.actor import Actor
from qingfu.base.errors import FieldFault
from qingfu.base.words import N_, Translate, as_they_are
from qingfu.packfile.gate import normalised
from qingfu.papers.sheets import Column, Row, read_sheet, template
from qingfu.records.enrolment.queries.views import (
    MOST_CHILDREN,
    NO_NUMBER,
    CatchmentView,
    NewArea,
    YearView,
    whole_number,
)
from qingfu.records.enrolment.queries.years import year_of
from qingfu.records.journal.queries import reading
from qingfu.records.people.queries import OrganView

COLUMNS = (
    Column("school", "学校", required=True, sample="（示例）青草坝小学", note="全称、简称或短码", width=30),
    Column(
        "area", "学区范围", required=True, sample="青草路、河沿街1—80号、柳湾村", note="街道、村、小区，用顿号隔开",
        width=60,
    ),
    Column("places", "计划招生数", required=True, sample="90", note="整数"),
    Column("expected", "预计生源数", required=True, sample="84", note="片区内今年适龄儿童数"),
)  # fmt: skip
UNKNOWN = N_("No school that has an area is called this.")
SEVERAL = N_("Several schools are called this; write the full name or the code.")
TWICE = N_("This school stands in the sheet twice.")


@dataclass(frozen=True)
class SheetRow:
    """A row: its number, its cells, what is wrong with it, the school it means, how its area stood before."""

    n: int
    cells: Mapping[str, str]
    faults: tuple[FieldFault, ...]
    school: OrganView | None
    before: str
    area: NewArea | None


@dataclass(frozen=True)
class Preview:
    """What a sheet would do. `without`: schools that would still have no area."""

    rows: tuple[SheetRow, ...]
    without: tuple[OrganView, ...]

    @property
    def faulty(self) -> int:
        return sum(bool(row.faults) for row in self.rows)


def catchment_template(actor: Actor, *, year: int, translate: Translate = as_they_are) -> bytes:
    """The sheet with every school that has an area and what is entered of it: only what is missing is to be typed."""
    rows = [
        (
            one.school.name,
            one.area,
            "" if one.places is None else one.places,
            "" if one.expected is None else one.expected,
        )
        for one in year_of(actor, year).catchments
    ]
    return template(COLUMNS, rows=rows, translate=translate)


def preview_catchments(actor: Actor, *, year: int, data: bytes, name: str = "") -> Preview:
    """Read a sheet and say what each row would do; writes nothing. Raises SheetRefused and its kin."""
    with reading(actor):
        view = year_of(actor, year)
        rows = read_sheet(data, COLUMNS, name=name)
        named = _named(view)
        meant = [named.get(normalised(row.cells["school"]), ()) for row in rows]
        counted = Counter(found[0].school.id for found in meant if len(found) == 1)
        judged = tuple(_judged(row, found, counted) for row, found in zip(rows, meant, strict=True))
        there = {row.school.id for row in judged if row.school}
        without = tuple(one.school for one in view.catchments if not one.area and one.school.id not in there)
        return Preview(judged, without)


def _named(view: YearView) -> dict[str, tuple[CatchmentView, ...]]:
    """Every way to call a school, and whom it means."""
    found: dict[str, tuple[CatchmentView, ...]] = {}
    for one in view.catchments:
        for name in {normalised(text) for text in (one.school.name, one.school.short_name, one.school.code) if text}:
            found[name] = (*found.get(name, ()), one)
    return found


def _judged(row: Row, meant: Sequence[CatchmentView], counted: Mapping[int, int]) -> SheetRow:
    faults = list(row.faults)
    one = meant[0] if len(meant) == 1 else None
    if row.cells["school"] and one is None:
        faults.append(FieldFault("school", SEVERAL if meant else UNKNOWN))
    if one is not None and counted[one.school.id] > 1:
        faults.append(FieldFault("school", TWICE))
    numbers = {key: _number(row.cells[key]) for key in ("places", "expected")}
    faults += [
        FieldFault(key, NO_NUMBER, {"most": MOST_CHILDREN})
        for key, number in numbers.items()
        if number is None and row.cells[key]
    ]
    area = NewArea(one.school.id, row.cells["area"], **numbers) if one is not None and not faults else None
    return SheetRow(
        row.n, row.cells, tuple(faults), one.school if one else None, (one.posted or one.before) if one else "", area
    )


def _number(text: str) -> int | None:
    number = whole_number(text)
    return number if number is not None and number <= MOST_CHILDREN else None
