"""Reading the plan clock."""

from __future__ import annotations

from datetime import datetime, timedelta

from qingfu.records.almanac.models import Offset


def plan_time(at: datetime) -> datetime:
    """The plan's time at the system time `at`: the same, unless a demo has moved its clock."""
    row = Offset.objects.filter(id=1).values_list("seconds", flat=True).first()
    return at + timedelta(seconds=row) if row else at


def lived_until() -> datetime | None:
    """The plan time up to which a demo was lived; None where there is none."""
    return Offset.objects.filter(id=1).values_list("lived_until", flat=True).first()
