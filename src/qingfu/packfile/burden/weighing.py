"""The whole report: what is asked in all, of one school in one semester, and the caps."""

from __future__ import annotations

from dataclasses import dataclass

from qingfu.base.workdays import Workdays
from qingfu.packfile.burden.asks import Ask, Counts, asks
from qingfu.packfile.burden.caps import Beside, beside
from qingfu.packfile.burden.schools import Semester, semesters
from qingfu.packfile.calendar import calendar, stretch
from qingfu.packfile.notice import Notice, read_notice
from qingfu.packfile.words.pack import Pack


@dataclass(frozen=True)
class Burden:
    """What a plan asks over the stretch looked at, with the counts it was reckoned with."""

    counts: Counts
    asks: tuple[Ask, ...]
    semesters: tuple[Semester, ...]
    notice: Notice
    caps: tuple[Beside, ...]

    @property
    def minutes(self) -> int:
        """Minutes asked of everybody."""
        return sum(ask.total for ask in self.asks)

    @property
    def is_over(self) -> bool:
        """Whether the plan's own figure passes a national cap."""
        return any(one.verdict == "over" for one in self.caps)


def weigh(
    pack: Pack,
    workdays: Workdays,
    *,
    counts: Counts | None = None,
    year: int | None = None,
    notice: Notice | None = None,
) -> Burden:
    """Weigh a pack over a calendar year, or over its own period."""
    counts, notice = counts or Counts(), notice or read_notice()
    entries = [entry for entry in calendar(pack, workdays, year=year) if entry.about.startswith("duties.")]
    return Burden(
        counts,
        tuple(asks(pack, counts, entries)),
        semesters(pack, workdays, entries, stretch(pack, year)),
        notice,
        tuple(beside(pack, cap) for cap in notice.caps),
    )
