"""What stands: the tables of the rule language as the register holds them, for one term and if asked one school."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.db import connections

from qingfu.base.actor import Actor
from qingfu.records.journal.queries import reading
from qingfu.records.monitoring.queries.terms import TermView

ALL_SCHOOLS = 2**63 - 1
Ask = Callable[[str], Sequence[Sequence[Any]]]


@contextmanager
def standing_facts(
    actor: Actor, term: TermView, *, school: int | None = None, since: date | None = None, until: date | None = None
) -> Iterator[Ask]:
    """Inside, ``ask`` answers queries on the tables that `qingfu.rules.tables` names.

    Days are those of the term, or its part from `since` to `until`. Keys are ids: of classes, of organs, of terms.
    """
    first, last = max(term.from_on, since or term.from_on), min(term.until_on, until or term.until_on)
    settings = {
        "search_path": "facts, public", "app.term": term.id, "app.year": term.year, "app.from": first.isoformat(),
        "app.until": last.isoformat(), "app.first_school": school or 0,
        "app.last_school": school or ALL_SCHOOLS,
        # The planner cannot know how many rows a term holds and takes them for few; row by row a county takes minutes.
        "enable_nestloop": "off",
    }  # fmt: skip
    connection = connections["default"]
    with reading(actor), connection.cursor() as cursor:
        chosen = ", ".join("set_config(%s, %s, true)" for _ in settings)
        cursor.execute(f"SELECT {chosen}", [part for pair in settings.items() for part in map(str, pair)])

        def ask(query: str) -> Sequence[Sequence[Any]]:
            cursor.execute(query)
            rows: Sequence[Sequence[Any]] = cursor.fetchall()
            return rows

        yield ask
        # After an error the transaction is rolled back, and this setting with it.
        cursor.execute("SELECT set_config('search_path', 'public', true), set_config('enable_nestloop', 'on', true)")
