"""SQL: a pass as queries for DuckDB, PostgreSQL and Spark, written once and translated by sqlglot.

A query is composed as text in one dialect, parsed, and refused if it holds any word outside a closed list:
sqlglot translates, it does not promise meaning. So there is no division, no average, no percentile, no time
zone and no floating number in it; a mean is a sum compared with bound times count.

``hits`` holds the groups that some limit of the pass may not call compliant; ``findings`` reads it and judges
each limit exactly as `truth` does.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from qingfu.rules.passes import Pass
from qingfu.rules.sql.findings import absent_of, findings_of
from qingfu.rules.sql.hits import class_edges, edge_columns, hits_of, rows_forbidden
from qingfu.rules.sql.words import literal, name
from qingfu.rules.vocabulary import translated

__all__ = ["Dialect", "Queries", "class_edges", "edge_columns", "literal", "name", "queries_of", "rows_forbidden"]

Dialect = Literal["duckdb", "postgres", "spark"]


@dataclass(frozen=True)
class Queries:
    """The queries of one pass: fill a table ``hits`` with the first, then ask the others.

    The rows of ``findings`` and ``absent`` are: number of the limit, the keys of the group, verdict, value,
    counted, missing, bound. ``absent`` is empty unless a limit expects groups to be reported.
    """

    keys: int
    hits: str
    findings: str
    absent: str

    @property
    def answers(self) -> str:
        """Findings and absent groups in one query, over the hits."""
        return " UNION ALL ".join(f"({query})" for query in (self.findings, self.absent) if query)


@lru_cache(maxsize=256)
def queries_of(one: Pass, dialect: Dialect, hits: str = "hits", within: str = "") -> Queries:
    """The queries of a pass. ``within`` is a further condition on its rows, in DuckDB's words."""
    absent = absent_of(one)
    return Queries(
        keys=len(one.per),
        hits=translated(hits_of(one, within), dialect),
        findings=translated(findings_of(one, hits), dialect),
        absent=translated(absent, dialect) if absent else "",
    )
