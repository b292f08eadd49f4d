"""Schools, departments, townships and people from a sheet: a preview row by row, then all of it or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Literal
from uuid import UUID

from django.db.models import Q

from qingfu.base.actor import Actor
from qingfu.base.errors import FieldFault, RowsFaulty
from qingfu.base.words import Translate, as_they_are
from qingfu.papers.sheets import Column, read_sheet, template
from qingfu.records.journal.actions import deed, first_answer, record
from qingfu.records.people.actions.judging import Effect, judge_organs, judge_people
from qingfu.records.people.actions.organs import add_organ
from qingfu.records.people.actions.posts import add_post, take_up
from qingfu.records.people.models import Organ, Post
from qingfu.records.people.queries import require_keeper

Kind = Literal["schools", "departments", "townships", "people"]

_CODE_NOTE = "字母、数字、连字符，用于入校核验；不填则自动编号"
_LEVELS = {"省": "province", "市": "city", "县": "county", "乡镇": "town"}
_LEVEL = Column("level", "层级", sample="县", options=tuple(_LEVELS), note="区、县都填“县”；不填按县")


def _named(name: str, short: str, code: str) -> tuple[Column, ...]:
    return (
        Column("name", "名称", required=True, sample=name, note="全称，80字以内", width=30),
        Column("short-name", "简称", sample=short, note="30字以内；不填则用全称"),
        Column("code", "短码", sample=code, note=_CODE_NOTE),
    )


def _division(sample: str) -> Column:
    return Column("division", "区划代码", sample=sample, note="6位或9位数字，没有可不填")


COLUMNS: dict[str, tuple[Column, ...]] = {
    "schools": (
        *_named("（示例）清溪县青草坝镇青草坝小学", "青草坝小学", "x001"),
        Column("stage", "学段", sample="小学"),
        Column("town", "镇街", sample="青草坝镇", note="所在镇街，须先登记；不填则不按镇街归类"),
        _LEVEL,
        _division("110101001"),
    ),
    "departments": (*_named("（示例）清溪县公安局", "县公安局", "b001"), _LEVEL),
    "townships": (*_named("（示例）青草坝镇人民政府", "青草坝镇", "z001"), _division("110101001")),
    "people": (
        Column(
            "organ", "机构", required=True, sample="（示例）青草坝镇青草坝小学", note="机构全称，须先登记", width=30
        ),
        Column("title", "职务", required=True, sample="校长", note="一个职务一人；同名职务请区分，如“委员一”“委员二”"),
        Column("name", "姓名", required=True, sample="周清和", note="同一姓名算同一人；不是同一人的，请在姓名后注明"),
        Column("member-kind", "委员类别", sample="", note="专家委员会成员填写"),
        Column("administers", "管理登记", sample="否", options=("是", "否"), note="能否登记机构和人员；不填为否"),
    ),
}
_KIND = {"schools": "school", "departments": "department", "townships": "township"}


@dataclass(frozen=True)
class SheetRow:
    """One row of a sheet: its number there, its cells, what is wrong with it, what it would do, what to mind."""

    n: int
    cells: tuple[str, ...]
    faults: tuple[FieldFault, ...]
    effect: Effect
    notes: tuple[FieldFault, ...] = ()


@dataclass(frozen=True)
class Preview:
    """What an import would do, row by row; nothing has been done."""

    kind: str
    keys: tuple[str, ...]
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

    def heading(self, key: str) -> str:
        """The heading of a column, which a fault names by its key."""
        return dict(zip(self.keys, self.headings, strict=True))[key]


def import_template(kind: Kind, *, translate: Translate = as_they_are) -> bytes:
    """The empty .xlsx to fill in."""
    return template(COLUMNS[kind], translate=translate)


def import_preview(actor: Actor, *, kind: Kind, data: bytes, name: str = "", at: datetime) -> Preview:
    """Read a sheet and say what each row would do; writes nothing. Raises SheetRefused and its kin."""
    with deed(actor):
        require_keeper(actor)
        rows = read_sheet(data, COLUMNS[kind], name=name)
        judge = judge_people(at) if kind == "people" else judge_organs(_KIND[kind])
        judged = tuple(SheetRow(row.n, tuple(row.cells[c.key] for c in COLUMNS[kind]), *judge(row)) for row in rows)
        return Preview(kind, tuple(c.key for c in COLUMNS[kind]), tuple(c.heading for c in COLUMNS[kind]), judged)


def import_commit(actor: Actor, *, kind: Kind, data: bytes, client_id: UUID | None = None, at: datetime) -> int:
    """Enter every new row in one transaction, or none; returns how many. Raises RowsFaulty."""
    with deed(actor):
        if (first := first_answer(actor, client_id, subject="rows")) is not None:
            return first
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
        # A sheet is kept nowhere and has no id: how many rows it brought stands for it, and answers a repeat.
        record(
            actor, verb=f"people.import_{kind}", subject="rows", subject_id=len(fresh),
            digest=sha256(data).hexdigest(), client_id=client_id, at=at,
        )  # fmt: skip
        return len(fresh)


def _enter_organ(actor: Actor, kind: str, cells: dict[str, str], at: datetime) -> None:
    town = cells.get("town", "")
    towns = Organ.objects.filter(kind="township").filter(Q(name=town) | Q(short_name=town))
    add_organ(
        actor, kind=kind, name=cells["name"], short_name=cells["short-name"], code=cells["code"],
        level=_LEVELS.get(cells.get("level", ""), "town" if kind == "township" else "county"),
        stage=cells.get("stage", ""), division=cells.get("division") or None,
        parent=towns.values_list("id", flat=True).first() if town else None, at=at,
    )  # fmt: skip


def _enter_person(actor: Actor, cells: dict[str, str], at: datetime) -> None:
    organ = Organ.objects.get(name=cells["organ"], active_until=None)
    # A post that is there and vacant is taken up.
    vacant = Post.objects.filter(organ=organ, title=cells["title"]).values_list("id", flat=True).first()
    post = vacant or add_post(
        actor, organ=organ.id, title=cells["title"], member_kind=cells["member-kind"],
        administers=cells["administers"] == "是", at=at,
    )  # fmt: skip
    # The same name in one bureau's sheet is one natural person who holds several posts.
    take_up(actor, post=post, holder=cells["name"], at=at)
