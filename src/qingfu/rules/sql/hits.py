"""Hits: the groups that some limit of a pass may not call compliant."""

from __future__ import annotations

from collections.abc import Iterator

from qingfu.rules.nodes import Measure
from qingfu.rules.passes import Pass
from qingfu.rules.sql.edges import alike, class_edges, edge_columns, edge_constant, edge_of, own_edge
from qingfu.rules.sql.groups import grouped
from qingfu.rules.sql.words import holding
from qingfu.rules.truth import BY_ONE, FALLING


def hits_of(one: Pass, within: str, *, thin: bool = True) -> str:
    """The query of the groups in doubt, with what their bounds depend on; without ``thin`` of all groups."""
    if not thin and not one.by_class:
        return grouped(one, within)
    columns = ", ".join(["g.*", *(f"d.{column}" for column in brought(one))])
    joined = f" LEFT JOIN ({class_edges(one)}) AS d ON g.class = d.class" if one.by_class else ""
    doubts = f" WHERE {' OR '.join(f'({doubt})' for doubt in _doubts(one))}" if thin else ""
    return f"SELECT {columns} FROM ({grouped(one, within)}) AS g{joined}{doubts}"


def brought(one: Pass) -> list[str]:
    """What stands beside each hit of what is known of its class."""
    if not one.by_class:
        return []
    columns = ["grade", *(["place"] if one.by_place else [])]
    for some in alike(one.judged):
        if own := own_edge(one, some):
            columns += [own.column, *([own.number] if len(some) > 1 else [])]
    return columns


def rows_forbidden(one: Pass) -> str:
    """The rows on which something that the pass forbids is true, or may be."""
    return " OR ".join(f"COALESCE({holding(tally.where)}, TRUE)" for tally in one.tallies)


def _doubts(one: Pass) -> Iterator[str]:
    """Conditions one of which holds for every group that some limit does not call compliant."""
    whose = "d." if one.by_class else "g."
    for index, side, mark in edge_columns(one):
        constant = edge_constant(one, index, side)
        varying = f"d.{mark}{index}" if one.by_class else edge_of(one, index, side, "g.")
        doubt = _doubt(one.tallies[index].measure, side, index, varying if constant is None else str(constant))
        yield doubt if constant is not None else f"{varying} IS NOT NULL AND ({doubt})"
    if any(judged.limit.bound.by_grade for judged in one.judged):
        yield f"{whose}grade IS NULL"
    if one.by_place:
        yield f"{whose}place IS NULL"


def _doubt(measure: Measure, side: str, index: int, bound: str) -> str:
    v, n, m = f"g.v{index}", f"g.n{index}", f"g.m{index}"
    edge = f"{bound} * ({n} + {m})" if measure.does == "mean" else bound
    beyond = f"{v} > {edge}" if side == "at-most" else f"{v} < {edge}"
    if measure.does in BY_ONE and side == "at-most":
        beyond = f"{v} + {m} > {edge}"
    open_ended = (side == "at-most") != (measure.does in FALLING) and measure.does not in BY_ONE
    parts = [beyond, *([f"{m} > 0"] if open_ended else [])]
    if measure.does in ("mean", "most", "least", "gap", "differing"):
        parts.append(f"{v} IS NULL")
    return " OR ".join(parts)
