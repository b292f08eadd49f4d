"""Dates of a plan as one family of values: absolute, recurring, at least so often, relative, open-ended.

Every term answers ``due(calendar, events, terms, within)`` with its due dates in order, and
every due date explains itself. Nothing here knows today's date or any plan's number.
"""

from __future__ import annotations

from qingfu.base.days import Period, SchoolTerm
from qingfu.base.terms.absolute import Absolute
from qingfu.base.terms.at_least import AtLeast
from qingfu.base.terms.due import DueDate, Events, Explanation, Left, Moved, Within, window
from qingfu.base.terms.open_ended import OpenEnded
from qingfu.base.terms.recurring import MonthDay, Override, Recurring
from qingfu.base.terms.relative import Relative

Term = Absolute | Recurring | AtLeast | Relative | OpenEnded

__all__ = [
    "Absolute",
    "AtLeast",
    "DueDate",
    "Events",
    "Explanation",
    "Left",
    "MonthDay",
    "Moved",
    "OpenEnded",
    "Override",
    "Period",
    "Recurring",
    "Relative",
    "SchoolTerm",
    "Term",
    "Within",
    "window",
]
