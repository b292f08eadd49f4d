"""Administrative divisions by code (GB/T 2260, and the nine digits of towns), read from files as asked.

Codes have 2 digits (province), 4 (city), 6 (county) or 9 (town or sub-district); six digits
that end in zeros mean the province or city. The files are streamed: 41,352 towns are never
kept in memory.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from qingfu.base.errors import NoSuchDivision

FOLDER = Path(__file__).resolve().parent
FILES = {2: "provinces.csv", 4: "cities.csv", 6: "areas.csv", 9: "streets.csv"}

# Levels that exist only so that the code has digits for them; nobody says them in a name.
UNSAID = ("市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划")


@dataclass(frozen=True)
class Division:
    """One division; ``parent`` is the code one level up, None for a province."""

    code: str
    name: str
    parent: str | None


@lru_cache(maxsize=256)
def division(code: str) -> Division:
    """The division of that code; raises NoSuchDivision."""
    wanted = _plain(code)
    if len(wanted) in FILES:
        for found, name in _rows(len(wanted)):
            if found == wanted:
                return Division(found, name, _parent(found))
    raise NoSuchDivision(code=code)


def towns_of(county_code: str) -> tuple[Division, ...]:
    """The towns and sub-districts of a county, in the order of their codes; raises NoSuchDivision."""
    county = division(county_code)
    if len(county.code) != 6:
        raise NoSuchDivision(code=county_code)
    found = (Division(code, name, county.code) for code, name in _rows(9) if code[:6] == county.code)
    return tuple(sorted(found, key=lambda town: town.code))


def full_name(code: str) -> str:
    """The name from the province down as it is said, without levels that only fill the code.

    Raises NoSuchDivision.
    """
    names: list[str] = []
    step: str | None = code
    while step:
        found = division(step)
        unsaid = len(found.code) == 4 and found.name in UNSAID
        if not unsaid and found.name not in names[-1:]:
            names.append(found.name)
        step = found.parent
    return "".join(reversed(names))


def _plain(code: str) -> str:
    if len(code) == 6 and code.endswith("0000"):
        return code[:2]
    # 441900 and its like are cities without counties and stand among the counties.
    if len(code) == 6 and code.endswith("00") and not any(found == code for found, _ in _rows(6)):
        return code[:4]
    return code


def _parent(code: str) -> str | None:
    return {2: None, 4: code[:2], 6: code[:4], 9: code[:6]}[len(code)]


def _rows(digits: int) -> Iterator[tuple[str, str]]:
    with (FOLDER / FILES[digits]).open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        for row in rows:
            yield row[0], row[1]
