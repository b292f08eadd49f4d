"""Twelve: the twelve limits of the two plans, as a pack writes them; and two hundred of the same kinds."""

from __future__ import annotations

from typing import Any

from qingfu.rules.nodes import Limit
from qingfu.rules.parse import limits_of

_DAILY = {"reads": "homework", "per": ["class", "day"]}
_TIME = {**_DAILY, "measure": {"sum": "minutes"}, "unit": "minute"}
_WEEK = {"reads": "schedules", "per": ["class", "term", "weekday"], "unit": "minute"}
TWELVE: dict[str, dict[str, Any]] = {
    "homework-p12": {**_TIME, "at-most": {"P1-2": 0}},
    "homework-p36": {**_TIME, "at-most": {"P3-6": 60}},
    "homework-junior": {**_TIME, "at-most": {"J": 90}},
    "parent-marked": {**_DAILY, "never": {"parent-marked": True}},
    "punitive": {**_DAILY, "never": {"punitive": True}},
    "exams": {
        "reads": "exams", "per": ["class", "term"], "where": {"unified": True}, "measure": {"count": "rows"},
        "unit": "time", "at-most": {"P1-2": 1, "P3-6": 2, "J": 2},
    },
    "class-size": {
        "reads": "classes", "per": ["class"], "measure": {"sum": "pupils"}, "unit": "person", "at-most": {"P": 45, "J": 50}
    },
    "school-minutes": {**_WEEK, "measure": {"sum": "teaching"}, "at-most": {"P": 360, "J": 420}},
    "exercise": {**_WEEK, "measure": {"sum": "exercise"}, "at-least": 60},
    "periods": {
        "reads": "timetable", "per": ["class", "term"], "where": {"record": "taught"}, "each": "subject",
        "measure": {"sum": "fortnight"}, "unit": "period", "needs": {f"s{number}": 1 for number in range(1, 6)},
    },
    "posted-is-taught": {
        "reads": "timetable", "per": ["class", "term"],
        "same": {"column": "record", "one": "posted", "other": "taught", "by": ["weekday", "period", "subject"], "of": "fortnight"},
    },
    "evening": {"reads": "evenings", "per": ["class", "day"], "measure": {"sum": "periods"}, "unit": "period", "at-most": 2},
}  # fmt: skip
# What the finding is known by beside its class.
SECOND = {"homework": "day", "exams": "term", "schedules": "weekday", "timetable": "term", "evenings": "day"}


def twelve() -> list[Limit]:
    """The twelve limits, the presence limit as one for each subject."""
    return [limit for key, written in TWELVE.items() for limit in limits_of(key, written)]


def two_hundred() -> list[Limit]:
    """The same limits with other bounds, places and conditions on the same grains, as many counties would have them."""
    made: list[Limit] = twelve()
    number = 0
    while len(made) < 200:
        number += 1
        variants = (
            {**_TIME, "at-most": {"P1-2": number % 3, "P3-6": 55 + number % 11, "J": 80 + number % 21}},
            {**_TIME, "at-most": {"P": 60, f"{('town', 'village')[number % 2]}/J": 85 + number % 10}},
            {**TWELVE["exams"], "at-most": {"P": 1 + number % 3, "J": 2 + number % 2}},
            {**TWELVE["class-size"], "at-most": {"P": 44 + number % 4, "J": 49 + number % 4}},
            {**TWELVE["school-minutes"], "at-most": {"P": 355 + number % 9, "J": 415 + number % 9}},
            {**TWELVE["exercise"], "at-least": 50 + number % 11},
            {**TWELVE["evening"], "at-most": 2 + number % 2},
        )
        made += [limit for at, written in enumerate(variants) for limit in limits_of(f"county-{number}-{at}", written)]
    return made[:200]
