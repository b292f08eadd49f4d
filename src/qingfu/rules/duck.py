"""DuckDB: judging files on a laptop, a county's year in the time of a breath."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from os import getpid
from pathlib import Path
from tempfile import gettempdir
from threading import Lock, Thread
from typing import TYPE_CHECKING

from qingfu.rules import chunks, ordered
from qingfu.rules.findings import Finding
from qingfu.rules.nodes import Limit
from qingfu.rules.passes import Pass, forbids, halves, passes_of
from qingfu.rules.sql import name, queries_of, rows_forbidden
from qingfu.rules.tables import BY_NAME
from qingfu.rules.truth import Verdict

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

MEMORY = "380MB"
# Below, starting the other evaluator costs more than it saves.
MANY = 3_000_000
# What a row takes at least in a file; homework takes about three.
LEAST_BYTES = 1.5
# How many passes are judged side by side.
AT_ONCE = 2
# The order of rows is a setting of the whole database.
_READING_IN_ORDER = Lock()


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

    Each pass has a cursor of its own, so tables must be committed, and not temporary.
    ``files`` says which table is read from which parquet file, so that one of at least ``many`` rows that
    lies in order can be read in that order. ``days`` (first and last) judges again only the groups of these
    days, and leaves out every limit whose groups are longer than a day.
    """
    passes = [one for one in passes_of(limits) if days is None or _day_of(one)]
    tasks = [_Task(connection.cursor(), one, index, days, files or {}, many) for index, one in enumerate(passes)]
    # What is small is planned while the largest is counted: planning alone keeps one core busy for longer.
    _side_by_side(sorted(tasks, key=_Task.size))
    return Judgement(connection, tuple(limits), tuple(passes), tuple(task.part for task in tasks))


@dataclass(frozen=True)
class _Task:
    """One pass to be judged, over a cursor of its own."""

    connection: DuckDBPyConnection
    one: Pass
    index: int
    days: tuple[date, date] | None
    files: Mapping[str, str]
    many: int

    @property
    def part(self) -> str:
        """The table of its findings."""
        return f"findings_{self.index}"

    def size(self) -> int:
        """Bytes to be read, where they lie in a file."""
        file = self.files.get(self.one.table)
        return _size(file) if file else 0

    def conclude(self) -> None:
        """Fill the table of its findings."""
        connection, hits = self.connection, f"hits_{self.index}"
        within = of_days(self.one, self.days) if self.days else ""
        file = None if self.days else self.files.get(self.one.table)
        is_large = file is not None and _is_large(connection, file, self.many)
        if is_large and _in_order(connection, self.one, file or "", hits):
            self._fill(f"CREATE OR REPLACE TABLE {self.part} AS", queries_of(self.one, "duckdb", hits).answers)
            connection.execute(f"DROP TABLE {hits}")
        else:
            into = f"CREATE OR REPLACE TABLE {self.part} AS"
            for half in halves(self.one) if is_large else (self.one,):
                some = rows_forbidden(half) if is_large and forbids(half) else within
                queries = queries_of(half, "duckdb", hits, some)
                self._fill(into, queries.asked)
                into = f"INSERT INTO {self.part}"
        connection.close()

    def _fill(self, into: str, asked: str) -> None:
        self.connection.execute(f"{into} {asked}")


def _side_by_side(tasks: Sequence[_Task]) -> None:
    """Conclude the tasks, the last first, here and in threads beside; raises what the first of them raised.

    Importing the standard library's pool of threads takes as long as judging one pass.
    """
    waiting, faults = reversed(tasks), list[Exception]()

    def work() -> None:
        for task in waiting:
            try:
                task.conclude()
            except Exception as fault:  # noqa: BLE001 # told by who asked
                faults.append(fault)
            if faults:
                return

    beside = [Thread(target=work) for _ in range(min(AT_ONCE, len(tasks)) - 1)]
    for thread in beside:
        thread.start()
    try:
        work()
    finally:
        for thread in beside:
            thread.join()
    if faults:
        raise faults[0]


def of_days(one: Pass, days: tuple[date, date]) -> str:
    """The condition on the rows of a pass that keeps the groups of these days."""
    return f"{name(_day_of(one))} BETWEEN DATE '{days[0]}' AND DATE '{days[1]}'"


def _day_of(one: Pass) -> str:
    """The key of the pass that is a day; empty where its groups are longer."""
    columns = [BY_NAME[one.table].column(column) for column in one.per]
    return next((column.name for column in columns if column is not None and column.kind == "day"), "")


def _is_large(connection: DuckDBPyConnection, file: str, many: int) -> bool:
    """Whether the file has so many rows that how they are read matters more than how it is planned."""
    if _size(file) < many * LEAST_BYTES:
        return False
    (rows,) = connection.execute("SELECT sum(num_rows) FROM parquet_file_metadata(?)", [file]).fetchone() or (0,)
    return (rows or 0) >= many


def _in_order(connection: DuckDBPyConnection, one: Pass, file: str, hits: str) -> bool:
    """Fill the hits by reading in order, where that is possible."""
    if not ordered.fits(one) or not chunks.libraries():
        return False
    with _READING_IN_ORDER:
        order = ordered.order_of(connection, one, file)
        return order is not None and ordered.hits(connection, one, order, hits)


def _size(file: str) -> int:
    """Bytes of the file, or of all files of a pattern: asking the file itself costs a county more than it saves."""
    path = Path(file)
    files = path.parent.glob(path.name) if "*" in path.name else [path]
    return sum(one.stat().st_size for one in files)
