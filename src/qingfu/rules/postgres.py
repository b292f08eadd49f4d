"""PostgreSQL: judging what the register holds, as one question for each pass and no table of our own.

Files can be judged there, too: they are laid into tables of one transaction, which nobody else sees.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qingfu.rules.elsewhere import Answers, columns_of, spoken
from qingfu.rules.findings import Finding
from qingfu.rules.nodes import Limit
from qingfu.rules.passes import passes_of
from qingfu.rules.sql import literal, name, queries_of

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Ask = Callable[[str], Iterable[Sequence[Any]]]
# DuckDB's types as PostgreSQL calls them; every other one is a whole number.
_TYPES = {"VARCHAR": "TEXT", "BOOLEAN": "BOOLEAN", "DATE": "DATE", "UBIGINT": "NUMERIC(20)"}


def judge(ask: Ask, limits: Sequence[Limit]) -> Iterator[Finding]:
    """The findings, in no order. ``ask`` runs one query on tables named as `sql.name` names them and gives its rows."""
    return spoken(limits, answers(ask, limits))


def answers(ask: Ask, limits: Sequence[Limit]) -> Answers:
    """The rows of each pass; those of one must be taken before the next is asked for."""
    for one in passes_of(limits):
        yield ask(queries_of(one, "postgres").asked)


def temporary(connection: DuckDBPyConnection, table: str) -> str:
    """The statement that makes an empty table like that of the connection, gone when the transaction ends."""
    columns = columns_of(connection, table)
    typed = ", ".join(f"{name(column)} {_TYPES.get(kind, 'BIGINT')}" for column, kind in columns)
    return f"CREATE TEMP TABLE {name(table)} ({typed}) ON COMMIT DROP"


def written(connection: DuckDBPyConnection, table: str, file: Path) -> str:
    """Write the rows of a table to a file; gives the statement that takes them in."""
    connection.execute(f"COPY (SELECT * FROM {name(table)}) TO {literal(str(file))} (FORMAT csv, HEADER false)")
    return f"COPY {name(table)} FROM STDIN (FORMAT csv)"
