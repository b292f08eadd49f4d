"""How far the demonstration was lived, and living on to a day; the plan's clock follows day by day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time

from qingfu.base.clock import CHINA, system_now
from qingfu.project.demo.play import Player, nine
from qingfu.records.almanac.actions import live_until, set_clock
from qingfu.records.almanac.queries import lived_until, plan_time


def days_to(wanted: date) -> Iterator[date]:
    """Live on to nine o'clock of a day, not before now; yields each day once it is over, with the clock at its nine.

    The very first time every act of the script must go through; later somebody may have decided otherwise, and what
    the register then refuses is passed over.
    """
    since = lived_until()
    now = plan_time(system_now())
    until = nine(wanted) if since is None else max(nine(wanted), since)
    for day in Player(strict=since is None).days(since, until):
        live_until(instant=min(datetime.combine(day, time.max, tzinfo=CHINA), until))
        if since is None or nine(day) > now:
            set_clock(to=nine(day), at=system_now())
        yield day
