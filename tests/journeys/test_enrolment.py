"""Open enrolment: areas from a sheet, a school's result, a parent on a phone, a change that needs three things."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connections
from playwright.sync_api import expect
from pytest_django import DjangoDbBlocker, Settings
from pytest_django.live_server_helper import LiveServer

from qingfu.base.chance import new_code
from qingfu.base.clock import system_now
from qingfu.records.almanac.actions import set_clock
from tests import pg_plugin
from tests.cast import County, moment
from tests.conftest import pointed_to
from tests.faces.conftest import open_account
from tests.journeys.conftest import Visit
from tests.journeys.test_school_data import sign_in
from tests.journeys.visitor import PHONE, Visitor
from tests.records.enrolment.county_of_areas import open_county, sheet

Bureau = tuple[str, County]
AREA = "清溪路、河沿街1—80号、柳湾村、桥头小区"


@pytest.fixture
def bureau(
    pg_server: pg_plugin.Server, django_db_setup: None, settings: Settings, django_db_blocker: DjangoDbBlocker
) -> Iterator[Bureau]:  # fmt: skip
    """The site and the county in July, under the plan that orders open enrolment; nothing is announced yet."""
    name = f"{pg_plugin.NAME}_{new_code(6)}"
    pg_server.create(name)
    settings.DEMO = True
    with django_db_blocker.unblock(), pointed_to(name):
        county = open_county()
        set_clock(to=moment("2024-07-18", 10), at=system_now())
        for who in ("principal", "reviewer"):
            open_account(county, who)
        server = LiveServer("127.0.0.1")
        yield str(server), county
        server.stop()
        connections.close_all()
    pg_server.drop(name)


@pytest.mark.proves("C06")
def test_enrolment_is_open_from_the_announcement_to_the_parent_who_finds_the_school(
    bureau: Bureau, visit: Visit, tmp_path: Path
) -> None:
    site, _ = bureau
    clerk = sign_in(visit(site), "reviewer")
    _announce(clerk, tmp_path)
    school = sign_in(visit(site), "principal")
    _publish_result(school)
    clerk.open("/enrolment/2024/results")
    expect(clerk.page.locator("main")).to_contain_text("2所学校中，1所已公布")
    clerk.look_closely()
    clerk.draw("enrolment-results")
    _parent_finds_the_school(visit(site, viewport=PHONE, java_script_enabled=False), visit(site, viewport=PHONE))


def _announce(clerk: Visitor, folder: Path) -> None:
    clerk.open("/enrolment")
    clerk.look_closely()
    clerk.page.locator("button[name=year][value='2024']").click()
    clerk.told("已开始2024年招生公告")
    for field, text in (
        ("conditions", "2018年8月31日以前出生，本人户籍或父母房产在片区内；随迁子女凭居住证。"),
        ("where", "先在县教育局网站登记，再到片区内学校审核材料"), ("papers", "户口簿、房产证或居住证、预防接种证"),
        ("online", "县教育局网站“阳光招生”栏目"), ("what-1", "网上登记"), ("from-1", "2024-07-15"),
        ("until-1", "2024-07-26"),
        ("what-2", "到校审核材料"), ("from-2", "2024-07-29"), ("until-2", "2024-07-20"),
    ):  # fmt: skip
        clerk.page.locator(f"#{field}").fill(text)
    clerk.act("write")
    expect(clerk.page.locator("#until-2-fault")).to_be_visible()
    clerk.page.locator("#until-2").fill("2024-07-31")
    clerk.act("write")
    clerk.told("已保存")
    clerk.act("publish")
    expect(clerk.page.locator(".errors")).to_be_visible()
    _bring_areas(clerk, folder)
    clerk.open("/enrolment/2024")
    clerk.look_closely()
    clerk.page.locator("#papers").fill("户口簿、房产证或居住证")
    clerk.act("publish")
    clerk.told("已在本局公开页面公布")
    expect(clerk.page.locator("#papers")).to_have_value("户口簿、房产证或居住证")
    clerk.draw("enrolment-announced")


def _bring_areas(clerk: Visitor, folder: Path) -> None:
    file = folder / "学区.xlsx"
    file.write_bytes(sheet([("清溪镇小学", AREA, 90, 84), ("白鹤初级中学", "全镇", 300, "很多")]))
    clerk.open("/enrolment/2024/sheet")
    clerk.look_closely()
    clerk.page.locator("#sheet").set_input_files(file)
    clerk.act("preview")
    expect(clerk.page.locator("main")).to_contain_text("2行不能导入")
    clerk.draw("enrolment-sheet-faulty")
    file.write_bytes(sheet([("清溪镇中心小学", AREA, 90, 84), ("白鹤初级中学", "全镇各村（居）", 300, 320)]))
    clerk.open("/enrolment/2024/sheet")
    clerk.page.locator("#sheet").set_input_files(file)
    clerk.act("preview")
    clerk.act("take")
    clerk.told("2所学校的片区已导入")
    expect(clerk.page.locator("main")).to_contain_text("生源比计划多20人")
    clerk.look_closely()
    clerk.draw("enrolment-areas")


def _publish_result(school: Visitor) -> None:
    school.open("/enrolment")
    expect(school.page.locator("#places")).to_have_value("90")
    for field, text in (
        ("registered", "96"), ("within", "80"), ("ground-1", "随迁子女摇号"), ("number-1", "8"), ("refused", "3"),
        ("refused-within", "2"), ("ground-2", "军人子女"), ("number-2", "2"), ("ground-3", "人才子女"),
        ("number-3", "3"),
    ):  # fmt: skip
        school.page.locator(f"#{field}").fill(text)
    school.act("publish")
    expect(school.page.locator("#note-fault")).to_be_visible()
    expect(school.page.locator(".notice-late")).to_contain_text("本片区有2人未录取")
    school.draw("enrolment-result-doubts")
    school.page.locator("#note").fill("两名学生材料补正中，已报县教育局统筹安排。")
    school.act("publish")
    school.told("2024年招生结果已公布")
    school.look_closely()


def _parent_finds_the_school(plain: Visitor, parent: Visitor) -> None:
    """On a phone without scripts, then the same page looked at closely."""
    page = plain.open("/linjiang/enrolment")
    page.locator("#text").fill("柳湾村3组")
    page.locator(".gate-door button").click()
    expect(page.locator("#found-title")).to_contain_text("1所学校")
    page.locator("section[role=status] a").first.click()
    expect(page.locator("h1")).to_have_text("清溪镇中心小学")
    expect(page.locator("main")).to_contain_text("桥头小区")
    expect(page.locator("main")).to_contain_text("随迁子女摇号")
    expect(page.locator("main")).not_to_contain_text("军人子女")
    parent.open("/linjiang/enrolment?text=柳湾村3组")
    parent.draw("parent-enrolment-360")
    parent.look_closely()
    parent.open("/linjiang/s/school/enrolment")
    parent.draw("parent-catchment-360")
    parent.look_closely()
    parent.page.locator("main a[href*='published']").first.click()
    expect(parent.page.locator("main")).to_contain_text("随迁子女摇号")


@pytest.mark.proves("C06")
def test_a_change_is_refused_until_notice_transition_and_parents_stand(
    bureau: Bureau, visit: Visit, tmp_path: Path
) -> None:
    site, county = bureau
    clerk = sign_in(visit(site), "reviewer")
    _announce(clerk, tmp_path)
    _try_without_a_record(clerk, county)
    clerk.open("/enrolment/changes?year=2025&school=" + str(county.organs["school"]))
    clerk.look_closely()
    clerk.page.locator("textarea[name^=after]").fill("清溪路、河沿街1—80号、桥头小区")
    clerk.page.locator("#why").fill("柳湾村新建小学，2025年秋季开始招生。")
    clerk.page.locator("#effect-on").fill("2025-07-01")
    clerk.act("open")
    clerk.told("已开始办理")
    clerk.act("effect")
    expect(clerk.page.locator(".errors")).to_contain_text("家长代表参与的会议")
    expect(clerk.page.locator(".errors")).to_contain_text("五(一)1")
    clerk.draw("catchment-change-refused")
    _carry_through(clerk, tmp_path)
    parent = visit(site, viewport=PHONE)
    parent.open("/linjiang/enrolment")
    expect(parent.page.locator("#changes")).to_contain_text("已公告，待决定")
    expect(parent.page.locator("#changes")).to_contain_text("划出柳湾村", use_inner_text=False)
    expect(parent.page.locator(".area-changes").first).to_contain_text("本片区划出柳湾村")
    clerk.act("effect")
    clerk.told("已决定")
    clerk.look_closely()
    clerk.draw("catchment-change-decided")
    parent.open("/linjiang/enrolment?text=桥头")
    expect(parent.page.locator("#changes")).to_contain_text("已决定，尚未施行")
    parent.look_closely()
    parent.draw("parent-catchment-change-360")
    parent.page.locator(".area-changes a").first.click()
    expect(parent.page.locator("#changes article:target")).to_contain_text("柳湾村新建小学")
    parent.page.emulate_media(media="print")
    expect(parent.page.locator("#changes article")).to_be_visible()
    expect(parent.page.locator("#areas")).to_be_hidden()
    parent.page.emulate_media(media="screen")
    parent.page.locator("#changes a[href*='published']").first.click()
    expect(parent.page.locator("h2.change-title")).to_be_visible()
    parent.look_closely()


def _try_without_a_record(clerk: Visitor, county: County) -> None:
    clerk.open(f"/enrolment/2024/areas/{county.organs['school']}")
    clerk.look_closely()
    clerk.page.locator("#area").fill("清溪路")
    clerk.act("save")
    clerk.told("已保存")
    clerk.open("/enrolment/2024")
    clerk.act("publish")
    expect(clerk.page.locator(".errors")).to_contain_text("清溪镇中心小学：与上次公布的片区不同")
    clerk.draw("enrolment-area-without-change")
    clerk.open(f"/enrolment/2024/areas/{county.organs['school']}")
    clerk.page.locator("#area").fill(AREA)
    clerk.act("save")


def _carry_through(clerk: Visitor, folder: Path) -> None:
    clerk.page.locator("#places").fill("县教育局网站、柳湾村公告栏、村广播")
    clerk.page.locator("#notice-on").fill("2024-07-17")
    clerk.act("announce")
    clerk.told("已公告")
    clerk.page.locator("#until").fill("2027-08-31")
    clerk.page.locator("#says").fill("柳湾村在2027年8月前入学的，可以仍选清溪镇中心小学。")
    clerk.act("transition")
    clerk.told("过渡期已保存")
    paper = folder / "会议纪要.pdf"
    paper.write_bytes(b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n")
    for field, text in (
        ("name", "柳湾村家长代表座谈会"), ("held-on", "2024-07-16"), ("parents", "23"),
        ("said", "担心过河上学的路不安全。"),
        ("answered", "开学前修好步道，早晚设护学岗。"),
    ):  # fmt: skip
        clerk.page.locator(f"#{field}").fill(text)
    clerk.act("meeting")
    clerk.told("家长代表会议已登记")
    clerk.look_closely()
