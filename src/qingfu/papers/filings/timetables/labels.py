"""Labels: weekdays, periods and pauses as the heads of rows and columns name them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from qingfu.papers.filings.numerals import numeral, plain

# What stands in a timetable and is no lesson; the longer words come first.
PAUSES = (
    "眼保健操", "阳光大课间", "大课间活动", "大课间", "课间操", "课间活动", "课间", "眼操", "升旗仪式", "升旗",
    "早自习", "晨读", "早读", "晨会", "早操", "早餐", "早训", "入校", "到校", "午自习", "午休", "午餐", "午饭",
    "午读", "午写", "午练", "午管", "午间", "课后延时服务", "课后服务", "延时服务", "课后延时", "课后托管", "托管",
    "晚自习", "晚修", "晚读", "晚餐", "就餐", "放学", "离校", "休息", "集会",
)  # fmt: skip
SECTIONS = {
    "上午": 1, "早上": 1, "早晨": 1, "中午": 2, "下午": 3, "晚上": 4, "晚间": 4,
}  # fmt: skip
_WEEKDAY = re.compile(r"(?:星期|周|礼拜)([一二三四五六日天1-7])(?:\(.*\))?")
_WEEKDAYS = {sign: number for number, sign in enumerate("一二三四五六日", start=1)} | {"天": 7}
_TIMES = re.compile(r"\(?\d{1,2}[:.：]\d{2}(?:[-~—–至到]+\d{1,2}[:.：]\d{2})?\)?")
_PERIOD = re.compile(r"第?([0-9]{1,2}|[一二三四五六七八九十]{1,2})(?:节课?|课时)?")


@dataclass(frozen=True)
class Label:
    """What the head of a line says: the part of the day (0 = nothing), the number of the period, or a pause."""

    section: int = 0
    number: int | None = None
    pause: str = ""


def weekday_of(text: str) -> int | None:
    """星期一 or 周一 as 1; a bare 一 is no weekday by itself."""
    found = _WEEKDAY.fullmatch(plain(text))
    if found is None:
        return None
    return int(found[1]) if found[1].isdigit() else _WEEKDAYS[found[1]]


def bare_weekday(text: str) -> int | None:
    """一 … 日 as a number: a weekday only where a whole week stands side by side."""
    return _WEEKDAYS.get(plain(text))


def pause_in(text: str) -> str:
    """The pause that a text begins with or wholly is; empty where it is none."""
    flat = _TIMES.sub("", plain(text))
    return next((word for word in PAUSES if flat == word or (flat.startswith(word) and len(flat) < 14)), "")


def label_of(texts: Iterable[str]) -> Label:
    """What several cells at the head of one line say together."""
    section, number, pause = 0, None, ""
    for text in texts:
        flat = _TIMES.sub("", plain(text))
        for word, part in SECTIONS.items():
            if flat.startswith(word):
                section, flat = part, flat.removeprefix(word)
                break
        pause = pause or next((word for word in PAUSES if word in flat), "")
        if (found := _PERIOD.fullmatch(flat)) and number is None:
            number = numeral(found[1])
    return Label(section, None if pause else number or None, pause)


def numbered(labels: Sequence[Label]) -> list[int | None]:
    """The period of each line of one day; None for a pause, a line without number, and a number that stands twice.

    Where the afternoon begins again at 1, its periods are counted on from the morning's.
    """
    last = added = section = 0
    found: list[int | None] = []
    for label in labels:
        if label.number is None:
            found.append(None)
            continue
        begins = bool(label.section) and label.section != section
        if begins:
            section = label.section
            added = last if label.number <= last else 0
        period = label.number + added
        if period <= last:
            found.append(None)
            continue
        last = period
        found.append(period)
    return found
