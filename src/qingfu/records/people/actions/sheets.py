"""Schools, departments, townships and people from a sheet: a preview row by row, then all of it or nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from qingfu.base.actor import Actor
from qingfu.base.clock import day_of
from qingfu.base.errors import FieldFault, RowsFaulty
from qingfu.base.words import N_
from qingfu.papers.sheets import Column, read_sheet, template
from qingfu.records.journal.actions import deed
from qingfu.records.people.actions.organs import add_organ
from qingfu.records.people.actions.posts import add_person, add_post, hold_post
from qingfu.records.people.models import Organ, Person, Post
from qingfu.records.people.queries import require_keeper

Kind = Literal["schools", "departments", "townships", "people"]
Effect = Literal["new", "known", "fault"]

_NAME = Column("name", "名称", required=True, sample="青草坝小学")
_SHORT = Column("short-name", "简称", sample="青草坝小学")
_CODE = Column("code", "短码", sample="x001")
_LEVELS = {"省": "province", "市": "city", "县": "county", "乡镇": "town"}
_LEVEL = Column("level", "层级", sample="县", options=tuple(_LEVELS))
_DIVISION = Column("division", "区划代码", sample="110101001")
COLUMNS: dict[str, tuple[Column, ...]] = {
    "schools": (_NAME, _SHORT, _CODE, Column("stage", "学段", sample="小学"), _LEVEL, _DIVISION),
    "departments": (_NAME, _SHORT, _CODE, _LEVEL),
    "townships": (_NAME, _SHORT, _CODE, _DIVISION),
    "people": (
        Column("organ", "机构", required=True, sample="青草坝小学"),
        Column("title", "职务", required=True, sample="校长"),
        Column("name", "姓名", required=True, sample="周清和"),
        Column("member-kind", "委员类别", sample=""),
        Column("administers", "管理登记", sample="否", options=("是", "否")),
    ),
}
_KIND = {"schools": "school", "departments": "department", "townships": "township"}


@dataclass(frozen=True)
class SheetRow:
    """One row of a sheet: its number there, its cells, what is wrong with it, what it would do."""

    n: int
    cells: tuple[str, ...]
    faults: tuple[FieldFault, ...]
    effect: Effect


@dataclass(frozen=True)
class Preview:
    """What an import would do, row by row; nothing has been done."""

    kind: str
    headings: tuple[str, ...]
    rows: tuple[SheetRow, ...]

    @property
    def faulty(self) -> int:
        """How many rows cannot be taken."""
        return sum(row.effect == "fault" for row in self.rows)

    @property
    def fresh(self) -> int:
        """How many rows would be entered."""
        return sum(row.effect == "new" for row in self.rows)


def import_template(kind: Kind) -> bytes:
    """The empty .xlsx to fill in."""
    return template(COLUMNS[kind])


def import_preview(actor: Actor, *, kind: Kind, data: bytes, at: datetime) -> Preview:
    """Read a sheet and say what each row would do; writes nothing. Raises SheetRefused and its kin."""
    with deed(actor):
        require_keeper(actor)
        rows = read_sheet(data, COLUMNS[kind])
        judge = _judge_people() if kind == "people" else _judge_organs(_KIND[kind])
        judged = tuple(
            SheetRow(row.n, tuple(row.cells[c.key] for c in COLUMNS[kind]), *judge(row.cells)) for row in rows
        )
        return Preview(kind, tuple(c.heading for c in COLUMNS[kind]), judged)


def import_commit(actor: Actor, *, kind: Kind, data: bytes, at: datetime) -> int:
    """Enter every new row in one transaction, or none; returns how many. Raises RowsFaulty."""
    with deed(actor):
        preview = import_preview(actor, kind=kind, data=data, at=at)
        if preview.faulty:
            raise RowsFaulty(count=preview.faulty, rows=[row.n for row in preview.rows if row.effect == "fault"])
        keys = [column.key for column in COLUMNS[kind]]
        fresh = [dict(zip(keys, row.cells, strict=True)) for row in preview.rows if row.effect == "new"]
        for cells in fresh:
            if kind == "people":
                _enter_person(actor, cells, at)
            else:
                _enter_organ(actor, _KIND[kind], cells, at)
        return len(fresh)


Judged = tuple[tuple[FieldFault, ...], Effect]


def _judge_organs(kind: str) -> Callable[[dict[str, str]], Judged]:
    known = set(Organ.objects.filter(kind=kind).values_list("name", flat=True))
    codes = set(Organ.objects.values_list("code", flat=True))

    def judge(cells: dict[str, str]) -> Judged:
        name, code = cells["name"], cells["code"]
        if name in known and not code:
            return (), "known"
        if name in known:
            return (), "known"
        if code and code in codes:
            return (FieldFault("code", N_("This short code is taken: {code}."), {"code": code}),), "fault"
        known.add(name)
        codes.add(code)
        return (), "new"

    return judge


def _judge_people() -> Callable[[dict[str, str]], Judged]:
    organs = set(Organ.objects.values_list("name", flat=True))
    posts = set(Post.objects.values_list("organ__name", "title"))

    def judge(cells: dict[str, str]) -> Judged:
        place = (cells["organ"], cells["title"])
        if cells["organ"] not in organs:
            return (FieldFault("organ", N_("There is no such organ yet: {name}."), {"name": cells["organ"]}),), "fault"
        if place in posts:
            return (), "known"
        posts.add(place)
        return (), "new"

    return judge


def _enter_organ(actor: Actor, kind: str, cells: dict[str, str], at: datetime) -> None:
    add_organ(
        actor, kind=kind, name=cells["name"], short_name=cells["short-name"], code=cells["code"],
        level=_LEVELS.get(cells.get("level", ""), "town" if kind == "township" else "county"),
        stage=cells.get("stage", ""), division=cells.get("division") or None, at=at,
    )  # fmt: skip


def _enter_person(actor: Actor, cells: dict[str, str], at: datetime) -> None:
    organ = Organ.objects.get(name=cells["organ"])
    post = add_post(
        actor, organ=organ.id, title=cells["title"], member_kind=cells["member-kind"],
        administers=cells["administers"] == "是", at=at,
    )  # fmt: skip
    # The same name in one bureau's sheet is one natural person who holds several posts.
    known = Person.objects.filter(name=cells["name"]).values_list("id", flat=True).first()
    person = known if known is not None else add_person(actor, name=cells["name"], at=at)
    hold_post(actor, post=post, person=person, from_on=day_of(at), at=at)
