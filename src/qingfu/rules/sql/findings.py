"""Findings: the hits of a pass judged by each of its limits, exactly as `truth` does.

Limits on one tally and one side are judged together against a list of their bounds, so that two hundred cost
a longer list and not two hundred readings.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qingfu.rules.nodes import PLACES, Condition, Limit
from qingfu.rules.passes import Judged, Pass, slack
from qingfu.rules.sql.edges import alike, own_edge
from qingfu.rules.sql.words import columns_of, holding, literal, name, rows_of
from qingfu.rules.tables import BROUGHT, BY_NAME, CLASSES
from qingfu.rules.truth import BY_ONE, FALLING, NEEDS_A_CELL


def findings_of(one: Pass, hits: str) -> list[str]:
    """The queries of all findings among the hits, which is what stands after FROM."""
    return [query for some in alike(one.judged) for query in _judged(one, some, hits)]


def absent_of(one: Pass) -> list[str]:
    """The queries of groups that should have been reported and are not there at all."""
    expecting: dict[tuple[object, ...], list[Judged]] = {}
    for judged in one.judged:
        if judged.limit.expects:
            key = (judged.limit.expects, _of_class(judged.limit), *_depends(judged.limit))
            expecting.setdefault(key, []).append(judged)
    return [query for some in expecting.values() for query in _absent(one, some)]


def _depends(limit: Limit) -> tuple[str, ...]:
    """What of the class the bound depends on."""
    return ("grade",) * limit.bound.by_grade + ("place",) * limit.bound.by_place


def _keys(one: Pass) -> str:
    return ", ".join(f"h.{name(column)} AS k{place}" for place, column in enumerate(one.per))


def _judged(one: Pass, some: Sequence[Judged], hits: str) -> Iterator[str]:
    limit, index = some[0].limit, some[0].tally
    cells = tuple(f"h.{mark}{index}" for mark in _marks(limit))
    told = "{} AS value, {} AS counted, {} AS missing".format(*cells)
    unknown = _unknown(limit, "h.")
    if own := _own(one, some):
        number, edge, bound = own
        where = _broken(limit, edge, *cells)
        if unknown:
            where = f"{edge} IS NOT NULL AND ({where})"
        if unknown and len(some) == 1:
            # The bound is unknown by itself then, and so is the verdict.
            where, unknown = f"{unknown} OR {where}", ""
        row = f"{number} AS number, {_keys(one)}, {_verdict(limit, edge, *cells)} AS verdict, {told}, {bound} AS bound"
        yield f"SELECT {row} FROM {hits} AS h WHERE {where}"
    else:
        on, bounds = _bounds(some, "h.")
        row = f"b.number, {_keys(one)}, {_verdict(limit, 'b.edge', *cells)} AS verdict, {told}, b.bound"
        yield f"SELECT {row} FROM {hits} AS h JOIN {bounds} ON {on} WHERE {_broken(limit, 'b.edge', *cells)}"
    if unknown:
        row = f"b.number, {_keys(one)}, 2 AS verdict, {told}"
        yield f"SELECT {row}, {_NOTHING} AS bound FROM {hits} AS h CROSS JOIN {_numbers(some)} WHERE {unknown}"


def _marks(limit: Limit) -> str:
    """Value, known cells, missing cells: of rows that are counted, all are known."""
    return "vvm" if limit.measure.does == "count" else "vnm"


def _own(one: Pass, some: Sequence[Judged]) -> tuple[str, str, str] | None:
    """Number, edge and bound, where they stand beside each hit; None where there must be a list of bounds."""
    limit, more = some[0].limit, slack(some[0].limit)
    if len(some) == 1 and not _depends(limit):
        bound = limit.bound.rows[-1].bound
        return str(some[0].number), str(bound + more), str(bound)
    own = own_edge(one, some)
    if own is None:
        return None
    edge = f"h.{own.column}"
    return (
        own.number if len(some) == 1 else f"h.{own.number}",
        edge,
        f"{edge} {'-' if more > 0 else '+'} {abs(more)}" if more else edge,
    )


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


def _verdict(limit: Limit, edge: str, v: str, n: str, m: str) -> str:
    """The verdict of a group that is not compliant."""
    does, side = limit.measure.does, limit.bound.side
    low, high, low_edge, high_edge, closed = _span(limit, edge, v, n, m)
    above, below = f"{low} > {low_edge}", f"{closed}{high} < {high_edge}"
    violates = {"at-most": above, "at-least": below, "exactly": f"({above}) OR ({below})"}[side]
    unmeasured = {"gap": f"WHEN {v} IS NULL THEN 2 "}.get(does, f"WHEN {n} = 0 THEN 2 " if does in NEEDS_A_CELL else "")
    return f"CASE {unmeasured}WHEN {violates} THEN 1 ELSE 2 END"


def _broken(limit: Limit, edge: str, v: str, n: str, m: str) -> str:
    """Whether a group is not compliant, where the bound is known."""
    does, side = limit.measure.does, limit.bound.side
    low, high, low_edge, high_edge, closed = _span(limit, edge, v, n, m)
    over = f"{m} > 0 OR {high} > {high_edge}" if closed else f"{high} > {high_edge}"
    under = f"{low} < {low_edge}"
    broken = {"at-most": over, "at-least": under, "exactly": f"{over} OR {under}"}[side]
    if does == "gap":
        return f"CASE WHEN {v} IS NULL THEN {m} > 0 ELSE {broken} END"
    return f"{n} = 0 OR {broken}" if does in NEEDS_A_CELL else broken


def _span(limit: Limit, edge: str, v: str, n: str, m: str) -> tuple[str, str, str, str, str]:
    """Both ends between which the value lies, what each is compared with, and when there is an upper end."""
    does = limit.measure.does
    known = f"COALESCE({v}, 0)" if does in NEEDS_A_CELL or does in ("gap", "differing") else v
    low = f"CASE WHEN {m} > 0 THEN 0 ELSE {known} END" if does in FALLING else known
    high = f"{known} + {m}" if does in BY_ONE else known
    low_edge = f"{edge} * ({n} + {m})" if does == "mean" else edge
    high_edge = f"{edge} * {n}" if does == "mean" else edge
    return low, high, low_edge, high_edge, "" if does in FALLING | BY_ONE else f"{m} = 0 AND "


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
