"""Days: as cells hold them and as people write them; a day without a year is asked about."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from qingfu.base.errors import NotADay
from qingfu.base.words import N_, say
from qingfu.papers.filings.cells import Cell
from qingfu.papers.filings.outcome import Candidate
from qingfu.papers.filings.values.meaning import Asks, Meaning, Taken, Wrong, folded, said
from qingfu.rules.tables import Column

YEAR_ASKS = N_("“{text}”: of which year?")
DAY_ASKS = N_("“{text}”: is this day meant?")
FIRST_YEAR, LAST_YEAR = 2000, 2099
_WHOLE = re.compile(r"(?P<y>\d{4}|\d{2})(?:[-/.]|年)(?P<m>\d{1,2})(?:[-/.]|月)(?P<d>\d{1,2})[日号]?")
_TOGETHER = re.compile(r"(?P<y>20\d\d)(?P<m>\d{2})(?P<d>\d{2})")
_NO_YEAR = re.compile(r"(?P<m>\d{1,2})(?:[-/.]|月)(?P<d>\d{1,2})[日号]?")
_MIDNIGHT = re.compile(r"t?0{1,2}:00(?::00(?:\.0+)?)?$")
_WEEKDAYS = {sign: number for number, sign in enumerate("一二三四五六日")} | {"天": 6}
_WEEKDAY = re.compile(r"\(?(?:星期|周|礼拜)([一二三四五六日天])\)?$")
# Numbers a spreadsheet keeps the days of these years under.
_SERIALS = range(36_526, 73_051)
_BEGINNING = date(1899, 12, 30)
_AUTUMN = re.compile(r"秋|autumn|fall|上学期|上半学年|第一学期|第1学期|[-—_ ](?:1|上)$", re.IGNORECASE)
_SPRING = re.compile(r"春|spring|下学期|下半学年|第二学期|第2学期|[-—_ ](?:2|下)$", re.IGNORECASE)
# From here on a month belongs to the year in which a school year begins.
_SCHOOL_YEAR_BEGINS = 8


def day(cell: Cell, column: Column, term: str | None) -> Meaning:
    """The day of a cell; without year, or as a bare number, a question with the day that was probably meant."""
    value = cell.value
    if isinstance(value, datetime):
        return _in_range(value.date()) if value.time() == time() else _perhaps(cell, value.date())
    if isinstance(value, date):
        return _in_range(value)
    text = folded(cell).replace("t00", " 00").replace(" ", "")
    if found := _TOGETHER.fullmatch(text):
        return _named(cell, found, int(found["y"]))
    if re.fullmatch(r"\d{5}(\.\d+)?", text) and int(text[:5]) in _SERIALS:
        return _perhaps(cell, _BEGINNING + timedelta(days=int(text[:5])))
    text = _MIDNIGHT.sub("", text)
    weekday = _WEEKDAY.search(text)
    text = text[: weekday.start()] if weekday else text
    if found := _WHOLE.fullmatch(text):
        return _named(cell, found, int(found["y"]), _WEEKDAYS[weekday[1]] if weekday else None)
    if (found := _NO_YEAR.fullmatch(text)) and not isinstance(value, (int, float)):
        return _without_year(cell, int(found["m"]), int(found["d"]), term)
    return Wrong(NotADay)


def _named(cell: Cell, found: re.Match[str], year: int, weekday: int | None = None) -> Meaning:
    short = year < 100
    try:
        meant = date(year + 2000 if short else year, int(found["m"]), int(found["d"]))
    except ValueError:
        return Wrong(NotADay)
    if short or (weekday is not None and weekday != meant.weekday()):
        return _perhaps(cell, meant)
    return _in_range(meant)


def _in_range(meant: date) -> Meaning:
    return Taken(meant) if FIRST_YEAR <= meant.year <= LAST_YEAR else Wrong(NotADay)


def _perhaps(cell: Cell, meant: date) -> Meaning:
    asks = say(DAY_ASKS, text=said(cell))
    return Asks(asks, (_candidate(meant),)) if FIRST_YEAR <= meant.year <= LAST_YEAR else Wrong(NotADay)


def _without_year(cell: Cell, month: int, number: int, term: str | None) -> Meaning:
    try:
        date(2000, month, number)
    except ValueError:
        return Wrong(NotADay)
    candidates: list[Candidate] = []
    for year in _years(term or "", month):
        try:
            candidates.append(_candidate(date(year, month, number)))
        except ValueError:
            continue
    return Asks(say(YEAR_ASKS, text=said(cell)), tuple(candidates), presumed=len(candidates) == 1)


def _candidate(meant: date) -> Candidate:
    return meant.isoformat(), say("{day}", day=meant)


def _years(term: str, month: int) -> tuple[int, ...]:
    """The years that a month of the term can be in, as far as the term's name tells."""
    named = [int(year) for year in re.findall(r"(?<!\d)20\d\d(?!\d)", term)]
    if short := re.search(r"(?<!\d)20(\d\d)[-—/~](\d\d)(?!\d)", term):
        named.append(2000 + int(short[2]))
    if not named:
        return ()
    first, last = min(named), max(named)
    begins = month >= _SCHOOL_YEAR_BEGINS
    if _SPRING.search(term):
        return (last,)
    if _AUTUMN.search(term) or last > first:
        return (first if begins else first + 1,)
    return (first,) if begins else (first, first + 1)
