"""Headings: which row of a sheet names the columns, and which column is which."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from qingfu.base.words import Translate, translator
from qingfu.papers.filings.cells import Cell, Sheet
from qingfu.papers.filings.numerals import plain as flattened
from qingfu.rules.files.columns import names_of
from qingfu.rules.files.folder import plain
from qingfu.rules.tables import Table

# How far down the headings are looked for, how many rows they may take, how many columns are looked at.
WITHIN, DEEP, WIDE = 10, 3, 200
_chinese = translator("zh-hans")
_ASIDE = re.compile(r"\([^)]*\)|\*")
# What offices call a column beside its own name.
ALSO: Mapping[str, tuple[str, ...]] = {
    "class": ("班别", "班", "所在班级", "班级名称", "行政班"),
    "school": ("学校名称", "校名", "所在学校", "填报学校", "单位"),
    "grade": ("所在年级",),
    "place": ("城乡类型", "所在地", "学校所在地"),
    "pupils": ("人数", "学生数", "学生人数", "班额", "在籍人数", "班级学生数"),
    "experimental": ("实验班", "重点班", "快班", "是否实验班", "是否重点班"),
    "permit": ("批准", "是否批准"),
    "grades": ("年级数", "几个年级", "含年级数"),
    "day": ("布置日期", "考试日期", "补课日期", "作业日期", "年月日", "时间"),
    "subject": ("学科", "课程", "考试科目", "作业科目"),
    "minutes": ("时长", "作业时长", "完成时间", "预计用时", "预计时长", "作业用时", "用时分钟", "分钟"),
    "written": ("是否书面", "书面作业", "书面", "是否书面作业"),
    "rest": ("周末作业", "假期作业", "周末或假期"),
    "parent-marked": ("家长批改", "要求家长批改"),
    "punitive": ("惩罚性",),
    "marked": ("是否批改", "已批改"),
    "term": ("学年学期",),
    "unified": ("统一考试", "是否统一"),
    "paper": ("纸笔", "是否纸笔"),
    "when": ("时段",),
    "ranked": ("是否公布排名", "公布排名", "公布成绩"),
    "record": ("课表类型", "课表类别"),
    "weekday": ("周几", "星期几"),
    "period": ("节", "第几节", "课节"),
    "fortnight": ("每两周课时",),
    "arrive": ("到校", "最早到校时间"),
    "first-lesson": ("首节课时间", "第一节课时间", "首节上课时间"),
    "teaching": ("课堂教学时间",),
    "exercise": ("体育锻炼时间", "锻炼时间", "体育活动"),
    "early-study": ("早自习", "早读"),
    "sleep": ("睡眠",),
    "periods": ("节数", "晚自习节次"),
    "day-pupils": ("走读生参加",),
    "paid": ("是否收费",),
    "titles": ("种数", "教辅种数", "订购数"),
    "voluntary": ("自愿", "是否自愿", "自愿购买"),
    "listed": ("在目录内", "是否在目录内", "目录内"),
}


@dataclass(frozen=True)
class Headings:
    """Where the headings stand: their last row, each column's place and heading, and headings nobody knows."""

    row: int
    places: Mapping[str, int]
    texts: Mapping[str, str]
    strangers: tuple[tuple[str, int], ...]
    twice: tuple[tuple[str, int], ...]


def heading(name: str, table: Table) -> str:
    """The heading a column has in Chinese."""
    column = table.column(name)
    return _chinese(column.says) if column else name


def headings_of(sheet: Sheet, table: Table, translate: Translate) -> Headings | None:
    """The row, or the up to three rows, that name most columns; None where fewer than two are named."""
    names = _names(table, translate)
    spread = sheet.spread(until=WITHIN)
    width = min(WIDE, max((column for _, column in spread), default=0))
    best: tuple[tuple[int, int, int], Headings] | None = None
    for row in range(1, min(WITHIN, sheet.last_row) + 1):
        for depth in range(1, min(DEEP, row) + 1):
            found = _placed(spread, row, depth, width, names)
            score = (len(found.places), -depth, -row)
            if best is None or score > best[0]:
                best = (score, found)
    enough = min(2, len(table.columns))
    return best[1] if best and len(best[1].places) >= enough else None


def _placed(
    spread: Mapping[tuple[int, int], Cell], row: int, depth: int, width: int, names: Mapping[str, str]
) -> Headings:
    places: dict[str, int] = {}
    texts: dict[str, str] = {}
    strangers: list[tuple[str, int]] = []
    twice: list[tuple[str, int]] = []
    for column in range(1, width + 1):
        above = [cell.text for r in range(row, row - depth, -1) if (cell := spread.get((r, column))) is not None]
        parts = list(dict.fromkeys(above))
        name = next((names[key] for key in _keys(parts) if key in names), None)
        if name is None and parts:
            strangers.append((parts[0].strip(), column))
        elif name is not None and name in places:
            twice.append((parts[0].strip(), column))
        elif name is not None:
            places[name], texts[name] = column, parts[0].strip()
    return Headings(row, places, texts, tuple(strangers), tuple(twice))


def _keys(parts: list[str]) -> Iterable[str]:
    """A heading as it may be known: as it stands, without what is in brackets, or with the ones above it."""
    for part in (*parts, "".join(reversed(parts))):
        yield plain(part)
        yield plain(_ASIDE.sub("", flattened(part)))


@lru_cache(maxsize=64)
def _names(table: Table, translate: Translate) -> Mapping[str, str]:
    """Every name of a column → the column; the register's own names win over what offices call them."""
    also = {
        plain(name): column.name for column in table.columns for name in ALSO.get(column.name, ())
    }  # fmt: skip
    return also | names_of(table, translate) | names_of(table, _chinese)
