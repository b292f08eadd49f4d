"""合川: from an application to a published list, and what a principal shows at the gate."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Visit
from tests.journeys.visitor import PHONE, Visitor

TITLE = "困境儿童关爱和自我保护主题班会"
BEGUN = {
    "title": TITLE,
    "criterion": "by-law",
    "basis": "《中华人民共和国未成年人保护法》第四十三条",
    "theme": "认识自己的权利，遇到困难知道找谁。",
}
REST = {
    "scope": "三至六年级，每班一次",
    "pupils": "2400",
    "teachers": "60",
    "minutes-per-teacher": "20",
    "organisation": "儿童督导员准备材料，班主任在班会课上用。",
    "mode": "class-meeting",
    "starts": "2024-10-08",
    "ends": "2024-11-29",
    "effect": "学生说得出求助电话和镇街儿童督导员的名字。",
    "appraisal": "会后听师生意见，不评学校、不评教师。",
    "charges-money": "no",
    "takes-teachers-away": "no",
    "in-curriculum": "no",
    "uses-apps": "no",
    "counts-participation": "no",
}
GOOD = {"theme": "fit", "scope": "fit", "organisation": "fit", "time": "fit", "effect": "fit", "appraisal": "fit",
        "necessity": "yes", "fitness": "yes", "worth": "yes", "recommends": "admit"}  # fmt: skip
SEALED = "先在两所学校试，不要一次铺开。"
PANEL = ("委员（学生发展）", "委员（小学校长）", "委员（人大代表一）", "委员（政协委员一）")


@pytest.mark.proves("A07", "A08", "A09", "A10", "A11", "A12", "A13")
def test_an_affair_goes_from_its_application_to_the_gate(site: str, visit: Visit) -> None:
    case = _apply(site, visit)
    office = visit(site)
    _seat_panel(office, case)
    _opine(office, site, visit, case)
    _decide(office, case)
    _gate(visit(site, viewport=PHONE), visit(site))


def _apply(site: str, visit: Visit) -> str:
    """Half of the form, the browser closed; the draft is there again, and the other half."""
    first = visit(site)
    form = _form(first)
    first.say(BEGUN)
    expect(form.page.locator("#saved")).to_contain_text("已保存")
    expect(form.page.locator("#live")).to_contain_text("还有")
    first.leave()

    again = visit(site)
    _form(again)
    expect(again.page.locator("#q-title")).to_have_value(TITLE)
    expect(again.page.locator("#q-criterion-by-law")).to_be_checked()
    again.page.locator("#q-schools-every").check()
    again.say(REST | {"counts-participation": "yes"})
    expect(again.page.locator("#live .finding-late").first).to_contain_text("参与率")
    again.draw("application-live-check", whole=False)
    again.say({"counts-participation": "no"})
    expect(again.page.locator("#live .live-sum")).to_have_class("live-sum state state-done")
    again.act("check")
    expect(again.page.locator("dl.answers")).to_contain_text(BEGUN["basis"])
    again.look_closely()
    again.draw("check-your-answers")
    again.act("hand-in")
    again.told("已提交")
    expect(again.page.locator("h1")).to_have_text(TITLE)
    return again.page.url.removeprefix(site)


def _form(visitor: Visitor) -> Visitor:
    visitor.be("hechuan-civil")
    visitor.open("/apply")
    visitor.page.locator("article.choice", has_text="年度计划审批").locator(".choice-go a").click()
    expect(visitor.page.locator("#q-title")).to_be_visible()
    return visitor


def _seat_panel(office: Visitor, case: str) -> None:
    office.be("hechuan-office")
    office.open(case)
    office.page.locator("#now a.button").first.click()
    # The panel may be drawn; this office names it by hand.
    expect(office.page.locator("a.button", has_text="抽取论证委员")).to_be_visible()
    office.look_closely()
    office.page.locator(".by-hand > summary").click()
    expect(office.page.locator("#posts")).to_be_visible()
    for title in PANEL:
        office.page.locator(".option-says", has_text=title).locator("label").click()
    office.draw("panel")
    office.act("appoint")
    expect(office.page.locator(".said")).to_be_visible()
    office.live_to("2024-07-22")


def _opine(office: Visitor, site: str, visit: Visit, case: str) -> None:
    """Three opinions; until the last of them nobody reads any other, the office included."""
    _one_opinion(expert := visit(site), "hechuan-expert", "", case, SEALED)
    expert.draw("opinion-sealed")
    office.open(case)
    expect(office.page.locator("main")).to_contain_text("已收到 1 份意见")
    expect(office.page.locator("main")).not_to_contain_text(SEALED)
    office.draw("office-sees-only-the-count")

    principal = visit(site)
    principal.be("hechuan-principal")
    principal.sit_in("专家委员会")
    principal.open(case)
    expect(principal.page.locator("main")).not_to_contain_text(SEALED)
    _write_opinion(principal, case, "班会课正好用得上。")

    third = visit(site)
    third.enter_by_link(office, "专家委员会", "施雨薇", "shiyuwei")
    third.open(case)
    expect(third.page.locator("main")).not_to_contain_text(SEALED)
    _write_opinion(third, case, "年级分得合适。")
    third.open(case)
    expect(third.page.locator("main")).to_contain_text(SEALED)
    third.draw("opinions-open")


def _one_opinion(visitor: Visitor, persona: str, seat: str, case: str, reason: str) -> None:
    visitor.be(persona)
    if seat:
        visitor.sit_in(seat)
    _write_opinion(visitor, case, reason)


def _write_opinion(visitor: Visitor, case: str, reason: str) -> None:
    visitor.open(f"{case}/opinion")
    visitor.say(GOOD | {"reason": reason})
    visitor.act("opine")
    expect(visitor.page.locator(".said")).to_be_visible()


def _decide(office: Visitor, case: str) -> None:
    """First review with its red lines asked, the leading group, the filing, the publication before 20 August."""
    office.live_to("2024-07-25")
    office.be("hechuan-review")
    office.open(case)
    expect(office.page.locator("#flags input[type=checkbox]")).to_have_count(9)
    office.draw("first-review")
    office.act("pass")
    office.told("区委教育工作领导小组审核批准")
    office.live_to("2024-07-31")
    office.be("hechuan-leader")
    office.open("/inbox")
    expect(office.page.locator("#decide")).to_contain_text(TITLE)
    office.draw("leader-inbox")
    office.open(case)
    office.act("approve")
    expect(office.page.locator(".said")).to_be_visible()
    office.live_to("2024-08-05")
    office.be("hechuan-office")
    office.open(case)
    office.page.locator("#filing-number").fill("合教领备〔2024〕988号")
    office.act("record")
    office.live_to("2024-08-19")
    office.open(case)
    office.act("publish")
    expect(office.page.locator(".case-listed")).to_be_visible()
    office.draw("case-story")


def _gate(phone: Visitor, reader: Visitor) -> None:
    """Anybody reads the list; at the gate a telephone says yes, or gives the slip to print."""
    reader.open("/hechuan/list")
    expect(reader.page.locator(".item", has_text=TITLE)).to_be_visible()
    reader.draw("public-list", whole=False)

    phone.open("/hechuan/")
    phone.page.locator("#text").fill("春晖小学")
    phone.page.locator("main form button").first.click()
    phone.page.locator("main a", has_text="春晖小学").first.click()
    phone.page.locator("#name").fill(TITLE)
    phone.page.locator("main form.gate button").click()
    expect(phone.page.locator(".verdict-yes")).to_contain_text("区民政局")
    phone.draw("gate-yes")
    phone.page.locator("#name").fill("珠心算潜能开发公益课")
    phone.page.locator("main form.gate button").click()
    expect(phone.page.locator(".verdict-no")).to_be_visible()
    phone.draw("gate-no")
    phone.page.locator(".verdict-no a.button").click()
    expect(phone.page.locator(".slip")).to_contain_text("珠心算潜能开发公益课")
    phone.page.emulate_media(media="print")
    expect(phone.page.locator(".slip")).to_be_visible()
    expect(phone.page.locator(".no-print:visible, .demo:visible, nav:visible, button:visible")).to_have_count(0)
    phone.page.set_viewport_size({"width": 794, "height": 1123})
    phone.draw("refusal-slip", whole=False)
