"""Where each grade has a limit of its own, no list of bounds is joined; what is found stays the same."""

from __future__ import annotations

from datetime import date
from itertools import product
from typing import Any

import pytest

from qingfu.rules.duck import connect, judge
from qingfu.rules.nodes import Limit
from qingfu.rules.parse import limits_of
from qingfu.rules.passes import passes_of
from qingfu.rules.reference import judge as by_hand
from qingfu.rules.sql import name, queries_of
from qingfu.rules.tables import BY_NAME

DAY = date(2025, 3, 3)
GRADES, PLACES, MINUTES = ("P1", "P3", "J1", None), ("town", "village", None), (None, 0, 55, 60, 61, 90, 95, 100)
# Written as a pack writes them, and whether a class knows which of them is its own.
BOUNDS: dict[str, tuple[tuple[dict[str, Any], ...], bool]] = {
    "one": (({"at-most": {"P1-2": 0, "P3-6": 60}, "tolerance": 5},), True),
    "one, by place": (({"at-most": {"P": 60, "village/P": 55, "J": 90}},), True),
    "one, exactly": (({"exactly": {"P": 60, "J": 90}},), True),
    "a grade each": (({"at-most": {"P1-2": 0}}, {"at-most": {"P3-6": 60}}, {"at-most": {"J": 90}}), True),
    "a grade each, at least": (({"at-least": {"P1-2": 1}}, {"at-least": {"J": 91}}), True),
    "a place each": (({"at-most": {"town/P": 60}}, {"at-most": {"village/P": 55}}), True),
    "two sides": (({"at-most": {"P": 60}}, {"at-least": {"P": 60, "J": 95}}), True),
    "a grade twice": (({"at-most": {"P": 60}}, {"at-most": {"P3-6": 55, "J": 90}}), False),
    "a grade each, of other tolerance": (({"at-most": {"P": 60}}, {"at-most": {"J": 90}, "tolerance": 5}), False),
    "two sides of one": (({"at-most": {"P": 60}}, {"exactly": {"P": 55}}), False),
    "the same for all": (({"at-most": {"P": 60, "J": 60, "S": 60}},), False),
}


def _limits(written: tuple[dict[str, Any], ...]) -> list[Limit]:
    daily = {"reads": "homework", "per": ["class", "day"], "measure": {"sum": "minutes"}, "unit": "minute"}
    return [limit for number, one in enumerate(written) for limit in limits_of(f"limit-{number}", {**daily, **one})]


def _county() -> dict[str, list[dict[str, Any]]]:
    """A class of every grade, place and sum of minutes, and those that no table of classes knows."""
    kinds = [*product(GRADES, PLACES, MINUTES), *(("", "", minutes) for minutes in MINUTES)]
    classes: list[dict[str, Any]] = [
        {"class": f"{number}", "grade": grade, "place": place}
        for number, (grade, place, _) in enumerate(kinds)
        if grade != ""
    ]
    homework: list[dict[str, Any]] = [
        {"class": f"{number}", "day": DAY, "subject": "s", "minutes": minutes}
        for number, (_, _, minutes) in enumerate(kinds)
    ]
    tables = {"classes": classes, "homework": homework}
    return {
        table: [{column.name: row.get(column.name) for column in BY_NAME[table].columns} for row in rows]
        for table, rows in tables.items()
    }


@pytest.mark.parametrize("case", BOUNDS)
def test_a_class_that_knows_its_limit_is_judged_as_by_hand(case: str) -> None:
    written, own = BOUNDS[case]
    limits, county = _limits(written), _county()
    (one,) = passes_of(limits)
    assert ("b.edge" not in queries_of(one, "duckdb").findings) == own
    with connect(threads=1) as connection:
        for table, rows in county.items():
            columns = BY_NAME[table].columns
            kinds = {"day": "DATE", "whole": "INTEGER", "yes-no": "BOOLEAN"}
            typed = ", ".join(f"{name(column.name)} {kinds.get(column.kind, 'VARCHAR')}" for column in columns)
            connection.execute(f"CREATE TABLE {name(table)} ({typed})")
            marks = ", ".join("?" for _ in columns)
            connection.executemany(f"INSERT INTO {name(table)} VALUES ({marks})", [list(row.values()) for row in rows])
        found = sorted(judge(connection, limits).findings(), key=repr)
    assert found == sorted(by_hand(limits, county), key=repr)
    assert {finding.verdict for finding in found} == {1, 2}
