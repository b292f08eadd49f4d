"""What every page of enrolment reads from a form: days, numbers, and what an area's figures say."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.utils.translation import gettext as _

from qingfu.base.days import read_day
from qingfu.base.errors import FieldFault, Invalid, NoSuchDay
from qingfu.base.words import N_
from qingfu.records.enrolment.queries import CatchmentView, whole_number
from qingfu.web.desk import Desk
from qingfu.web.parts import Cell

ROOM = "enrolments"
Read = TypeVar("Read")
CHOOSE_DAY = N_("Choose a day.")
NO_NUMBER = N_("Write a whole number.")


def sent(desk: Desk, name: str) -> str:
    """A plain field of the form, without blanks around it."""
    return desk.request.POST.get(name, "").replace("\r\n", "\n").strip()


def day_sent(desk: Desk, name: str) -> date:
    """A day of the form. Raises Invalid at its field."""
    try:
        return read_day(sent(desk, name))
    except NoSuchDay:
        raise Invalid(FieldFault(name, CHOOSE_DAY)) from None


def number_sent(desk: Desk, name: str) -> int:
    """A whole number of the form. Raises Invalid at its field."""
    number = whole_number(sent(desk, name))
    if number is None:
        raise Invalid(FieldFault(name, NO_NUMBER))
    return number


def number_or_none(desk: Desk, name: str) -> int | None:
    """The same, where it may be left for later."""
    return number_sent(desk, name) if sent(desk, name) else None


def all_sent(desk: Desk, read: Callable[[Desk, str], Read], *names: str) -> list[Read]:
    """Several fields read alike. Raises Invalid with every one of them that is wrong."""
    found: list[Read] = []
    faults: list[FieldFault] = []
    for name in names:
        try:
            found.append(read(desk, name))
        except Invalid as wrong:
            faults += wrong.faults
    if faults:
        raise Invalid(*faults)
    return found


@dataclass(frozen=True)
class Box:
    """One field of a line that comes several times: its id carries the number of the line."""

    name: str
    id: str
    value: str
    fault: str


@dataclass(frozen=True)
class Line:
    """One of several lines of a form."""

    n: int
    boxes: tuple[Box, ...]


def line(desk: Desk, n: int, values: Mapping[str, str]) -> Line:
    """The ``n``-th line with what stands in it and what is wrong with it."""
    boxes = (Box(name, f"{name}-{n}", value, desk.fault(f"{name}-{n}")) for name, value in values.items())
    return Line(n, tuple(boxes))


def fit(one: CatchmentView) -> Cell:
    """Whether the places are enough for the children of the area."""
    if one.places is None or one.expected is None:
        return Cell("—")
    if one.more:
        return Cell(_("{n} children more than places").format(n=one.more), subject="catchment", state="crowded")
    return Cell(_("the places are enough"), subject="catchment", state="fits")
