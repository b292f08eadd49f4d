"""Headings of the lists that school offices keep, whatever they call a column."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from qingfu.base.errors import CellsMerged, ColumnTwice, DataFault, FiledEmpty, NoHeadings, NoKeyColumn
from qingfu.base.words import Translate, say
from qingfu.papers.content import cleaned
from qingfu.papers.filings.books import sheets_of
from qingfu.papers.filings.cells import Cell, Sheet, address
from qingfu.papers.filings.desk import Desk, Spot
from qingfu.papers.filings.numerals import plain
from qingfu.papers.filings.outcome import SHOWN
from qingfu.papers.filings.reading import HIDDEN_SHEET, OTHER_SHEET, ROWS_ASIDE, STRANGER
from qingfu.papers.sheets import NOTES, Column

WITHIN = 10
# What offices call a column beside its own name.
ALSO: Mapping[str, tuple[str, ...]] = {
    "number": ("编号", "学籍号", "报名号", "报名序号", "考号", "考生号", "学生编号", "全国学籍号", "学籍辅号"),
    "name": ("学生姓名", "名字", "学生", "新生姓名"),
    "gender": ("性别代码", "男女"),
    "township": ("街道", "乡镇街道", "乡镇或街道", "所属乡镇", "户籍乡镇", "户籍所在乡镇", "来源", "来源乡镇"),
    "level": ("成绩", "总分", "分数", "综合成绩", "综合水平", "测评分", "得分"),
    "special": ("是否特殊需要", "特需", "特殊学生", "随班就读", "残疾", "特殊教育需要"),
    "class": ("班别", "班", "现班级", "所在班级", "新班级", "现在班级"),
}
COLUMNS = (
    Column("number", "学号", required=True, sample="（示例）N001", note="学籍号、报名号均可；一人一个，按文本填写"),
    Column("name", "姓名", required=True, sample="（示例）周清和"),
    Column("gender", "性别", required=True, sample="女", options=("男", "女"), width=8),
    Column("township", "乡镇（街道）", sample="和平镇", note="分班时各班均衡；同一个地方写法要一致"),
    Column("level", "水平（成绩）", sample="87.5", note="可到半分，如87.5；一年级没有成绩的，整列不填"),
    Column("special", "特殊需要", sample="否", options=("是", "否"), note="只填是或否，不写具体情况"),
)
NEXT_YEAR = (COLUMNS[0], Column("class", "班级", required=True, sample="二（1）班"))
_ASIDE = re.compile(r"(填表|填报|制表|审核|审批|负责人|备注|说明|注:|合计|总计|小计|共计)")
_BRACKETS = re.compile(r"\([^)]*\)|\*")


@dataclass(frozen=True)
class Heads:
    """The row of the headings, where each column stands and what it is called there."""

    row: int
    places: Mapping[str, int]
    texts: Mapping[str, str]


@dataclass(frozen=True)
class Line:
    """One filled row: its cells by column."""

    sheet: str
    row: int
    cells: Mapping[str, Cell]
    heads: Heads

    def spot(self, key: str) -> Spot:
        """Where the cell of a column stands."""
        return Spot(self.sheet, self.row, address(self.row, self.heads.places[key]), self.heads.texts[key])


def lines_of(
    desk: Desk, content: bytes, columns: Sequence[Column], *, most: int, translate: Translate
) -> Iterator[Line]:
    """The filled rows of all sheets that hold such a list; what is wrong with the sheets is told to the desk."""
    try:
        sheets = sheets_of(content, desk.file, most=most + WITHIN)
    except DataFault as refused:
        desk.wrong(refused)
        return
    known = _known(columns)
    found = 0
    for sheet in sheets:
        if not sheet.rows or sheet.title == translate(NOTES)[:31]:
            continue
        heads = _heads(desk, sheet, known)
        if sheet.hidden or heads is None:
            desk.note(say(HIDDEN_SHEET if sheet.hidden else OTHER_SHEET, sheet=sheet.title))
            continue
        found += 1
        if _whole(desk, sheet, heads, columns):
            yield from _lines(desk, sheet, heads, known, columns)
    if not found:
        desk.wrong(NoHeadings(file=desk.file, columns=tuple(one.heading for one in columns)))


def opened(file_name: str, answers: Mapping[str, str]) -> Desk:
    """A desk for one file of pupils."""
    return Desk(cleaned(file_name) or "—", (), answers)


def empty(desk: Desk) -> None:
    """Say that no row was filled in."""
    desk.wrong(FiledEmpty(file=desk.file))


def _known(columns: Sequence[Column]) -> Mapping[str, str]:
    names = ((one.key, (one.heading, _aside(one.heading), *ALSO[one.key])) for one in columns)
    return {_flat(name): key for key, called in names for name in called}


def _flat(text: str) -> str:
    return plain(text).strip("*")


def _aside(text: str) -> str:
    return _BRACKETS.sub("", plain(text))


def _key(text: str, known: Mapping[str, str]) -> str | None:
    return known.get(_flat(text)) or known.get(_aside(text))


def _heads(desk: Desk, sheet: Sheet, known: Mapping[str, str]) -> Heads | None:
    best: Heads | None = None
    for row in range(1, min(WITHIN, sheet.last_row) + 1):
        places: dict[str, int] = {}
        texts: dict[str, str] = {}
        for place, cell in sorted(sheet.rows.get(row, {}).items()):
            key = _key(cell.text, known)
            if key and key not in places:
                places[key], texts[key] = place, cell.text.strip()[:SHOWN]
        if len(places) > (len(best.places) if best else 1):
            best = Heads(row, places, texts)
    return best


def _whole(desk: Desk, sheet: Sheet, heads: Heads, columns: Sequence[Column]) -> bool:
    """Whether the columns that must be there are there, each once, and no merged cell hides a pupil."""
    before = len(desk.faults)
    known = _known(columns)
    for place, cell in sheet.rows[heads.row].items():
        key = _key(cell.text, known)
        at = address(heads.row, place)
        if key is None:
            desk.note(say(STRANGER, column=cell.text.strip()[:SHOWN], cell=at))
        elif heads.places[key] != place:
            desk.wrong(ColumnTwice(file=desk.file, sheet=sheet.title, cell=at, row=heads.row, column=cell.text.strip()))
    for one in columns:
        if one.required and one.key not in heads.places:
            desk.wrong(NoKeyColumn(file=desk.file, sheet=sheet.title, row=heads.row, column=one.heading))
    places = set(heads.places.values())
    for area in sheet.merged:
        covered = places & set(range(area.left, min(area.right, sheet.last_column) + 1))
        first = sheet.at(area.top, area.left)
        aside = first is not None and _ASIDE.match(plain(first.text))
        if heads.row < area.bottom and area.top <= sheet.last_row and covered and not aside:
            at = address(area.top, area.left)
            desk.wrong(CellsMerged(file=desk.file, sheet=sheet.title, cell=at, row=area.top, value=area.shown))
    return len(desk.faults) == before


def _lines(
    desk: Desk, sheet: Sheet, heads: Heads, known: Mapping[str, str], columns: Sequence[Column]
) -> Iterator[Line]:
    samples = {one.key: one.sample for one in columns}
    for row in sorted(row for row in sheet.rows if row > heads.row):
        cells = sheet.rows[row]
        said = {key: cells[place] for key, place in heads.places.items() if place in cells}
        first = cells[min(cells)].text.strip()
        if _is_aside(first, said, known):
            desk.note(say(ROWS_ASIDE, row=row, sheet=sheet.title, text=first[:SHOWN]))
        elif said and {key: cell.text.strip() for key, cell in said.items()} != _there(samples, said):
            yield Line(sheet.title, row, said, heads)


def _is_aside(first: str, said: Mapping[str, Cell], known: Mapping[str, str]) -> bool:
    """A note, a total, or the headings again as on the second page of a print."""
    again = sum(_key(cell.text, known) == key for key, cell in said.items()) > 1
    return again or bool(_ASIDE.match(plain(first)))


def _there(samples: Mapping[str, str], said: Collection[str]) -> dict[str, str]:
    return {key: samples[key] for key in said}
