"""The county: sixty schools, a thousand classes, three school terms; nobody in it and no number of it is real."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from qingfu.base.workdays import Workdays

WORKDAYS = Workdays.shipped()
STARTS = {"2024-autumn": date(2024, 9, 2), "2025-spring": date(2025, 2, 17), "2025-autumn": date(2025, 9, 1)}
TERMS = tuple(STARTS)
SCHOOL_DAYS = 60
WEEKDAYS = (1, 2, 3, 4, 5)

BANDS = {
    "P1-2": ("P1", "P2"),
    "P3-6": ("P3", "P4", "P5", "P6"),
    "P": ("P1", "P2", "P3", "P4", "P5", "P6"),
    "J": ("J1", "J2", "J3"),
    "S": ("S1", "S2", "S3"),
}
# Letter of the school, how many such schools, grades, how many classes of each grade.
_SCHOOLS = (("P", 36, BANDS["P"], 3), ("J", 14, BANDS["J"], 6), ("S", 10, BANDS["S"], 3))
# Every sort of deed is done in these first, so that the slow evaluator can be asked about all of them.
TRIED = ("P01", "P02", "P25", "J01", "J02", "S01")


@dataclass(frozen=True)
class Class:
    """One class; ``grade`` is what its pupils are in. ``told``: the grade was reported; ``listed``: the class was."""

    code: str
    number: int
    school: str
    grade: str
    place: str
    told: bool = True
    listed: bool = True

    @property
    def band(self) -> str:
        """The stage, primary split where plans split it."""
        return next(band for band in ("P1-2", "P3-6", "J", "S") if self.grade in BANDS[band])

    @property
    def plain(self) -> bool:
        """Whether everybody knows what class it is."""
        return self.told and self.listed


@cache
def classes() -> tuple[Class, ...]:
    """All classes: a thousand that everybody knows, two without a grade, one that is in no list of classes."""
    made: list[Class] = []
    for letter, schools, grades, each in _SCHOOLS:
        for school in range(1, schools + 1):
            place = "village" if letter == "P" and school > 24 else "town"
            for grade in grades:
                # Every school of the senior stage has a fourth class in its last grade.
                for one in range(1, each + 1 + (grade == "S3")):
                    name = f"{letter}{school:02d}"
                    made.append(Class(f"{name}-{grade[1]}{one}", len(made), name, grade, place))
    made.append(Class("J01-x", len(made), "J01", "J2", "town", told=False))
    made.append(Class("J09-x", len(made), "J09", "J1", "town", told=False))
    made.append(Class("J02-new", len(made), "J02", "J3", "town", listed=False))
    return tuple(made)


@cache
def days(term: str) -> tuple[date, ...]:
    """The school days of a term on which homework was reported."""
    found: list[date] = []
    day = STARTS[term]
    while len(found) < SCHOOL_DAYS:
        if WORKDAYS.is_workday(day):
            found.append(day)
        day = date.fromordinal(day.toordinal() + 1)
    return tuple(found)


@cache
def all_days() -> tuple[date, ...]:
    """The school days of all terms."""
    return tuple(day for term in TERMS for day in days(term))


@cache
def before_rest(day: date) -> bool:
    """Whether homework of this day is for a rest day."""
    return not WORKDAYS.is_workday(date.fromordinal(day.toordinal() + 1))


def asked(one: Class, place: int) -> bool:
    """Whether the class was asked to report on the day of that place among all days: every tenth."""
    return (one.number + place) % 10 == 0
