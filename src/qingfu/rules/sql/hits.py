"""Hits: the groups that some limit of a pass may not call compliant."""

from __future__ import annotations

from typing import Literal

from qingfu.rules.grades import GRADES
from qingfu.rules.nodes import PLACES, Measure
from qingfu.rules.passes import Judged, Pass, strictest
from qingfu.rules.sql.groups import grouped
from qingfu.rules.sql.words import among, holding, literal, name
from qingfu.rules.tables import CLASSES
from qingfu.rules.truth import BY_ONE, FALLING


def hits_of(one: Pass, within: str) -> str:
    """The query of the groups in doubt, with the grade and place their bounds depend on."""
    columns = [f"g.{name(column)}" for column in one.per]
    for index, tally in enumerate(one.tallies):
        value = f"COALESCE(g.v{index}, 0)" if tally.measure.does == "sum" else f"g.v{index}"
        columns += [f"CAST({value} AS BIGINT) AS v{index}", f"CAST(g.n{index} AS BIGINT) AS n{index}"]
        columns.append(f"CAST(g.m{index} AS BIGINT) AS m{index}")
    if one.by_class:
        columns += ["d.grade", "d.place"]
    doubts = " OR ".join(f"({doubt})" for doubt in _doubts(one))
    joined = f" LEFT JOIN ({class_edges(one)}) AS d ON g.class = d.class" if one.by_class else ""
    return f"SELECT {', '.join(columns)} FROM ({grouped(one, within)}) AS g{joined} WHERE {doubts}"


def rows_forbidden(one: Pass) -> str:
    """The rows on which something that the pass forbids is true, or may be."""
    return " OR ".join(f"COALESCE({holding(tally.where)}, TRUE)" for tally in one.tallies)


def class_edges(one: Pass) -> str:
    """The classes with the strictest bounds of each tally, so that a bound is looked up once a class."""
    edges = [f"{_edge_case(one, index, side)} AS {mark}{index}" for index, side, mark in edge_columns(one)]
    return f"SELECT class, grade, place, {', '.join(edges)} FROM {name(CLASSES)}"


def edge_columns(one: Pass) -> list[tuple[int, Literal["at-most", "at-least"], str]]:
    """Which strictest bounds there are: tally, side, and the letter its column begins with."""
    sides: tuple[tuple[Literal["at-most", "at-least"], str], ...] = (("at-most", "u"), ("at-least", "l"))
    return [
        (index, side, mark)
        for index in range(len(one.tallies))
        for side, mark in sides
        if strictest(of_tally(one, index), side)
    ]


def of_tally(one: Pass, index: int) -> list[Judged]:
    return [judged for judged in one.judged if judged.tally == index]


def _edge_case(one: Pass, index: int, side: Literal["at-most", "at-least"], prefix: str = "") -> str:
    edges = strictest(of_tally(one, index), side)
    if len(edges) == len(GRADES) * len(PLACES) and len(set(edges.values())) == 1:
        return str(next(iter(edges.values())))
    arms = []
    for place in PLACES:
        for edge in dict.fromkeys(edges.values()):
            grades = [grade for grade in GRADES if edges.get((grade, place)) == edge]
            if grades:
                arms.append(f"WHEN {prefix}place = {literal(place)} AND {among(f'{prefix}grade', grades)} THEN {edge}")
    by_place = any(judged.limit.bound.by_place for judged in of_tally(one, index))
    if not by_place:
        half = f"{prefix}place = {literal(PLACES[0])} AND "
        arms = [arm.replace(half, "") for arm in arms if half in arm]
    return f"CASE {' '.join(arms)} END"


def _doubts(one: Pass) -> list[str]:
    """Conditions one of which holds for every group that some limit does not call compliant."""
    doubts = []
    for index, side, mark in edge_columns(one):
        bound = f"d.{mark}{index}" if one.by_class else _edge_case(one, index, side, "g.")
        doubts.append(_doubt(one.tallies[index].measure, side, index, bound))
    if any(judged.limit.bound.by_grade for judged in one.judged):
        doubts.append(f"{_whose(one)}grade IS NULL")
    if any(judged.limit.bound.by_place for judged in one.judged):
        doubts.append(f"{_whose(one)}place IS NULL")
    return doubts


def _whose(one: Pass) -> str:
    return "d." if one.by_class else "g."


def _doubt(measure: Measure, side: str, index: int, bound: str) -> str:
    v, n, m = f"g.v{index}", f"g.n{index}", f"g.m{index}"
    edge = f"{bound} * ({n} + {m})" if measure.does == "mean" else bound
    beyond = f"{v} > {edge}" if side == "at-most" else f"{v} < {edge}"
    if measure.does in BY_ONE and side == "at-most":
        beyond = f"{v} + {m} > {edge}"
    open_ended = (side == "at-most") != (measure.does in FALLING) and measure.does not in BY_ONE
    parts = [beyond, *([f"{m} > 0"] if open_ended else [])]
    if measure.does in ("mean", "most", "least", "gap", "differing") or side == "at-least":
        parts.append(f"{v} IS NULL")
    return f"{bound} IS NOT NULL AND ({' OR '.join(parts)})"
