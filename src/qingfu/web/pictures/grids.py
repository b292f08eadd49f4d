"""Timetables as they are drawn: one small table for each record, and where two of them differ said in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from qingfu.base.words import N_
from qingfu.records.monitoring.queries import Grids, SideBySide
from qingfu.rules.phrases import WORDS
from qingfu.rules.tables import BY_NAME

WEEKDAYS = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))
LINES = ("arrive", "first-lesson", "teaching", "exercise", "sleep")
NOTHING = N_("nothing")


@dataclass(frozen=True)
class Spot:
    """One lesson of a drawn timetable."""

    subject: str
    differs: bool


@dataclass(frozen=True)
class Drawn:
    """One timetable: its record, its name, and its rows from the first lesson of the day to the last."""

    record: str
    says: str
    rows: tuple[tuple[int, tuple[Spot, ...]], ...]


@dataclass(frozen=True)
class Beside:
    """The timetables of a class: those that were told, the names of those that were not, and what differs in words.

    ``compared``: both the posted and the taught one are there.
    """

    weekdays: tuple[str, ...]
    told: tuple[Drawn, ...]
    missing: tuple[str, ...]
    differences: tuple[str, ...]
    compared: bool


def beside(found: Grids | SideBySide, records: Sequence[str]) -> Beside:
    """Draw some of a class's timetables, in the order that is asked for."""
    told = tuple(_drawn(found, record) for record in records if record in found.records)
    return Beside(
        tuple(_(WEEKDAYS[n - 1]) for n in found.weekdays), told,
        tuple(_(WORDS[record]) for record in records if record not in found.records),
        tuple(_difference(found, *place) for place in sorted(found.differing)),
        {"posted", "taught"} <= set(found.records),
    )  # fmt: skip


def _drawn(found: Grids | SideBySide, record: str) -> Drawn:
    grid = found.records[record]
    # What was planned is no promise to anybody; only what was posted and what is taught can differ.
    marked = found.differing if record in ("posted", "taught") else frozenset()
    rows = tuple(
        (n, tuple(Spot(grid.get((day, n), ""), (day, n) in marked) for day in found.weekdays)) for n in found.periods
    )
    return Drawn(record, _(WORDS[record]), rows)


def _difference(found: Grids | SideBySide, weekday: int, period: int) -> str:
    place = (weekday, period)
    posted, taught = (found.records[record].get(place) or _(NOTHING) for record in ("posted", "taught"))
    return _("{weekday}, lesson {n}: {posted} is posted, {taught} is taught").format(
        weekday=_(WEEKDAYS[weekday - 1]), n=period, posted=posted, taught=taught
    )


@dataclass(frozen=True)
class Line:
    """One line of a day schedule: the same on all days, or one value for each, beside its weekday."""

    says: str
    same: str
    values: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class DaysOfClass:
    """The day schedule of a class."""

    weekdays: tuple[str, ...]
    lines: tuple[Line, ...]


def schedule(days: Sequence[Mapping[str, int]]) -> DaysOfClass:
    """Draw a day schedule as it was shown: one mapping a weekday, clocks and amounts in minutes."""
    weekdays = tuple(_(WEEKDAYS[n - 1]) for n in [one["weekday"] for one in days])
    lines = []
    for name in LINES:
        values = tuple(_value(name, one.get(name.replace("-", "_"))) for one in days)
        column = BY_NAME["schedules"].column(name)
        if any(values) and column is not None:
            same = values[0] if len(set(values)) == 1 else ""
            lines.append(Line(_(column.says), same, tuple(zip(weekdays, values, strict=True))))
    return DaysOfClass(weekdays, tuple(lines))


def _value(name: str, minutes: int | None) -> str:
    if minutes is None:
        return ""
    # The names of the other lines say that they are minutes.
    return f"{minutes // 60}:{minutes % 60:02}" if name in ("arrive", "first-lesson") else str(minutes)
