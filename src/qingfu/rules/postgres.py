"""PostgreSQL: judging what the register holds, as one question for each pass and no table of our own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from qingfu.rules.findings import Finding
from qingfu.rules.nodes import Limit
from qingfu.rules.passes import passes_of
from qingfu.rules.sql import queries_of
from qingfu.rules.truth import Verdict

Ask = Callable[[str], Iterable[Sequence[Any]]]
HITS = "hits"


def judge(ask: Ask, limits: Sequence[Limit]) -> Iterator[Finding]:
    """The findings, in no order. ``ask`` runs one query on tables named as `sql.name` names them and gives its rows."""
    for one in passes_of(limits):
        queries = queries_of(one, "postgres", HITS)
        asked = " UNION ALL ".join(f"({query})" for query in (queries.findings, queries.absent) if query)
        for number, *keys, verdict, value, counted, missing, bound in ask(
            f'WITH "{HITS}" AS MATERIALIZED ({queries.hits}) {asked}'
        ):
            yield Finding(limits[number].name, tuple(keys), Verdict(verdict), value, counted, missing, bound)
