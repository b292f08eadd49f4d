"""Deeds: everything done in the county, table by table."""

from __future__ import annotations

from tests.planted.deed import Deed
from tests.planted.deeds.classes import DEEDS as CLASSES
from tests.planted.deeds.daily import DEEDS as DAILY
from tests.planted.deeds.exams import DEEDS as EXAMS
from tests.planted.deeds.homework import DEEDS as HOMEWORK
from tests.planted.deeds.timetable import DEEDS as TIMETABLE

ALL: tuple[Deed, ...] = (*CLASSES, *HOMEWORK, *EXAMS, *TIMETABLE, *DAILY)
