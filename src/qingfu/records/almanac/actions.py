"""Moving the plan clock: only a demo may, and the roof decides what is a demo."""

from __future__ import annotations

from datetime import datetime, timedelta

from qingfu.records.almanac.models import Offset


def set_clock(*, to: datetime, at: datetime) -> None:
    """Make plan time `to` at the system time `at`."""
    Offset.objects.update_or_create(id=1, defaults={"seconds": round((to - at).total_seconds())})


def advance_clock(*, days: int, at: datetime) -> datetime:
    """Move the plan clock on by whole days (never back) and return the new plan time at the system time `at`."""
    row, _ = Offset.objects.get_or_create(id=1)
    row.seconds += max(days, 0) * 86_400
    row.save(update_fields=["seconds"])
    return at + timedelta(seconds=row.seconds)


def live_until(*, instant: datetime) -> None:
    """A demo was lived up to this plan time; it goes on from there, whatever the clock says meanwhile."""
    Offset.objects.update_or_create(id=1, defaults={"lived_until": instant})
