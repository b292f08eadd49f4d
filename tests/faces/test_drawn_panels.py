"""The panel of a case is drawn from its page: the form filled in, the calls, the seats; and what the inbox says."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest

from qingfu.records.draws import actions as draws
from qingfu.records.people.queries import posts as posts_in
from qingfu.records.routes import actions as routes
from qingfu.records.routes.queries import panel_wanted
from tests.cast import moment
from tests.faces.desk_of import Office, office, queries_of
from tests.faces.test_draws import hidden
from tests.records.draws.lots import frozen as any_draw
from tests.records.draws.lots import in_state, lot
from tests.records.enactment.panels import DAY, call, drawn, in_turn, seated, with_reserves
from tests.records.placement import classes
from tests.records.routes import walk

__all__ = ["office"]
pytestmark = pytest.mark.django_db
NEW = "/draws/new"


def case(office: Office) -> int:
    return walk.apply(office.county).row.run


def filled(office: Office, run: int) -> dict[str, Any]:
    """Everything the form of a case has filled in, as a browser would send it."""
    text = office.sees("clerk", NEW, case=str(run)).text
    sent = {name: unescape(value) for name, value in re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', text)}
    for name, value in re.findall(r'type="(?:text|date)" name="([^"]+)" value="([^"]*)"', text):
        sent[name] = unescape(value)
    title = re.search(r'name="title"[^>]*value="([^"]*)"', text)
    percent = re.search(r'name="percent"[^>]*value="([^"]*)"', text)
    assert title
    assert percent
    sent |= {"title": unescape(title[1]), "percent": percent[1], "pool": "experts", "how": "share", "by": ["kind"]}
    return {k: v for k, v in sent.items() if k not in ("csrfmiddlewaretoken", "client-id")} | {"circle": "alone"}


@pytest.mark.proves("A09")
def test_the_form_of_a_case_is_filled_in_and_who_may_not_judge_is_left_out(office: Office) -> None:
    with_reserves(office.county)
    run = case(office)
    page = office.sees("clerk", f"/cases/{run}/panel")
    assert f"/draws/new?case={run}" in page.text
    shown = office.presses("clerk", NEW, "preview", **filled(office, run))
    assert shown.status == 200, shown.words
    number = panel_wanted(office.county["clerk"], run, on=DAY).number
    assert number in shown.words
    frozen = office.presses("clerk", NEW, "freeze", **hidden(shown))
    assert frozen.status == 302, frozen.words
    page = office.sees("clerk", f"/cases/{run}/panel")
    assert f"/draws/new?case={run}" not in page.text
    assert "接着办抽取" in page.words


def test_a_list_that_leaves_somebody_out_quietly_is_refused_at_the_desk(office: Office) -> None:
    run = case(office)
    shown = office.presses("clerk", NEW, "preview", **filled(office, run))
    narrowed = office.presses("clerk", NEW, "preview", **{**filled(office, run), "text": "委员甲"})
    assert "委员甲" not in shown.text or narrowed.status == 200
    refused = office.presses("clerk", NEW, "freeze", **hidden(narrowed))
    assert refused.status == 422
    assert "全体委员" in refused.words


def test_the_panel_is_seated_from_its_page_and_told_in_the_story(office: Office) -> None:
    with_reserves(office.county)
    run = case(office)
    held = drawn(office.county, run)
    address = f"/cases/{run}/panel"
    assert office.presses("clerk", address, "seat", draw=held).status == 422
    first, *others = in_turn(office.county, held)
    calls = f"/draws/{held}/calls"
    assert "为申请单位的这件事项出过主意" in office.sees("clerk", calls).words
    lost = office.presses(
        "clerk", calls, "call", ticket=first.ticket.ticket, done="unfit|与申请单位有业务往来"
    )  # fmt: skip
    assert lost.status == 302
    for line in in_turn(office.county, held):
        call(office.county, held, line)
    page = office.sees("clerk", address)
    assert "不能参加的有1人" in page.words
    assert "与申请单位有业务往来" in page.words
    assert office.presses("clerk", address, "seat", draw=held).status == 302
    assert len(seated(office.county, run)) == len(others) + 1
    story = office.sees("clerk", f"/cases/{run}")
    assert "抽取" in story.words
    assert f"/draws/{held}" in story.text
    assert "点名" not in story.words
    # The applicant reads that it was drawn, and gets no way into the office's pages.
    theirs = office.sees("fire-clerk", f"/cases/{run}")
    assert f"/draws/{held}" not in theirs.text
    assert "能证明是随机的" in theirs.words


def test_the_applicant_learns_who_sits_on_the_panel_once_it_is_closed(office: Office) -> None:
    run = case(office)
    walk.seat_panel(office.county, run)
    names = [row.holder_name for row in posts_in(office.county["clerk"], on=DAY) if row.title in ("委员甲", "委员乙")]
    before = office.sees("fire-clerk", f"/cases/{run}")
    assert all(name not in before.text for name in names)
    assert "论证结束后" in before.words
    assert all(name in office.sees("clerk", f"/cases/{run}").text for name in names)
    for who in walk.EXPERTS[:3]:
        walk.opine(office.county, who, run)
    after = office.sees("fire-clerk", f"/cases/{run}")
    assert any(name in after.text for name in names)


def test_a_member_who_steps_aside_on_his_page_is_followed_by_the_next_ticket(office: Office) -> None:
    run = case(office)
    held = drawn(office.county, run)
    assert office.presses("clerk", f"/cases/{run}/panel", "seat-all", draw=held).status == 302
    done = office.presses("expert", f"/cases/{run}/opinion", "step_aside", aside="须回避")
    assert done.status == 302, done.words
    page = office.sees("clerk", f"/cases/{run}/panel")
    assert "须回避" in page.words


def test_every_state_of_a_draw_is_said_in_the_inbox_of_whoever_holds_it(office: Office) -> None:
    held = {state: in_state(office.county, state) for state in ("frozen", "dealing", "sealed", "drawn", "void")}
    shown = office.sees("clerk", "/inbox")
    for words in ("还没有见证人加入", "份额已到齐，可封存", "份额不缺，可以抽取", "还有5人要联系"):
        assert words in shown.words
    assert f'/draws/{held["void"]}"' not in shown.text
    assert f"/draws/{held['drawn']}/calls" in shown.text
    for name in ("leader", "expert", "principal", "fire-clerk"):
        assert "/draws/" not in office.sees(name, "/inbox").text.split("<main", 1)[1], name


def test_calls_that_are_done_leave_only_a_quiet_line_until_it_is_published(office: Office) -> None:
    office.on("2024-08-21")
    held = in_state(office.county, "drawn")
    for line in in_turn(office.county, held):
        draws.call(
            office.county["clerk"], draw=held, ticket=line.ticket.ticket, outcome="reached", at=moment("2024-07-22")
        )
    before = office.client("clerk").get("/inbox").context
    rows = [row for group in before["groups"] for row in group.rows if row.href.startswith("/draws/")]
    assert [(row.aside, row.quiet) for row in rows] == [("已抽取，还没有公布", True)]
    assert office.presses("clerk", f"/draws/{held}", "publish").status == 302
    assert f"/draws/{held}" not in office.sees("clerk", "/inbox").text


def test_a_drawn_panel_waits_to_be_called_and_is_done_once_seated(office: Office) -> None:
    run = case(office)
    held = drawn(office.county, run)
    assert "还有4人要联系" in office.sees("clerk", "/inbox").words
    for line in in_turn(office.county, held):
        call(office.county, held, line)
    shown = office.sees("clerk", "/inbox")
    assert "可以请抽出的委员出具意见" in shown.words
    assert f"/cases/{run}/panel" in shown.text
    office.presses("clerk", f"/cases/{run}/panel", "seat", draw=held)
    assert "可以请抽出的委员出具意见" not in office.sees("clerk", "/inbox").words


def test_a_rehearsal_waits_for_nobody(office: Office) -> None:
    any_draw(office.county, lot(rehearsal=True))
    assert "/draws/" not in office.sees("clerk", "/inbox").text.split("<main", 1)[1]


def test_the_inbox_costs_the_same_however_many_draws_wait(office: Office) -> None:
    def all_states() -> None:
        for state in ("frozen", "dealing", "sealed", "drawn"):
            in_state(office.county, state)
        run = walk.apply(office.county, title=f"事项{len(counts)}", theme=f"主题{len(counts)}").row.run
        drawn(office.county, run)

    counts: list[int] = []
    for _ in range(3):
        all_states()
        counts.append(queries_of(office.client("clerk"), "/inbox"))
    assert counts[1:] == counts[:-1], counts
    leader = queries_of(office.client("leader"), "/inbox")
    all_states()
    assert queries_of(office.client("leader"), "/inbox") == leader


def test_a_placement_waits_in_the_inbox_of_its_school_and_of_nobody_else(office: Office) -> None:
    place = classes.opened(office.county)
    office.on("2024-08-29")
    assert "正在整理名单" in office.sees("principal", "/inbox").words
    for name in ("clerk", "leader", "other-principal"):
        assert f"/placements/{place}" not in office.sees(name, "/inbox").text


def test_classes_that_were_drawn_wait_to_be_published(office: Office) -> None:
    done = classes.placed(office.county).row
    office.on("2024-08-29")
    shown = office.sees("principal", "/inbox")
    assert "已抽取，还没有公布" in shown.words
    assert f"/placements/{done.id}" in shown.text
    office.presses("principal", f"/draws/{done.draw}", "publish")
    assert f"/placements/{done.id}" not in office.sees("principal", "/inbox").text


def test_nobody_is_named_by_hand_after_an_unwelcome_draw(office: Office) -> None:
    with_reserves(office.county)
    run = case(office)
    held = drawn(office.county, run)
    address = f"/cases/{run}/panel"
    assert 'name="posts"' not in office.sees("clerk", address).text
    posts = walk.posts_of(office.county, *walk.EXPERTS)
    refused = office.presses("clerk", address, "appoint", posts=posts)
    assert refused.status == 422
    assert "仍有委员待请" in refused.words
    assert seated(office.county, run) == set()
    for _reserve in range(2):
        line = next(one for one in in_turn(office.county, held) if one.stratum == ("人大代表",))
        call(office.county, held, line, "refused", "出差")
    assert 'name="posts"' in office.sees("clerk", address).text


@pytest.mark.parametrize("sent", ["²", "9" * 5000, "-1", "٣" * 40])
def test_signs_that_are_no_number_are_refused_and_break_nothing(office: Office, sent: str) -> None:
    run = case(office)
    assert office.presses("clerk", f"/cases/{run}/panel", "appoint", posts=[sent]).status == 422
    assert office.presses("clerk", f"/cases/{run}/panel", "seat", draw=sent).status in (404, 422)
    assert office.sees("clerk", NEW, case=sent).status == 404
    assert office.sees("clerk", NEW, replaces=sent).status == 200
    assert office.sees("clerk", "/draws", page=sent).status == 200
    assert office.sees("clerk", "/cases", page=sent).status == 200
    shown = office.presses("clerk", NEW, "preview", **{**filled(office, run), "organ": sent, "replaces": sent})
    assert shown.status < 500


@pytest.mark.parametrize("left", ['{"1": "\\ud800"}', '{"1": "\\u0000"}', '{"²": "病"}', "[]", "1"])
def test_exclusions_that_no_form_sent_are_refused(office: Office, left: str) -> None:
    run = case(office)
    kept = hidden(office.presses("clerk", NEW, "preview", **filled(office, run)))
    assert office.presses("clerk", NEW, "freeze", **{**kept, "excluded": left}).status == 422


def test_nobody_is_to_be_called_for_a_case_that_is_over(office: Office) -> None:
    run = case(office)
    drawn(office.county, run)
    assert "还有4人要联系" in office.sees("clerk", "/inbox").words
    routes.withdraw(office.county["fire-clerk"], run=run, at=walk.MONDAY)
    assert "人要联系" not in office.sees("clerk", "/inbox").words
