"""The leader's page: what is late and whose, what to decide, what changed, the head of the journal; no ranking."""

from __future__ import annotations

import re

from qingfu.records.duties.actions import move_duty
from qingfu.records.journal.actions import seal
from qingfu.records.journal.queries import head
from qingfu.records.problems import actions as problems
from qingfu.records.problems.queries import ledger
from tests.cast import County, moment
from tests.faces.plan_stage import PROBLEM, OnDay, Seat, found, handed_in, on, seat, stage

__all__ = ["found", "on", "seat", "stage"]


def test_what_is_late_is_named_by_unit_in_the_order_of_the_register(found: County, on: OnDay, seat: Seat) -> None:
    on("2024-08-02")
    handed_in(found, "fire", day="2024-08-01")
    late = {line.says: line for line in seat("leader").get("/leader").context["late"]}
    line = late["摸排2023年以来社会事务进校园情况，报问题清单"]
    assert line.names == ("白鹤初级中学", "清溪镇", "清溪镇中心小学", "区公安局")
    assert line.more == 0
    assert line.due is not None
    assert line.due.isoformat() == "2024-07-30"


def test_what_i_must_decide_is_mine_alone(found: County, on: OnDay, seat: Seat) -> None:
    on("2024-07-25")
    handed_in(found, "school")
    (group,) = seat("clerk").get("/leader").context["decide"]
    assert [row.whom for row in group.rows] == ["清溪镇中心小学"]
    assert seat("leader").get("/leader").context["decide"] == []


def test_what_changed_is_counted_over_seven_days_and_never_by_person(found: County, on: OnDay, seat: Seat) -> None:
    on("2024-07-20")
    handed_in(found, "school", PROBLEM, day="2024-07-20")
    on("2024-07-31")
    handed_in(found, "fire", PROBLEM, day="2024-07-30")
    move_duty(
        found["clerk"], edition=found.edition, duty="summary", to=moment("2024-09-06").date(), reason="与开学检查一并",
        at=moment("2024-07-30"),
    )  # fmt: skip
    answer = seat("leader").get("/leader")
    changes = dict(answer.context["changes"])
    assert changes["份任务报送"] == 1
    assert changes["个问题发现"] == 1
    page = answer.content.decode()
    assert "9月6日" in page
    assert "与开学检查一并" in page
    assert found["school-clerk"].name not in page


def test_the_head_of_the_journal_stands_in_small_print(found: County, on: OnDay, seat: Seat) -> None:
    on("2024-07-25")
    leader = seat("leader")
    seal(found.bureau)
    printed = head(found["leader"]).text
    assert re.fullmatch(r"\d+:[0-9a-f]{64}", printed)
    assert printed in leader.get("/leader").content.decode()


def test_nothing_late_and_nothing_to_decide_is_said_in_words(found: County, on: OnDay, seat: Seat) -> None:
    on("2024-07-17")
    page = seat("leader").get("/leader").content.decode()
    assert "没有逾期。" in page
    assert "没有等您决定的事。" in page


def test_it_is_not_for_schools_and_departments(found: County, on: OnDay, seat: Seat) -> None:
    on("2024-07-25")
    for name in ("principal", "fire-clerk", "town-clerk", "expert"):
        assert seat(name).get("/leader").status_code == 403, name


def test_a_line_that_waits_to_be_verified_is_asked_for_by_its_act_and_is_nobodys_delay(
    found: County, on: OnDay, seat: Seat
) -> None:
    on("2024-07-25")
    handed_in(found, "school", PROBLEM)
    (line,) = ledger(found["clerk"], edition=found.edition, at=moment("2024-07-25")).rows
    problems.plan_rectification(
        found["principal"], problem=line.id, measure="停止打卡", standard="不再打卡",
        deadline=moment("2024-07-28").date(), person_name="周校长", at=moment("2024-07-26"),
    )  # fmt: skip
    problems.report_done(found["principal"], problem=line.id, text="已停止", at=moment("2024-07-27"))
    on("2024-08-02")
    clerk = seat("clerk")
    groups = {group.title: group for group in clerk.get("/leader").context["decide"]}
    assert [(row.what, row.due) for row in groups["待核验"].rows] == [(PROBLEM["problem"], None)]
    told = clerk.get(f"/plans/{found.edition}").context["told"]
    lines = [one for clause in told.clauses for one in clause.things if one.kind == "problem-kinds" and one.bars]
    assert [(one.bars[0].whole, one.late) for one in lines] == [(1, 0)]
