"""Activities of a listed affair, and its yearly evaluation."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from qingfu.base.chance import new_id
from qingfu.base.errors import AlreadyThere, Full, Invalid, LeadTime, NotAllowed, NotFound, WrongState
from qingfu.packfile.words.moves import ListCap
from qingfu.packfile.words.word import Quantity
from qingfu.records.affairs import actions as affairs
from qingfu.records.affairs.queries import (
    ActivityView,
    activities,
    activity,
    affair,
    affair_of_listing,
    evaluations,
    to_evaluate,
)
from qingfu.records.enactment import actions as enactment
from qingfu.records.lists import actions as lists
from qingfu.records.lists.queries import listing, rolls
from qingfu.records.routes.queries import run, to_decide
from tests.cast import SEATS, County, county, enact_plan, moment
from tests.records.lists.test_exits import with_four_exits
from tests.records.routes.walk import MONDAY, carried_to, decide
from tests.records.stage import undone

# A month before 8 October.
IN_TIME = moment("2024-09-08")
YEAR_END = moment("2024-12-20")


@pytest.fixture(scope="module")
def four_exits(stage: County) -> Iterator[County]:
    with undone():
        made = county("four", enact=False)
        enact_plan(made, with_four_exits(), SEATS, at=moment("2024-07-16"))
        yield made


@pytest.fixture
def found(four_exits: County) -> Iterator[County]:
    with undone():
        yield four_exits


@pytest.fixture
def listed(found: County) -> int:
    view = affair(found["fire-clerk"], carried_to(found, "listed").id)
    assert view.row.listing is not None
    return view.row.listing


def planned(found: County, listing: int, who: str = "fire-clerk", *, at: Any = IN_TIME, **changes: Any) -> ActivityView:
    """The plan of an activity, handed in."""
    form: dict[str, Any] = {
        "title": "消防演练周", "theme": "逃生演练", "schools": [found.organs["school"]], "scope": "四至六年级",
        "starts": "2024-10-08", "ends": "2024-10-11", "organisation": "每校一次", "mode": "practice", "teachers": 2,
        "minutes-per-teacher": 40,
    }  # fmt: skip
    return affairs.plan_activity(found[who], listing=listing, answers={**form, **changes}, at=at)


@pytest.mark.proves("A17")
def test_an_activity_plan_is_handed_in_a_month_ahead_and_not_a_day_less(found: County, listed: int) -> None:
    with pytest.raises(LeadTime) as refused:
        planned(found, listed, at=moment("2024-09-09"))
    assert refused.value.clause == "四(四)a"
    view = planned(found, listed)
    assert (view.row.state, view.run.step, view.row.mode_says) == ("at", "check", "融入综合实践活动")
    assert [row.verbs for row in to_decide(found["reviewer"], IN_TIME)] == [("approve", "return", "refuse")]
    assert decide(found, "reviewer", view.row.run, "approve", at=IN_TIME).state == "finished"


@pytest.mark.proves("A18")
def test_how_it_is_merged_into_school_work_is_asked(found: County, listed: int) -> None:
    with pytest.raises(Invalid):
        planned(found, listed, mode="")
    assert planned(found, listed, mode="after-school").row.mode_says == "融入课后服务"


def test_only_the_departments_own_listing_can_be_acted_on(found: County, listed: int) -> None:
    for who in ("police-clerk", "clerk", "principal"):
        with pytest.raises(NotAllowed):
            planned(found, listed, who)


def test_nothing_is_planned_for_what_is_paused_or_gone(found: County, listed: int) -> None:
    lists.leave(found["leader"], listing=listed, exit="pause", reason="师生反映强烈", at=MONDAY)
    with pytest.raises(WrongState):
        planned(found, listed)
    lists.come_back(found["leader"], listing=listed, reason="已改进", at=MONDAY)
    assert planned(found, listed).row.state == "at"
    with pytest.raises(NotFound):
        planned(found, listed + 1)


def test_an_activity_lies_within_the_validity_of_its_listing(found: County, listed: int) -> None:
    with pytest.raises(Invalid) as refused:
        planned(found, listed, starts="2024-12-30", ends="2025-01-02")
    assert [fault.field for fault in refused.value.faults] == ["starts"]


def test_a_school_sees_what_comes_to_it_once_it_is_approved(found: County, listed: int) -> None:
    view = planned(found, listed)
    with pytest.raises(NotFound):
        activity(found["principal"], view.id)
    decide(found, "reviewer", view.row.run, "approve", at=IN_TIME)
    assert activity(found["principal"], view.id).row.title == "消防演练周"
    assert [row.id for row in activities(found["principal"]).rows] == [view.id]
    assert activities(found["other-principal"]).total == 0
    with pytest.raises(NotFound):
        activity(found["other-principal"], view.id)
    with pytest.raises(NotFound):
        run(found["principal"], view.row.run)


def test_every_school_can_be_meant(found: County, listed: int) -> None:
    view = planned(found, listed, schools="all")
    assert {school.name for school in view.schools} == {"清溪镇中心小学", "白鹤初级中学"}


def test_a_plan_may_cap_the_activities_of_one_school(stage: County) -> None:
    pack = with_four_exits()
    cap = ListCap(counts="activities", window="semester", scope="school", at_most=Quantity(value=1, unit="activity"))
    held = pack.lists["whitelist"]
    capped = held.model_copy(update={"caps": (*held.caps, cap)})
    found = county("capped", enact=False)
    enact_plan(found, pack.model_copy(update={"lists": {"whitelist": capped}}), SEATS, at=moment("2024-07-16"))
    key = affair(found["fire-clerk"], carried_to(found, "listed").id).row.listing
    assert key is not None
    planned(found, key)
    with pytest.raises(Full) as refused:
        planned(found, key, title="第二次演练", starts="2024-11-04", ends="2024-11-05")
    assert refused.value.facts["list"] == "清溪镇中心小学"
    assert planned(found, key, schools=[found.organs["other-school"]]).row.schools == 1


def test_a_plan_sent_twice_makes_one_activity(found: County, listed: int) -> None:
    form = new_id()
    answers = dict(planned(found, listed).answer.content)
    twice = [
        affairs.plan_activity(found["fire-clerk"], listing=listed, answers=answers, client_id=form, at=IN_TIME).id
        for _ in range(2)
    ]
    assert twice[0] == twice[1]
    assert activities(found["fire-clerk"], listing=listed).total == 2


@pytest.mark.proves("A19", "A20")
def test_a_verdict_leads_off_the_list_with_its_reason(found: County, listed: int) -> None:
    assert [row.listing for row in to_evaluate(found["leader"], YEAR_END)] == [listed]
    told = enactment.evaluate(
        found["leader"], listing_id=listed, evaluation="performance", verdict="poor-effect", reason="成效不明显",
        at=YEAR_END,
    )  # fmt: skip
    assert (told.year, told.exit) == (2024, "clear")
    held = listing(found["leader"], listed)
    assert (held.state, held.departures[-1].reason) == ("cleared", "成效不明显")
    assert rolls(found["leader"])[0].taken == 0
    assert to_evaluate(found["leader"], YEAR_END) == ()


def test_a_good_verdict_keeps_it_listed_and_is_given_once_a_year(found: County, listed: int) -> None:
    affairs.evaluate(found["leader"], listing=listed, evaluation="performance", verdict="keep", at=YEAR_END)
    assert listing(found["leader"], listed).state == "listed"
    with pytest.raises(AlreadyThere):
        affairs.evaluate(found["deputy"], listing=listed, evaluation="performance", verdict="keep", at=YEAR_END)
    assert [one.verdict for one in evaluations(found["clerk"], listing=listed)] == ["keep"]


@pytest.mark.parametrize("who", ["clerk", "reviewer", "fire-clerk", "expert", "principal", "convener"])
def test_only_the_party_the_plan_names_evaluates(found: County, listed: int, who: str) -> None:
    with pytest.raises(NotAllowed):
        affairs.evaluate(found[who], listing=listed, evaluation="performance", verdict="keep", at=YEAR_END)
    assert to_evaluate(found[who], YEAR_END) == ()


def test_a_verdict_that_removes_needs_a_reason(found: County, listed: int) -> None:
    with pytest.raises(Invalid):
        affairs.evaluate(found["leader"], listing=listed, evaluation="performance", verdict="poor-effect", at=YEAR_END)
    with pytest.raises(Invalid):
        affairs.evaluate(found["leader"], listing=listed, evaluation="performance", verdict="none", at=YEAR_END)
    assert listing(found["leader"], listed).state == "listed"


def test_what_has_left_for_good_is_not_evaluated(found: County, listed: int) -> None:
    lists.leave(found["leader"], listing=listed, exit="revoke", reason="成效不明显", at=MONDAY)
    with pytest.raises(WrongState):
        affairs.evaluate(found["leader"], listing=listed, evaluation="performance", verdict="keep", at=YEAR_END)


def test_a_listing_takes_its_place_once(found: County, listed: int) -> None:
    view = affair_of_listing(found["clerk"], listed)
    with pytest.raises(AlreadyThere):
        affairs.list_affair(found["clerk"], affair=view.id, at=MONDAY)


def test_nothing_is_listed_before_its_step(found: County) -> None:
    view = carried_to(found, "publish")
    with pytest.raises(WrongState):
        affairs.list_affair(found["clerk"], affair=view.id, at=MONDAY)
