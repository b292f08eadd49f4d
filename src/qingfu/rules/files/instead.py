"""What was probably meant by a cell that cannot be taken: a suggestion, never a correction."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta
from difflib import get_close_matches

from qingfu.rules.grades import GRADES
from qingfu.rules.tables import Column

_DAY = re.compile(r"^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]0{1,2}:00(?::00)?)?$|^(\d{4})(\d{2})(\d{2})$")
_SERIAL = re.compile(r"^\d{5}(\.0+)?$")
# Day 0 of a spreadsheet, for every day after February 1900.
_BEGINNING = date(1899, 12, 30)
_NUMBER = re.compile(r"^(\d{1,9})(?:\.0+)?\s*(?:分钟|分|人|节|次|min|minutes?)?$")
_CLOCK = re.compile(r"^([01]?\d|2[0-3])[:.时点]([0-5]\d)(?::\d\d|分)?$")
_DIGITS = "一二三四五六七八九"
_STAGES = (("初", "J"), ("高", "S"), ("小学", "P"))


def day(text: str) -> str | None:
    """A day written in another way, or as the number a spreadsheet keeps it under."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if _SERIAL.match(plain):
        meant = _BEGINNING + timedelta(days=int(plain[:5]))
        return meant.isoformat() if 2000 <= meant.year < 2100 else None
    if found := _DAY.match(plain):
        year, month, number = (int(part) for part in found.groups() if part is not None)
        try:
            return date(year, month, number).isoformat()
        except ValueError:
            return None
    return None


def number(text: str) -> str | None:
    """A whole number in wide digits, with a unit, or with a decimal point and nothing behind it."""
    found = _NUMBER.match(unicodedata.normalize("NFKC", text).strip())
    return str(int(found[1])) if found else None


def clock(text: str) -> str | None:
    """A time of day written in another way."""
    found = _CLOCK.match(unicodedata.normalize("NFKC", text).strip())
    return f"{int(found[1])}:{found[2]}" if found else None


def word(text: str, column: Column) -> str | None:
    """The word that looks most like it, or the grade it names in Chinese."""
    if column.among == GRADES:
        return _grade(unicodedata.normalize("NFKC", text).strip())
    near = get_close_matches(text.casefold(), column.among, n=1, cutoff=0.6)
    return near[0] if near else None


def _grade(text: str) -> str | None:
    if text.upper() in GRADES:
        return text.upper()
    text = text.removesuffix("级").removesuffix("年")
    for said, stage in _STAGES:
        if text.startswith(said) and text[len(said) :] in tuple(_DIGITS[:6]):
            meant = f"{stage}{_DIGITS.index(text[len(said) :]) + 1}"
            return meant if meant in GRADES else None
    # Counted through, as 十一 is the second year of senior high.
    counted = ["", *_DIGITS, "十", "十一", "十二"]
    return GRADES[counted.index(text) - 1] if text in counted[1:] else None
