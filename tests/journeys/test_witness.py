"""Parents witness a draw on their telephones: they join, deal, compare, tell; one of them walks out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from qingfu.base import verify_draw
from qingfu.records.draws import actions, queries
from tests.cast import County
from tests.journeys.conftest import Visit
from tests.journeys.visitor import PHONE, Visitor
from tests.records.draws.lots import AT, frozen, lot


@pytest.fixture
def door(real_county: County) -> Iterator[tuple[str, queries.DrawView]]:
    """A site with a draw whose circle is open."""
    server = LiveServer("127.0.0.1")
    yield str(server), frozen(real_county, lot(title="“进校园”评审专家抽取"))
    server.stop()


def joined(visit: Visit, site: str, path: str, name: str) -> Visitor:
    phone = visit(site, viewport=PHONE)
    page = phone.open(path)
    page.fill("#name", name)
    page.get_by_role("button", name="加入见证").click()
    expect(page.locator(".witness-big")).to_have_text("您已加入见证。")
    return phone


@pytest.mark.proves("A09")
def test_two_parents_witness_a_draw_and_one_of_them_walks_out(
    real_county: County, door: tuple[str, queries.DrawView], visit: Visit
) -> None:
    site, draw = door
    path, clerk = f"/{real_county.slug}/d/{draw.door}", real_county["clerk"]
    stays, leaves = (joined(visit, site, path, name) for name in ("三年级1班李妈妈", "五年级2班王爸爸"))
    stays.look_closely()
    stays.draw("witness-joined-360", whole=False)

    # A page that was closed and is opened again goes on where it was.
    stays.page.reload()
    actions.close_circle(clerk, draw=draw.id, threshold=2, at=AT)
    for phone in (stays, leaves):
        expect(phone.page.locator(".witness-big")).to_have_text("您的份额已交。")
    actions.seal(clerk, draw=draw.id, at=AT)

    seal = queries.draw(clerk, draw.id).seal
    expect(stays.page.locator(".witness-digests code").nth(1)).to_have_text(
        " ".join(seal[i : i + 4] for i in range(0, 64, 4))
    )
    stays.draw("witness-sealed-360", whole=False)
    leaves.leave()
    stays.page.get_by_role("button", name="一致，亮出我的份额").click()
    expect(stays.page.locator(".witness-big")).to_have_text("您的份额已亮出。")
    stays.page.get_by_role("button", name="帮助开启").click()
    expect(stays.page.get_by_role("button", name="帮助开启")).to_have_count(0)
    actions.open_missing(clerk, draw=draw.id, at=AT)
    actions.run(clerk, draw=draw.id, at=AT)

    expect(stays.page.locator(".witness-big")).to_have_text("已抽出。")
    stays.look_closely()
    stays.draw("witness-drawn-360", whole=False)
    took = []
    for name in ("记录", "张贴的公告"):
        with stays.page.expect_download() as taken:
            stays.page.get_by_role("link", name=name, exact=True).click()
        took.append(taken.value.path().read_bytes())
    verdict = verify_draw.verify(*took)
    assert (verdict.verdict, list(verdict.faults)) == ("random", [])
    assert stays.faults == []


def test_a_phone_does_not_tell_when_the_office_shows_another_seal(
    real_county: County, door: tuple[str, queries.DrawView], visit: Visit
) -> None:
    site, draw = door
    path, clerk = f"/{real_county.slug}/d/{draw.door}", real_county["clerk"]
    phone = joined(visit, site, path, "李妈妈")
    actions.close_circle(clerk, draw=draw.id, threshold=2, at=AT)
    expect(phone.page.locator(".witness-big")).to_have_text("您的份额已交。")

    def other_seal(route: object) -> None:
        answer = route.fetch()  # type: ignore[attr-defined]  # playwright's route
        said = answer.json()
        said["seal"] = "0" * 64
        route.fulfill(response=answer, json=said)  # type: ignore[attr-defined]

    phone.page.route(re.compile(r"[?]state"), other_seal)
    actions.seal(clerk, draw=draw.id, at=AT)
    expect(phone.page.locator(".witness-alarm")).to_contain_text("不要亮出")
    expect(phone.page.get_by_role("button", name="一致，亮出我的份额")).to_have_count(0)


def test_a_name_that_is_taken_is_refused_in_words_and_another_may_be_tried(
    real_county: County, door: tuple[str, queries.DrawView], visit: Visit
) -> None:
    site, draw = door
    path = f"/{real_county.slug}/d/{draw.door}"
    joined(visit, site, path, "李妈妈")
    second = visit(site, viewport=PHONE)
    page = second.open(path)
    page.fill("#name", "李妈妈")
    page.get_by_role("button", name="加入见证").click()
    expect(page.get_by_role("alert")).to_contain_text("李妈妈已经在见证人名单中")
    page.fill("#name", "四年级3班李妈妈")
    page.get_by_role("button", name="加入见证").click()
    expect(page.locator(".witness-big")).to_have_text("您已加入见证。")
    assert urlsplit(page.url).path == path


def test_another_code_opens_nothing(real_county: County, door: tuple[str, queries.DrawView], visit: Visit) -> None:
    site, _ = door
    page = visit(site, viewport=PHONE).page
    answer = page.goto(f"/{real_county.slug}/d/{'x' * 43}")
    assert answer is not None
    assert answer.status == 404


def test_a_phone_whose_joining_was_answered_into_the_void_is_in_the_circle_once(
    real_county: County, door: tuple[str, queries.DrawView], visit: Visit
) -> None:
    site, draw = door
    path = f"/{real_county.slug}/d/{draw.door}"
    phone = visit(site, viewport=PHONE)
    page = phone.open(path)

    def no_answer(route: object) -> None:
        route.fetch()  # type: ignore[attr-defined]  # playwright's route
        route.abort()  # type: ignore[attr-defined]  # likewise

    page.route(f"**{path}", no_answer, times=1)
    page.fill("#name", "李妈妈")
    page.get_by_role("button", name="加入见证").click()
    expect(page.locator(".witness-big")).to_have_text("您已加入见证。")
    shown = queries.draw(real_county["clerk"], draw.id)
    assert [one.name for one in shown.members if one.role == "witness"] == ["李妈妈"]
    (code,) = (one.code for one in shown.members if one.role == "witness")
    expect(page.locator(".witness-digests code")).to_have_text(code)
    phone.faults = _but_for_the_connection(phone.faults)


def test_whoever_types_a_name_is_not_disturbed_by_others_who_join_or_by_a_lost_connection(
    real_county: County, door: tuple[str, queries.DrawView], visit: Visit
) -> None:
    site, draw = door
    path = f"/{real_county.slug}/d/{draw.door}"
    slow = visit(site, viewport=PHONE)
    page = slow.open(path)
    page.fill("#name", "五年级2班王")
    joined(visit, site, path, "李妈妈")
    expect(page.locator(".witness-circle")).to_contain_text("李妈妈")
    expect(page.locator("#name")).to_have_value("五年级2班王")
    expect(page.locator("#name")).to_be_focused()
    slow.context.set_offline(True)
    expect(page.get_by_role("alert")).to_have_text("暂时没有连接；页面会自动重试。")
    slow.context.set_offline(False)
    expect(page.get_by_role("alert")).to_have_count(0)
    expect(page.locator("#name")).to_have_value("五年级2班王")
    slow.faults = _but_for_the_connection(slow.faults)


def _but_for_the_connection(faults: list[str]) -> list[str]:
    """The browser itself remarks on what we cut."""
    return [one for one in faults if "net::ERR" not in one]
