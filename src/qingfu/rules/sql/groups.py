"""Groups: what is added up for each group of a pass, in one reading of its table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qingfu.rules.nodes import Condition
from qingfu.rules.passes import Pass, Tally
from qingfu.rules.sql.words import among, columns_of, holding, literal, name, rows_of
from qingfu.rules.tables import BY_NAME


def grouped(one: Pass, within: str) -> str:
    """Keys, and for each tally value v, known cells n and missing cells m; of rows counted, v are known."""
    does = one.tallies[0].measure.does
    if does == "differing":
        return _differing(one, within)
    if does == "gap":
        return _gap(one, within)
    named = _named(one)
    parts = [part for index in range(len(one.tallies)) for part in _tallied(one, index, named)]
    per = columns_of(one.per)
    return f"SELECT {per}, {', '.join(parts)} FROM {_source(one, within, named)} GROUP BY {per}"


def _source(one: Pass, within: str = "", named: Mapping[str, str] | None = None) -> str:
    rows = rows_of(one.table, brought=one.brings)
    only = f" WHERE {within}" if within else ""
    columns = "".join(f", {condition} AS {column}" for condition, column in (named or {}).items())
    return f"(SELECT *{columns} FROM {rows}{only}) AS r" if only or columns else rows


def _named(one: Pass) -> dict[str, str]:
    """Conditions of several words that are asked for more than once, and the column that answers each."""
    held = [tally.where for tally in one.tallies if tally.measure.does != "count"]
    held += [tally.measure.among for tally in one.tallies]
    long = dict.fromkeys(holding(where) for where in held if where and holding(where) != name(where[0].column))
    return {condition: f"c{place}" for place, condition in enumerate(long)}


_AGGREGATES = {
    "sum": "CAST(COALESCE(SUM({}){}, 0) AS BIGINT)",
    "mean": "CAST(SUM({}){} AS BIGINT)",
    "most": "CAST(MAX({}){} AS BIGINT)",
    "least": "CAST(MIN({}){} AS BIGINT)",
    "distinct": "COUNT(DISTINCT {}){}",
}


def _doubtful(one: Pass, tally: Tally, meets: str) -> list[str]:
    """How many rows a condition can neither take nor leave: none, where it asks only for what is never empty."""
    perhaps_empty = [part for part in tally.where if part.column not in BY_NAME[one.table].identity]
    return [f"COUNT(*) - COUNT({meets})"] if perhaps_empty else []


def _tallied(one: Pass, index: int, named: Mapping[str, str]) -> list[str]:
    """Value, known cells and missing cells of one tally."""
    tally = one.tallies[index]
    meets = _meets(tally.where, named)
    only = f" FILTER (WHERE {meets})" if meets else ""
    missing = _doubtful(one, tally, meets)
    if tally.measure.among:
        there = f"COUNT(*) FILTER (WHERE {_meets(tally.measure.among, named)})"
        missing.append(f"CASE WHEN {there} = 0 THEN 1 ELSE 0 END")
    if tally.measure.does == "count":
        return [f"COUNT(*){only} AS v{index}", f"{' + '.join(missing) or '0'} AS m{index}"]
    column = name(tally.measure.column or "")
    value = _AGGREGATES[tally.measure.does].format(column, only)
    missing.append(f"COUNT(*){only} - COUNT({column}){only}")
    return [f"{value} AS v{index}", f"COUNT({column}){only} AS n{index}", f"{' + '.join(missing)} AS m{index}"]


def _meets(where: Sequence[Condition], named: Mapping[str, str]) -> str:
    meets = holding(where) if where else ""
    return named.get(meets, meets)


def _differing(one: Pass, within: str) -> str:
    tally = one.tallies[0]
    compared = tally.measure.compared
    assert compared is not None, "a differing measure compares"  # noqa: S101 # the parser made it so
    meets = _meets(tally.where, {})
    and_meets = f" AND {meets}" if meets else ""
    side, of, per, by = name(compared.column), name(compared.of), columns_of(one.per), columns_of(compared.by)
    sides = {
        mark: f"{side} = {literal(value)}{and_meets}" for mark, value in (("a", compared.one), ("b", compared.other))
    }
    parts = [f"SUM({of}) FILTER (WHERE {test}) AS {mark}" for mark, test in sides.items()]
    parts += [f"COUNT(*) FILTER (WHERE {test}) AS c{mark}" for mark, test in sides.items()]
    both = among(side, (compared.one, compared.other))
    parts.append(f"COUNT(*) FILTER (WHERE {of} IS NULL AND {both}{and_meets}) AS holes")
    doubtful = _doubtful(one, tally, meets)
    parts += [f"{some} AS doubtful" for some in doubtful]
    inner = f"SELECT {per}, {', '.join(parts)} FROM {_source(one, within)} GROUP BY {per}, {by}"
    differ = "COUNT(*) FILTER (WHERE holes = 0 AND COALESCE(a, 0) <> COALESCE(b, 0))"
    there = "MAX(ca) > 0 AND MAX(cb) > 0"
    absent = "CASE WHEN MAX(ca) = 0 THEN 1 ELSE 0 END + CASE WHEN MAX(cb) = 0 THEN 1 ELSE 0 END"
    missing = " + ".join(["SUM(holes)", *["SUM(doubtful)" for _ in doubtful], absent])
    return (
        f"SELECT {per}, CASE WHEN {there} THEN {differ} END AS v0, "
        f"CASE WHEN {there} THEN COUNT(*) FILTER (WHERE holes = 0 AND ca + cb > 0) ELSE 0 END AS n0, "
        f"CAST({missing} AS BIGINT) AS m0 FROM ({inner}) AS places GROUP BY {per}"
    )


def _gap(one: Pass, within: str) -> str:
    tally = one.tallies[0]
    meets, per, day = _meets(tally.where, {}), columns_of(one.per), name(tally.measure.column or "")
    only = f" FILTER (WHERE {meets})" if meets else ""
    taken = f" WHERE {meets}" if meets else ""
    source = _source(one, within)
    doubtful = "".join(_doubtful(one, tally, meets)) or "0"
    counted = f"SELECT {per}, COUNT({day}){only} AS n0, {doubtful} AS m0 FROM {source} GROUP BY {per}"
    days = f"SELECT DISTINCT {per}, {day} FROM {source}{taken}"
    before = f"LAG({day}) OVER (PARTITION BY {per} ORDER BY {day})"
    steps = f"SELECT {per}, DATE_DIFF('day', {before}, {day}) AS step FROM ({days}) AS days"
    least = f"SELECT {per}, CAST(MIN(step) AS BIGINT) AS v0 FROM ({steps}) AS steps GROUP BY {per}"
    same = " AND ".join(f"k.{name(column)} IS NOT DISTINCT FROM s.{name(column)}" for column in one.per)
    return (
        f"SELECT {columns_of(one.per, 'k.')}, s.v0, k.n0, k.m0 FROM ({counted}) AS k LEFT JOIN ({least}) AS s ON {same}"
    )
