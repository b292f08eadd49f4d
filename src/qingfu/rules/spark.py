"""Spark: the same queries for a province or the nation, on as many machines as there are.

Needs the extra ``spark`` and Java 17. The session is the caller's: local, or a cluster's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qingfu.rules.elsewhere import Answers, columns_of, spoken
from qingfu.rules.findings import Finding
from qingfu.rules.nodes import Limit
from qingfu.rules.passes import passes_of
from qingfu.rules.sql import literal, name, queries_of

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

# What every session needs to give what the others give: names, times and sums mean the same to all.
MEANING = {
    "spark.sql.caseSensitive": "true",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.ansi.enabled": "true",
}
# On one machine nobody else is spoken to.
ALONE = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.sql.shuffle.partitions": "4",
}
# DuckDB's types as Spark calls them; every other one is a whole number.
_TYPES = {"VARCHAR": "STRING", "BOOLEAN": "BOOLEAN", "DATE": "DATE", "UBIGINT": "DECIMAL(20, 0)"}


def judge(session: Any, limits: Sequence[Limit]) -> Iterator[Finding]:
    """The findings, in no order, over views of the session that are named as `sql.name` names tables."""
    return spoken(limits, answers(session, limits))


def answers(session: Any, limits: Sequence[Limit]) -> Answers:
    """The rows of each pass; those of one must be taken before the next is asked for."""
    for index, one in enumerate(passes_of(limits)):
        hits = f"hits_{index}"
        queries = queries_of(one, "spark", hits)
        # Spark would read the table again for each limit of the pass, were the hits not kept.
        session.sql(f"CACHE TABLE {hits} AS {queries.hits}")
        # Each part is fetched by a job of its own, and a union has as many parts as all its members together.
        found = session.sql(queries.answers).coalesce(session.sparkContext.defaultParallelism)
        yield found.toLocalIterator()
        session.sql(f"UNCACHE TABLE {hits}")
        session.catalog.dropTempView(hits)


def seen(
    session: Any, connection: DuckDBPyConnection, tables: Sequence[str], files: Mapping[str, str], scratch: Path
) -> None:
    """Views of the session like the tables of the connection.

    ``files`` says which table is a Parquet file with columns named as its own; any other is written to ``scratch``,
    which every machine of the session must see.
    """
    for table in tables:
        file = files.get(table)
        if file is None:
            file = str(scratch / f"{table}.parquet")
            connection.execute(f"COPY (SELECT * FROM {name(table)}) TO {literal(file)} (FORMAT parquet)")
        rows = session.read.parquet(*_found(file))
        there = set(rows.columns)
        cells = []
        for column, kind in columns_of(connection, table):
            cell = f"`{column}`" if column in there else "NULL"
            cells.append(f"CAST({cell} AS {_TYPES.get(kind, 'BIGINT')}) AS `{column}`")
        rows.selectExpr(*cells).createOrReplaceTempView(name(table).strip('"'))


def _found(file: str) -> list[str]:
    """The file, or those of a pattern, with everything harmless that Hadoop would take for one."""
    path = Path(file).absolute()
    files = sorted(path.parent.glob(path.name)) if "*" in path.name else [path]
    return ["file://" + re.sub(r"([\\{}\[\]*?,])", r"\\\1", str(one)) for one in files]
