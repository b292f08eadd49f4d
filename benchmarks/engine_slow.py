"""Record at a time: the first class-days of a year through a plain loop and through a rule engine's expressions.

Only the five homework limits, on a slice; what groups the rows is inside the clock for the loop, and outside it for
the rule engine, which cannot group: the kindest case.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from benchmarks.engine_duckdb import TIMES
from benchmarks.measure import Clock
from benchmarks.school_year import FIRST_DAY

SLICE = 150_000
BOUNDS = {"P1": 0, "P2": 0, "P3": 60, "P4": 60, "P5": 60, "P6": 60, "J1": 90, "J2": 90, "J3": 90}
Row = tuple[int, int, int | None, bool, bool]
Tally = list[int]


def _rows(folder: Path) -> tuple[list[Row], dict[int, str]]:
    import duckdb

    with duckdb.connect() as connection:
        asked = f"""SELECT class, datediff('day', DATE '2024-01-01', day), minutes, parent_marked, punitive
            FROM ({_slice(connection, folder)})"""
        grades = dict(connection.execute(f"SELECT class, grade FROM '{folder}/classes.parquet'").fetchall())
        return connection.execute(asked).fetchall(), grades


def _slice(connection: Any, folder: Path) -> str:
    """As many first days as have about so many rows."""
    (classes,) = connection.execute(f"SELECT count(*) FROM '{folder}/classes.parquet'").fetchone()
    last = f"DATE '{FIRST_DAY}' + {max(1, SLICE // (3 * classes))}"
    return f"SELECT * FROM '{folder}/homework.parquet' WHERE day < {last}"


def _tallies(rows: list[Row]) -> dict[tuple[int, int], Tally]:
    groups: dict[tuple[int, int], Tally] = {}
    for school_class, day, minutes, parents, punitive in rows:
        tally = groups.setdefault((school_class, day), [0, 0, 0, 0])
        if minutes is None:
            tally[1] += 1
        else:
            tally[0] += minutes
        tally[2] += parents
        tally[3] += punitive
    return groups


def _found(judged: Iterator[tuple[str, int, int, int, int]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for rule, school_class, key, verdict, value in judged:
        found[rule] = found.get(rule, 0) + 1
        check = (school_class * 104729 + key * 1299 + verdict * 7919 + value * 15485) % 1000003
        found[f"{rule}#"] = found.get(f"{rule}#", 0) + check
    return found


def _by_grade(grade: str) -> str:
    rules = list(TIMES)
    return rules[0] if grade in ("P1", "P2") else rules[1] if grade.startswith("P") else rules[2]


def loop(folder: Path, kind: str) -> None:
    """Plain Python."""
    rows, grades = _rows(folder)
    clock = Clock()
    judged = list(_loop(_tallies(rows), grades))
    clock.stop()
    clock.tell(_found(iter(judged)))


def _loop(groups: dict[tuple[int, int], Tally], grades: dict[int, str]) -> Iterator[tuple[str, int, int, int, int]]:
    for (school_class, day), (total, holes, parents, punitive) in groups.items():
        grade = grades[school_class]
        over = total > BOUNDS[grade]
        if over or holes:
            yield _by_grade(grade), school_class, day, 1 if over else 2, total
        if parents:
            yield "parent-marked", school_class, day, 1, parents
        if punitive:
            yield "punitive", school_class, day, 1, punitive


def zen(folder: Path, kind: str) -> None:
    """zen-engine, its compiled expressions: the fastest form it has."""
    import zen as engine

    rows, grades = _rows(folder)
    groups = _tallies(rows)
    clock = Clock()
    over = engine.compile_expression("total > bound").evaluate
    some = engine.compile_expression("number > 0").evaluate
    judged = list(_asked(groups, grades, over, some))
    clock.stop()
    clock.tell(_found(iter(judged)))


def _asked(
    groups: dict[tuple[int, int], Tally], grades: dict[int, str], over: Callable[..., Any], some: Callable[..., Any]
) -> Iterator[tuple[str, int, int, int, int]]:
    for (school_class, day), (total, holes, parents, punitive) in groups.items():
        grade = grades[school_class]
        broken = over({"total": total, "bound": BOUNDS[grade]})
        if broken or some({"number": holes}):
            yield _by_grade(grade), school_class, day, 1 if broken else 2, total
        if some({"number": parents}):
            yield "parent-marked", school_class, day, 1, parents
        if some({"number": punitive}):
            yield "punitive", school_class, day, 1, punitive


def sliced(folder: Path, kind: str) -> None:
    """Ours on the same slice."""
    import duckdb  # noqa: F401 # importing an engine is nobody's time

    from benchmarks.engine_ours import found_of
    from benchmarks.twelve import twelve
    from qingfu.rules import duck

    clock = Clock()
    limits = [limit for limit in twelve() if limit.table == "homework"]
    connection = duck.connect()
    connection.execute(f"CREATE VIEW homework AS {_slice(connection, folder)}")
    connection.execute(f"CREATE VIEW classes AS SELECT * FROM '{folder}/classes.parquet'")
    judgement = duck.judge(connection, limits)
    clock.stop()
    clock.tell(found_of(judgement))
