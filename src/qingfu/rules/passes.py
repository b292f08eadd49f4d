"""Passes: limits that read the same table in the same groups are judged together, in one reading of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from qingfu.rules.nodes import Condition, Limit, Measure
from qingfu.rules.tables import BY_NAME, CLASSES

Limited = Literal["at-most", "at-least"]
LIMITED: tuple[Limited, ...] = ("at-most", "at-least")


@dataclass(frozen=True)
class Tally:
    """What is added up for each group, once, however many limits ask for it."""

    measure: Measure
    where: tuple[Condition, ...]


@dataclass(frozen=True)
class Judged:
    """A limit of a pass: ``number`` is its place among all limits, ``tally`` that of its tally in the pass."""

    number: int
    limit: Limit
    tally: int


@dataclass(frozen=True)
class Pass:
    """One reading of ``table`` in groups of ``per``. A distance or an equality has a pass of its own."""

    table: str
    per: tuple[str, ...]
    tallies: tuple[Tally, ...]
    judged: tuple[Judged, ...]

    @property
    def brings(self) -> bool:
        """Whether the rows must be joined to their classes before they are grouped."""
        own = BY_NAME[self.table]
        named = {*self.per, *(one.column for tally in self.tallies for one in tally.where)}
        return own.name != CLASSES and any(own.column(name) is None for name in named)

    @property
    def by_class(self) -> bool:
        """Whether a bound must be looked up by the group's class."""
        return "class" in self.per and any(one.limit.bound.by_grade for one in self.judged)

    @property
    def by_place(self) -> bool:
        """Whether a bound depends on the place, too."""
        return any(one.limit.bound.by_place for one in self.judged)

    @cached_property
    def edges(self) -> Mapping[tuple[int, Limited], Mapping[tuple[str, str], int]]:
        """For each tally and side its strictest bound over all limits, by grade and place; tolerance included.

        An exact limit counts on both sides; a side that nothing limits is absent.
        """
        found = {
            (index, side): _strictest(self.of_tally(index), side)
            for index in range(len(self.tallies))
            for side in LIMITED
        }
        return {key: edges for key, edges in found.items() if edges}

    def tallied_by_place(self, index: int) -> bool:
        """Whether some bound of a tally depends on the place."""
        return any(one.limit.bound.by_place for one in self.of_tally(index))

    def of_tally(self, index: int) -> list[Judged]:
        """The limits on one tally."""
        return [one for one in self.judged if one.tally == index]


def _strictest(judged: Sequence[Judged], side: Limited) -> dict[tuple[str, str], int]:
    """For each grade and place the bound that the most groups break; grades without any bound are absent."""
    pick = min if side == "at-most" else max
    found: dict[tuple[str, str], int] = {}
    for limit in (one.limit for one in judged if one.limit.bound.side in (side, "exactly")):
        bounds = limit.bound.by_class
        for where, bound in bounds.items():
            edge = bound + slack(limit)
            found[where] = pick(found.get(where, edge), edge)
    return found


def passes_of(limits: Sequence[Limit]) -> tuple[Pass, ...]:
    """The passes of some limits, in the order in which the limits first ask for them."""
    grouped: dict[tuple[object, ...], list[tuple[int, Limit]]] = {}
    for number, limit in enumerate(limits):
        alone = _tally(limit) if limit.measure.does in ("differing", "gap") else None
        grouped.setdefault((limit.table, limit.per, alone), []).append((number, limit))
    return tuple(_pass(members) for members in grouped.values())


def _pass(members: Sequence[tuple[int, Limit]]) -> Pass:
    tallies = list(dict.fromkeys(_tally(limit) for _, limit in members))
    judged = tuple(Judged(number, limit, tallies.index(_tally(limit))) for number, limit in members)
    first = members[0][1]
    return Pass(first.table, first.per, tuple(tallies), judged)


def halves(one: Pass) -> tuple[Pass, ...]:
    """The pass, or what it forbids apart from the rest.

    What is forbidden is rare: to find it only few rows need be grouped, and without it the others are grouped with
    less in hand. It costs a second reading, so it is for far more groups than fit into a processor's memory.
    """
    apart = [(judged.number, judged.limit) for judged in one.judged if _forbids(judged.limit)]
    rest = [(judged.number, judged.limit) for judged in one.judged if not _forbids(judged.limit)]
    return (_pass(rest), _pass(apart)) if apart and rest else (one,)


def forbids(one: Pass) -> bool:
    """Whether every limit of the pass forbids something, so that rows without it say nothing."""
    return all(_forbids(judged.limit) for judged in one.judged)


def _forbids(limit: Limit) -> bool:
    nothing = limit.bound.side == "at-most" and all(row.bound == 0 for row in limit.bound.rows)
    # Where the grade decides, a group says something by its class alone.
    return nothing and limit.measure == Measure("count") and bool(limit.where) and not limit.bound.by_grade


def _tally(limit: Limit) -> Tally:
    return Tally(limit.measure, limit.where)


def slack(limit: Limit) -> int:
    """What the tolerance adds to the bound."""
    return {"at-most": limit.tolerance, "at-least": -limit.tolerance, "exactly": 0}[limit.bound.side]
