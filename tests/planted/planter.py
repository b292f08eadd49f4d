"""The planter: who did which deed where, and the list of everything that must be found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import cycle, islice

from tests.planted.compliant import SUBJECTS, Rows, rows
from tests.planted.county import BANDS, TERMS, TRIED, WEEKDAYS, Class, all_days, asked, classes
from tests.planted.deed import Deed, Spot
from tests.planted.deeds import ALL
from tests.planted.gradeless import hidden

# Once in the schools tried first, then elsewhere.
ELSEWHERE = 3
Per = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Done:
    """A deed that was done."""

    deed: Deed
    spot: Spot


@dataclass(frozen=True, order=True)
class Mark:
    """One group that must be found, under one limit, and why."""

    limit: str
    keys: tuple[str | int | date, ...]
    why: str


class _Free:
    """Which spots of which class nothing was done in yet."""

    def __init__(self) -> None:
        self.taken: dict[tuple[str, str], list[int]] = {}

    def spot(self, one: Class, deed: Deed) -> Spot | None:
        """A spot of that class for the deed, kept from then on; None where there is none left."""
        taken = self.taken.setdefault((one.code, deed.table), [])
        for place in _places(one, deed):
            if place not in taken:
                taken.append(place)
                return _spot(one, deed.table, place)
        return None


def _places(one: Class, deed: Deed) -> Iterable[int]:
    """The places of a table, not the same first in every class, so that all terms and days are met."""
    if deed.table in ("homework", "evenings", "extra-lessons"):
        spread = ((one.number + place) * 37 % len(all_days()) for place in range(len(all_days())))
        return (place for place in spread if deed.asked is None or asked(one, place) == deed.asked)
    there = {"classes": 1, "schedules": len(TERMS) * len(WEEKDAYS)}.get(deed.table, len(TERMS))
    return ((one.number * 7 + place) % there for place in range(there))


def _spot(one: Class, table: str, place: int) -> Spot:
    term, weekday = TERMS[place % len(TERMS)], WEEKDAYS[place // len(TERMS) % len(WEEKDAYS)]
    return Spot(one, term, all_days()[place], weekday, SUBJECTS[one.band][1])


@cache
def done() -> Mapping[str, tuple[Done, ...]]:
    """Class → what was done in it."""
    free, found = _Free(), list[Done]()
    for band in dict.fromkeys(band for deed in ALL for band in deed.bands):
        known = [one for one in classes() if one.plain and one.grade in BANDS[band]]
        tried = [one for one in known if one.school in TRIED]
        # Every second class keeps every plan.
        others = [one for one in known if one.school not in TRIED and one.number % 2]
        here, there = cycle(tried), cycle(others)
        for deed in ALL:
            if band in deed.bands:
                found += _somewhere(deed, islice(here, 2 * len(tried)), 1, free)
                found += _somewhere(deed, islice(there, 2 * len(others)), ELSEWHERE, free)
    by_class: dict[str, list[Done]] = {}
    for one in found:
        by_class.setdefault(one.spot.one.code, []).append(one)
    return {code: tuple(several) for code, several in by_class.items()}


def _somewhere(deed: Deed, where: Iterator[Class], times: int, free: _Free) -> Iterator[Done]:
    """The deed, done so many times; raises ValueError where the county is too small for it."""
    for one in where:
        if not times:
            return
        spot = free.spot(one, deed)
        if spot is not None:
            times -= 1
            yield Done(deed, spot)
    if times:
        raise ValueError(deed.says)


def reported(one: Class) -> Rows:
    """What a class reports, with what was done in it."""
    found = rows(one)
    for some in done().get(one.code, ()):
        some.deed.change(found, some.spot)
    return found


def violations(pack: str, per: Per) -> list[Mark]:
    """What must be found violating; ``per`` says how each limit of the pack groups."""
    return [
        Mark(limit, some.spot.keys(per[limit]), some.deed.says)
        for several in done().values() for some in several for limit in some.deed.breaks[pack]
    ]  # fmt: skip


def holes(pack: str, per: Per) -> list[Mark]:
    """What must be found not reported."""
    hid = [
        Mark(limit, some.spot.keys(per[limit]), some.deed.says)
        for several in done().values() for some in several for limit in some.deed.hides[pack]
    ]  # fmt: skip
    for one in classes():
        if not one.plain:
            hid += [Mark(limit, keys, "年级没有报") for limit, keys in hidden(pack, one, rows(one))]
    return hid
