"""Formats: whether a number of a workbook is shown as a day, a time of day or both."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Literal

Shows = Literal["", "day", "clock"]

# Numbers of built-in formats (ECMA-376 part 1, 18.8.30), those of Chinese workbooks included.
_DAYS = frozenset((*range(14, 18), 22, *range(27, 32), 36, *range(50, 55), 57, 58))
_CLOCKS = frozenset((*range(18, 22), *range(32, 36), *range(45, 48), 55, 56))
_NOT_LETTERS = re.compile(r"\"[^\"]*\"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]", re.IGNORECASE)
_BEGINNING, _BEGINNING_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)  # noqa: DTZ001 - a sheet knows no zone
_LATEST = 2_958_465


def shows(number: int, custom: Mapping[int, str]) -> Shows:
    """What a number format shows; `custom` are the workbook's own formats."""
    code = custom.get(number)
    if code is None:
        return "day" if number in _DAYS else "clock" if number in _CLOCKS else ""
    if code.casefold() == "general":
        return ""
    letters = _NOT_LETTERS.sub("", code.partition(";")[0]).casefold()
    if "y" in letters or "d" in letters or ("m" in letters and "h" not in letters and "s" not in letters):
        return "day"
    return "clock" if "h" in letters or "s" in letters else ""


def moment(serial: float, shown: Shows, *, since_1904: bool) -> float | date | time:
    """The day, the time of day, or both together, that a serial number stands for; the number where it cannot be."""
    if not 0 <= serial <= _LATEST:
        return serial
    at = (_BEGINNING_1904 if since_1904 else _BEGINNING) + timedelta(seconds=round(serial * 86_400))
    if shown == "clock" and serial < 1:
        return at.time()
    return at.date() if at.time() == time() and shown == "day" else at
