"""Numerals: numbers as schools write them, in digits of any width or in Chinese."""

from __future__ import annotations

import re
import unicodedata

CHINESE = "一二三四五六七八九十百两零〇廿"
_DIGITS = {sign: number for number, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_WRITTEN = re.compile(
    r"(?:(?P<hundreds>[一二两三四五六七八九])百(?:零|〇)?)?(?:(?P<tens>[一二两三四五六七八九])?十|(?P<twenty>廿))?"
    r"(?P<ones>[一二两三四五六七八九])?"
)


def plain(text: str) -> str:
    """The text without spaces and differences of width; brackets of every sort are round ones."""
    flat = "".join(unicodedata.normalize("NFKC", text).split())
    return flat.translate(str.maketrans("[]【】〔〕{}「」", "()()()()()"))


def numeral(text: str) -> int | None:
    """The number, 0 to 999 in Chinese or up to six digits; None where it is none."""
    flat = plain(text)
    if re.fullmatch(r"[0-9]{1,6}", flat):
        return int(flat)
    if flat in ("零", "〇"):
        return 0
    found = _WRITTEN.fullmatch(flat)
    if not flat or found is None:
        return None
    tens = 0
    if found["twenty"]:
        tens = 2
    elif "十" in flat:
        tens = _DIGITS[found["tens"]] if found["tens"] else 1
    hundreds = _DIGITS[found["hundreds"]] if found["hundreds"] else 0
    return hundreds * 100 + tens * 10 + (_DIGITS[found["ones"]] if found["ones"] else 0)
