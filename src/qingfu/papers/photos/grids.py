"""Grids: words gathered into the columns below their weekdays and the lines beside their periods."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from qingfu.base.errors import PhotoUnclear
from qingfu.papers.filings.numerals import plain
from qingfu.papers.filings.subjects import is_like_subject
from qingfu.papers.filings.timetables.labels import SECTIONS, bare_weekday, label_of, pause_in, weekday_of
from qingfu.papers.photos.straight import Piece, straightened
from qingfu.papers.photos.words import Words

# Below this the engine may be wrong; measured in docs/decisions/0012-photographs.md.
SURE = 0.95
FEWEST_DAYS, MOST_DAYS = 3, 7
# Shares of the way to the next line or column: farther off, a word is none of it, or nobody can be sure.
SAME_LINE, NEAR_COLUMN = 0.35, 0.35
_HEADING = re.compile(r"[星周礼].?|.?期.?")


@dataclass(frozen=True)
class Text:
    """What stands in one place; ``sure`` where neither its signs nor its place leave a doubt."""

    text: str = ""
    sure: bool = True


@dataclass(frozen=True)
class Line:
    """One line of the table: what stands left of the weekdays, and a text for each column."""

    heads: tuple[Text, ...]
    cells: tuple[Text, ...]


@dataclass(frozen=True)
class Grid:
    """A timetable on paper: its titles, the parts of the day at its edge, a heading for each column, its lines.

    A column whose heading nobody could read has an empty one.
    """

    titles: tuple[str, ...]
    sections: tuple[str, ...]
    days: tuple[Text, ...]
    lines: tuple[Line, ...]


@dataclass
class _Row:
    """Pieces on about one height."""

    pieces: list[Piece]

    @property
    def y(self) -> float:
        return sum(one.y for one in self.pieces) / len(self.pieces)


@dataclass(frozen=True)
class _Columns:
    """Where the columns of the weekdays stand, and how far apart they are."""

    at: tuple[float, ...]
    apart: float

    def of(self, piece: Piece) -> list[int]:
        """The columns a piece stands in: several where it reaches over the middles of several."""
        inside = [n for n, x in enumerate(self.at) if piece.left < x < piece.right]
        if len(inside) > 1 or piece.x < self.at[0] - self.apart / 2:
            return inside
        nearest = min(range(len(self.at)), key=lambda n: abs(self.at[n] - piece.x))
        return [nearest] if abs(self.at[nearest] - piece.x) <= self.apart / 2 else []

    def is_near(self, piece: Piece, n: int) -> bool:
        """Whether a piece surely stands in that column."""
        return abs(piece.x - self.at[n]) <= NEAR_COLUMN * self.apart


def grid_of(words: Words) -> Grid:
    """Lines and columns of a photographed timetable of one class; raises PhotoUnclear where no weekdays are seen."""
    pieces = straightened(words.words)
    week = _week(pieces)
    columns, days = _columns(week, pieces)
    level, thick = _Row(week).y, median(one.height for one in pieces)
    body = [one for one in pieces if one.y > level + thick / 2 and (one not in week)]
    sections = [one for one in body if _is_section(one) and one.x < columns.at[0] - columns.apart / 2]
    rows = _lines([one for one in body if one not in sections], thick, columns)
    above = [one for one in pieces if one.y < level - thick / 2]
    lines = tuple(_line(row, columns) for row in rows)
    return Grid(
        titles=tuple(one.word.text for one in sorted(above, key=lambda one: -one.y)),
        sections=tuple(plain(one.word.text) for one in sorted(sections, key=lambda one: one.y)),
        days=days, lines=lines,
    )  # fmt: skip


def _week(pieces: Sequence[Piece]) -> list[Piece]:
    """The headings of the weekdays, from the left: whatever stands on the height where most weekdays do."""
    for reads, fewest in ((weekday_of, FEWEST_DAYS), (bare_weekday, 5)):
        found = [one for one in pieces if reads(one.word.text)]
        beside = [[other for other in pieces if _is_beside(one, other)] for one in found]
        heads = max(beside, key=lambda row: sum(one in found for one in row), default=[])
        if sum(one in found for one in heads) >= fewest:
            heads.sort(key=lambda one: one.x)
            first = next(n for n, one in enumerate(heads) if one in found or _HEADING.fullmatch(one.word.text))
            return heads[first:]
    raise PhotoUnclear


def _is_beside(one: Piece, other: Piece) -> bool:
    return abs(one.y - other.y) < 0.7 * min(one.height, other.height)


def _columns(week: Sequence[Piece], pieces: Sequence[Piece]) -> tuple[_Columns, tuple[Text, ...]]:
    """A column for each heading, and one more wherever there is room for one whose heading was not read."""
    apart = _apart(week)
    at, days = [week[0].x], [_heading(week[0])]
    for before, after in pairwise(week):
        missing = max(0, round((after.x - before.x) / apart) - 1)
        at += [before.x + (after.x - before.x) * n / (missing + 1) for n in range(1, missing + 1)]
        days += [Text("", False)] * missing
        at.append(after.x)
        days.append(_heading(after))
    lessons = [one for one in pieces if is_like_subject(one.word.text) and one.y > max(head.bottom for head in week)]
    if _stand_at(at[0] - apart, lessons, apart):
        at, days = [at[0] - apart, *at], [Text("", False), *days]
    if _stand_at(at[-1] + apart, lessons, apart):
        at, days = [*at, at[-1] + apart], [*days, Text("", False)]
    if len(at) > MOST_DAYS:
        raise PhotoUnclear
    return _Columns(tuple(at), apart), tuple(days)


def _apart(week: Sequence[Piece]) -> float:
    """How far two weekdays are apart, by the weekdays themselves where both were read."""
    gaps = []
    for before, after in pairwise(week):
        first, last = (_number(one.word.text) for one in (before, after))
        steps = last - first if first and last and last > first else 1
        gaps.append((after.x - before.x) / steps)
    apart = median(gaps)
    if apart <= 0:
        raise PhotoUnclear
    return apart


def _number(text: str) -> int | None:
    return weekday_of(text) or bare_weekday(text)


def _heading(piece: Piece) -> Text:
    text = piece.word.text
    number = _number(text)
    # 一 alone is a weekday here: it stands among its like.
    return Text(
        f"星期{'一二三四五六日'[number - 1]}" if number else text, piece.word.sure >= SURE and number is not None
    )


def _stand_at(x: float, lessons: Sequence[Piece], apart: float) -> bool:
    return sum(abs(one.x - x) < NEAR_COLUMN * apart for one in lessons) > 1


def _is_section(piece: Piece) -> bool:
    return plain(piece.word.text) in SECTIONS


def _lines(body: Sequence[Piece], thick: float, columns: _Columns) -> list[_Row]:
    """Pieces by their height; what stands close to a line with a period belongs to it: two lines in one cell."""
    rows: list[_Row] = []
    for piece in sorted(body, key=lambda one: one.y):
        if rows and piece.y - rows[-1].y < 0.6 * min(thick, piece.height):
            rows[-1].pieces.append(piece)
        else:
            rows.append(_Row([piece]))
    headed = [row for row in rows if _is_headed(row, columns)]
    kept = list(headed)
    for row in rows:
        if row in headed:
            continue
        own = None if _is_pause(row) else _owner(row, headed)
        if own is None:
            kept.append(row)
        else:
            own.pieces += row.pieces
    return sorted(kept, key=lambda row: row.y)


def _is_headed(row: _Row, columns: _Columns) -> bool:
    label = label_of(one.word.text for one in row.pieces if not columns.of(one))
    return label.number is not None or bool(label.pause)


def _is_pause(row: _Row) -> bool:
    return all(pause_in(one.word.text) for one in row.pieces)


def _owner(row: _Row, headed: Sequence[_Row]) -> _Row | None:
    """The line with a period that a line without one is part of; None where it is too far from every one."""
    places = [one.y for one in headed]
    gaps = [after - before for before, after in pairwise(places)]
    if not gaps:
        return None
    near = min(range(len(headed)), key=lambda n: abs(places[n] - row.y))
    side = near if row.y > places[near] else near - 1
    gap = min(gaps[side], 1.5 * median(gaps)) if 0 <= side < len(gaps) else median(gaps)
    return headed[near] if abs(places[near] - row.y) <= SAME_LINE * gap else None


def _line(row: _Row, columns: _Columns) -> Line:
    heads = sorted((one for one in row.pieces if not columns.of(one) and one.x < columns.at[0]), key=lambda one: one.x)
    cells = tuple(_cell(row, columns, n) for n in range(len(columns.at)))
    return Line(tuple(Text(one.word.text, one.word.sure >= SURE) for one in heads), cells)


def _cell(row: _Row, columns: _Columns, n: int) -> Text:
    here = sorted(
        (one for one in row.pieces if n in columns.of(one)), key=lambda one: (round(one.y / one.height), one.x)
    )
    return Text(" ".join(one.word.text for one in here), all(_is_sure(here, columns, n)))


def _is_sure(pieces: Sequence[Piece], columns: _Columns, n: int) -> Iterator[bool]:
    for one in pieces:
        alone = len(columns.of(one)) == 1 and columns.is_near(one, n)
        yield one.word.sure >= SURE and (alone or bool(pause_in(one.word.text)))
