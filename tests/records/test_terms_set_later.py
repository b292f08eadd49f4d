"""A plan came into force before the bureau set its school terms: what waits is laid out anew, nobody is asked twice."""

from __future__ import annotations

from datetime import date

import pytest

from qingfu.packfile.read import load
from qingfu.packfile.words.plan import SchoolTerm
from qingfu.records.duties.queries import TaskRow, board
from qingfu.records.enactment.actions import open_the_day, set_term
from qingfu.records.journal.queries import reading
from qingfu.records.models import Task
from qingfu.records.monitoring.queries import terms
from qingfu.records.people.actions import add_organ
from tests import cast
from tests.records.monitoring.conftest import DEPARTMENTS, FILLS

pytestmark = pytest.mark.django_db
BEFORE = cast.moment("2024-08-20")
ASSUMED = (SchoolTerm(id="推定的秋季学期", from_="2024-09-02", until="2025-01-17", certainty="assumed"),)


@pytest.fixture
def home() -> cast.County:
    """The county with light-load in force by an assumed term, and no term of its own."""
    found = cast.county(enact=False)
    for code, name in DEPARTMENTS.items():
        found.organs[code] = add_organ(
            found.keeper, kind="department", name=name, level="county", code=code, at=cast.BEGINS
        ).id
    seats = {"education-bureau": "commission", "police": "police", **{code: code for code in DEPARTMENTS}}
    pack = load("light-load")
    pack = pack.model_copy(update={"plan": pack.plan.model_copy(update={"terms": ASSUMED})})
    cast.enact_plan(found, pack, seats, fills=FILLS, at=BEFORE)
    return found


def boards(home: cast.County, day: str = "2024-08-20") -> list[TaskRow]:
    """Each school's task to show its documents when a term begins."""
    return list(board(home["reviewer"], edition=home.edition, duty="term-board", at=cast.moment(day), size=100).rows)


def autumn(home: cast.County, first: date, *, at: str = "2024-08-21") -> None:
    set_term(
        home["reviewer"], name="2024年秋季学期", year=2024, from_on=first, until_on=date(2025, 1, 18),
        at=cast.moment(at),
    )  # fmt: skip


def test_what_waits_takes_the_days_of_the_term_that_was_set(home: cast.County) -> None:
    before = boards(home)
    assert {(row.state, row.due_on) for row in before} == {("waiting", date(2024, 9, 9))}
    autumn(home, date(2024, 9, 4))
    after = boards(home)
    assert {(row.state, row.due_on) for row in after} == {("waiting", date(2024, 9, 11))}
    assert {row.id for row in after} == {row.id for row in before}
    assert all("2024年秋季学期" in row.period for row in after)
    open_the_day(bureau=home.bureau, at=cast.moment("2024-08-22"))
    assert boards(home) == after


def test_what_has_opened_keeps_its_day_and_nobody_is_asked_for_it_again(home: cast.County) -> None:
    open_the_day(bureau=home.bureau, at=cast.moment("2024-09-03"))
    before = boards(home, "2024-09-03")
    assert {row.state for row in before} == {"open"}
    autumn(home, date(2024, 9, 4), at="2024-09-03")
    open_the_day(bureau=home.bureau, at=cast.moment("2024-09-05"))
    after = boards(home, "2024-09-05")
    assert [(row.id, row.due_on, row.state) for row in after] == [(row.id, row.due_on, row.state) for row in before]


def test_what_waits_for_a_term_there_is_not_goes(home: cast.County) -> None:
    set_term(
        home["reviewer"], name="2025年春季学期", year=2024, from_on=date(2025, 2, 17), until_on=date(2025, 7, 4),
        at=BEFORE,
    )  # fmt: skip
    assert boards(home) == []
    autumn(home, date(2024, 9, 2))
    assert {row.due_on for row in boards(home)} == {date(2024, 9, 9)}


def test_setting_a_term_anew_with_the_same_days_changes_nothing(home: cast.County) -> None:
    autumn(home, date(2024, 9, 4))
    with reading(home["reviewer"]):
        before = list(Task.objects.order_by("id").values())
    (term,) = (one.id for one in terms(home["reviewer"]))
    set_term(
        home["reviewer"], name="2024年秋季学期", year=2024, from_on=date(2024, 9, 4), until_on=date(2025, 1, 18),
        term=term, at=cast.moment("2024-08-21"),
    )  # fmt: skip
    with reading(home["reviewer"]):
        assert list(Task.objects.order_by("id").values()) == before
