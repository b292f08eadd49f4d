"""DuckDB: judging files on a laptop, a county's year in the time of a breath."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.util import find_spec
from os import getpid
from pathlib import Path
from tempfile import gettempdir
from typing import TYPE_CHECKING

from qingfu.rules import ordered
from qingfu.rules.findings import Finding
from qingfu.rules.nodes import Limit
from qingfu.rules.passes import Pass, passes_of
from qingfu.rules.sql import Queries, name, queries_of
from qingfu.rules.tables import BY_NAME
from qingfu.rules.truth import Verdict

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

MEMORY = "400MB"
# Below, starting the other evaluator costs more than it saves.
MANY = 3_000_000
# What a row takes at least in a file; homework takes about three.
LEAST_BYTES = 1.5


@dataclass(frozen=True)
class Judgement:
    """The findings of a judgement, kept where they were made until somebody asks for them."""

    connection: DuckDBPyConnection
    limits: tuple[Limit, ...]
    passes: tuple[Pass, ...]
    parts: tuple[str, ...]

    def counts(self) -> dict[tuple[str, Verdict], int]:
        """How many groups of each limit violate it or were not reported."""
        found: dict[tuple[str, Verdict], int] = {}
        for part in self.parts:
            asked = f"SELECT number, verdict, count(*) FROM {part} GROUP BY ALL"
            for number, verdict, count in self.connection.execute(asked).fetchall():
                found[self.limits[number].name, Verdict(verdict)] = count
        return found

    def findings(self) -> Iterator[Finding]:
        """Every finding, pass by pass, in no order."""
        for part in self.parts:
            asked = self.connection.cursor().execute(f"SELECT * FROM {part}")
            while rows := asked.fetchmany(10_000):
                for number, *keys, verdict, value, counted, missing, bound in rows:
                    limit = self.limits[number].name
                    yield Finding(limit, tuple(keys), Verdict(verdict), value, counted, missing, bound)


def connect(*, threads: int | None = None, memory: str = MEMORY) -> DuckDBPyConnection:
    """A connection to a database in memory that asks nobody for anything."""
    import duckdb

    settings: dict[str, str | bool | int | float | list[str]] = {
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "preserve_insertion_order": False,
        "memory_limit": memory,
        # By itself it would write what does not fit into the folder it was started in.
        "temp_directory": str(Path(gettempdir()) / f"qingfu-duckdb-{getpid()}"),
        **({"threads": threads} if threads else {}),
    }
    return duckdb.connect(config=settings)


def judge(
    connection: DuckDBPyConnection,
    limits: Sequence[Limit],
    files: Mapping[str, str] | None = None,
    *,
    days: tuple[date, date] | None = None,
    many: int = MANY,
) -> Judgement:
    """Judge the limits over the tables or views of the connection, named as `sql.name` names them.

    ``files`` says which table is read from which parquet file, so that one of at least ``many`` rows that
    lies in order can be read in that order. ``days`` (first and last) judges again only the groups of these
    days, and leaves out every limit whose groups are longer than a day.
    """
    passes = [one for one in passes_of(limits) if days is None or _day_of(one)]
    parts = []
    for index, one in enumerate(passes):
        hits, part = f"hits_{index}", f"findings_{index}"
        within = f"{name(_day_of(one))} BETWEEN DATE '{days[0]}' AND DATE '{days[1]}'" if days else ""
        queries = queries_of(one, "duckdb", hits, within)
        file = None if days else (files or {}).get(one.table)
        kept = file is not None and _in_order(connection, one, file, many, hits)
        _conclude(connection, queries, hits, part, kept=kept)
        parts.append(part)
    return Judgement(connection, tuple(limits), tuple(passes), tuple(parts))


def _day_of(one: Pass) -> str:
    """The key of the pass that is a day; empty where its groups are longer."""
    columns = [BY_NAME[one.table].column(column) for column in one.per]
    return next((column.name for column in columns if column is not None and column.kind == "day"), "")


def _in_order(connection: DuckDBPyConnection, one: Pass, file: str, many: int, hits: str) -> bool:
    """Fill the hits by reading in order, where that is possible and worth while."""
    if _size(file) < many * LEAST_BYTES or not ordered.fits(one):
        return False
    if not all(find_spec(library) for library in ("numpy", "nanoarrow")):
        return False
    (rows,) = connection.execute("SELECT sum(num_rows) FROM parquet_file_metadata(?)", [file]).fetchone() or (0,)
    if (rows or 0) < many:
        return False
    order = ordered.order_of(connection, one, file)
    return order is not None and ordered.hits(connection, one, order, hits)


def _size(file: str) -> int:
    """Bytes of the file, or of all files of a pattern: asking the file itself costs a county more than it saves."""
    path = Path(file)
    files = path.parent.glob(path.name) if "*" in path.name else [path]
    return sum(one.stat().st_size for one in files)


def _conclude(connection: DuckDBPyConnection, queries: Queries, hits: str, part: str, *, kept: bool) -> None:
    """The findings of one pass, from hits that were kept or are asked for on the way."""
    both = " UNION ALL ".join(f"({query})" for query in (queries.findings, queries.absent) if query)
    first = "" if kept else f'WITH "{hits}" AS MATERIALIZED ({queries.hits}) '
    connection.execute(f"CREATE OR REPLACE TABLE {part} AS {first}{both}")
    if kept:
        connection.execute(f"DROP TABLE {hits}")
