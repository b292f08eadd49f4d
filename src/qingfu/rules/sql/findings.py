"""Findings: the hits of a pass judged by each of its limits, exactly as `truth` does.

Limits on one tally and one side are judged together against a list of their bounds, so that two hundred cost
a longer list and not two hundred readings.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence

from qingfu.rules.nodes import PLACES, Condition, Limit
from qingfu.rules.passes import Judged, Pass, slack
from qingfu.rules.sql.words import columns_of, holding, literal, name, rows_of
from qingfu.rules.tables import BROUGHT, BY_NAME, CLASSES
from qingfu.rules.truth import BY_ONE, FALLING, NEEDS_A_CELL


def findings_of(one: Pass, hits: str) -> str:
    """The query of all findings among the hits."""
    alike = _alike(one.judged, lambda judged: (judged.tally, judged.limit.bound.side, *_depends(judged.limit)))
    return " UNION ALL ".join(query for some in alike for query in _judged(one, some, hits))


def absent_of(one: Pass) -> str:
    """The query of groups that should have been reported and are not there at all; empty where none is expected."""
    expecting = [judged for judged in one.judged if judged.limit.expects]
    alike = _alike(expecting, lambda judged: (judged.limit.expects, _of_class(judged.limit), *_depends(judged.limit)))
    return " UNION ALL ".join(query for some in alike for query in _absent(one, some))


def _alike(judged: Sequence[Judged], what: Callable[[Judged], Hashable]) -> list[list[Judged]]:
    groups: dict[Hashable, list[Judged]] = {}
    for one in judged:
        groups.setdefault(what(one), []).append(one)
    return list(groups.values())


def _depends(limit: Limit) -> tuple[str, ...]:
    """What of the class the bound depends on."""
    return ("grade",) * limit.bound.by_grade + ("place",) * limit.bound.by_place


def _keys(one: Pass) -> str:
    return ", ".join(f"h.{name(column)} AS k{place}" for place, column in enumerate(one.per))


def _judged(one: Pass, some: Sequence[Judged], hits: str) -> Iterator[str]:
    first = some[0]
    on, bounds = _bounds(some, "h.")
    v, n, m = (f"h.{mark}{first.tally}" for mark in "vnm")
    row = f"b.number, {_keys(one)}, {_verdict(first.limit, v, n, m)} AS verdict, {v} AS value, {n} AS counted"
    told = f"SELECT {row}, {m} AS missing, b.bound FROM {name(hits)} AS h JOIN {bounds} ON {on}"
    yield f"SELECT * FROM ({told}) AS f WHERE verdict > 0"
    if unknown := _unknown(first.limit, "h."):
        row = f"b.number, {_keys(one)}, 2 AS verdict, {v} AS value, {n} AS counted, {m} AS missing"
        yield f"SELECT {row}, {_NOTHING} AS bound FROM {name(hits)} AS h CROSS JOIN {_numbers(some)} WHERE {unknown}"


_NOTHING = "CAST(NULL AS BIGINT)"


def _bounds(some: Sequence[Judged], prefix: str) -> tuple[str, str]:
    """How bounds are joined to what is judged, and the list of them: number, grade, place, bound, edge."""
    depends = _depends(some[0].limit)
    rows = [f"({', '.join(map(str, row))})" for judged in some for row in _list(judged, depends)]
    columns = ", ".join(("number", *depends, "bound", "edge"))
    on = " AND ".join(f"{prefix}{column} = b.{column}" for column in depends) or "TRUE"
    return on, f"(VALUES {', '.join(rows)}) AS b({columns})"


def _list(judged: Judged, depends: Sequence[str]) -> Iterator[tuple[object, ...]]:
    limit = judged.limit
    if not depends:
        only = limit.bound.rows[-1].bound
        yield judged.number, only, only + slack(limit)
        return
    grades = dict.fromkeys(grade for row in limit.bound.rows for grade in row.grades)
    for grade in grades:
        for place in PLACES if "place" in depends else (None,):
            bound = limit.bound.of(grade, place)
            if bound is not None:
                where = [literal(grade), *([literal(place)] if place else [])]
                yield judged.number, *where, bound, bound + slack(limit)


def _numbers(some: Sequence[Judged]) -> str:
    return f"(VALUES {', '.join(f'({judged.number})' for judged in some)}) AS b(number)"


def _unknown(limit: Limit, prefix: str) -> str:
    """Where nobody knows which bound is meant."""
    return " OR ".join(f"{prefix}{column} IS NULL" for column in _depends(limit))


def _verdict(limit: Limit, v: str, n: str, m: str) -> str:
    does, side = limit.measure.does, limit.bound.side
    low_edge = f"b.edge * ({n} + {m})" if does == "mean" else "b.edge"
    high_edge = f"b.edge * {n}" if does == "mean" else "b.edge"
    known = f"COALESCE({v}, 0)"
    low = f"CASE WHEN {m} > 0 THEN 0 ELSE {known} END" if does in FALLING else known
    high = f"{known} + {m}" if does in BY_ONE else known
    closed = "" if does in FALLING | BY_ONE else f"{m} = 0 AND "
    above, below = f"{low} > {low_edge}", f"{closed}{high} < {high_edge}"
    stays, reaches = f"{closed}{high} <= {high_edge}", f"{low} >= {low_edge}"
    violates = {"at-most": above, "at-least": below, "exactly": f"({above}) OR ({below})"}[side]
    complies = {"at-most": stays, "at-least": reaches, "exactly": f"({stays}) AND ({reaches})"}[side]
    arms = f"WHEN {violates} THEN 1 WHEN {complies} THEN 0"
    if does == "gap":
        arms = f"WHEN {v} IS NULL THEN CASE WHEN {m} > 0 THEN 2 ELSE 0 END {arms}"
    elif does in NEEDS_A_CELL:
        arms = f"WHEN {n} = 0 THEN 2 {arms}"
    return f"CASE {arms} ELSE 2 END"


def _of_class(limit: Limit) -> tuple[Condition, ...]:
    return tuple(one for one in limit.where if one.column in BROUGHT)


def _absent(one: Pass, some: Sequence[Judged]) -> Iterator[str]:
    limit = some[0].limit
    by_class = "class" in limit.per and limit.bound.by_grade
    prefix = "d." if by_class else "h."
    joined = f" LEFT JOIN {name(CLASSES)} AS d ON h.class = d.class" if by_class else ""
    gone = f"({_gone(limit)}) AS h{joined}"
    row = f"b.number, {_keys(one)}, 2 AS verdict, {_NOTHING} AS value, 0 AS counted, 0 AS missing"
    on, bounds = _bounds(some, prefix)
    yield f"SELECT {row}, b.bound FROM {gone} JOIN {bounds} ON {on}"
    if unknown := _unknown(limit, prefix):
        yield f"SELECT {row}, {_NOTHING} AS bound FROM {gone} CROSS JOIN {_numbers(some)} WHERE {unknown}"


def _gone(limit: Limit) -> str:
    per = columns_of(limit.per)
    own, expected = BY_NAME[limit.table], BY_NAME[limit.expects or ""]
    there = rows_of(limit.table, brought=any(own.column(column) is None for column in limit.per))
    of_class = _of_class(limit)
    asked = (*limit.per, *(one.column for one in of_class))
    wanted = rows_of(expected.name, brought=any(expected.column(column) is None for column in asked))
    # A class that a condition leaves out owes nothing; one that may be meant does.
    only = f" WHERE COALESCE({holding(of_class)}, TRUE)" if of_class else ""
    return f"SELECT {per} FROM {wanted}{only} EXCEPT SELECT {per} FROM {there}"
