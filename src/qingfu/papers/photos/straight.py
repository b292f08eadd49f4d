"""Straight: the slant and the keystone of a photograph taken out of its words, by fitting their rows and columns.

Neighbours in a row tell how a row runs, neighbours in a column how a column does; how that changes from the first row
to the last is the keystone. No picture is needed, only the corners of the words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import atan2, cos, hypot, sin
from statistics import median

from qingfu.papers.photos.words import Point, Word

ROUNDS = 4
# A link that leaves the fit by more than this share of its own length is none of it.
ASTRAY = 0.06
Link = tuple[float, float, float]


@dataclass(frozen=True)
class Piece:
    """A word on straight paper: its edges, in pixels of no particular origin."""

    word: Word
    left: float
    top: float
    right: float
    bottom: float

    @property
    def x(self) -> float:
        """Its middle."""
        return (self.left + self.right) / 2

    @property
    def y(self) -> float:
        """Its middle."""
        return (self.top + self.bottom) / 2

    @property
    def width(self) -> float:
        """From edge to edge."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From edge to edge."""
        return self.bottom - self.top


def straightened(words: Sequence[Word]) -> list[Piece]:
    """The words as they would stand on a sheet seen from the front."""
    level = _levelled([one.box for one in words if one.text])
    named = [one for one in words if one.text]
    for _ in range(ROUNDS):
        level = _fitted(level, across=True)
        level = _fitted(level, across=False)
    return [_piece(word, box) for word, box in zip(named, level, strict=True)]


def _piece(word: Word, box: Sequence[Point]) -> Piece:
    """Edges through the middles of the sides, so that a slanting box is no wider than what stands in it."""
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = box
    left, right = sorted(((ax + dx) / 2, (bx + cx) / 2))
    top, bottom = sorted(((ay + by) / 2, (cy + dy) / 2))
    return Piece(word, left, top, right, bottom)


def _levelled(boxes: Sequence[Sequence[Point]]) -> list[list[Point]]:
    """All turned by the slant that most of the text runs in; long words tell it best."""
    slants: list[float] = []
    for first, second, third, fourth in boxes:
        for begin, end in ((first, second), (fourth, third)):
            wide, high = hypot(end[0] - begin[0], end[1] - begin[1]), hypot(fourth[0] - first[0], fourth[1] - first[1])
            if high and wide > 1.2 * high:
                slants += [atan2(end[1] - begin[1], end[0] - begin[0])] * min(9, round(wide / high))
    slant = median(slants) if slants else 0.0
    points = [point for box in boxes for point in box]
    about = (_mean([x for x, _ in points]), _mean([y for _, y in points]))
    return [[_turned(point, about, -slant) for point in box] for box in boxes]


def _turned(point: Point, about: Point, by: float) -> Point:
    x, y = point[0] - about[0], point[1] - about[1]
    return x * cos(by) - y * sin(by), x * sin(by) + y * cos(by)


def _fitted(boxes: Sequence[Sequence[Point]], *, across: bool) -> list[list[Point]]:
    """Rows made level (or columns made upright): y = a + (slope + keystone · a) · x, solved for a."""
    turned = boxes if across else [[(y, x) for x, y in box] for box in boxes]
    slope, keystone = _fit(_links(turned))
    done = [[_moved(point, slope, keystone) for point in box] for box in turned]
    return done if across else [[(x, y) for y, x in box] for box in done]


def _moved(point: Point, slope: float, keystone: float) -> Point:
    along, off = point
    # A keystone that turns the paper over is a fit to noise.
    return along, (off - slope * along) / max(0.2, 1 + keystone * along)


def _links(boxes: Sequence[Sequence[Point]]) -> list[Link]:
    """For each word and its next one along the line: how far it is, how far off the line, and where the line is."""
    spans = [
        (min(a for a, _ in box), max(a for a, _ in box), min(o for _, o in box), max(o for _, o in box))
        for box in boxes
    ]
    links: list[Link] = []
    for begin, end, first, last in spans:
        middle, thick = (first + last) / 2, last - first
        after = [
            one for one in spans
            if one[0] > end - (end - begin) / 4
            and abs((one[2] + one[3]) / 2 - middle) < 0.5 * min(thick, one[3] - one[2])
        ]  # fmt: skip
        if after:
            following = min(after, key=lambda one: one[0])
            away = (following[0] + following[1] - begin - end) / 2
            off = (following[2] + following[3]) / 2 - middle
            links.append((away, off, middle + off / 2))
    return [link for link in links if link[0] > 0]


def _fit(links: Sequence[Link]) -> tuple[float, float]:
    """Slope and keystone of off = (slope + keystone · place) · away, without the links that lead astray."""
    if len(links) < 4:
        return 0.0, 0.0
    usual = median(off / away for away, off, _ in links)
    kept = [one for one in links if abs(one[1] / one[0] - usual) < ASTRAY]
    if len(kept) < 4:
        return usual, 0.0
    total = sum(away**2 for away, _, _ in kept)
    at = sum(place * away**2 for away, _, place in kept) / total
    slope = sum(off * away for away, off, _ in kept) / total
    spread = sum((place - at) ** 2 * away**2 for away, _, place in kept)
    keystone = sum((place - at) * away * (off - slope * away) for away, off, place in kept) / spread if spread else 0.0
    return slope - keystone * at, keystone


def _mean(numbers: Sequence[float]) -> float:
    return sum(numbers) / len(numbers) if numbers else 0.0
