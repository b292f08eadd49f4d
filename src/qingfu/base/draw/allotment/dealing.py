"""Ranks, groups, singles and pairs apart (draw-record.md, 7.4, steps 1 to 4)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from qingfu.base.draw.allotment.hall import Hall
from qingfu.base.draw.stream import Chance, Stream


def deal(hall: Hall, chance: Chance) -> None:
    rank = _ranks(len(hall.tickets), chance)
    _deal_groups(hall, rank, chance.stream("allot/groups"))
    _deal_singles(hall, rank, chance.stream("allot/deal"))
    _set_apart(hall, rank)


def _ranks(size: int, chance: Chance) -> list[int]:
    rank = [0] * size
    for place, pupil in enumerate(chance.stream("allot/rank").shuffled(range(size))):
        rank[pupil] = place
    return rank


def _with_room(hall: Hall) -> list[int]:
    return [one for one, room in enumerate(hall.room) if room > 0]


def _deal_groups(hall: Hall, rank: list[int], stream: Stream) -> None:
    row: list[int] = []
    for group in sorted(hall.groups, key=lambda members: min(rank[pupil] for pupil in members)):
        one = _first(row, _takes(hall, group))
        if one is None:
            row = stream.shuffled(_with_room(hall))
            one = _first(row, _takes(hall, group))
        if one is None:
            one = _first(row, _has_room(hall, group))
        if one is None:
            one = max(range(len(hall.room)), key=lambda place: (hall.room[place], -place))
        for pupil in group:
            hall.put(pupil, one)
        if one in row:
            row.remove(one)


def _takes(hall: Hall, group: Sequence[int]) -> Callable[[int], bool]:
    return lambda one: hall.room[one] >= len(group) and not hall.clash_in(group, one)


def _has_room(hall: Hall, group: Sequence[int]) -> Callable[[int], bool]:
    return lambda one: hall.room[one] >= len(group)


def _first(row: list[int], fits: Callable[[int], bool]) -> int | None:
    return next((one for one in row if fits(one)), None)


def _deal_singles(hall: Hall, rank: list[int], stream: Stream) -> None:
    cell, levels = hall.cell, hall.levels
    singles = sorted(
        (pupil for pupil in range(len(rank)) if hall.single[pupil]),
        key=lambda pupil: (cell[pupil], -levels[pupil], rank[pupil]),
    )
    # Reversed, so that taking the first class out of the row costs nothing.
    row: list[int] = []
    for pupil in singles:
        if not row:
            row = stream.shuffled(_with_room(hall))[::-1]
        place = len(row) - 1
        if pupil in hall.clashes:
            place = next((p for p in range(place, -1, -1) if not hall.clash_in((pupil,), row[p])), place)
        hall.put(pupil, row.pop(place))


def _set_apart(hall: Hall, rank: list[int]) -> None:
    for pair in sorted(hall.apart, key=lambda pair: sorted(rank[pupil] for pupil in pair)):
        one = hall.place_of[pair[0]]
        movers = sorted((pupil for pupil in pair if hall.single[pupil]), key=lambda pupil: rank[pupil])
        if one != hall.place_of[pair[1]] or not movers:
            continue
        found = _partner(hall, one, movers[0])
        if found:
            hall.exchange(one, hall.rows[one].index(movers[0]), *found)


def _partner(hall: Hall, one: int, mover: int) -> tuple[int, int] | None:
    """The class and place of the first single with whom ``mover`` may be exchanged: of its own cell, then of any."""
    i = hall.rows[one].index(mover)
    others = [(one + step) % len(hall.rows) for step in range(1, len(hall.rows))]
    for own_cell in (True, False):
        for other in others:
            for j, pupil in enumerate(hall.rows[other]):
                if own_cell and hall.cell[pupil] != hall.cell[mover]:
                    continue
                if hall.single[pupil] and hall.fit(one, i, other, j):
                    return other, j
    return None
