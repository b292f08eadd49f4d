"""Who may be drawn from: schools, experts, people in posts, a roster; and who is left out, with a reason."""

from __future__ import annotations

from datetime import date

import pytest

from qingfu.base.errors import Invalid, NotAllowed
from qingfu.papers.rosters import Listed, Roster
from qingfu.records.draws import queries
from qingfu.records.draws.queries import Pool
from qingfu.records.people import actions as people
from tests.cast import County, moment
from tests.records.stage import found, stage

__all__ = ["found", "stage"]

DAY = date(2024, 8, 20)
ROSTER = Roster(
    (
        Listed("周一", "13800000001", "甲校", "三年级"),
        Listed("周二", "", "甲校", "四年级"),
        Listed("周三", "", "乙校", ""),
    )
)


def pool(found: County, kind: str, who: str = "clerk", **said: object) -> Pool:
    return queries.pool(found[who], kind=kind, on=DAY, **said)  # type: ignore[arg-type]


def test_schools_stand_by_name_with_their_town_and_stage(found: County) -> None:
    people.add_organ(
        found.keeper, kind="school", name="石桥小学", code="sq", level="county", stage="小学",
        parent=found.organs["town"], at=moment("2024-08-01"),
    )  # fmt: skip
    schools = pool(found, "schools")
    assert not schools.sealed
    assert {one.name: one.marks for one in schools.candidates}["石桥小学"] == {"town": "清溪镇", "stage": "小学"}
    assert [one.name for one in pool(found, "schools", text="小学").candidates] == ["石桥小学"]


@pytest.mark.proves("A09")
def test_experts_are_whoever_sits_on_a_committee_as_some_kind_of_member(found: County) -> None:
    experts = pool(found, "experts")
    assert experts.sealed
    kinds = sorted(one.marks["kind"] for one in experts.candidates)
    assert kinds == ["人大代表", "政协委员", "教育领域专家", "校长教师代表"]
    assert [one.marks["kind"] for one in pool(found, "experts", text="人大").candidates] == ["人大代表"]


def test_a_person_with_two_posts_stands_once(found: County) -> None:
    post = people.add_post(found.keeper, organ=found.organs["fire"], title="督查员", at=moment("2024-08-01"))
    people.hold_post(found.keeper, post=post, person=found.persons["clerk"], from_on=DAY, at=moment("2024-08-01"))
    persons = [one.person for one in pool(found, "staff").candidates]
    assert len(persons) == len(set(persons))
    assert found.persons["clerk"] in persons
    assert {one.organ for one in pool(found, "staff", organ=found.organs["fire"]).candidates} == {found.organs["fire"]}


def test_a_school_draws_from_its_own_people_only(found: County) -> None:
    assert queries.pools_for(found["principal"]) == ("roster", "staff")
    own = pool(found, "staff", "principal", organ=found.organs["fire"])
    assert {one.organ for one in own.candidates} == {found.organs["school"]}
    for kind in ("schools", "experts", "nobody"):
        with pytest.raises(Invalid):
            pool(found, kind, "principal")


@pytest.mark.parametrize("who", ["leader", "expert", "fire-clerk", "town-clerk"])
def test_whoever_holds_no_draws_has_no_pool(found: County, who: str) -> None:
    with pytest.raises(NotAllowed):
        pool(found, "schools", who)


@pytest.mark.proves("D04")
def test_a_list_says_of_anybody_only_what_divides_it(found: County) -> None:
    roster = pool(found, "roster", roster=ROSTER)
    by_school = queries.listed(roster, by=("school",), excluded={2: " 本人是教师 "})
    assert [one.marks for one in by_school] == [{"school": "甲校"}, {}, {"school": "乙校"}]
    assert [one.name for one in by_school] == ["周一（三年级）", "周二（四年级）", "周三"]
    assert [one.reason for one in by_school] == ["", "本人是教师", ""]
    assert by_school[0].contact == "13800000001"


def test_nobody_is_left_out_without_a_reason_nor_drawn_from_an_unknown_part(found: County) -> None:
    roster = pool(found, "roster", roster=ROSTER)
    for excluded in ({1: " "}, {1: "长" * 201}, {0: "无"}, {4: "无"}):
        with pytest.raises(Invalid):
            queries.listed(roster, by=("school",), excluded=excluded)
    with pytest.raises(Invalid):
        queries.listed(roster, by=("school", "grade"), excluded={})
    assert len(queries.listed(roster, by=("school", "grade"), excluded={3: "不知道年级"})) == 3
