"""Elsewhere: findings of another engine, brought home to where the files were checked.

Whatever engine judged, they are counted, ordered and shown by the same lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

from qingfu.rules.duck import Judgement
from qingfu.rules.findings import Finding
from qingfu.rules.nodes import Limit
from qingfu.rules.passes import passes_of
from qingfu.rules.sql import name, queries_of
from qingfu.rules.truth import Verdict

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

# For each pass its rows: number of the limit, keys, verdict, value, counted, missing, bound.
Answers = Iterable[Iterable[Sequence[Any]]]
AT_ONCE = 10_000


def spoken(limits: Sequence[Limit], answers: Answers) -> Iterator[Finding]:
    """The answers as findings, in no order."""
    for rows in answers:
        for number, *keys, verdict, value, counted, missing, bound in rows:
            yield Finding(limits[number].name, tuple(keys), Verdict(verdict), value, counted, missing, bound)


def columns_of(connection: DuckDBPyConnection, table: str) -> list[tuple[str, str]]:
    """The columns of a table as SQL knows them, with their types in DuckDB's words."""
    found = connection.execute(f"DESCRIBE SELECT * FROM {name(table)}").fetchall()
    return [(column, kind) for column, kind, *_ in found]


def brought_home(connection: DuckDBPyConnection, limits: Sequence[Limit], answers: Answers) -> Judgement:
    """A judgement in the connection, with the types its own judging would have given."""
    passes, parts = passes_of(limits), []
    for index, (one, rows) in enumerate(zip(passes, answers, strict=True)):
        part = f"findings_{index}"
        described = connection.execute(f"DESCRIBE {queries_of(one, 'duckdb').asked}").fetchall()
        columns = [(column, kind) for column, kind, *_ in described]
        connection.execute(f"CREATE OR REPLACE TABLE {part} ({', '.join(f'{name(c)} {kind}' for c, kind in columns)})")
        _insert(connection, part, [kind for _, kind in columns], rows)
        parts.append(part)
    return Judgement(connection, tuple(limits), passes, tuple(parts))


def _insert(connection: DuckDBPyConnection, table: str, kinds: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Column by column: row by row a province's findings would take hours."""
    lists = ", ".join(f"unnest(CAST(? AS {kind}[]))" for kind in kinds)
    rows = iter(rows)
    while some := list(islice(rows, AT_ONCE)):
        connection.execute(f"INSERT INTO {table} SELECT {lists}", [list(cells) for cells in zip(*some, strict=True)])
