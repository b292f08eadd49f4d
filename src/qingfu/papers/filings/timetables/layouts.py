"""Layouts: the three ways schools lay out a timetable, each turned into plots."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from qingfu.base.words import N_, say
from qingfu.papers.filings.classes import KnownClass, class_meant, speaks_of_class
from qingfu.papers.filings.numerals import plain
from qingfu.papers.filings.timetables.labels import pause_in
from qingfu.papers.filings.timetables.plots import Ground, Place, Plot, Slot
from qingfu.papers.filings.timetables.weeks import Day, Week, weeks_across, weeks_down

ONE_CLASS = N_("Sheet “{sheet}”: one class for each table ({count} in all), weekdays across, periods down.")
CLASSES_DOWN = N_("Sheet “{sheet}”: classes down, weekdays and periods across.")
CLASSES_ACROSS = N_("Sheet “{sheet}”: classes across, weekdays and periods down.")
# How many rows of headings may stand between the weekdays and the lessons, and above the weekdays.
_HEADS, _ABOVE = 3, 6
MOST_BLOCKS = 1_000
_NO_LESSONS = re.compile(r"教师|老师|任课|教室|地点|班主任|姓名|人数|备注")


def plots_of(ground: Ground) -> list[Plot]:
    """The weeks of all classes in a sheet; none where no timetable is seen."""
    weeks = weeks_across(ground.sheet)
    if len(weeks) > MOST_BLOCKS:
        return []
    if weeks:
        plots = [plot for week in weeks for plot in _classes_down(ground, week)]
        if not plots:
            plots = list(_one_class_each(ground, weeks))
            ground.layout.insert(0, say(ONE_CLASS, sheet=ground.sheet.title, count=len(plots)))
        return plots
    return [plot for week in weeks_down(ground.sheet) for plot in _classes_across(ground, week)]


def _one_class_each(ground: Ground, weeks: Sequence[Week]) -> Iterator[Plot]:
    """(a) Weekdays across, periods down; blocks may stand below and beside each other."""
    for week in weeks:
        beside = [one for one in weeks if one.line == week.line and one.last < week.first]
        left = max((one.last for one in beside), default=0) + 1
        below = [one.line for one in weeks if one.line > week.line and _overlap(one, week)]
        bottom = min(below, default=ground.sheet.last_row + 1) - 1
        columns = [(day.weekday, _lesson_column(ground, week.line, day)) for day in week.days]
        rows = list(range(week.line + 1, bottom + 1))
        lines = [[(row, column) for _, column in columns] for row in rows]
        own = [[(row, column) for column in range(left, week.first)] for row in rows]
        heads = own
        if beside and not any(ground.label(head).number for head in own):
            heads = [[(row, column) for column in range(1, beside[0].first)] for row in rows]
        periods = ground.periods([head or [line[0]] for head, line in zip(heads, lines, strict=True)], lines)
        slots = tuple(
            Slot(weekday, period, (row, column))
            for row, period in zip(rows, periods, strict=True)
            if period is not None
            for weekday, column in columns
        )
        yield Plot(_titles(ground, week, left, weeks), (week.line, left), slots, whole_sheet=len(weeks) == 1)


def _overlap(one: Week, other: Week) -> bool:
    return one.first <= other.last and one.last >= other.first


def _lesson_column(ground: Ground, line: int, day: Day) -> int:
    """Of the columns of a day the first that holds no teachers."""
    columns = range(day.first, day.last + 1)
    return next((column for column in columns if not _NO_LESSONS.search(ground.text(line + 1, column))), day.first)


def _titles(ground: Ground, week: Week, left: int, weeks: Sequence[Week]) -> tuple[str, ...]:
    """What stands in the corner and above, the nearest row first, as far as the block above."""
    top = max((one.line for one in weeks if one.line < week.line and one.first <= week.last), default=0)
    found: list[str] = []
    for row in range(week.line, max(top, week.line - _ABOVE), -1):
        right = week.first - 1 if row == week.line else week.last
        here = [text for column in range(left, right + 1) if (text := ground.text(row, column))]
        found += [*here, "".join(dict.fromkeys(here))]
    return tuple(dict.fromkeys(text for text in found if text))


def _classes_down(ground: Ground, week: Week) -> Iterator[Plot]:
    """(b) A row for each class; below the weekdays their periods."""
    if not week.is_wide:
        return
    deep = next((deep for deep in range(1, _HEADS + 1) if _are_periods(ground, week, deep)), None)
    if deep is None:
        return
    ground.told(say(CLASSES_DOWN, sheet=ground.sheet.title))
    begins = week.line + deep + 1
    rows = range(begins, ground.sheet.last_row + 1)
    columns: list[tuple[int, int, int]] = []
    for day in week.days:
        here = list(range(day.first, day.last + 1))
        heads = [[(row, column) for row in range(week.line + 1, begins)] for column in here]
        periods = ground.periods(heads, [[(row, column) for row in rows] for column in here])
        columns += [(day.weekday, period, column) for column, period in zip(here, periods, strict=True) if period]
    names = [
        column
        for column in range(1, week.first)
        if not any(_NO_LESSONS.search(ground.text(row, column)) for row in range(week.line, begins))
    ]
    for row in rows:
        slots = tuple(Slot(weekday, period, (row, column)) for weekday, period, column in columns)
        if titles := _names_of_line(ground, [(row, column) for column in names], slots):
            yield Plot(titles, (row, names[-1]), slots, is_line=True)


def _are_periods(ground: Ground, week: Week, deep: int) -> bool:
    """Whether the row so many below the weekdays numbers their columns."""
    row, columns = week.line + deep, range(week.first, week.last + 1)
    here = [ground.label([(row, column)]) for column in columns]
    return sum(label.number is not None or bool(label.pause) for label in here) * 3 >= len(columns) * 2


def _names_of_line(ground: Ground, places: Sequence[Place], slots: Sequence[Slot]) -> tuple[str, ...]:
    """What the head of a line may call its class; nothing where the line is a note or an empty one."""
    texts = list(dict.fromkeys(text for place in places if (text := ground.text(*place))))
    taught = any(ground.text(*slot.place) and not pause_in(ground.text(*slot.place)) for slot in slots)
    named = [text for text in texts if speaks_of_class(text)]
    if not taught or (texts and not named and not _is_some_class(texts, ground.desk.known)):
        return () if not taught or len({ground.text(*slot.place) for slot in slots}) <= 1 else tuple(texts[-1:])
    return tuple(dict.fromkeys(("".join(texts), *named, *texts)))


def _is_some_class(texts: Sequence[str], known: Sequence[KnownClass]) -> bool:
    return any(isinstance(class_meant(text, known), KnownClass) for text in ("".join(texts), *texts))


def _classes_across(ground: Ground, week: Week) -> Iterator[Plot]:
    """(c) A column for each class; weekdays and their periods down."""
    first_row, known = week.first, ground.desk.known
    named: dict[int, tuple[int, tuple[str, ...]]] = {}
    for column in range(week.line + 1, ground.sheet.last_column + 1):
        texts = [(row, text) for row in range(max(1, first_row - _HEADS), first_row)
                 if (text := ground.text(row, column))]  # fmt: skip
        parts = list(dict.fromkeys(text for _, text in texts))
        if parts and not _NO_LESSONS.search(parts[-1]) and (
            any(speaks_of_class(plain(text)) for text in parts[-2:]) or _is_some_class(parts[-2:], known)
        ):  # fmt: skip
            named[column] = (texts[-1][0], ("".join(parts[-2:]), *reversed(parts)))
    if not named:
        return
    ground.told(say(CLASSES_ACROSS, sheet=ground.sheet.title))
    begins = min(named)
    rows: list[tuple[int, int, int]] = []
    for day in week.days:
        here = list(range(day.first, day.last + 1))
        heads = [[(row, column) for column in range(1, begins) if column != week.line] for row in here]
        periods = ground.periods(heads, [[(row, column) for column in named] for row in here])
        rows += [(day.weekday, period, row) for row, period in zip(here, periods, strict=True) if period]
    for column, (row, titles) in named.items():
        slots = tuple(Slot(weekday, period, (at, column)) for weekday, period, at in rows)
        yield Plot(titles, (row, column), slots, is_line=True)
