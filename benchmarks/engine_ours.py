"""Ours: the limits as data, judged by `qingfu.rules`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

from benchmarks.measure import Clock
from benchmarks.school_year import LAST_DAY
from benchmarks.twelve import SECOND, twelve, two_hundred
from qingfu.rules.duck import Judgement
from qingfu.rules.sql import queries_of


def run(folder: Path, kind: str) -> None:
    """Judge a folder: the whole year, two hundred limits, or in a warm process the last day alone."""
    # Importing an engine is nobody's time; polars is imported before its clock starts, too.
    import duckdb  # noqa: F401

    from qingfu.rules import chunks, duck

    chunks.libraries()
    files = {file.stem: str(file) for file in folder.glob("*.parquet")}
    if kind in ("one-day", "warm-year"):
        _warm(duck, files, kind)
        return
    clock = Clock()
    connection, limits = duck.connect(), two_hundred() if kind == "two-hundred" else twelve()
    _open(connection, files)
    judgement = duck.judge(connection, limits, files)
    clock.stop()
    clock.tell(found_of(judgement))


def _warm(duck: ModuleType, files: dict[str, str], kind: str) -> None:
    """The year judged again, or its last day alone, in a process that has judged it before."""
    connection, limits = duck.connect(), twelve()
    days = (date.fromisoformat(LAST_DAY),) * 2 if kind == "one-day" else None
    _open(connection, files)
    duck.judge(connection, limits, files, days=days)
    clock = Clock()
    judgement = duck.judge(connection, limits, files, days=days)
    clock.stop()
    clock.tell(found_of(judgement), _read(judgement, days, files) if days else None)


def _read(judgement: Judgement, days: tuple[date, date], files: dict[str, str]) -> dict[str, int]:
    """How many rows were read of how many: those of every row group that was opened, as the engine tells it."""
    from qingfu.rules.duck import of_days

    connection, read = judgement.connection, 0
    counted = "SELECT sum(num_rows) FROM parquet_file_metadata(?)"
    held = {table: (connection.execute(counted, [file]).fetchone() or (0,))[0] for table, file in files.items()}
    for one in judgement.passes:
        asked = queries_of(one, "duckdb", "hits", of_days(one, days)).asked
        ((_, told),) = connection.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {asked}").fetchall()
        for scan in _scans(json.loads(told)["operator"]):
            table = Path(scan["extra_info"]["Filename(s)"]).stem
            groups, opened = scan["total_row_groups_to_scan"], scan["row_groups_scanned"]
            read += -(-held[table] * opened // groups)
    return {"rows_read": read, "rows_held": sum(held.values())}


def _scans(operators: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for one in operators:
        if "row_groups_scanned" in one:
            yield one
        yield from _scans(one.get("children", []))


def _open(connection: Any, files: dict[str, str]) -> None:
    for table, file in files.items():
        connection.execute(f"CREATE VIEW {table} AS SELECT * FROM '{file}'")


def found_of(judgement: Judgement) -> dict[str, int]:
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
