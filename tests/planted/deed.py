"""Deed: one thing a school did, what it changes in the rows of a class, and which limits of which plan it breaks.

What is broken is written down by whoever wrote the deed, from the wording of the plans; no evaluator was asked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from tests.planted.compliant import Rows
from tests.planted.county import Class
from tests.planted.lessons import Row

PACKS = ("burden-30-measures", "light-load", "national")
Named = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Spot:
    """Where and when a deed was done; its table says which of these mean anything."""

    one: Class
    term: str
    day: date
    weekday: int
    subject: str

    def keys(self, per: tuple[str, ...]) -> tuple[str | int | date, ...]:
        """The group of a limit that groups by ``per``."""
        cells: dict[str, str | int | date] = {
            "class": self.one.code, "term": self.term, "day": self.day, "weekday": self.weekday, "subject": self.subject
        }  # fmt: skip
        return tuple(cells[column] for column in per)


Change = Callable[[Rows, Spot], None]


def by(burden: str = "", light: str = "", national: str = "") -> Named:
    """Limits by pack, their names separated by blanks."""
    return {pack: tuple(names.split()) for pack, names in zip(PACKS, (burden, light, national), strict=True)}


NOTHING = by()


@dataclass(frozen=True)
class Deed:
    """``bands`` are the stages in each of which it is done; ``asked``: only where a report was or was not asked for.

    ``breaks`` are the limits it violates, ``hides`` those nobody can judge any more; a deed with neither is a
    near miss.
    """

    says: str
    table: str
    bands: tuple[str, ...]
    change: Change
    breaks: Named = field(default_factory=by)
    hides: Named = field(default_factory=by)
    asked: bool | None = None


def mine(rows: Rows, table: str, spot: Spot) -> list[Row]:
    """The rows of a table that lie in the spot."""
    places: dict[str, dict[str, object]] = {
        "classes": {},
        "homework": {"day": spot.day},
        "exams": {"term": spot.term, "subject": spot.subject},
        "timetable": {"term": spot.term},
        "schedules": {"term": spot.term, "weekday": spot.weekday},
        "evenings": {"day": spot.day},
        "extra-lessons": {"day": spot.day},
        "aids": {"term": spot.term, "subject": spot.subject},
    }
    return [row for row in rows[table] if all(row[name] == cell for name, cell in places[table].items())]


def cells(table: str, **changed: object) -> Change:
    """The change that writes other cells into the first row of the spot; ``_`` stands for a hyphen."""

    def change(rows: Rows, spot: Spot) -> None:
        mine(rows, table, spot)[0].update(hyphened(changed))

    return change


def hyphened(changed: Mapping[str, object]) -> Row:
    """Keyword arguments as columns are called."""
    return {name.replace("_", "-"): cell for name, cell in changed.items()}


def both(first: Change, second: Change) -> Change:
    """Two changes, one after the other."""

    def change(rows: Rows, spot: Spot) -> None:
        first(rows, spot)
        second(rows, spot)

    return change
