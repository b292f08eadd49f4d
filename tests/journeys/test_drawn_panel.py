"""A case at its panel step: the panel is drawn, one expert declines, the next ticket follows, opinions are given."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.db import connections
from playwright.sync_api import expect
from pytest_django import DjangoDbBlocker, Settings
from pytest_django.live_server_helper import LiveServer

from qingfu.base.chance import new_code
from qingfu.base.clock import system_now
from qingfu.records.almanac.actions import set_clock
from qingfu.records.people import actions as people
from tests import pg_plugin
from tests.cast import County, moment
from tests.conftest import pointed_to
from tests.faces.conftest import PASSWORD, open_account
from tests.journeys.conftest import Visit
from tests.journeys.test_school_data import sign_in
from tests.journeys.visitor import DESK, PHONE, Visitor
from tests.records.enactment.panels import seated, with_reserves
from tests.records.routes.walk import apply

TITLE = "消防安全第一课"
DECLINES = "这几天没有时间"


@dataclass
class Committee:
    """A county whose committee has two members of each kind, one of them at the applicant's; a case waits for it."""

    address: str
    county: County
    run: int

    def account_of(self, person: int) -> str:
        """Let a person sign in; gives the name for it."""
        token = people.invite(self.county.keeper, person=person, at=system_now())
        name = f"expert-{person}"
        people.accept_link(token=token, name=name, password=PASSWORD, at=system_now())
        return name


@pytest.fixture
def committee(
    pg_server: pg_plugin.Server, standing_county: tuple[str, County], settings: Settings,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[Committee]:  # fmt: skip
    template, county = standing_county
    name = f"{pg_plugin.NAME}_{new_code(6)}"
    pg_server.create(name, like=template)
    settings.DEMO = True
    with django_db_blocker.unblock(), pointed_to(name):
        set_clock(to=moment("2024-07-22"), at=system_now())
        heirs = with_reserves(county)
        adviser = people.add_post(county.keeper, organ=county.organs["fire"], title="消防顾问", at=moment("2024-07-16"))
        people.hold_post(
            county.keeper, post=adviser, person=heirs["人大代表"], from_on=moment("2024-07-16").date(),
            at=moment("2024-07-16"),
        )  # fmt: skip
        run = apply(county).row.run
        open_account(county, "clerk")
        server = LiveServer("127.0.0.1")
        yield Committee(str(server), county, run)
        server.stop()
        connections.close_all()
    pg_server.drop(name)


@pytest.mark.proves("A09", "D04")
def test_a_panel_is_drawn_called_and_seated_and_gives_its_opinions(committee: Committee, visit: Visit) -> None:
    clerk, phone = visit(committee.address), visit(committee.address, viewport=PHONE)
    sign_in(clerk, "clerk")
    _freeze(clerk, committee)
    draw = clerk.page.url.removeprefix(committee.address)
    _draw(clerk, draw)
    sign_in(phone, "clerk")
    _call(phone)
    _seat(clerk, committee)
    _opinion(visit(committee.address), committee)
    _told(clerk, committee)


def _freeze(clerk: Visitor, committee: Committee) -> None:
    """From the inbox to the case to the form, which is filled in; who may not judge is left out by itself."""
    page = clerk.page
    clerk.open("/inbox")
    page.locator("#decide a", has_text=TITLE).click()
    page.locator("#now a.button").first.click()
    clerk.look_closely()
    clerk.draw("panel-draw-or-name")
    page.locator("a.button", has_text="抽取论证委员").click()
    expect(page.locator("#pool-experts")).to_be_checked()
    expect(page.locator("#how-share")).to_be_checked()
    expect(page.locator("#title")).to_have_value("抽取论证专家（事项2024-000001）")
    page.locator("#circle-alone").check()
    clerk.draw("panel-draw-new")
    clerk.act("preview")
    expect(page.locator("#excluded")).to_contain_text("在申请单位任职")
    expect(page.locator(".page-head")).to_contain_text("7")
    clerk.draw("panel-draw-list")
    clerk.act("freeze")
    clerk.told("名单已固定")


def _draw(clerk: Visitor, draw: str) -> None:
    clerk.open("/inbox")
    expect(clerk.page.locator("#decide")).to_contain_text("份额不缺，可以抽取")
    clerk.open(draw)
    clerk.act("run")
    clerk.told("已抽取")
    clerk.look_closely()
    clerk.draw("panel-draw-drawn")


def _call(phone: Visitor) -> None:
    """On the phone: the inbox leads to the calls; the first expert declines, the next ticket takes the place."""
    page = phone.page
    phone.open("/inbox")
    expect(page.locator("#decide")).to_contain_text("还有4人要联系")
    phone.draw("panel-inbox-360", whole=False)
    page.locator("#decide a[href$='/calls']").click()
    expect(page.locator("li.call")).to_have_count(4)
    # Whoever has a second of the kind can be followed.
    line = page.locator("li.call").first
    ticket = line.locator(".call-name .ticket").inner_text()
    line.locator(".call-lost summary").click()
    phone.draw("panel-calls-360", whole=False)
    line.locator(".chips button", has_text=DECLINES).click()
    phone.told(f"{ticket}号", "谢绝", "递补")
    expect(page.locator("li.call .follows")).to_contain_text(DECLINES)
    for _one in range(4):
        page.locator("li.call button[value=reached]").first.click()
        expect(page.locator(".said")).to_be_visible()
    phone.look_closely()


def _seat(clerk: Visitor, committee: Committee) -> None:
    page = clerk.page
    clerk.open("/inbox")
    expect(page.locator("#decide")).to_contain_text("可以请抽出的委员出具意见")
    page.locator("#decide a[href$='/panel']", has_text="抽取论证专家").click()
    expect(page.locator("#draw")).to_contain_text("不能参加的有1人")
    clerk.look_closely()
    clerk.draw("panel-seat")
    page.set_viewport_size(PHONE)
    clerk.draw("panel-seat-360")
    page.set_viewport_size(DESK)
    clerk.act("seat")
    clerk.told("论证委员现有4位")
    assert len(seated(committee.county, committee.run)) == 4
    clerk.look_closely()
    clerk.draw("panel-case")
    page.set_viewport_size(PHONE)
    clerk.draw("panel-case-360")
    page.set_viewport_size(DESK)


def _opinion(expert: Visitor, committee: Committee) -> None:
    """Whoever was seated finds the case and can write an opinion."""
    person = min(seated(committee.county, committee.run))
    sign_in(expert, committee.account_of(person))
    expert.open("/inbox")
    expert.page.locator("#decide a", has_text=TITLE).click()
    expert.page.locator("#now a.button").first.click()
    expect(expert.page.locator("button[value=opine]")).to_be_visible()
    # One of the four has to step aside after all.
    expert.page.locator("details", has=expert.page.locator("#aside")).locator("summary").click()
    expert.page.locator("#aside").fill("与申请单位负责人有亲属关系")
    expert.act("step_aside")
    expert.told("已回避")


def _told(clerk: Visitor, committee: Committee) -> None:
    """The office sees who stepped aside, why, and whose turn it is now."""
    clerk.open(f"/cases/{committee.run}/panel")
    expect(clerk.page.locator("#draw")).to_contain_text("与申请单位负责人有亲属关系")
    clerk.draw("panel-stepped-aside")
    clerk.open(f"/cases/{committee.run}")
    expect(clerk.page.locator("main")).to_contain_text("与申请单位负责人有亲属关系")
