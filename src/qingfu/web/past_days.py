"""A date moved to a day that is over: allowed, but asked about once more."""

from __future__ import annotations

from datetime import date

from qingfu.base.days import read_day
from qingfu.base.errors import FieldFault, Invalid, NoSuchDay
from qingfu.base.words import N_
from qingfu.web.desk import Desk

FIELD = "to"
WARNED = "warned"


class DayOver(Invalid):
    """The new day of a duty is over already, and nobody was warned of it yet."""

    code = "QF-DAY-OVER"
    says = N_("This day is over already: whatever is still owed would be late at once.")
    do = N_("Write another day, or press again to move the date all the same.")


def new_day(desk: Desk) -> date:
    """The day typed into the field; DayOver where it is over and the form did not warn of it yet."""
    text = desk.request.POST.get(FIELD, "")
    try:
        to = read_day(text)
    except NoSuchDay:
        raise Invalid(FieldFault(FIELD, N_("There is no such day: {text}."), {"text": text})) from None
    if to < desk.today and desk.request.POST.get(WARNED) != text:
        raise DayOver(FieldFault(FIELD, DayOver.says))
    return to


def warned_of(desk: Desk) -> str:
    """The day the form has warned of, as it was typed; the form carries it."""
    return desk.typed(FIELD) if isinstance(desk.error, DayOver) else desk.typed(WARNED)
