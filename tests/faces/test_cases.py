"""The pages of approvals: the list, the story, sealed opinions, the panel, decisions, and many decided together."""

from __future__ import annotations

import re
from typing import Any

import pytest

from qingfu.base.chance import new_id
from qingfu.records.affairs.queries import affair as affair_of
from qingfu.records.routes.queries import run as run_of
from tests.cast import moment
from tests.faces.desk_of import Office, office
from tests.records.routes import walk
from tests.records.routes.walk import EXPERTS, OPINION

__all__ = ["office"]
pytestmark = pytest.mark.django_db


def case_at(office: Office, step: str, **changes: Any) -> int:
    """A case that stands at a step; its number in addresses."""
    return walk.carried_to(office.county, step, **changes).run.id


def sent(**changes: Any) -> dict[str, Any]:
    """An opinion as the form sends it."""
    return {f"q__{name}": value for name, value in {**OPINION, **changes}.items()}


def test_a_case_tells_its_story_to_who_may_know_of_it_and_to_nobody_else(office: Office) -> None:
    run = case_at(office, "listed")
    page = office.sees("fire-clerk", f"/cases/{run}")
    assert page.status == 200
    told = [page.words.index(text) for text in ("火场逃生演练", "意见启封", "区教委初审 通过", "公布白名单 已公布")]
    assert told == sorted(told)
    assert "列入2024年名单第" in page.words
    assert page.text.count("station-done") == 6
    assert office.sees("police-clerk", f"/cases/{run}").status == 404
    assert office.sees("principal", f"/cases/{run}").status == 404


@pytest.mark.proves("A06", "A11")
def test_a_decision_is_signed_on_what_was_shown(office: Office) -> None:
    run = case_at(office, "first")
    page = office.sees("reviewer", f"/cases/{run}")
    assert "待您办理" in page.words
    assert "申请有没有下列情形" in page.words
    done = office.presses("reviewer", f"/cases/{run}", "pass", seen=page.hidden("seen"), reason="同意。")
    assert (done.status, done.where) == (302, f"/cases/{run}")
    assert run_of(office.county["leader"], run).step == "approve"
    assert "同意。" in office.sees("leader", f"/cases/{run}").words


@pytest.mark.proves("A06")
def test_a_confirmed_red_line_stands_in_the_way_of_passing_but_not_of_returning(office: Office) -> None:
    run = case_at(office, "first")
    seen = office.sees("reviewer", f"/cases/{run}").hidden("seen")
    refused = office.presses("reviewer", f"/cases/{run}", "pass", seen=seen, flags=["commercial"], reason="写过的话")
    assert refused.status in (403, 409)
    assert "QF-" in refused.text
    assert re.search(r'value="commercial" checked', refused.text)
    assert "写过的话" in refused.text
    done = office.presses("reviewer", f"/cases/{run}", "return", seen=seen, flags=["commercial"], reason="不得收费。")
    assert done.status == 302
    page = office.sees("fire-clerk", f"/cases/{run}")
    assert "认定存在" in page.words
    assert "不得收费。" in page.words


def test_returning_needs_a_reason_and_says_so_at_the_field(office: Office) -> None:
    run = case_at(office, "first")
    seen = office.sees("reviewer", f"/cases/{run}").hidden("seen")
    page = office.presses("reviewer", f"/cases/{run}", "return", seen=seen)
    assert page.status == 422
    assert 'href="#reason"' in page.text
    assert 'id="reason"' in page.text
    assert 'aria-invalid="true"' in page.text
    assert run_of(office.county["reviewer"], run).state == "at"


def test_what_changed_in_the_meantime_is_shown_before_anything_is_signed(office: Office) -> None:
    run = case_at(office, "first")
    page = office.presses("reviewer", f"/cases/{run}", "pass", seen="0" * 64, reason="已看过")
    assert page.status == 409
    assert "QF-STALE" in page.text
    assert "已看过" in page.text
    assert page.hidden("seen") == run_of(office.county["reviewer"], run).digest


def test_the_second_of_two_deciders_reads_who_was_faster(office: Office) -> None:
    run = case_at(office, "first")
    seen = office.sees("second-reviewer", f"/cases/{run}").hidden("seen")
    walk.decide(office.county, "reviewer", run, "pass")
    page = office.presses("second-reviewer", f"/cases/{run}", "return", seen=seen, reason="不同意")
    assert page.status == 409
    assert "QF-DECIDED" in page.text
    names = [act.person_name for turn in run_of(office.county["reviewer"], run).turns for act in turn.acts]
    assert names[-1] in page.words
    assert "待您办理" not in page.words


def test_a_button_pressed_twice_signs_once(office: Office) -> None:
    run = case_at(office, "first")
    seen, key = office.sees("reviewer", f"/cases/{run}").hidden("seen"), str(new_id())
    for _ in range(2):
        assert office.presses("reviewer", f"/cases/{run}", "pass", key=key, seen=seen).status == 302
    acts = [act.verb for turn in run_of(office.county["reviewer"], run).turns for act in turn.acts]
    assert acts.count("pass") == 1


@pytest.mark.proves("A09", "A10")
def test_nobody_reads_an_opinion_before_the_panel_closes_and_everybody_after(office: Office) -> None:
    run = case_at(office, "experts")
    walk.seat_panel(office.county, run)
    walk.opine(office.county, "expert", run, reason="只有我自己知道的话")
    for who in ("clerk", "reviewer", "leader", "fire-clerk", "principal-expert"):
        page = office.sees(who, f"/cases/{run}")
        assert "只有我自己知道的话" not in page.text
        assert "已收到 1 份意见，共需 3 份" in page.words
    assert "您的意见已提交" in office.sees("expert", f"/cases/{run}").words
    for who in EXPERTS[1:3]:
        walk.opine(office.county, who, run)
    for who in ("clerk", "fire-clerk", "principal-expert"):
        assert "只有我自己知道的话" in office.sees(who, f"/cases/{run}").text


@pytest.mark.proves("A09")
def test_an_opinion_is_saved_as_it_is_written_and_sealed_when_it_is_handed_in(office: Office) -> None:
    run = case_at(office, "experts")
    walk.seat_panel(office.county, run)
    page = f"/cases/{run}/opinion"
    assert "火场逃生演练" in office.sees("expert", page).words
    kept = office.client("expert").post(page, {"verb": "keep", "q.reason": "写到一半"}, headers={"HX-Request": "true"})
    assert "已" in kept.content.decode()
    again = office.fresh("expert").get(page).content.decode()
    assert "写到一半" in again
    seen = re.search(r'name="seen" value="(\w+)"', again)
    assert seen
    faulty = office.presses("expert", page, "opine", seen=seen[1], q__reason="没选")
    assert faulty.status == 422
    assert "没选" in faulty.text
    done = office.presses("expert", page, "opine", seen=seen[1], **sent())
    assert (done.status, done.where) == (302, f"/cases/{run}")
    assert office.sees("expert", page).where == f"/cases/{run}"


def test_an_opinion_that_comes_after_the_panel_closed_is_told_so_kindly(office: Office) -> None:
    run = case_at(office, "experts")
    walk.seat_panel(office.county, run)
    seen = office.sees("cppcc-expert", f"/cases/{run}/opinion").hidden("seen")
    for who in EXPERTS[:3]:
        walk.opine(office.county, who, run)
    page = office.presses("cppcc-expert", f"/cases/{run}/opinion", "opine", seen=seen, **sent())
    assert page.status == 409
    assert "查看办理情况" in page.words


@pytest.mark.proves("A09")
def test_a_panel_lacks_no_kind_of_member_and_nobody_of_the_applicant(office: Office) -> None:
    run, county = case_at(office, "experts"), office.county
    address = f"/cases/{run}/panel"
    page = office.sees("clerk", address)
    assert page.words.count("方案要求有一位") >= 4
    posts = [str(post) for post in walk.posts_of(county, *EXPERTS)]
    lacking = office.presses("clerk", address, "appoint", posts=posts[:3])
    assert lacking.status == 422
    assert "政协委员" in lacking.words
    assert f'value="{posts[0]}" checked' in lacking.text
    assert office.presses("clerk", address, "appoint").status == 422
    done = office.presses("clerk", address, "appoint", posts=posts)
    assert done.where == f"/cases/{run}"
    turn = run_of(county["clerk"], run).turn
    assert turn
    assert turn.panel
    assert len(turn.panel.members) == 4
    assert office.sees("reviewer", address).status == 200
    assert office.sees("fire-clerk", address).status == 404


def test_a_member_steps_aside_with_a_reason_that_stays(office: Office) -> None:
    run = case_at(office, "experts")
    walk.seat_panel(office.county, run)
    assert office.presses("expert", f"/cases/{run}/opinion", "step_aside", aside="").status == 422
    done = office.presses("expert", f"/cases/{run}/opinion", "step_aside", aside="我是该局顾问")
    assert done.where == "/inbox"
    assert "我是该局顾问" in office.sees("clerk", f"/cases/{run}").words


def test_a_panel_is_closed_early_only_after_its_last_day_and_with_a_reason(office: Office) -> None:
    run = case_at(office, "experts")
    walk.seat_panel(office.county, run)
    walk.opine(office.county, "expert", run)
    assert office.presses("clerk", f"/cases/{run}", "close_panel", reason="急").status == 409
    office.on("2024-08-02")
    assert office.presses("clerk", f"/cases/{run}", "close_panel").status == 422
    assert office.presses("clerk", f"/cases/{run}", "close_panel", reason="两位委员出差").status == 302
    assert "两位委员出差" in office.sees("fire-clerk", f"/cases/{run}").words


def test_a_correction_stands_beside_the_opinion(office: Office) -> None:
    run = case_at(office, "first")
    page = office.sees("expert", f"/cases/{run}")
    done = office.presses(
        "expert", f"/cases/{run}", "add_addendum", opinion=page.hidden("opinion"), reason="范围应为五年级"
    )
    assert done.status == 302
    assert "范围应为五年级" in office.sees("reviewer", f"/cases/{run}").words


def test_what_was_signed_on_paper_is_typed_in_by_the_office_and_marked(office: Office) -> None:
    run = case_at(office, "approve")
    page = office.sees("clerk", f"/cases/{run}")
    assert "录入纸质签批的决定" in page.words
    facts = {"paper": "yes", "seen": page.hidden("seen")}
    nameless = office.presses("clerk", f"/cases/{run}", "approve", **facts)
    assert nameless.status == 422
    assert 'id="signed_by"' in nameless.text
    assert office.presses("clerk", f"/cases/{run}", "approve", signed_by="周书记", **facts).status == 302
    story = office.sees("fire-clerk", f"/cases/{run}").words
    assert "周书记" in story
    assert "纸质签署" in story


def test_paper_is_not_offered_for_an_organ_that_can_sign_in_itself(office: Office) -> None:
    run = case_at(office, "approve")
    office.client("leader")
    assert "录入纸质签批的决定" not in office.sees("clerk", f"/cases/{run}").words


def test_the_applicant_withdraws_and_the_record_stays(office: Office) -> None:
    run = case_at(office, "first")
    page = office.sees("fire-clerk", f"/cases/{run}")
    assert office.presses("fire-clerk", f"/cases/{run}", "withdraw", seen=page.hidden("seen")).status == 302
    assert "申请单位撤回" in office.sees("fire-clerk", f"/cases/{run}").words


@pytest.mark.proves("A12")
def test_the_filing_tells_where_it_went_and_under_which_number(office: Office) -> None:
    run = case_at(office, "file")
    page = office.sees("clerk", f"/cases/{run}")
    filed = {"seen": page.hidden("seen"), "filing-number": "渝教备〔2024〕7号"}
    assert office.presses("clerk", f"/cases/{run}", "record", **filed).status == 302
    story = office.sees("clerk", f"/cases/{run}").words
    assert "渝教备〔2024〕7号" in story
    assert "中共重庆市委教育工作领导小组" in story


def test_the_list_is_narrowed_by_state_kind_and_words(office: Office) -> None:
    case_at(office, "first", title="防溺水安全教育")
    done = case_at(office, "listed", title="消防安全第一课")
    assert "防溺水安全教育" not in office.sees("clerk", "/cases", state="finished").words
    assert f"/cases/{done}" in office.sees("clerk", "/cases", text="消防安全").text
    assert "没有符合条件的内容" in office.sees("clerk", "/cases", kind="activity").words
    assert "目前没有与您有关的审批" in office.sees("principal", "/cases").words


@pytest.mark.proves("A08")
def test_many_are_decided_together_or_none_of_them(office: Office) -> None:
    runs = [case_at(office, "approve", title=f"安全教育之{n}") for n in "甲乙丙"]
    address = f"/cases/together/{office.county.edition}/annual/approve"
    assert address in office.sees("leader", "/cases").text
    page = office.sees("leader", address)
    keys = re.findall(r'name="case" value="([^"]+)"', page.text)
    assert [int(key.split(":")[0]) for key in keys] == runs
    assert "余 3 个名额" in page.words
    assert office.presses("leader", address, "approve").status == 422
    torn = [*keys[:2], f"{runs[2]}:{'0' * 64}"]
    refused = office.presses("leader", address, "approve", case=torn)
    assert refused.status == 409
    assert "这次没有作出任何决定" in refused.words
    assert {run_of(office.county["leader"], run).step for run in runs} == {"approve"}
    assert office.presses("leader", address, "approve", case=keys).where == "/cases"
    assert {run_of(office.county["leader"], run).step for run in runs} == {"file"}


def test_a_page_for_deciding_together_shows_only_what_waits_for_the_reader(office: Office) -> None:
    case_at(office, "approve")
    address = f"/cases/together/{office.county.edition}/annual/approve"
    assert "没有待您办理的事项" in office.sees("fire-clerk", address).words
    assert office.sees("leader", f"/cases/together/{office.county.edition}/annual/nowhere").status == 404


def test_a_file_of_the_application_is_open_to_who_may_read_the_case_and_to_nobody_else(office: Office) -> None:
    view = walk.apply(office.county)
    assert office.sees("clerk", f"/cases/{view.run.id}/files/{'x' * 43}").status == 404
    assert affair_of(office.county["clerk"], view.id).run.id == view.run.id


def test_the_pages_cost_the_same_however_much_there_is(office: Office) -> None:
    run = case_at(office, "approve")
    together = f"/cases/together/{office.county.edition}/annual/approve"
    addresses = ("/cases", together, f"/cases/{run}")
    before = [office.queries("leader", address) for address in addresses]
    for n in range(3):
        case_at(office, "approve", title=f"另一件{n}", at=moment("2024-07-22", 9))
    assert [office.queries("leader", address) for address in addresses] == before


def test_before_the_panel_is_chosen_the_office_reads_what_it_must_do_and_how_many_to_choose(office: Office) -> None:
    run, county = case_at(office, "experts"), office.county
    assert "待选定委员" in office.sees("clerk", "/inbox").words
    assert "请至少选 4 位委员" in office.sees("clerk", f"/cases/{run}/panel").words
    walk.seat_panel(county, run)
    assert "待选定委员" not in office.sees("clerk", "/inbox").words
    assert "待选定委员" not in office.sees("expert", "/inbox").words


def test_headings_of_the_leaders_page_begin_with_a_capital_in_english(office: Office) -> None:
    case_at(office, "experts")
    office.client("clerk").cookies["qingfu_language"] = "en"
    page = office.sees("clerk", "/leader")
    assert "Panel to be chosen" in page.words
    assert "panel to be chosen" not in page.words
