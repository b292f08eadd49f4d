"""SQL: a pass as queries for DuckDB, PostgreSQL and Spark, written once and translated by sqlglot.

A query is composed as text in one dialect, parsed, and refused if it holds any word outside a closed list:
sqlglot translates, it does not promise meaning. So there is no division, no average, no percentile, no time
zone and no floating number in it; a mean is a sum compared with bound times count.

``hits`` holds the groups that some limit of the pass may not call compliant; ``findings`` reads it and judges
each limit exactly as `truth` does. ``asked`` is both at once. Every word is planned again for every judgement,
and a county is planned for longer than it is counted: what can be said in fewer words is.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Literal

from qingfu.rules.passes import Pass
from qingfu.rules.sql.edges import class_edges, edge_columns, edge_constant
from qingfu.rules.sql.findings import absent_of, findings_of
from qingfu.rules.sql.hits import brought, hits_of, rows_forbidden
from qingfu.rules.sql.words import literal, name
from qingfu.rules.vocabulary import translated

__all__ = [
    "Dialect", "Queries", "brought", "class_edges", "edge_columns", "edge_constant", "literal", "name", "queries_of",
    "rows_forbidden",
]  # fmt: skip

Dialect = Literal["duckdb", "postgres", "spark"]


@dataclass(frozen=True)
class Queries:
    """The queries of one pass: ask ``asked``, or fill a table ``table`` with ``hits`` and ask for ``answers``.

    The rows of ``findings`` and ``absent`` are: number of the limit, the keys of the group, verdict, value,
    counted, missing, bound. ``absent`` is empty unless a limit expects groups to be reported.
    """

    one: Pass
    dialect: Dialect
    table: str
    within: str

    @cached_property
    def hits(self) -> str:
        """The groups in doubt."""
        return translated(hits_of(self.one, self.within), self.dialect)

    @cached_property
    def findings(self) -> str:
        """What the limits say of the hits."""
        return self._joined(self._questions)

    @cached_property
    def _questions(self) -> list[str]:
        return findings_of(self.one, name(self.table))

    @cached_property
    def absent(self) -> str:
        """The groups that should have been reported; reads no hits."""
        return self._joined(absent_of(self.one))

    @property
    def answers(self) -> str:
        """Findings and absent groups in one query, over the hits."""
        return " UNION ALL ".join(f"({query})" for query in (self.findings, self.absent) if query)

    @cached_property
    def asked(self) -> str:
        """Hits and answers in one query. Where only one question is put to the hits, it is put to the groups."""
        if not self.absent and len(self._questions) == 1:
            groups = f"({hits_of(self.one, self.within, thin=False)})"
            return self._joined(findings_of(self.one, groups))
        return f'WITH "{self.table}" AS MATERIALIZED ({self.hits}) {self.answers}'

    def _joined(self, parts: list[str]) -> str:
        return translated(" UNION ALL ".join(parts), self.dialect) if parts else ""


@lru_cache(maxsize=256)
def queries_of(one: Pass, dialect: Dialect, hits: str = "hits", within: str = "") -> Queries:
    """The queries of a pass. ``within`` is a further condition on its rows, in DuckDB's words."""
    return Queries(one, dialect, hits, within)
