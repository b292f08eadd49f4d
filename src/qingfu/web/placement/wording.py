"""Placements in words: grades, what is balanced, what happened to a class, digests to be read aloud."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from qingfu.base.words import AND_SO_ON, N_
from qingfu.records.placement.queries import Balance, PlacementRow
from qingfu.rules import phrases

ROOM = "placements"
KINDS = {
    "together": N_("In one class"),
    "apart": N_("In different classes"),
    "avoid": N_("Not with this team"),
}
CHANGES = {
    "arrive": N_("Came later"),
    "leave": N_("Left the school"),
    "exception": N_("Changed class by exception"),
}
_BALANCED = {
    "size": N_("How many pupils has each class?"),
    "girls": N_("How many girls are in each class?"),
    "special": N_("How many with special needs are in each class?"),
    "level": N_("What is the mean level of each class?"),
}
_TOWNSHIP = "township "


def grade_says(grade: str) -> str:
    """A grade as a school names it: 一年级."""
    return phrases.grades((grade,), _)


def row_says(row: PlacementRow) -> str:
    """A placement in one line: 2026年一年级."""
    return _("{grade}, {year}").format(grade=grade_says(row.grade), year=row.year)


def joined(parts: Iterable[str]) -> str:
    """Several words in one line."""
    return _(AND_SO_ON).join(parts)


def halves(level: int) -> str:
    """Half points as points: 175 is 87.5."""
    return f"{level // 2}.5" if level % 2 else str(level // 2)


def hundredths(value: int) -> str:
    """A mean in hundredths of a point: 8750 is 87.50."""
    return f"{value // 100}.{value % 100:02d}"


def grouped(digest: str) -> tuple[str, ...]:
    """A digest in groups of four, to be read aloud and compared."""
    return tuple(digest[place : place + 4] for place in range(0, len(digest), 4))


@dataclass(frozen=True)
class Stick:
    """One class in a chart: its label, the value in words, how long its bar is."""

    label: str
    says: str
    width: str


@dataclass(frozen=True)
class Chart:
    """One thing that was balanced, class by class, with what arithmetic allows beside it."""

    key: str
    asks: str
    sticks: tuple[Stick, ...]
    verdict: str
    met: bool
    zh: str = ""


def charts(balances: Sequence[Balance], labels: Sequence[str]) -> tuple[Chart, ...]:
    """Charts of the balance; what nobody has, such as levels in a first grade, has none."""
    return tuple(_chart(one, labels) for one in balances if any(one.values))


def _chart(one: Balance, labels: Sequence[str]) -> Chart:
    place = one.word.removeprefix(_TOWNSHIP) if one.word.startswith(_TOWNSHIP) else ""
    asks = _("How many pupils of this township are in each class?") if place else _(_BALANCED[one.word])
    level = one.word == "level"
    most = max(one.values)
    sticks = tuple(
        Stick(label, hundredths(value) if level else str(value), f"{100 * value / most:.1f}%" if most else "0%")
        for label, value in zip(labels, one.values, strict=True)
    )
    return Chart(
        one.word.replace(" ", "-"), asks, sticks, _verdict(one, level=level), one.spread <= one.limit, place
    )  # fmt: skip


def _verdict(one: Balance, *, level: bool) -> str:
    if level:
        says = _("The means differ by {spread} points; half a point more in a class moves its mean by {limit}.")
        return says.format(spread=hundredths(one.spread), limit=hundredths(one.limit))
    if one.spread <= one.limit:
        return _("They differ by {n}: no division is more even.").format(n=one.spread)
    says = _("They differ by {n}; without wishes and later changes {limit} is possible.")
    return says.format(n=one.spread, limit=one.limit)
