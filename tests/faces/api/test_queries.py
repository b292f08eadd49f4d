"""A program that sends or reads many rows asks the database no more often than one that sends a few."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from tests.faces.api.conftest import TERM, Programs, founded, programs, schools

__all__ = ["founded", "programs", "schools"]

# Queries of one request, with a key to be known, a school to be judged and two plans in force.
MOST_READING, MOST_REPORTING = 60, 120
FIRST = date(2024, 9, 2)
READ = (
    "terms", "tables", f"classes?term={TERM}", f"filings/homework?term={TERM}", f"findings?term={TERM}&state=to-end",
)  # fmt: skip


def homework(count: int, *, minutes: int = 90) -> list[dict[str, object]]:
    """So many rows on so many days, each over the limit."""
    days = (FIRST + timedelta(days=n) for n in range(count))
    return [
        {"class": "三年级1班", "day": day.isoformat(), "subject": "语文", "minutes": minutes, "written": True}
        for day in days
    ]


def asked(programs: Programs, address: str) -> int:
    programs.reads("principal", address)
    with CaptureQueriesContext(connections["default"]) as caught:
        assert programs.reads("principal", address).status == 200
    return len(caught)


def told(programs: Programs, count: int, minutes: int) -> int:
    with CaptureQueriesContext(connections["default"]) as caught:
        assert programs.reports("principal", "homework", *homework(count, minutes=minutes)).status == 200
    return len(caught)


@pytest.mark.parametrize("address", READ)
def test_reading_many_rows_costs_no_more_queries_than_reading_few(programs: Programs, address: str) -> None:
    told(programs, 2, 90)
    few = asked(programs, address)
    told(programs, 40, 90)
    assert asked(programs, address) <= few
    assert few <= MOST_READING


def test_reporting_many_rows_costs_no_more_queries_than_reporting_few(programs: Programs) -> None:
    told(programs, 40, 20)
    few = told(programs, 2, 21)
    assert told(programs, 40, 22) <= few
    assert few <= MOST_REPORTING
