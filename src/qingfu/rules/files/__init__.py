"""Files: a folder of school data, opened only if nothing in it is wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from qingfu.base.errors import ClassUnknown, DataFault, DataUnreadable, FaultyData
from qingfu.base.words import N_, Translate, Word, translator
from qingfu.rules.files import parquets, texts
from qingfu.rules.files.checks import DUPLICATES_UP_TO, Relation, not_checked
from qingfu.rules.files.columns import Needs, needs_of, place
from qingfu.rules.files.folder import Source, sources
from qingfu.rules.nodes import Limit
from qingfu.rules.sql import name
from qingfu.rules.tables import BY_NAME, CLASSES, Column

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

DAMAGED = N_("it is damaged")
TYPES = {
    "key": "VARCHAR",
    "word": "VARCHAR",
    "whole": "INTEGER",
    "clock": "INTEGER",
    "yes-no": "BOOLEAN",
    "day": "DATE",
}


@dataclass(frozen=True)
class Opened:
    """A folder whose tables are views or tables of the connection, every column there, absent ones empty.

    ``rows`` counts each table that is there; ``shown`` names its file; ``ordered`` are the Parquet files that may be
    read in their own order; ``absent`` are tables that some limit reads and no file holds.
    """

    connection: DuckDBPyConnection
    rows: Mapping[str, int]
    shown: Mapping[str, str]
    ordered: Mapping[str, str]
    absent: tuple[str, ...]
    notes: tuple[DataFault, ...]


@dataclass(frozen=True)
class _Read:
    """One table: where its rows are, the expression of each column, and which columns hold numbers."""

    source: str
    cells: Mapping[str, str]
    rows: int
    whole: frozenset[str] = frozenset()
    ordered: str | None = None


@dataclass
class _Bench:
    """What is gathered while the files are opened."""

    connection: DuckDBPyConnection
    copies: Path
    needs: Needs
    translate: Translate
    read: dict[str, _Read] = field(default_factory=dict)
    faults: list[DataFault] = field(default_factory=list)
    notes: list[DataFault] = field(default_factory=list)


def open_folder(
    connection: DuckDBPyConnection,
    folder: Path,
    limits: Sequence[Limit],
    *,
    tell: Callable[[str], None] = lambda shown: None,
) -> Opened:
    """Check every file that the limits read and open it as a table; raises FaultyData with everything that is wrong.

    ``tell`` hears which file is being read.
    """
    needs, translate = needs_of(limits), translator("zh-hans")
    found = sources(folder, tuple(needs), translate)
    with TemporaryDirectory(prefix="qingfu-") as copies:
        bench = _Bench(connection, Path(copies), needs, translate, faults=found.faults, notes=found.notes)
        for source in found.sources.values():
            tell(source.shown)
            _open(bench, source)
    if bench.faults:
        raise FaultyData(bench.faults)
    _name(bench)
    bench.notes += _strangers(bench, {table: source.shown for table, source in found.sources.items()})
    return Opened(
        connection,
        {table: one.rows for table, one in bench.read.items()},
        {table: source.shown for table, source in found.sources.items()},
        {table: one.ordered for table, one in bench.read.items() if one.ordered},
        tuple(table for table in needs if table not in bench.read),
        tuple(bench.notes),
    )


def _open(bench: _Bench, source: Source) -> None:
    import duckdb

    try:
        (_open_csv if source.kind == "csv" else _open_parquet)(bench, source)
    except texts.Unreadable as unreadable:
        bench.faults += unreadable.faults
    except (duckdb.Error, OSError):
        bench.faults.append(DataUnreadable(file=source.shown, problem=Word(DAMAGED)))


def _open_csv(bench: _Bench, source: Source) -> None:
    table, (file,) = BY_NAME[source.table], source.files
    path, notes = texts.as_utf8(file, bench.copies)
    bench.notes += notes
    headings = texts.header(path, source.shown, table, bench.translate)
    placed = place(table, headings, source.shown, bench.needs[table.name], bench.translate)
    bench.faults += placed.faults
    bench.notes += placed.notes
    raw = name(f"raw-{table.name}")
    relation = texts.staged(bench.connection, path, source.shown, len(headings), raw)
    faults = relation.failed(texts.checks_of(table, placed.places, headings))
    bench.faults += faults
    (count,) = bench.connection.execute(f"SELECT count(*) FROM {raw}").fetchone() or (0,)
    keys = {
        column.name: texts.as_code(column, f"c{placed.places[column.name]}")
        for column in table.columns
        if column.name in table.identity and column.name in placed.places
    }
    _once(bench, relation, source, keys, [headings[placed.places[column]] for column in keys], count)
    cells = {
        column.name: texts.typed(column, f"c{placed.places[column.name]}")
        for column in table.columns
        if column.name in placed.places
    }
    bench.read[table.name] = _Read(raw, cells, count)


def _open_parquet(bench: _Bench, source: Source) -> None:
    table, connection = BY_NAME[source.table], bench.connection
    columns = parquets.schema(connection, source)
    headings = [heading for heading, _ in columns]
    placed = place(table, headings, source.shown, bench.needs[table.name], bench.translate)
    bench.notes += placed.notes
    wrong = [*placed.faults, *parquets.wrong_types(table, placed.places, columns, source.shown)]
    bench.faults += wrong
    if wrong:
        return
    relation, count = parquets.relation(connection, source), parquets.rows(connection, source)
    stats = parquets.known(connection, source)
    bench.faults += relation.failed(parquets.checks_of(table, placed.places, headings, stats))
    quoted = {column: '"' + headings[index].replace('"', '""') + '"' for column, index in placed.places.items()}
    keys = {column: quoted[column] for column in table.identity if column in quoted}
    _once(bench, relation, source, keys, [headings[placed.places[column]] for column in keys], count)
    whole = frozenset(column for column, index in placed.places.items() if columns[index][1] in parquets.WHOLE)
    as_named = all(headings[index] == column.replace("-", "_") for column, index in placed.places.items())
    pattern = str(source.files[0] if len(source.files) == 1 else source.files[0].parent / "*.parquet")
    bench.read[table.name] = _Read(parquets.read(source), quoted, count, whole, pattern if as_named else None)


def _once(
    bench: _Bench, relation: Relation, source: Source, keys: Mapping[str, str], headings: Sequence[str], rows: int
) -> None:
    """Whether no two rows are about the same; without every key nobody can tell."""
    if len(keys) == len(BY_NAME[source.table].identity):
        faults, looked = relation.repeated(list(keys.values()), headings, rows)
        bench.faults += faults
        if not looked:
            bench.notes.append(not_checked(source.shown, rows))


def _name(bench: _Bench) -> None:
    """Give every table its name and all its columns; what was text is kept typed, what is a file stays one."""
    for table, one in bench.read.items():
        columns = ", ".join(f"{_cell(bench, one, column)} AS {name(column.name)}" for column in BY_NAME[table].columns)
        made = "VIEW" if one.source.startswith("read_parquet") else "TABLE"
        bench.connection.execute(f"CREATE {made} {name(table)} AS SELECT {columns} FROM {one.source}")
        if made == "TABLE":
            bench.connection.execute(f"DROP TABLE {one.source}")


def _cell(bench: _Bench, one: _Read, column: Column) -> str:
    cell = one.cells.get(column.name)
    if cell is None:
        return f"CAST(NULL AS {TYPES[column.kind]})"
    # Numbers are compared faster than text, but only with numbers.
    alone = all(column.name in other.whole for other in bench.read.values() if column.name in other.cells)
    return f"CAST({cell} AS VARCHAR)" if column.kind == "key" and column.name in one.whole and not alone else cell


def _strangers(bench: _Bench, shown: Mapping[str, str]) -> list[DataFault]:
    """Notes on classes that rows name and the table of classes does not."""
    if CLASSES not in bench.read:
        return []
    notes: list[DataFault] = []
    for table, one in bench.read.items():
        if BY_NAME[table].has_class and one.rows <= DUPLICATES_UP_TO:
            gone = f"SELECT class FROM {name(table)} EXCEPT SELECT class FROM {name(CLASSES)}"
            asked = f"SELECT class, count(*) OVER () FROM ({gone}) ORDER BY class LIMIT 3"
            found = bench.connection.execute(asked).fetchall()
            if found:
                some = tuple(str(row[0]) for row in found)
                notes.append(ClassUnknown(file=shown[table], count=found[0][1], some=some))
    return notes
