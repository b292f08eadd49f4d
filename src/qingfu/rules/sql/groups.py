"""Groups: what is added up for each group of a pass, in one reading of its table."""

from __future__ import annotations

from qingfu.rules.passes import Pass, Tally
from qingfu.rules.sql.words import among, columns_of, holding, literal, name, rows_of
from qingfu.rules.tables import BY_NAME


def grouped(one: Pass, within: str) -> str:
    """Keys, and for each tally value v, known cells n and missing cells m."""
    does = one.tallies[0].measure.does
    if does == "differing":
        return _differing(one, within)
    if does == "gap":
        return _gap(one, within)
    parts = [part for index in range(len(one.tallies)) for part in _tallied(one, index)]
    per = columns_of(one.per)
    return f"SELECT {per}, {', '.join(parts)} FROM {_source(one, within)} GROUP BY {per}"


def _source(one: Pass, within: str = "") -> str:
    rows = rows_of(one.table, brought=one.brings)
    return f"(SELECT * FROM {rows} WHERE {within}) AS r" if within else rows


_AGGREGATES = {
    "sum": "SUM({})",
    "mean": "SUM({})",
    "most": "MAX({})",
    "least": "MIN({})",
    "distinct": "COUNT(DISTINCT {})",
}


def _doubtful(one: Pass, tally: Tally) -> str:
    """How many rows a condition can neither take nor leave: none, where it asks only for what is never empty."""
    perhaps_empty = [part for part in tally.where if part.column not in BY_NAME[one.table].identity]
    return f"COUNT(*) - COUNT({holding(tally.where)})" if perhaps_empty else "0"


def _tallied(one: Pass, index: int) -> list[str]:
    """Value, known cells and missing cells of one tally."""
    tally = one.tallies[index]
    meets = holding(tally.where)
    only = f" FILTER (WHERE {meets})" if meets else ""
    doubtful = _doubtful(one, tally)
    if tally.measure.among:
        doubtful += f" + CASE WHEN COUNT(*) FILTER (WHERE {holding(tally.measure.among)}) = 0 THEN 1 ELSE 0 END"
    if tally.measure.does == "count":
        return [f"COUNT(*){only} AS v{index}", f"COUNT(*){only} AS n{index}", f"{doubtful} AS m{index}"]
    column = name(tally.measure.column or "")
    value = _AGGREGATES[tally.measure.does].format(column)
    holes = f"COUNT(*){only} - COUNT({column}){only}"
    missing = f"{doubtful} + {holes}" if meets else holes
    return [f"{value}{only} AS v{index}", f"COUNT({column}){only} AS n{index}", f"{missing} AS m{index}"]


def _differing(one: Pass, within: str) -> str:
    tally = one.tallies[0]
    compared = tally.measure.compared
    assert compared is not None, "a differing measure compares"  # noqa: S101 # the parser made it so
    meets = holding(tally.where)
    and_meets = f" AND {meets}" if meets else ""
    side, of, per, by = name(compared.column), name(compared.of), columns_of(one.per), columns_of(compared.by)
    sides = {
        mark: f"{side} = {literal(value)}{and_meets}" for mark, value in (("a", compared.one), ("b", compared.other))
    }
    parts = [f"SUM({of}) FILTER (WHERE {test}) AS {mark}" for mark, test in sides.items()]
    parts += [f"COUNT(*) FILTER (WHERE {test}) AS c{mark}" for mark, test in sides.items()]
    both = among(side, (compared.one, compared.other))
    parts.append(f"COUNT(*) FILTER (WHERE {of} IS NULL AND {both}{and_meets}) AS holes")
    parts.append(f"{_doubtful(one, tally)} AS doubtful")
    inner = f"SELECT {per}, {', '.join(parts)} FROM {_source(one, within)} GROUP BY {per}, {by}"
    sound = "holes = 0 AND ca + cb > 0"
    differ = f"COUNT(*) FILTER (WHERE {sound} AND COALESCE(a, 0) <> COALESCE(b, 0))"
    there = "SUM(ca) > 0 AND SUM(cb) > 0"
    absent = "CASE WHEN SUM(ca) = 0 THEN 1 ELSE 0 END + CASE WHEN SUM(cb) = 0 THEN 1 ELSE 0 END"
    return (
        f"SELECT {per}, CASE WHEN {there} THEN {differ} END AS v0, "
        f"CASE WHEN {there} THEN COUNT(*) FILTER (WHERE {sound}) ELSE 0 END AS n0, "
        f"SUM(holes) + SUM(doubtful) + {absent} AS m0 FROM ({inner}) AS places GROUP BY {per}"
    )


def _gap(one: Pass, within: str) -> str:
    tally = one.tallies[0]
    meets, per, day = holding(tally.where), columns_of(one.per), name(tally.measure.column or "")
    only = f" FILTER (WHERE {meets})" if meets else ""
    taken = f" WHERE {meets}" if meets else ""
    source = _source(one, within)
    doubtful = _doubtful(one, tally)
    counted = f"SELECT {per}, COUNT({day}){only} AS n0, {doubtful} AS m0 FROM {source} GROUP BY {per}"
    days = f"SELECT DISTINCT {per}, {day} FROM {source}{taken}"
    before = f"LAG({day}) OVER (PARTITION BY {per} ORDER BY {day})"
    steps = f"SELECT {per}, DATE_DIFF('day', {before}, {day}) AS step FROM ({days}) AS days"
    least = f"SELECT {per}, MIN(step) AS v0 FROM ({steps}) AS steps GROUP BY {per}"
    same = " AND ".join(f"k.{name(column)} IS NOT DISTINCT FROM s.{name(column)}" for column in one.per)
    return (
        f"SELECT {columns_of(one.per, 'k.')}, s.v0, k.n0, k.m0 FROM ({counted}) AS k LEFT JOIN ({least}) AS s ON {same}"
    )
