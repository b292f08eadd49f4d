"""青山: no school is visited more than four times in a semester (第八条), whoever plans it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import pytest

from qingfu.base.actor import Actor
from qingfu.base.errors import Full
from qingfu.packfile.read import load
from qingfu.records.affairs import actions as affairs
from qingfu.records.affairs.queries import ActivityView, affair_of_run
from qingfu.records.enactment import actions as enactment
from qingfu.records.routes.queries import run
from tests.register.cases import have_listed, listed_before
from tests.register.conftest import Begin
from tests.register.world import World

DAYS = ("2025-03-03", "2025-04-07", "2025-05-12", "2025-06-09")


@dataclass
class Visits:
    """A department with a listed affair, and two schools it may go to."""

    world: World
    department: Actor
    listing: int
    schools: list[int]

    def answers(self, starts: str, school: int) -> dict[str, object]:
        """The plan of one visit."""
        return {"title": f"{starts}到校", "schools": [self.schools[school]], "starts": starts, "ends": starts}

    def plan(self, starts: str, school: int = 0) -> ActivityView:
        """Hand in the plan of one visit."""
        answers = self.answers(starts, school)
        return affairs.plan_activity(self.department, listing=self.listing, answers=answers, at=self.world.at)

    def decide(self, visit: ActivityView, verb: str) -> None:
        """The section decides."""
        section, key = self.world.by("section"), visit.run.id
        digest = run(section, key, at=self.world.at).digest
        enactment.decide(section, run=key, verb=verb, digest=digest, reason="见附件", at=self.world.at)


@pytest.fixture
def visits(begin: Begin) -> Visits:
    world = begin(load("qingshan-2025"))
    world.settle({("school", None): 2, ("department", None): 1})
    department = world.somebody(world.organs("department")[0])
    have_listed(world, department)
    world.at += timedelta(hours=1)
    listing = affair_of_run(department, world.cases[listed_before(department)].view.id).listing
    assert listing is not None
    return Visits(world, department, listing.id, world.organs("school"))


@pytest.mark.proves("A15", "A17")
def test_a_fifth_visit_in_a_semester_is_refused_and_the_school_is_named(visits: Visits) -> None:
    for day in DAYS:
        visits.plan(day)
    with pytest.raises(Full) as refused:
        visits.plan("2025-06-30")
    assert (refused.value.facts["list"], refused.value.facts["cap"]) == ("第1小学", 4)
    assert refused.value.facts["window"] == "2025年春季学期"
    assert "第八条" in (refused.value.clause or "")
    assert visits.plan("2025-06-30", school=1).row.state == "at"
    assert visits.plan("2025-09-10").row.state == "at"


@pytest.mark.proves("A15")
def test_a_visit_that_is_refused_leaves_room_for_another(visits: Visits) -> None:
    planned = [visits.plan(day) for day in DAYS]
    visits.decide(planned[0], "refuse")
    assert visits.plan("2025-06-30").row.state == "at"


@pytest.mark.proves("A15", "A17")
def test_a_visit_that_was_returned_holds_its_place_and_may_be_corrected(visits: Visits) -> None:
    planned = [visits.plan(day) for day in DAYS]
    visits.decide(planned[0], "return")
    with pytest.raises(Full):
        visits.plan("2025-06-30")
    again = affairs.replan_activity(
        visits.department, activity=planned[0].id, answers=visits.answers("2025-06-30", 0), at=visits.world.at
    )
    assert (again.row.state, again.row.starts_on.isoformat(), again.run.version) == ("at", "2025-06-30", 2)
    assert [school.id for school in again.schools] == visits.schools[:1]


def test_a_visit_moved_to_a_full_school_is_refused(visits: Visits) -> None:
    for day in DAYS:
        visits.plan(day, school=1)
    mine = visits.plan("2025-03-03")
    visits.decide(mine, "return")
    with pytest.raises(Full):
        affairs.replan_activity(
            visits.department, activity=mine.id, answers=visits.answers("2025-03-04", 1), at=visits.world.at
        )
