"""Edges: how far a tally may go, by the grade and place of a class; tolerance included."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from qingfu.rules.grades import GRADES
from qingfu.rules.nodes import PLACES
from qingfu.rules.passes import Judged, Limited, Pass, slack
from qingfu.rules.sql.words import among, literal, name
from qingfu.rules.tables import CLASSES

MARKS: dict[Limited, str] = {"at-most": "u", "at-least": "l"}
# DuckDB makes a longer list a table to be joined, which takes longer to plan than to compare.
LIST = 4


def edge_columns(one: Pass) -> list[tuple[int, Limited, str]]:
    """Which strictest bounds there are: tally, side, and the letter its column begins with."""
    return [(index, side, MARKS[side]) for index, side in one.edges]


def edge_constant(one: Pass, index: int, side: Limited) -> int | None:
    """The strictest bound, where it is the same for every class."""
    edges = one.edges[index, side]
    same = len(edges) == len(GRADES) * len(PLACES) and len(set(edges.values())) == 1
    return next(iter(edges.values())) if same else None


def edges_by_class(one: Pass) -> list[tuple[int, Limited, str]]:
    """Those that are not the same for every class."""
    return [edge for edge in edge_columns(one) if edge_constant(one, edge[0], edge[1]) is None]


def class_edges(one: Pass) -> str:
    """The classes with the strictest bounds that differ, so that a bound is looked up once a class."""
    columns = ["class", "grade", *(["place"] if one.by_place else [])]
    columns += [f"{edge_of(one, index, side)} AS {mark}{index}" for index, side, mark in edges_by_class(one)]
    for some in alike(one.judged):
        if (own := own_edge(one, some)) and len(some) > 1:
            numbers = {where: judged.number for judged in some for where in judged.limit.bound.by_class}
            columns.append(f"{_cases(numbers, one.tallied_by_place(some[0].tally), '')} AS {own.number}")
    return f"SELECT {', '.join(columns)} FROM {name(CLASSES)}"


def edge_of(one: Pass, index: int, side: Limited, prefix: str = "") -> str:
    """The strictest bound as an expression; unknown where no limit has one, or nobody knows which is meant."""
    constant = edge_constant(one, index, side)
    if constant is not None:
        return str(constant)
    return _cases(one.edges[index, side], one.tallied_by_place(index), prefix)


def _cases(values: Mapping[tuple[str, str], int], by_place: bool, prefix: str) -> str:
    arms = []
    for place in PLACES if by_place else PLACES[:1]:
        here = f"{prefix}place = {literal(place)} AND " if by_place else ""
        for value in dict.fromkeys(values.values()):
            grades = [grade for grade in GRADES if values.get((grade, place)) == value]
            some = [grades[start : start + LIST] for start in range(0, len(grades), LIST)]
            arms += [f"WHEN {here}{among(f'{prefix}grade', part)} THEN {value}" for part in some]
    return f"CASE {' '.join(arms)} END"


def alike(judged: Iterable[Judged]) -> list[list[Judged]]:
    """Limits on one tally and one side, whose bounds depend on the same, together."""
    groups: dict[tuple[object, ...], list[Judged]] = {}
    for one in judged:
        bound = one.limit.bound
        groups.setdefault((one.tally, bound.side, bound.by_grade, bound.by_place), []).append(one)
    return list(groups.values())


@dataclass(frozen=True)
class OwnEdge:
    """The column that holds the bound of these limits and of no other, and the number of the limit or its column."""

    column: str
    number: str


def own_edge(one: Pass, some: Sequence[Judged]) -> OwnEdge | None:
    """Where no two limits are for the same grade and place, a class knows which limit is its own."""
    limit, index = some[0].limit, some[0].tally
    side: Limited = "at-least" if limit.bound.side == "at-least" else "at-most"
    beside = [other for other in one.of_tally(index) if other.limit.bound.side in (side, "exactly")]
    if not one.by_class or not limit.bound.by_grade or len(beside) > len(some):
        return None
    apart = sum(len(judged.limit.bound.by_class) for judged in some) == len(one.edges[index, side])
    if not apart or edge_constant(one, index, side) is not None or len({slack(judged.limit) for judged in some}) > 1:
        return None
    column = f"{MARKS[side]}{index}"
    return OwnEdge(column, f"number_{column}" if len(some) > 1 else str(some[0].number))
