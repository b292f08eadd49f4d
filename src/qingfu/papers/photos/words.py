"""Words: what was read on a photograph, and where; small enough to be carried by a form once the picture is gone."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite

from qingfu.base.errors import NotReadable

MOST_WORDS, LONGEST_WORD, FARTHEST = 400, 60, 100_000
Point = tuple[float, float]
Box = tuple[Point, Point, Point, Point]


@dataclass(frozen=True)
class Word:
    """A stretch of text: its corners from the top left one clockwise, in pixels, and how sure it is (0 to 1)."""

    text: str
    box: Box
    sure: float


@dataclass(frozen=True)
class Words:
    """All that was read on one photograph."""

    words: tuple[Word, ...] = ()

    def written(self) -> str:
        """As one line of text that ``words_from`` takes back."""
        rows = [
            [one.text, [round(part, 1) for point in one.box for part in point], round(one.sure, 3)]
            for one in self.words
        ]
        return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))


def words_from(text: str) -> Words:
    """What ``Words.written`` wrote; raises NotReadable for anything else, for it comes back from a browser."""
    try:
        rows = json.loads(text)
        if not isinstance(rows, list) or len(rows) > MOST_WORDS:
            raise NotReadable(name="—")
        return Words(tuple(_word(row) for row in rows))
    except (ValueError, TypeError, KeyError, IndexError, RecursionError, OverflowError):
        raise NotReadable(name="—") from None


def _word(row: object) -> Word:
    if not isinstance(row, list) or isinstance(row[0], Mapping):
        raise TypeError(row)
    text, corners, sure = row
    numbers = [float(part) for part in corners]
    if not isinstance(text, str) or len(numbers) != 8 or not all(abs(one) < FARTHEST for one in numbers):
        raise ValueError(row)
    a, b, c, d, e, f, g, h = numbers
    sure = float(sure)
    return Word(text[:LONGEST_WORD], ((a, b), (c, d), (e, f), (g, h)), sure if isfinite(sure) else 0.0)
