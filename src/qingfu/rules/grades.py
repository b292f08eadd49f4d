"""Grades: P1–P6 primary, J1–J3 junior, S1–S3 senior; ranges as officials write them (`P3-6`, `J`, `P1-J3`)."""

from __future__ import annotations

import re

STAGES = {"P": 6, "J": 3, "S": 3}
GRADES = tuple(f"{stage}{year}" for stage, years in STAGES.items() for year in range(1, years + 1))
ALL = "*"
_RANGE = re.compile(r"^([PJS])(?:([1-6])(?:-([PJS]?)([1-6]))?)?$")


def grades_of(text: str) -> tuple[str, ...] | None:
    """The grades a range names, in order; None when there is no such range (a grade 7 of a primary school)."""
    if text == ALL:
        return GRADES
    found = _RANGE.match(text)
    if found is None:
        return None
    stage, first, last_stage, last = found.groups()
    begin = f"{stage}{first or 1}"
    end = f"{last_stage or stage}{last}" if last else (begin if first else f"{stage}{STAGES[stage]}")
    if begin not in GRADES or end not in GRADES or GRADES.index(end) < GRADES.index(begin):
        return None
    return GRADES[GRADES.index(begin) : GRADES.index(end) + 1]
