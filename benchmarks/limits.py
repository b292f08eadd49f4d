"""Limits: the twelve limits of the two plans over a school year, ours beside what an expert would write by hand."""

from __future__ import annotations

import os
from pathlib import Path
from shutil import rmtree

from benchmarks import engine_duckdb, engine_ours, engine_polars, engine_slow, school_year
from benchmarks.measure import in_turns, module, tell

ORDERS = tuple(school_year.ORDERS)
ENGINES = {
    "ours": engine_ours.run,
    "duckdb-shared": engine_duckdb.shared,
    "duckdb-per-rule": engine_duckdb.per_rule,
    "polars": engine_polars.run,
    "ours-slice": engine_slow.sliced,
    "zen-expressions": engine_slow.zen,
    "python-loop": engine_slow.loop,
}
WHOLE = ("ours", "duckdb-shared", "duckdb-per-rule", "polars")


def prepared(within: Path, rows: int, order: str) -> Path:
    """The folder with the year, written once."""
    folder = within / f"{order}-{rows}"
    if not (folder / "homework.parquet").exists():
        rmtree(folder, ignore_errors=True)
        started = within / f"writing-{os.getpid()}"
        school_year.write(started, rows, order)
        started.rename(folder)
    return folder


def run(engine: str, folder: Path, kind: str) -> None:
    """One run, in this process."""
    ENGINES[engine](folder, kind)


def whole_year(folder: Path, *, engines: list[str] | None, rounds: int) -> None:
    """The twelve limits over the whole year, every engine with the same findings."""
    commands = {engine: module(engine, folder) for engine in engines or WHOLE}
    tell("limits", folder.name, in_turns(commands, rounds))


def many_limits(folder: Path, *, engines: list[str] | None, rounds: int) -> None:
    """Two hundred limits beside twelve: what more limits cost."""
    for kind in ("limits", "two-hundred"):
        runs = in_turns({"ours": module("ours", folder, "--kind", kind)}, rounds)
        tell(kind, folder.name, runs)


def one_day(folder: Path, *, engines: list[str] | None, rounds: int) -> None:
    """A new day judged again in a warm process, beside the whole year in the same."""
    for kind in ("warm-year", "one-day"):
        tell(kind, folder.name, in_turns({"ours": module("ours", folder, "--kind", kind)}, rounds))


def record_at_a_time(folder: Path, *, engines: list[str] | None, rounds: int) -> None:
    """Five limits on the first 150,000 rows: ours, a rule engine and a plain loop."""
    commands = {engine: module(engine, folder) for engine in ("ours-slice", "zen-expressions", "python-loop")}
    tell("record-at-a-time", folder.name, in_turns(commands, rounds), ours="ours-slice")


BENCHES = {
    "limits": whole_year,
    "two-hundred": many_limits,
    "one-day": one_day,
    "record-at-a-time": record_at_a_time,
}
