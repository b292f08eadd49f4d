"""Twenty at once report a class's day, judge a term, end a finding, ask a school: nothing is doubled or lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from qingfu.base.actor import Actor
from qingfu.base.chance import new_id
from qingfu.base.errors import TooManyQuestions, WrongState
from qingfu.packfile.read import load
from qingfu.records.journal.queries import reading
from qingfu.records.monitoring import actions, queries
from qingfu.records.monitoring.actions.questioning import MOST_A_DAY
from qingfu.records.monitoring.models import Finding, Homework
from qingfu.records.people.actions import add_organ
from qingfu.records.problems.queries import ledger
from tests import cast
from tests.race.together import AT_ONCE, at_once, refused

NOW = cast.moment("2024-10-18", 17)
DAY = date(2024, 10, 16)
DEPARTMENTS = ("civil-affairs", "women", "market-supervision", "human-resources", "finance")
FILLS = {"limits.class-size.at-most.P": "45", "limits.class-size.at-most.J": "50"}


class Place:
    """A county with the plan in force, a term, and one class of one school."""

    def __init__(self) -> None:
        self.county = cast.county(enact=False)
        for code in DEPARTMENTS:
            made = add_organ(
                self.county.keeper, kind="department", name=code, level="county", code=code, at=cast.BEGINS
            )
            self.county.organs[code] = made.id
        seats = {"education-bureau": "commission", "police": "police", **{code: code for code in DEPARTMENTS}}
        cast.enact_plan(self.county, load("light-load"), seats, fills=FILLS, at=cast.BEGINS)
        self.term = actions.set_term(
            self.county["reviewer"], name="秋季", year=2024, from_on=date(2024, 9, 2), until_on=date(2025, 1, 17),
            at=cast.BEGINS,
        )  # fmt: skip
        self.school = self.county.organs["school"]
        (self.of,) = actions.file_classes(
            self.county["principal"], organ=self.school, year=2024, rows=[{"name": "三年级1班", "grade": "P3"}],
            at=cast.BEGINS,
        )  # fmt: skip

    def report(self, minutes: int) -> Callable[[], object]:
        rows = [
            {"class": self.of.id, "day": DAY, "subject": subject, "minutes": minutes, "written": True}
            for subject in ("语文", "数学")
        ]
        return lambda: actions.file_rows(
            self.county["principal"], table="homework", organ=self.school, term=self.term.id, rows=rows,
            client_id=new_id(), at=NOW,
        )  # fmt: skip

    def judge(self) -> object:
        plan = self.county.in_force()
        return actions.judge(Actor.clock(self.county.bureau), plan=plan, term=self.term, at=NOW)


@pytest.fixture
def place(real_db: str) -> Place:
    return Place()


def test_of_twenty_reports_of_one_day_one_stands_and_the_others_are_kept(place: Place) -> None:
    assert refused(at_once([place.report(minutes) for minutes in range(1, AT_ONCE + 1)])) == 0
    with reading(place.county["principal"]):
        standing = Homework.objects.filter(replaced_by=None)
        assert len({row.filing_id for row in standing}) == 1
        assert standing.count() == 2
        assert Homework.objects.count() == 2 * AT_ONCE


def test_twenty_judgements_at_once_find_each_thing_once(place: Place) -> None:
    place.report(50)()
    assert refused(at_once([place.judge] * AT_ONCE)) == 0
    with reading(place.county["reviewer"]):
        assert Finding.objects.filter(limit="homework-time").count() == 1


def test_twenty_open_one_problem_for_one_finding(place: Place) -> None:
    place.report(50)()
    place.judge()
    wanted = {"edition": place.county.edition, "term_id": place.term.id, "limit": "homework-time"}
    one = queries.findings(place.county["reviewer"], **wanted).rows[0].id  # type: ignore[arg-type]
    came_back = at_once([
        lambda: actions.open_problem(place.county["reviewer"], findings=[one], title="作业超量", at=NOW)
    ] * AT_ONCE)  # fmt: skip
    assert refused(came_back, WrongState) == AT_ONCE - 1
    assert ledger(place.county["reviewer"], edition=place.county.edition, at=NOW).total == 1


def test_a_school_is_asked_no_more_than_it_may_be_however_many_ask_at_once(place: Place) -> None:
    public = Actor.public(place.county.bureau)

    def ask() -> object:
        return actions.ask_school(public, code="school", class_id=None, text="为什么不一样", at=NOW)

    came_back = at_once([ask] * (MOST_A_DAY + 5))
    assert refused(came_back, TooManyQuestions) == 5
