"""Choosers: our runner, and two organisers who cheat; labels and teams are drawn honestly by all three."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from benchmarks.draws.notices import chance
from qingfu.base.draw.allotment import allot, partition
from qingfu.base.draw.allotment.hall import Hall
from qingfu.base.draw.allotment.labels import label
from qingfu.base.draw.notice import Allot, Entry
from qingfu.base.draw.stream import Chance


def ours(method: Allot, pool: Sequence[Entry], lot: Chance) -> Mapping[str, Any]:
    return allot(method, pool, lot)


def by_hand(method: Allot, pool: Sequence[Entry], lot: Chance) -> Mapping[str, Any]:
    """A partition made at home, as even as ours, with friends in one class; only labels and teams are drawn."""
    hall = partition(method, pool, chance("at home", 0))
    for group in _equals(hall):
        _bring_together(hall, group)
    return label(hall, method, lot)


def friends(method: Allot, pool: Sequence[Entry], lot: Chance) -> Mapping[str, Any]:
    """Drawn afresh each time, but then two friends are brought together by exchanging one of them for an equal."""
    hall = partition(method, pool, lot)
    _bring_together(hall, max(_equals(hall), key=len))
    return label(hall, method, lot)


def _equals(hall: Hall) -> list[list[int]]:
    found: dict[tuple[int, int], list[int]] = {}
    for pupil, kind in enumerate(zip(hall.cell, hall.levels, strict=True)):
        if hall.single[pupil] and pupil not in hall.clashes:
            found.setdefault(kind, []).append(pupil)
    return list(found.values())


def _bring_together(hall: Hall, group: list[int]) -> None:
    """The first two into one class, where a third equal one gives way; no count and no mean changes by it."""
    here = hall.place_of[group[0]]
    classmate = next((one for one in group[2:] if hall.place_of[one] == here), None)
    if classmate is not None and hall.place_of[group[1]] != here:
        there = hall.place_of[group[1]]
        hall.exchange(here, hall.rows[here].index(classmate), there, hall.rows[there].index(group[1]))
