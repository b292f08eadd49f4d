"""Areas from a sheet: all of it or nothing."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from qingfu.base.actor import Actor
from qingfu.base.errors import RowsFaulty
from qingfu.records.enrolment.actions.announcing import bring_catchments
from qingfu.records.enrolment.queries.sheets import preview_catchments
from qingfu.records.enrolment.queries.views import YearView
from qingfu.records.journal.actions import deed


def take_catchments(
    actor: Actor, *, year: int, data: bytes, client_id: UUID | None = None, at: datetime
) -> YearView:  # fmt: skip
    """Take every row, or none. Raises RowsFaulty."""
    with deed(actor):
        found = preview_catchments(actor, year=year, data=data)
        if found.faulty:
            raise RowsFaulty(count=found.faulty, rows=[row.n for row in found.rows if row.faults])
        areas = [row.area for row in found.rows if row.area is not None]
        return bring_catchments(actor, year=year, areas=areas, client_id=client_id, at=at)
