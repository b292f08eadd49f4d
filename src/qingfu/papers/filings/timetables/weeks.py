"""Weeks: where the weekdays stand in a sheet, side by side or one below the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from qingfu.papers.filings.cells import Sheet
from qingfu.papers.filings.timetables.labels import bare_weekday, weekday_of

FEWEST = 3
_BARE = (5, 6)


@dataclass(frozen=True)
class Day:
    """A weekday and the first and last line it stands over: columns where it is side by side, else rows."""

    weekday: int
    first: int
    last: int


@dataclass(frozen=True)
class Week:
    """Weekdays in one row (or one column), which is `line`."""

    line: int
    days: tuple[Day, ...]

    @property
    def first(self) -> int:
        """Where the first day begins."""
        return self.days[0].first

    @property
    def last(self) -> int:
        """Where the last day ends."""
        return self.days[-1].last

    @property
    def is_wide(self) -> bool:
        """Whether a day stands over several lines."""
        return any(day.last > day.first for day in self.days)


def weeks_across(sheet: Sheet) -> list[Week]:
    """Weeks whose days stand side by side, from the top and from the left."""
    spans = {(area.top, area.left): area.right for area in sheet.merged}
    lines = {row: {column: cell.text for column, cell in cells.items()} for row, cells in sheet.rows.items()}
    return _weeks(lines, lambda row, column: spans.get((row, column), column), sheet.last_column)


def weeks_down(sheet: Sheet) -> list[Week]:
    """Weeks whose days stand one below the other."""
    spans = {(area.left, area.top): area.bottom for area in sheet.merged}
    lines: dict[int, dict[int, str]] = {}
    for row, cells in sheet.rows.items():
        for column, cell in cells.items():
            lines.setdefault(column, {})[row] = cell.text
    return _weeks(lines, lambda column, row: spans.get((column, row), row), sheet.last_row)


def _weeks(lines: dict[int, dict[int, str]], end: Callable[[int, int], int], limit: int) -> list[Week]:
    """Runs of weekdays that go up; bare 一 to 五 count only where a sheet has no weekday in full."""
    for reads, lengths in ((weekday_of, range(FEWEST, 8)), (bare_weekday, _BARE)):
        found = [
            Week(line, tuple(_extents(run, line, end, limit)))
            for line, texts in sorted(lines.items())
            for run in _runs((place, reads(text)) for place, text in sorted(texts.items()))
            if len(run) in lengths
        ]
        if found:
            return found
    return []


def _runs(places: Iterable[tuple[int, int | None]]) -> Iterator[list[tuple[int, int]]]:
    """Stretches of weekdays in which each is later than the one before."""
    run: list[tuple[int, int]] = []
    for place, weekday in places:
        if weekday is None:
            continue
        if run and weekday <= run[-1][1]:
            yield run
            run = []
        run.append((place, weekday))
    if run:
        yield run


def _extents(run: list[tuple[int, int]], line: int, end: Callable[[int, int], int], limit: int) -> Iterator[Day]:
    """Each day as far as its merged cell or the next day; the last one as far as the others."""
    widest = 0
    for (place, weekday), follower in zip(run, [*run[1:], None], strict=True):
        merged = end(line, place)
        if follower is not None:
            last = max(merged, follower[0] - 1)
            widest = max(widest, last - place)
        else:
            last = merged if merged > place else place + widest
        yield Day(weekday, place, min(last, max(limit, place)))
