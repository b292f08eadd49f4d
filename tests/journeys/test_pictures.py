"""The pictures, looked at closely: in both languages and both schemes, on a desk and on a telephone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from qingfu.base.clock import system_now
from qingfu.records.almanac.actions import set_clock
from qingfu.records.journal.queries import reading
from qingfu.records.monitoring import actions
from qingfu.records.monitoring.models import AskedClass
from qingfu.records.people.actions import add_organ
from tests import cast
from tests.faces.first_week_stage import Board, board
from tests.journeys.conftest import Visit
from tests.journeys.school_site import served, sign_in
from tests.journeys.visitor import PHONE

__all__ = ["board"]

FIRST, LAST = date(2024, 9, 2), date(2024, 10, 18)
NOW = cast.moment("2024-10-18", 17)
MINUTES = (20, 35, 55, 60, 75, 90, 0)


def _own_homework(found: Board) -> None:
    """Seven weeks of the primary school: too much, none, without minutes, and days nobody told of."""
    schools = found.schools
    organ, rows, n = schools.county.organs["school"], [], 0
    for day in (FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)):
        for one in (one for one in schools.classes.values() if one.organ == organ and day.weekday() < 5):
            n += 1
            minutes = None if n % 13 == 0 else 0 if one.grade == "P1" else MINUTES[n % 7]
            if n % 6:
                rows.append(
                    {"class": one.id, "day": day, "subject": "语文", "minutes": minutes, "written": minutes != 0}
                )
    actions.file_rows(
        schools.actor("principal"), table="homework", organ=organ, term=schools.term.id, rows=rows, at=NOW
    )  # fmt: skip


def _other_schools(found: Board, number: int) -> None:
    """Schools with two classes each, drawn on eight days, of which they told five."""
    office, term = found.schools.actor("reviewer"), found.schools.term
    for n in range(number):
        organ = add_organ(
            found.schools.county.keeper, kind="school", name=f"第{n + 1}小学", level="county", code=f"p{n}",
            at=cast.BEGINS,
        ).id  # fmt: skip
        made = actions.file_classes(
            office, organ=organ, year=2024, rows=[{"name": f"三年级{one}班", "grade": "P3"} for one in (1, 2)],
            on_behalf="校长", at=NOW,
        )  # fmt: skip
        rows = [
            {"class": one.id, "day": date(2024, 9, 9 + day), "subject": "语文", "written": True,
             "minutes": (20 + 13 * day + 7 * n) % 95}
            for one in made for day in range(5)
        ]  # fmt: skip
        actions.file_rows(office, table="homework", organ=organ, term=term.id, rows=rows, on_behalf="校长", at=NOW)
        with reading(office):
            AskedClass.objects.bulk_create(
                AskedClass(
                    bureau_id=office.bureau, organ_id=organ, day=date(2024, 9, 9 + day), school_class_id=one.id
                )
                for one in made for day in range(8)
            )  # fmt: skip


@pytest.fixture
def pictured(board: Board) -> Iterator[str]:
    """A county in its seventh week of school."""
    _own_homework(board)
    _other_schools(board, 6)
    set_clock(to=NOW, at=system_now())
    with served(board.schools, "principal", "reviewer") as site:
        yield site


def test_a_school_looks_at_its_own_pictures(pictured: str, board: Board, visit: Visit) -> None:
    school = visit(pictured)
    sign_in(school, "principal")
    page = school.open("/pictures")
    school.look_closely()
    page.locator("main .row a").first.click()
    expect(page.locator("td.day-over").first).to_contain_text("▲")
    school.draw("homework-calendar")
    school.look_closely()
    page.set_viewport_size(PHONE)
    expect(page.locator("table.calendar")).to_be_hidden()
    page.locator(".only-narrow a", has_text="三年级1班").click()
    expect(page.locator("table.calendar-weeks")).to_be_visible()
    school.draw("homework-calendar-class-360")
    school.look_closely()
    page = school.open(f"/pictures/{board.schools.county.organs['school']}/timetable")
    page.locator("#class").select_option(label="三年级1班")
    page.locator(".class-choice button").click()
    expect(page.locator("table.week")).to_have_count(3)
    school.look_closely()


def test_the_bureau_looks_at_the_county_and_at_an_estimate(pictured: str, visit: Visit) -> None:
    office = visit(pictured)
    sign_in(office, "reviewer")
    for address, name in (
        ("/pictures", ""),
        ("/pictures/homework", "county-homework"),
        ("/pictures/estimate", "estimate"),
    ):
        office.open(address)
        office.look_closely()
        if name:
            office.draw(name)
    expect(office.page.locator("svg.whisker").first).to_be_visible()
    office.open("/first-week")
    office.look_closely()
