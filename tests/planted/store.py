"""The county as tables of DuckDB, and as a folder of Parquet files."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from qingfu.rules.duck import connect
from qingfu.rules.sql import name
from qingfu.rules.tables import BY_NAME
from tests.planted.county import Class, classes
from tests.planted.planter import Mark, reported

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

TYPES = {
    "key": "VARCHAR", "word": "VARCHAR", "whole": "SMALLINT", "clock": "SMALLINT", "yes-no": "BOOLEAN", "day": "DATE"
}  # fmt: skip


def fill(connection: DuckDBPyConnection, scratch: Path, some: Iterable[Class] | None = None) -> None:
    """Make every table and fill it with what the county, or some classes of it, reported.

    ``scratch`` is an empty folder.
    """
    files = {table: (scratch / f"{table}.csv").open("w", encoding="utf-8", newline="") for table in BY_NAME}
    columns = {table: [one.name for one in BY_NAME[table].columns] for table in BY_NAME}
    writers = {table: csv.writer(file) for table, file in files.items()}
    for one in classes() if some is None else some:
        for table, rows in reported(one).items():
            writers[table].writerows([row[column] for column in columns[table]] for row in rows)
    for table, file in files.items():
        file.close()
        typed = ", ".join(f"{name(one.name)} {TYPES[one.kind]}" for one in BY_NAME[table].columns)
        connection.execute(f"CREATE TABLE {name(table)} ({typed})")
        connection.execute(f"COPY {name(table)} FROM '{file.name}' (HEADER false)")
        Path(file.name).unlink()


def write(folder: Path, marks: dict[str, list[Mark]]) -> None:
    """One Parquet file a table, and ``marks`` in a file ``planted.json``."""
    folder.mkdir(parents=True, exist_ok=True)
    with connect() as connection:
        fill(connection, folder)
        lay(connection, folder)
    told = {
        verdict: [[mark.limit, *map(str, mark.keys), mark.why] for mark in sorted(marks[verdict])] for verdict in marks
    }
    (folder / "planted.json").write_text(json.dumps(told, ensure_ascii=False, indent=0), encoding="utf-8")


def lay(connection: DuckDBPyConnection, folder: Path) -> None:
    """Every table of the connection as a Parquet file."""
    for table in BY_NAME:
        connection.execute(f"COPY {name(table)} TO '{folder / table}.parquet'")
