"""Parquet: what the file says about itself settles most questions; one reading settles the rest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qingfu.base.errors import ColumnType, DataFault, Excess, KeyEmpty, Negative, NotAmong
from qingfu.rules.files.checks import Check, Relation
from qingfu.rules.files.folder import Source
from qingfu.rules.sql import literal
from qingfu.rules.tables import Column, Table

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

WHOLE = tuple(f"{sign}{size}" for sign in ("", "U") for size in ("TINYINT", "SMALLINT", "INTEGER", "BIGINT"))
TAKES: dict[str, tuple[str, ...]] = {
    "key": ("VARCHAR", *WHOLE),
    "word": ("VARCHAR",),
    "whole": WHOLE,
    "clock": WHOLE,
    "yes-no": ("BOOLEAN",),
    "day": ("DATE",),
}
MINUTES_A_DAY = 1440


@dataclass(frozen=True)
class Known:
    """What the statistics of all row groups say together; None = they do not say."""

    least: int | None
    most: int | None
    nulls: int | None


def read(source: Source) -> str:
    """The call that reads the files."""
    return f"read_parquet([{', '.join(literal(str(file)) for file in source.files)}])"


def schema(connection: DuckDBPyConnection, source: Source) -> list[tuple[str, str]]:
    """The columns with their types, as the engine names them."""
    return [(name, kind) for name, kind, *_ in connection.execute(f"DESCRIBE SELECT * FROM {read(source)}").fetchall()]


def rows(connection: DuckDBPyConnection, source: Source) -> int:
    """How many rows the files say they have."""
    asked = "SELECT sum(num_rows) FROM parquet_file_metadata(?)"
    return int((connection.execute(asked, [list(map(str, source.files))]).fetchone() or (0,))[0] or 0)


def relation(connection: DuckDBPyConnection, source: Source) -> Relation:
    """The rows as they are; where there are several files, nobody asks for the number of a row."""
    number = "file_row_number + 2" if len(source.files) == 1 else "0"
    listed = read(source).removesuffix(")") + ", file_row_number=true)"
    source_ = f'(SELECT {number} AS "row", * EXCLUDE (file_row_number) FROM {listed})'
    return Relation(connection, source_, source.shown, _same)


def _same(numbers: Iterable[int]) -> Mapping[int, int]:
    return {number: number for number in numbers}


def wrong_types(
    table: Table, places: Mapping[str, int], columns: Sequence[tuple[str, str]], file: str
) -> list[DataFault]:
    """Columns of a type that the table's column never has."""
    found: list[DataFault] = []
    for column in table.columns:
        if column.name in places:
            name, kind = columns[places[column.name]]
            if kind not in TAKES[column.kind]:
                expected = TAKES[column.kind][0] if column.kind != "whole" else "INTEGER"
                found.append(ColumnType(file=file, column=name, value=kind, expected=expected))
    return found


def known(connection: DuckDBPyConnection, source: Source) -> dict[str, Known]:
    """What is known of each column without reading a row."""
    least, most = (f"COALESCE(stats_{end}_value, stats_{end})" for end in ("min", "max"))
    empty = "stats_null_count = num_values"
    asked = f"""
        SELECT path_in_schema,
               CASE WHEN bool_and({empty} OR TRY_CAST({least} AS BIGINT) IS NOT NULL)
                    THEN min(TRY_CAST({least} AS BIGINT)) END,
               CASE WHEN bool_and({empty} OR TRY_CAST({most} AS BIGINT) IS NOT NULL)
                    THEN max(TRY_CAST({most} AS BIGINT)) END,
               CASE WHEN bool_and(stats_null_count IS NOT NULL) THEN sum(stats_null_count) END
        FROM parquet_metadata(?) GROUP BY path_in_schema"""
    found = connection.execute(asked, [list(map(str, source.files))]).fetchall()
    return {name: Known(low, high, None if nulls is None else int(nulls)) for name, low, high, nulls in found}


def checks_of(
    table: Table, places: Mapping[str, int], headings: Sequence[str], stats: Mapping[str, Known]
) -> list[Check]:
    """The tests that the statistics leave open."""
    made: list[Check] = []
    for column in table.columns:
        if column.name in places:
            heading = headings[places[column.name]]
            made += _tests(column, table, heading, stats.get(heading, Known(None, None, None)))
    return made


def _tests(column: Column, table: Table, heading: str, stats: Known) -> Iterable[Check]:
    cell = '"' + heading.replace('"', '""') + '"'
    shown = f"CAST({cell} AS VARCHAR)"
    if (column.kind == "key" or column.name in table.identity) and stats.nulls != 0:
        yield Check(heading, f"{cell} IS NULL", shown, KeyEmpty)
    if column.kind in ("whole", "clock"):
        most = column.most if column.kind == "whole" else MINUTES_A_DAY - 1
        if stats.least is None or stats.least < 0:
            yield Check(heading, f"{cell} < 0", shown, Negative)
        if most is not None and (stats.most is None or stats.most > most):
            yield Check(heading, f"{cell} > {most}", shown, Excess, {"most": most})
    if column.among:
        among = ", ".join(map(literal, column.among))
        yield Check(heading, f"{cell} NOT IN ({among})", shown, NotAmong, {"among": column.among})
