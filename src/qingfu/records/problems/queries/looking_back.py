"""Closed problems that may be looked at again (P16)."""

from __future__ import annotations

from datetime import datetime

from qingfu.base.actor import Actor
from qingfu.base.clock import day_of
from qingfu.records.journal.queries import reading
from qingfu.records.problems.queries.ledger import plans_for, rows_for, viewed
from qingfu.records.problems.queries.views import ProblemRow


def closed(actor: Actor, *, text: str = "", at: datetime) -> tuple[ProblemRow, ...]:
    """Every struck-off line the actor may know of, by number; `text` is a part of the title or of the owner's name."""
    with reading(actor):
        plans = plans_for(actor, None)
        rows = rows_for(actor, plans).filter(state="struck-off").order_by("number")
        shown = viewed(rows, plans, day_of(at))
        return tuple(one for one in shown if text in one.title or text in one.owner_name)
