"""Clocks: times of day, as minutes since midnight."""

from __future__ import annotations

import re
from datetime import date, datetime, time

from qingfu.base.errors import NotAClock
from qingfu.base.words import N_, say
from qingfu.papers.filings.cells import Cell
from qingfu.papers.filings.values.meaning import Asks, Meaning, Taken, Wrong, folded, said
from qingfu.rules.tables import Column

CLOCK_ASKS = N_("“{text}”: is this time of day meant?")
_PART = r"(?:(?P<half>上午|早上|早晨|清晨|凌晨|中午|下午|傍晚|晚上|晚|am|pm)\.?)?"
_TIME = re.compile(
    _PART + r"(?P<h>\d{1,2})(?:[:时点](?:(?P<m>[0-5]\d)|(?P<quarter>半|一刻|三刻)|(?P<m1>\d)(?=分))?)"
    r"(?::[0-5]\d)?分?(?P<end>am|pm)?"
)
_RANGE = re.compile(r"(?P<from>.+?[:时点].*?)[-~—–至到](?P<to>.+)")
_DOTTED = re.compile(r"(?P<h>\d{1,2})[.](?P<m>\d{1,2})")
_RUN = re.compile(r"(?P<h>\d{1,2})(?P<m>[0-5]\d)")
_QUARTERS = {"半": 30, "一刻": 15, "三刻": 45}
_LATER = frozenset({"下午", "傍晚", "晚上", "晚", "pm"})


def clock(cell: Cell, column: Column, term: str | None) -> Meaning:
    """The time of day; a number or a stretch of time is asked about."""
    value = cell.value
    if isinstance(value, datetime):
        return _perhaps(cell, value.hour * 60 + value.minute)
    if isinstance(value, time):
        return Taken(value.hour * 60 + value.minute)
    if isinstance(value, date):
        return Wrong(NotAClock)
    if isinstance(value, float) and 0 < value < 1:
        return _perhaps(cell, round(value * 1440) % 1440)
    text = folded(cell)
    if (minutes := minutes_of(text)) is not None:
        return Taken(minutes)
    if found := _RANGE.fullmatch(text):
        ends = [end for end in (minutes_of(found["from"]), minutes_of(found["to"])) if end is not None]
        return _perhaps(cell, *ends) if ends else Wrong(NotAClock)
    if found := _DOTTED.fullmatch(text) or _RUN.fullmatch(text):
        minute = int(found["m"].ljust(2, "0") if "." in text else found["m"])
        if int(found["h"]) < 24 and minute < 60:
            return _perhaps(cell, int(found["h"]) * 60 + minute)
    return Wrong(NotAClock)


def minutes_of(text: str) -> int | None:
    """8:20, 8时20分, 下午2点半 in minutes since midnight; `text` is folded. None where it is no time of day."""
    found = _TIME.fullmatch(text)
    if found is None:
        return None
    hour = int(found["h"])
    minute = _QUARTERS[found["quarter"]] if found["quarter"] else int(found["m"] or found["m1"] or 0)
    if ":" in text and found["m"] is None:
        return None
    half = found["half"] or found["end"]
    if (half in _LATER and hour < 12) or (half == "中午" and hour < 3):
        hour += 12
    return hour * 60 + minute if hour < 24 else None


def spoken(minutes: int) -> str:
    """Minutes since midnight as 8:20."""
    return f"{minutes // 60}:{minutes % 60:02d}"


def _perhaps(cell: Cell, *minutes: int) -> Asks:
    candidates = tuple((spoken(each), spoken(each)) for each in minutes)
    return Asks(say(CLOCK_ASKS, text=said(cell)), candidates, presumed=len(candidates) == 1)
