"""Lists of who visits and of what is visited, from a sheet that an office brings; every fault by its row."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from qingfu.base.errors import FieldFault
from qingfu.base.words import N_
from qingfu.papers.sheets import Column, Row, read_sheet

Side = Literal["inspectors", "targets"]
LONGEST, MOST_VISITS = 60, 9_999

COLUMNS: dict[Side, tuple[Column, ...]] = {
    "inspectors": (
        Column("name", "姓名", required=True, sample="（示例）周清和", note="同名的，请在姓名后注明"),
        Column("organ", "单位", sample="青草坝镇青草坝小学", note="与对象名称相同的，不会抽到本单位", width=30),
        Column("town", "本人所在镇街", sample="青草坝镇", note="写法与对象的镇街一致，才能回避本镇街"),
        Column("most", "最多次数", sample="6", note="各轮合计最多去几次；不填则不限"),
    ),
    "targets": (
        Column("name", "名称", required=True, sample="（示例）青草坝小学", note="学校、机构等，每行一个", width=30),
        Column("town", "镇街", sample="青草坝镇", note="所在镇街；不填则不按镇街回避"),
    ),
}
_TOO_LONG = N_("This is too long: at most {most} characters.")
_UNREADABLE = N_("It holds signs that nobody can read.")
_NO_COUNT = N_("Write a whole number from {least} to {most}, or leave it empty.")
_TWICE = N_("The same stands in row {row} already.")


@dataclass(frozen=True)
class Listed:
    """One row: an inspector, or a target without organ and limit."""

    name: str
    organ: str = ""
    town: str = ""
    most: int | None = None


@dataclass(frozen=True)
class RowFault:
    """What is wrong in a row: its number in the sheet, the heading of the column, the fault."""

    row: int
    heading: str
    fault: FieldFault


@dataclass(frozen=True)
class Brought:
    """What was read: nobody as long as there are faults."""

    people: tuple[Listed, ...] = ()
    faults: tuple[RowFault, ...] = ()


def read_visitors(content: bytes, side: Side, *, name: str = "") -> Brought:
    """The rows of an .xlsx after the template. Raises SheetRefused and its kin for what is no such sheet."""
    columns = COLUMNS[side]
    headings = {one.key: one.heading for one in columns}
    stood: dict[tuple[str, ...], int] = {}
    people, faults = [], []
    for row in read_sheet(content, columns, name=name):
        found = [*row.faults, *_faults(row, stood)]
        faults += [RowFault(row.n, headings[one.field], one) for one in found]
        if not found:
            people.append(_listed(row))
    return Brought(() if faults else tuple(people), tuple(faults))


def _faults(row: Row, stood: dict[tuple[str, ...], int]) -> Iterator[FieldFault]:
    for key, text in row.cells.items():
        if len(text) > LONGEST:
            yield FieldFault(key, _TOO_LONG, {"most": LONGEST})
        elif not _readable(text):
            yield FieldFault(key, _UNREADABLE)
    most = row.cells.get("most", "")
    if most and not (most.isascii() and most.isdigit() and len(most) < 6 and int(most) <= MOST_VISITS):
        yield FieldFault("most", _NO_COUNT, {"least": 0, "most": MOST_VISITS})
    same = (row.cells["name"], row.cells.get("organ", ""))
    if row.cells["name"] and (before := stood.setdefault(same, row.n)) != row.n:
        yield FieldFault("name", _TWICE, {"row": before})


def _readable(text: str) -> bool:
    return all(unicodedata.category(sign) not in ("Cc", "Cf", "Cs", "Co", "Cn") for sign in text)


def _listed(row: Row) -> Listed:
    said = {key: _plain(text) for key, text in row.cells.items()}
    most = said.get("most", "")
    return Listed(said["name"], said.get("organ", ""), said.get("town", ""), int(most) if most else None)


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())
