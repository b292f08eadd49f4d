"""Places: who comes to which class over many draws, counted so that parts counted apart can be put together."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.draws.chi_square import Columns, Space, Table, Verdict, alike_columns, one_space
from benchmarks.draws.intake import Intake
from benchmarks.draws.notices import allotment, chance, place
from qingfu.base.draw.notice import Allot, Entry
from qingfu.base.draw.stream import Chance

Chooser = Callable[[Allot, Sequence[Entry], Chance], Mapping[str, Any]]
_BATCH = 100


@dataclass
class Counted:
    """Over ``draws``: pupil by class, pupil by team, how often two share a class, and for each group of equal pupils
    the squares of single draws (see ``shared``)."""

    draws: int
    classes: Table
    teams: Table
    share: Table
    squares: dict[int, tuple[float, float]] = field(default_factory=dict)

    def add(self, other: Counted) -> Counted:
        squares = {
            group: (first + other.squares[group][0], second + other.squares[group][1])
            for group, (first, second) in self.squares.items()
        }
        return Counted(
            self.draws + other.draws,
            self.classes + other.classes,
            self.teams + other.teams,
            self.share + other.share,
            squares,
        )


def equals(given: Intake) -> list[list[int]]:
    """Groups of at least three pupils who are equal in everything that is balanced, and in no pair."""
    found: dict[tuple[int, ...], list[int]] = {}
    outside = given.paired()
    for pupil in range(given.size):
        if pupil not in outside:
            found.setdefault((*map(int, given.marks[:, pupil]), int(given.level[pupil])), []).append(pupil)
    return [group for group in found.values() if len(group) >= 3]


def counted(given: Intake, chooser: Chooser, master: str, numbers: range) -> Counted:
    """The draws with these numbers."""
    method, pool = allotment(given, teams=True)
    parts = []
    for start in range(numbers.start, numbers.stop, _BATCH):
        these = range(start, min(start + _BATCH, numbers.stop))
        drawn = [_drawn(given, chooser(method, pool, chance(master, number))) for number in these]
        classes, teams = (np.array(rows) for rows in zip(*drawn, strict=True))
        parts.append(batch(given, classes, teams))
    total = parts[0]
    for part in parts[1:]:
        total = total.add(part)
    return total


def _drawn(given: Intake, result: Mapping[str, Any]) -> tuple[list[int], list[int]]:
    """For every pupil, the place of its class and of its team."""
    classes, teams = [0] * given.size, [0] * given.size
    for number, one in enumerate(result["classes"]):
        team = place(one["team"])
        for ticket in one["tickets"]:
            pupil = place(ticket)
            classes[pupil], teams[pupil] = number, team
    return classes, teams


def batch(given: Intake, classes: NDArray[np.int64], teams: NDArray[np.int64]) -> Counted:
    """From the places of classes and teams, a draw a row."""
    kinds = np.arange(given.classes)
    of_class = (classes[:, :, None] == kinds).astype(np.float32)
    of_team = teams[:, :, None] == kinds
    flat = of_class.transpose(1, 0, 2).reshape(given.size, -1)
    return Counted(
        len(classes),
        of_class.sum(axis=0, dtype=np.float64),
        of_team.sum(axis=0, dtype=np.float64),
        (flat @ flat.T).astype(np.float64),
        {number: _squares(classes[:, group]) for number, group in enumerate(equals(given))},
    )


def _squares(classes: NDArray[np.int64]) -> tuple[float, float]:
    """The two squares of ``_split``, summed over single draws (a row each)."""
    pupils, pairs = _split((classes[:, :, None] == classes[:, None, :]).astype(np.float64))
    return float(pupils.sum()), float(pairs.sum())


def _split(same: Table) -> tuple[Table, Table]:
    """Of the square by which pairs deviate from the mean pair: what lies in the pupils, what in the pairs alone."""
    size = same.shape[-1]
    pairs = same * (1 - np.eye(size))
    mates = pairs.sum(axis=-1)
    mean = mates.mean(axis=-1, keepdims=True)
    whole = (pairs**2).sum(axis=(-2, -1)) / 2 - size / (size - 1) / 2 * mean[..., 0] ** 2
    pupils = ((mates - mean) ** 2).sum(axis=-1) / (size - 2)
    return pupils, np.maximum(0.0, whole - pupils)


def by_class(found: Counted) -> Verdict:
    """Whether every pupil comes to every label equally often."""
    return alike_columns([Columns(found.classes, _products(found), found.draws)])


def by_team(found: Counted) -> Verdict:
    return alike_columns([Columns(found.teams, _products(found), found.draws)])


def _products(found: Counted) -> Table:
    # A centred draw times itself: 1 - 1/K for two who share a class, else -1/K, whatever it is called.
    centred: Table = found.share - found.draws / found.classes.shape[1]
    return centred


def shared(given: Intake, found: Counted) -> Verdict:
    """Whether equal pupils share a class equally often, each pair of a group like each other.

    If equal pupils may be exchanged for each other, what the pairs of a group of m deviate from their mean falls into
    two spaces that no exchange splits: what comes with the pupils (m - 1 dimensions) and what is left to the pairs
    (m(m - 3)/2). Pupils of different groups are exchanged independently, so groups are uncorrelated. A chooser who
    makes the partition by hand and draws only the labels gives every draw the same deviation: the sums grow with the
    number of draws and not with its root.
    """
    spaces = []
    for number, group in enumerate(equals(given)):
        size = len(group)
        squares = _split(found.share[np.ix_(group, group)])
        for square, once, dimension in zip(
            squares, found.squares[number], (size - 1, size * (size - 3) // 2), strict=True
        ):
            spaces.append(Space(float(square), found.draws, once / found.draws, dimension))
    return one_space(spaces)
