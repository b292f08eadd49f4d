"""Classes whose grade nobody knows: whatever depends on the grade cannot be judged for them.

They are junior classes, so their rows are those of a junior class; nothing was done in them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date

from tests.planted.compliant import Rows
from tests.planted.county import Class
from tests.planted.deeds.timetable import BURDEN, LIGHT, NATIONAL
from tests.planted.lessons import Row

CLASS_DAY = ("class", "day")
CLASS_TERM = ("class", "term")
EXAM = ("class", "term", "subject")
WEEKDAY = ("class", "term", "weekday")


def _any(_row: Row) -> bool:
    return True


@dataclass(frozen=True)
class Open:
    """A limit that depends on the grade: every group is open in which some row could matter."""

    table: str
    per: tuple[str, ...]
    names: tuple[str, ...]
    matters: Callable[[Row], bool] = field(default=_any)


def _items(limit: str, items: dict[str, dict[str, int]]) -> tuple[str, ...]:
    return tuple(f"{limit}/{item}" for item in items)


def _written(row: Row) -> bool:
    return bool(row["written"])


OPEN = {
    "burden-30-measures": (
        Open("classes", ("class",), ("class-size",)),
        Open("homework", CLASS_DAY, ("homework-time", "homework-low")),
        Open("exams", EXAM, ("exams",)),
        Open("timetable", CLASS_TERM, _items("all-courses", NATIONAL) + _items("courses-taught", BURDEN)),
        Open("schedules", WEEKDAY, ("sleep",)),
    ),
    "light-load": (
        Open("homework", CLASS_DAY, ("homework-time", "rest-day-homework")),
        Open("exams", EXAM, ("exam-count",)),
        # Would be forbidden if it were a primary class; no junior class is examined at another time.
        Open("exams", CLASS_TERM, ("exam-primary-end-only",), lambda row: row["unified"] and row["when"] == "mid"),
        Open("timetable", CLASS_TERM, _items("courses-kept", LIGHT)),
        Open("schedules", WEEKDAY, ("lesson-hours",)),
    ),
    "national": (
        Open("classes", ("class",), ("class-size",)),
        Open("homework", CLASS_DAY, ("homework",)),
        Open("homework", CLASS_DAY, ("homework-low",), _written),
        Open("exams", EXAM, ("exams",)),
        Open("exams", CLASS_TERM, ("exams-low",), lambda row: row["paper"]),
        Open("exams", CLASS_TERM, ("exams-mid",), lambda row: row["unified"] and row["when"] == "mid"),
        Open("timetable", CLASS_TERM, _items("course-hours", NATIONAL)),
        Open("schedules", WEEKDAY, ("sleep", "first-lesson")),
    ),
}


def hidden(pack: str, one: Class, rows: Rows) -> Iterator[tuple[str, tuple[str | int | date, ...]]]:
    """(limit, group) of everything open in a class without a grade."""
    for some in OPEN[pack]:
        groups = {tuple(row[name] for name in some.per): None for row in rows[some.table] if some.matters(row)}
        for name in some.names:
            for keys in groups:
                yield name, keys
