"""The inbox: grouped by what is asked, the oldest day first, quiet where nothing is asked."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from qingfu.base.chance import new_id
from qingfu.records.duties.actions import accept
from qingfu.records.duties.queries import DutyCount, TaskRow
from qingfu.records.people.queries import OrganView
from qingfu.web.inbox import late_beside
from qingfu.web.parts import Group
from tests.cast import County, moment
from tests.faces.plan_stage import PROBLEM, OnDay, Seat, found, handed_in, on, seat, sent, stage, task_of

__all__ = ["found", "on", "seat", "stage"]


def groups(client: Client) -> dict[str, Group]:
    answer = client.get("/inbox")
    assert answer.status_code == 200
    return {group.key: group for group in [*answer.context["groups"], *answer.context["after"]]}


@pytest.mark.proves("P12")
def test_an_open_duty_is_to_be_handed_in_and_late_after_its_day(found: County, on: OnDay, seat: Seat) -> None:
    principal = seat("principal")
    on("2024-07-25")
    (row,) = groups(principal)["hand-in"].rows
    assert (row.what, row.whom) == ("摸排2023年以来社会事务进校园情况，报问题清单", "专班办公室")
    assert row.due is not None
    assert row.due.isoformat() == "2024-07-30"
    assert "7月30日前" in principal.get("/inbox").content.decode()
    on("2024-07-31")
    shown = groups(principal)
    assert "hand-in" not in shown
    assert [row.what for row in shown["late"].rows] == [row.what]


def test_what_was_handed_in_waits_for_others_and_is_done_once_accepted(found: County, on: OnDay, seat: Seat) -> None:
    on("2024-07-25")
    principal, clerk = seat("principal"), seat("clerk")
    task = handed_in(found, "school", PROBLEM)
    assert [row.what for row in groups(principal)["waiting"].rows] == [task.says]
    assert [row.whom for row in groups(clerk)["decide"].rows] == ["清溪镇中心小学"]
    accept(found["clerk"], task=task.id, client_id=new_id(), at=moment("2024-07-26"))
    assert "waiting" not in groups(principal)
    assert task.says in [row.what for row in groups(principal)["done"].rows]


def test_what_one_must_put_right_stands_beside_what_one_must_hand_in(found: County, on: OnDay, seat: Seat) -> None:
    on("2024-07-25")
    handed_in(found, "school", PROBLEM)
    assert PROBLEM["problem"] in [row.what for row in groups(seat("principal"))["hand-in"].rows]


def test_many_hand_ins_under_one_duty_are_one_line_that_leads_to_the_board(
    found: County, on: OnDay, seat: Seat
) -> None:
    on("2024-07-25")
    clerk = seat("clerk")
    for organ in ("school", "other-school", "fire", "police"):
        handed_in(found, organ)
    (row,) = groups(clerk)["decide"].rows
    assert "duty=census" in row.href
    assert "state=handed-in" in row.href
    assert "4" in row.aside
    assert clerk.get(row.href).status_code == 200


def test_what_asks_for_nothing_is_quiet_and_not_counted(found: County, on: OnDay, seat: Seat) -> None:
    on("2024-07-25")
    answer = seat("clerk").get("/inbox")
    group = next(group for group in answer.context["groups"] if group.key == "hand-in")
    quiet = [row.what for row in group.rows if row.quiet]
    assert "宣传党中央和市委关于教师减负的要求" in quiet
    # Asked first, the quiet last.
    assert [row.quiet for row in group.rows] == sorted(row.quiet for row in group.rows)
    assert answer.context["waits"] == sum(not row.quiet for row in group.rows)


def test_days_stand_in_order_the_oldest_first(found: County, on: OnDay, seat: Seat) -> None:
    on("2024-08-02")
    for name in ("clerk", "secretary", "fire-clerk"):
        for group in groups(seat(name)).values():
            for quiet in (False, True):
                days = [row.due for row in group.rows if row.due and row.quiet is quiet]
                if group.key != "late":
                    assert days == sorted(days)


def test_the_bureau_side_sees_how_many_are_late_and_a_school_does_not(found: County, on: OnDay, seat: Seat) -> None:
    on("2024-08-02")
    late = groups(seat("clerk"))["late"].rows
    assert any("state=late" in row.href and "5" in row.says for row in late)
    assert all("state=late" not in row.href for row in groups(seat("principal"))["late"].rows)


def test_an_empty_inbox_says_when_the_next_thing_is_expected(found: County, on: OnDay, seat: Seat) -> None:
    on("2024-07-25")
    answer = seat("expert").get("/inbox")
    assert answer.context["waits"] == 0
    assert answer.context["expected"] in answer.content.decode()


def test_more_rows_ask_no_more_queries(found: County, on: OnDay, seat: Seat) -> None:
    on("2024-07-25")
    clerk = seat("clerk")
    counts = []
    for organ in ("school", "other-school", "fire"):
        handed_in(found, organ, PROBLEM, {**PROBLEM, "problem": "派教师站岗", "kind": "banned-assignment"})
        with CaptureQueriesContext(connection) as asked:
            assert clerk.get("/inbox").status_code == 200
        counts.append(len(asked))
    assert counts[1:] == counts[:-1], counts


def test_a_stranger_is_led_to_the_door(found: County) -> None:
    answer = Client().get("/inbox")
    assert answer.status_code == 302
    assert "sign-in" in answer.headers["Location"]
    assert task_of(found, "school").organ.name not in answer.content.decode()


def test_a_page_that_may_not_be_opened_still_shows_the_way_on(found: County, on: OnDay, seat: Seat) -> None:
    on("2024-07-25")
    principal = seat("principal")
    for address, status in (("/leader", 403), ("/cases/999999", 404), ("/no/such/page/there/is/", 404)):
        answer = principal.get(address)
        page = answer.content.decode()
        assert answer.status_code == status
        assert 'href="/inbox"' in page
        assert "no-store" in answer.headers["Cache-Control"]
    assert "/inbox" not in Client().get("/no/such/page/there/is/").content.decode()


def test_an_application_begun_and_not_handed_in_is_found_in_the_inbox(found: County, on: OnDay, seat: Seat) -> None:
    on("2024-07-25")
    fire = seat("fire-clerk")
    address = f"/apply/{found.edition}/annual"
    assert fire.post(address, sent("keep") | {"q.title": "消防体验"}).status_code == 302
    (row,) = [row for row in groups(fire)["hand-in"].rows if row.href == address]
    assert row.quiet
    assert "尚未提交" in row.aside
    assert address not in [row.href for group in groups(seat("police-clerk")).values() for row in group.rows]


def test_who_is_late_with_one_duty_in_two_terms_is_told_once_of_each() -> None:
    """One's own tasks are taken off the count of their own term; of none of them fewer than nobody is late."""
    school = OrganView(
        id=1, kind="school", name="清溪镇中心小学", short_name="", code="school", level="town", stage="小学"
    )
    mine = [
        TaskRow(
            id=n, edition=1, duty="check", says="检查", clause=("四(五)1",), organ=school, period=period,
            opens_on=date(2024, 1, 1), due_on=date(2024, 1, 19), moved_from=None, state="open", late=True, to="",
            asks_nothing=False, handed_in_on=None,
        )
        for n, period in enumerate(("2023-autumn", "2024-spring"))
    ]  # fmt: skip
    counts = [
        DutyCount(
            edition=1, duty="check", period=period, total=3, waiting=0, handed_in=0, accepted=0, waived=0, late=late,
            next_due=None, moved_from=None,
        )
        for period, late in (("2023-autumn", 1), ("2024-spring", 3))
    ]  # fmt: skip
    assert [(count.period, n) for count, n in late_beside(counts, mine)] == [("2024-spring", 2)]
