"""Ours: the limits as data, judged by `qingfu.rules`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from benchmarks.measure import clock
from benchmarks.school_year import LAST_DAY
from benchmarks.twelve import SECOND, twelve, two_hundred


def run(folder: Path, kind: str) -> None:
    """Judge a folder: the whole year, two hundred limits, or in a warm process the last day alone."""
    # Importing an engine is nobody's time; polars is imported before its clock starts, too.
    import duckdb  # noqa: F401
    import nanoarrow  # noqa: F401
    import numpy  # noqa: F401, ICN001

    from qingfu.rules import duck

    limits = two_hundred() if kind == "two-hundred" else twelve()
    days = (date.fromisoformat(LAST_DAY),) * 2 if kind == "one-day" else None
    files = {file.stem: str(file) for file in folder.glob("*.parquet")}
    connection = duck.connect()
    if kind in ("one-day", "warm-year"):
        _open(connection, files)
        duck.judge(connection, limits, files, days=days)
    with clock() as done:
        if kind not in ("one-day", "warm-year"):
            _open(connection, files)
        judgement = duck.judge(connection, limits, files, days=days)
        done()
        done(found_of(judgement))


def _open(connection, files: dict[str, str]) -> None:  # type: ignore[no-untyped-def] # an untyped connection
    for table, file in files.items():
        connection.execute(f"CREATE VIEW {table} AS SELECT * FROM '{file}'")


def found_of(judgement) -> dict[str, int]:  # type: ignore[no-untyped-def] # as above
    """Findings and their checksum, rule by rule; the items of a presence limit are one rule."""
    found: dict[str, int] = {}
    for one, part in zip(judgement.passes, judgement.parts, strict=True):
        second = SECOND.get(one.table)
        key = f"k{one.per.index(second)}" if second else "0"
        key = f"datediff('day', DATE '2024-01-01', {key})" if second == "day" else key
        asked = f"SELECT number, count(*), sum({checksum('k' + str(one.per.index('class')), key)}) FROM {part} GROUP BY number"
        for number, count, check in judgement.connection.execute(asked).fetchall():
            rule = judgement.limits[number].id
            found[rule] = found.get(rule, 0) + count
            found[f"{rule}#"] = found.get(f"{rule}#", 0) + int(check)
    return found


def checksum(first: str, second: str) -> str:
    """A number for one finding, from its class, its second key, its verdict and its value."""
    return f"(CAST({first} AS BIGINT) * 104729 + {second} * 1299 + verdict * 7919 + value * 15485) % 1000003"
