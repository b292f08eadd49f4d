"""A phase or a standing duty without an end: "常态开展"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from qingfu.base.days import SchoolTerm
from qingfu.base.terms.due import DueDate, Events, Explanation, Within
from qingfu.base.words import N_, say
from qingfu.base.workdays import Workdays

STANDING = N_("A standing duty without a last day.")
STANDING_SINCE = N_("A standing duty since {start}, without a last day.")


@dataclass(frozen=True)
class OpenEnded:
    """From ``start`` on (None: from the plan's beginning), never late."""

    start: date | None = None
    clause: str | None = None

    def due(
        self,
        calendar: Workdays,
        events: Events | None = None,
        terms: Sequence[SchoolTerm] = (),
        within: Within = None,
    ) -> tuple[DueDate, ...]:
        """One due date without a day; none where it begins after ``within``."""
        if within and self.start and self.start > within[1]:
            return ()
        rule = say(STANDING_SINCE, start=self.start) if self.start else say(STANDING)
        return (DueDate(None, Explanation(rule, self.clause), opens=self.start),)
