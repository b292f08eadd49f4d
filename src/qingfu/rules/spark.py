"""Spark: the same queries for a province or the nation, on as many machines as there are.

Needs the extra ``spark`` and Java 17. The session is the caller's: local, or a cluster's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from qingfu.rules.findings import Finding
from qingfu.rules.nodes import Limit
from qingfu.rules.passes import passes_of
from qingfu.rules.sql import queries_of
from qingfu.rules.truth import Verdict


def judge(session: Any, limits: Sequence[Limit]) -> Iterator[Finding]:
    """The findings, in no order, over views of the session that are named as `sql.name` names tables."""
    for index, one in enumerate(passes_of(limits)):
        hits = f"hits_{index}"
        queries = queries_of(one, "spark", hits)
        # Spark would read the table again for each limit of the pass, were the hits not kept.
        session.sql(f"CACHE TABLE {hits} AS {queries.hits}")
        asked = " UNION ALL ".join(f"({query})" for query in (queries.findings, queries.absent) if query)
        for number, *keys, verdict, value, counted, missing, bound in session.sql(asked).toLocalIterator():
            yield Finding(limits[number].name, tuple(keys), Verdict(verdict), value, counted, missing, bound)
        session.sql(f"UNCACHE TABLE {hits}")
        session.catalog.dropTempView(hits)
