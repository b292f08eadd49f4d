"""Whole numbers: minutes, persons, periods — with or without their unit; about is asked about."""

from __future__ import annotations

import re
from datetime import date, datetime, time

from qingfu.base.errors import Excess, Negative, NotANumber
from qingfu.base.words import N_, Word, say
from qingfu.papers.filings.cells import Cell
from qingfu.papers.filings.numerals import CHINESE, numeral
from qingfu.papers.filings.outcome import Candidate
from qingfu.papers.filings.values.meaning import (
    NOTHING,
    Asks,
    Meaning,
    Taken,
    Wrong,
    folded,
    nothing,
    said,
)
from qingfu.rules.phrases import AMOUNT, UNITS
from qingfu.rules.tables import Column

NUMBER_ASKS = N_("“{text}”: which number is meant?")
NOUGHT: Candidate = ("0", "0")
LARGEST = 999_999
_FROM_ONE = ("weekday", "period")
_UNITS = {
    "minute": ("分钟", "分", "mins", "min", "minutes", "minute", "'"),
    "person": ("人", "名", "个"),
    "period": ("节课", "节", "课时"),
    "half-period": ("节课", "节", "课时"),
    "title": ("种",),
}
_HOURS = re.compile(
    rf"(?P<n>\d+(?:\.\d+)?|[{CHINESE}]{{1,3}}|半)个?(?P<and>半)?(?:小时|钟头|h)(?P<half>半)?(?:零?(?P<m>\d{{1,3}}|[{CHINESE}]{{1,3}})(?:分钟|分|min)?)?"
)
_ABOUT = re.compile(
    r"(?P<before>大约|大概|约莫|约|近|不超过|不多于|至多|最多|不到|少于|小于|超过|多于|大于|至少|<=|>=|[<>≤≥≈~])?"
    r"(?P<body>.+?)(?P<after>左右|上下|以内|之内|以上|以下|内|多|余|来|\+)?(?P<unit>分钟|分|人|名|节)?(?P<end>左右|上下|以内|以上|以下|内|多)?"
)
_RANGE = re.compile(r"(?P<one>[^-~—–至到]+)[-~—–至到]+(?P<other>[^-~—–至到]+)")
_WEEKDAYS = {sign: number for number, sign in enumerate("一二三四五六日", start=1)} | {"天": 7, "末": 6}
_WEEKDAY = re.compile(r"(?:星期|周|礼拜)?([一二三四五六日天])")
_PERIOD = re.compile(r"第?(.{1,3}?)节?课?")
# Lessons in two weeks, said in words.
_FORTNIGHT = {"每周": 2, "单双周": 2, "单周": 1, "双周": 1, "隔周": 1}


def whole(cell: Cell, column: Column, term: str | None) -> Meaning:
    """The number in the column's unit; 约40, 30-40 and the like are asked about."""
    value = cell.value
    if isinstance(value, bool) or (isinstance(value, date) and not isinstance(value, datetime)):
        return Wrong(NotANumber)
    if isinstance(value, (time, datetime)):
        return _duration(cell, value, column)
    if isinstance(value, (int, float)):
        if value < 0:
            return Wrong(Negative)
        return _bounded(int(value), column) if float(value).is_integer() else Wrong(NotANumber)
    text = folded(cell)
    if re.fullmatch(r"[-−]\d+(\.\d+)?", text):
        return Wrong(Negative)
    if (number := _number(text, column)) is not None:
        return _bounded(number, column)
    if text in NOTHING:
        return nothing(said(cell), (NOUGHT,))
    return _about(cell, text, column)


def weekday_of(text: str) -> int | None:
    """星期一, 周一 or 一 as 1; `text` is folded."""
    found = _WEEKDAY.fullmatch(text)
    return _WEEKDAYS[found[1]] if found else None


def _number(text: str, column: Column) -> int | None:
    """The one number a text can mean, or None."""
    if column.name == "weekday" and (weekday := weekday_of(text)) is not None:
        return weekday
    if column.name == "fortnight" and text in _FORTNIGHT:
        return _FORTNIGHT[text]
    if column.name == "period" and (found := _PERIOD.fullmatch(text)) and (number := numeral(found[1])):
        return number
    if column.unit == "minute" and (found := _HOURS.fullmatch(text)):
        return _minutes(found)
    bare = text
    for unit in _UNITS.get(column.unit or "", ()):
        if text.endswith(unit):
            bare = text.removesuffix(unit)
            break
    bare = re.sub(r"\.0+$", "", bare)
    return numeral(bare) if not re.search(r"[,，]", bare) else None


def _minutes(found: re.Match[str]) -> int | None:
    amount, rest = found["n"], found["m"]
    hours = float(amount) if amount[0].isdigit() else 0.5 if amount == "半" else float(numeral(amount) or 0)
    half = 30 if found["and"] or found["half"] else 0
    minutes = hours * 60 + half + (numeral(rest) or 0 if rest else 0)
    return int(minutes) if minutes.is_integer() else None


def _bounded(number: int, column: Column) -> Meaning:
    if column.most is not None and number > column.most:
        return Wrong(Excess, None, {"most": column.most})
    too_small = number < 1 and column.name in _FROM_ONE
    return Wrong(NotANumber) if number > LARGEST or too_small else Taken(number)


def _duration(cell: Cell, value: time | datetime, column: Column) -> Meaning:
    """1:00 in a column of minutes: an hour, probably."""
    if column.unit != "minute" or isinstance(value, datetime):
        return Wrong(NotANumber)
    number = value.hour * 60 + value.minute
    return Asks(say(NUMBER_ASKS, text=said(cell)), (_candidate(number, column),))


def _about(cell: Cell, text: str, column: Column) -> Meaning:
    numbers: list[int] = []
    if found := _RANGE.fullmatch(text):
        numbers = [each for part in found.groups() if (each := _loose(part, column)) is not None]
    elif (number := _loose(text, column)) is not None:
        numbers = [number]
    possible = [each for each in dict.fromkeys(numbers) if isinstance(_bounded(each, column), Taken)]
    if not possible:
        return Wrong(NotANumber)
    candidates = tuple(_candidate(each, column) for each in possible)
    return Asks(say(NUMBER_ASKS, text=said(cell)), candidates, presumed=len(candidates) == 1)


def _loose(text: str, column: Column) -> int | None:
    """The number inside 约40, 40多分钟, 40左右."""
    if (number := _number(text, column)) is not None:
        return number
    found = _ABOUT.fullmatch(text)
    if found is None or not any(found[part] for part in ("before", "after", "end")):
        return None
    return _number(found["body"] + (found["unit"] or ""), column)


def _candidate(number: int, column: Column) -> Candidate:
    unit = UNITS.get(column.unit or "")
    return str(number), say(AMOUNT, amount=number, unit=Word(unit)) if unit else str(number)
