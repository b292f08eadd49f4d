"""合川: a problem of the census, until it is struck off by somebody else, looked at again, and open again."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Visit
from tests.journeys.visitor import PHONE, Visitor

LENT = "区民政局借用一名语文教师整理困境儿童档案，三月起没有上课"
ON_DUTY = "周末要求教师到水库值守"
DONE = "教师已返校任课，档案由儿童督导员接手。"


@pytest.mark.proves("P12", "P13", "P14", "P15", "P16", "A04")
def test_a_problem_of_the_census_is_put_right_verified_and_comes_back(site: str, visit: Visit) -> None:
    school, office, owner = visit(site), visit(site), visit(site)
    _hand_in(school)
    _hand_in_by_link(office, visit(site, viewport=PHONE))
    _accept(office, "至善初级中学")
    _accept(office, "归燕小学")
    owner.be("hechuan-civil")
    line = _line_of(owner, LENT)
    number = owner.page.locator(".page-head .fine").first.inner_text()
    _plan_and_report(owner, line)
    _verified_by_somebody_else(owner, office, line)
    _looked_at_again(office, line, number)


def _problem(visitor: Visitor, title: str, kind: str, owner: str) -> None:
    visitor.page.locator("[data-more='problems']").click()
    row = visitor.page.locator("[data-repeat='problems'] [data-repeat-row]").last
    row.locator("input[type=text]").first.fill(title)
    row.locator(f"input[type=radio][value={kind}]").check()
    row.locator("select").select_option(label=owner)


def _hand_in(school: Visitor) -> None:
    school.be("hechuan-late")
    school.page.locator("main a", has_text="摸排").first.click()
    _problem(school, LENT, "secondment", "合川区民政局")
    expect(school.page.locator("#saved")).to_contain_text("已保存")
    school.draw("census-form")
    school.act("hand-in")
    expect(school.page.locator(".said")).to_be_visible()


def _task_of(office: Visitor, unit: str) -> None:
    office.be("hechuan-office")
    office.open("/duties?duty=census")
    office.page.locator("#text").fill(unit)
    office.page.locator("form.filter button").click()
    office.page.locator("[data-row] a", has_text=unit).first.click()


def _hand_in_by_link(office: Visitor, phone: Visitor) -> None:
    """A school without an account gets a link that works once."""
    _task_of(office, "归燕小学")
    office.act("send-link")
    link = office.page.locator("textarea").input_value()
    path = re.sub(r"^https?://[^/]+", "", link.strip())
    phone.open(path)
    phone.look_closely()
    _problem(phone, ON_DUTY, "banned-assignment", "合川区水利局")
    phone.page.locator("#signed").fill("燕小归")
    phone.draw("one-time-link")
    phone.act("hand-in")
    expect(phone.page.locator("main")).to_contain_text("燕小归")
    phone.draw("one-time-link-receipt")
    answer = phone.page.goto(path)
    assert answer is not None
    assert answer.status >= 400
    expect(phone.page.locator("main")).not_to_contain_text(ON_DUTY)


def _accept(office: Visitor, unit: str) -> None:
    _task_of(office, unit)
    office.act("accept")
    expect(office.page.locator(".said")).to_be_visible()


def _line_of(visitor: Visitor, title: str) -> str:
    visitor.open("/problems")
    visitor.page.locator("[data-row] a", has_text=title).first.click()
    expect(visitor.page.locator("h1")).to_contain_text(title)
    return visitor.page.url.removeprefix(visitor.site)


def _plan_and_report(owner: Visitor, line: str) -> None:
    """Measure, standard, deadline and person; then the report, with a photograph as evidence."""
    owner.live_to("2024-07-22")
    owner.open(line)
    owner.page.locator("#measure").fill("教师返校，材料由本局自己整理。")
    owner.page.locator("#standard").fill("教师在校任课，本局不再借用。")
    owner.page.locator("#deadline").fill("2024-08-05")
    owner.page.locator("#person").fill("孟汝华")
    owner.act("plan")
    expect(owner.page.locator(".said")).to_be_visible()
    owner.live_to("2024-07-29")
    owner.open(line)
    owner.page.locator("#text").fill(DONE)
    photo = owner.page.screenshot(type="jpeg", quality=40)
    owner.page.locator("#evidence").set_input_files(
        {"name": "返校当天的课表.jpg", "mimeType": "image/jpeg", "buffer": photo}
    )
    owner.act("report")
    expect(owner.page.locator(".story")).to_contain_text("返校当天的课表.jpg")


def _verified_by_somebody_else(owner: Visitor, office: Visitor, line: str) -> None:
    """The owner has no button for it, and is refused without one; the office strikes the line off."""
    expect(owner.page.locator("button[value=strike-off]")).to_have_count(0)
    owner.draw("owner-may-not-verify")
    token = owner.page.locator("input[name=csrfmiddlewaretoken]").first.input_value()
    refused = owner.context.request.post(
        line, form={"csrfmiddlewaretoken": token, "verb": "strike-off", "reason": "自己看过了"},
        headers={"Referer": f"{owner.site}{line}"},
    )  # fmt: skip
    assert refused.status == 422
    assert "QF-" in refused.text()
    owner.open(line)
    expect(owner.page.locator(".story")).not_to_contain_text("自己看过了")

    office.live_to("2024-07-30")
    office.open(line)
    office.page.locator("#reason").fill("到校看过，教师在上课。")
    office.act("strike-off")
    expect(office.page.locator(".task-state")).to_contain_text("销号")
    office.draw("struck-off")


def _looked_at_again(office: Visitor, line: str, number: str) -> None:
    """On its day it stands in the inbox; it has come back, and the same line is open again."""
    office.live_to("2024-08-14")
    office.open("/inbox")
    asked = office.page.locator("#decide [data-row]", has_text=LENT)
    expect(asked).to_be_visible()
    asked.locator("a").first.click()
    office.page.locator("#reason").fill("8月13日又被叫去整理了两天档案。")
    office.act("relapsed")
    expect(office.page.locator(".task-state")).to_contain_text("重新")
    expect(office.page.locator(".page-head .fine").first).to_have_text(number)
    expect(office.page.locator("dl.summary").first).not_to_contain_text("原为")
    office.draw("relapse-opens-the-same-line")
    office.open(f"/problems?text={LENT[:8]}")
    expect(office.page.locator("[data-row]", has_text=LENT)).to_have_count(1)
