"""What happens when a last day is a rest day: keep it and warn, or shift it and say so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from qingfu.base.days import ONE_DAY
from qingfu.base.words import N_, Said, say
from qingfu.base.workdays import Workdays

OnRestDay = Literal["keep", "next", "previous"]

KEPT = N_("Note: {day} is a rest day ({reason}); the plan does not shift it.")


@dataclass(frozen=True)
class Settled:
    """The last day after the rule for rest days."""

    day: date
    skipped: tuple[tuple[date, Said], ...] = ()
    provisional: bool = False
    warnings: tuple[Said, ...] = ()


def settle(day: date, on_rest_day: OnRestDay, calendar: Workdays) -> Settled:
    """Apply the rule to ``day``; a kept rest day warns, a shifted one names the days skipped."""
    found = calendar.look_up(day)
    if on_rest_day == "keep":
        return Settled(day, warnings=() if found.works else (say(KEPT, day=day, reason=found.why),))
    unsure = found.provisional
    if found.works:
        return Settled(day, provisional=unsure)
    if on_rest_day == "next":
        shifted = calendar.at_or_after(day)
        skipped = calendar.rest_days(day, shifted - ONE_DAY)
    else:
        shifted = calendar.at_or_before(day)
        skipped = calendar.rest_days(shifted + ONE_DAY, day)
    unsure = unsure or calendar.look_up(shifted).provisional
    return Settled(shifted, tuple((rest.day, rest.why) for rest in skipped), provisional=unsure)
