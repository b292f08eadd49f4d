"""鹤壁: what a caller said is typed in by the office; the borrowed teacher is back, late, and it shows."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Visit

LEAD = "来电：消防支队借用一名信息技术教师做宣传视频"


@pytest.mark.proves("P12", "P14", "P15", "A29")
def test_a_lead_of_the_hotline_ends_with_the_teacher_back_in_school(site: str, visit: Visit) -> None:
    office, owner = visit(site), visit(site)
    office.be("hebi-office")
    office.open("/problems")
    office.page.locator(".page-tools a.button").first.click()
    office.page.locator("#title").fill(LEAD)
    office.page.locator("#owner").select_option(label="鹤壁市消防救援支队")
    office.page.locator("#kind").select_option(label="抽调借用中小学教师")
    office.page.locator("#source").select_option("hotline")
    office.page.locator("#happened").fill("2024年5月起")
    office.page.locator("#detail").fill("来电人不愿留名。教师每周有三天在支队。")
    office.draw("hotline-lead")
    office.act("find")
    expect(office.page.locator("dl.summary").first).to_contain_text("7月31日")
    line = office.page.url.removeprefix(site)

    owner.be("hebi-fire")
    expect(owner.page.locator("[data-row]", has_text=LEAD)).to_contain_text("7月31日")
    owner.open(line)
    expect(owner.page.locator("main")).not_to_contain_text("葛春晓")
    owner.page.locator("#measure").fill("宣传视频由支队自己的干部做，教师返校。")
    owner.page.locator("#person").fill("管新磊")
    owner.act("plan")
    expect(owner.page.locator(".said")).to_be_visible()

    office.live_to("2024-07-31")
    office.open("/problems?late=1")
    expect(office.page.locator("[data-row]", has_text=LEAD)).to_have_count(0)
    office.live_to("2024-08-01")
    office.open("/problems?late=1")
    expect(office.page.locator("[data-row]", has_text=LEAD)).to_contain_text("逾期")
    owner.open("/inbox")
    expect(owner.page.locator("#late")).to_contain_text(LEAD)
    office.draw("late-on-the-first-of-august")

    owner.open(line)
    owner.page.locator("#text").fill("教师7月31日下午办完交接，8月1日到校备课。")
    owner.act("report")
    expect(owner.page.locator("button[value=strike-off]")).to_have_count(0)
    office.open(line)
    office.page.locator("#reason").fill("电话问了学校和本人，人在学校。")
    office.act("strike-off")
    expect(office.page.locator(".task-state")).to_contain_text("销号")
    office.draw("teacher-is-back")
