"""The only reader of the system clock, and the civil day of an instant in China."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

CHINA = ZoneInfo("Asia/Shanghai")


def system_now() -> datetime:
    """The present instant, aware, in UTC. Everybody else takes ``at`` as a parameter."""
    return datetime.now(UTC)


def day_of(at: datetime) -> date:
    """The civil date in China of an aware instant; a naive one raises ValueError."""
    if at.utcoffset() is None:
        raise ValueError("an instant needs its time zone")
    return at.astimezone(CHINA).date()
