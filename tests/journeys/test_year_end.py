"""鹤壁: everything for next year decided at one sitting, published, judged at that year's end, and one taken off."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Visit
from tests.journeys.visitor import Visitor

KEPT, JUDGED = "消防安全教育和疏散演练", "眼健康筛查"
REFUSED = "全民阅读进校园打卡"
LEFT_OUT = ("全民阅读进校园打卡", "教师护河巡查")
READING = "消防员讲故事（低年级绘本）"
APPLICATION = {
    "title": READING,
    "criterion": "by-law-or-document",
    "basis": "《中华人民共和国消防法》第六条",
    "theme": "每学期到校讲一次绘本，不留作业。",
    "starts": "2025-03-10",
    "ends": "2025-12-19",
    "teachers": "6",
    "minutes-per-teacher": "20",
    "takes-teachers-away": "no",
    "uses-apps": "no",
    "counts-participation": "no",
}


@pytest.mark.proves("A07", "A08", "A11", "A12", "A13", "A19", "A20")
def test_a_year_of_the_list_from_the_sitting_to_the_removal(site: str, visit: Visit) -> None:
    visitor = visit(site)
    _apply_in_the_window(visitor)
    _decide_together(visitor)
    _publish(visitor, visit(site))
    _judge(visitor, visit(site))


def _apply_in_the_window(visitor: Visitor) -> None:
    """Before October nobody can apply; in November the fire brigade does."""
    visitor.be("hebi-fire")
    visitor.open("/apply")
    expect(visitor.page.locator("article.choice")).to_contain_text("10月1日")
    visitor.live_to("2024-11-21")
    visitor.open("/apply")
    visitor.page.locator(".choice-go a").first.click()
    visitor.page.locator("#q-schools-every").check()
    visitor.say(APPLICATION)
    visitor.act("check")
    visitor.act("hand-in")
    expect(visitor.page.locator("h1")).to_have_text(READING)


def _decide_together(visitor: Visitor) -> None:
    """All at one sitting; what crosses a red line is refused on its own page."""
    visitor.live_to("2024-12-10")
    visitor.be("hebi-leader")
    visitor.open("/cases")
    visitor.page.locator("a[href*='/cases/together/']").first.click()
    expect(visitor.page.locator("tbody tr")).to_have_count(8)
    visitor.look_closely()
    visitor.page.locator("[data-pick-all]").click()
    for title in LEFT_OUT:
        visitor.page.locator("tbody tr", has_text=title).locator("input[data-pick]").uncheck()
    expect(visitor.page.locator("[data-picked]")).to_contain_text("6")
    visitor.draw("decided-together")
    visitor.act("approve")
    expect(visitor.page.locator(".said")).to_be_visible()
    visitor.open("/cases")
    visitor.open("/inbox")
    visitor.page.locator("#decide a", has_text=REFUSED).click()
    visitor.page.locator("#flag-formalism").check()
    visitor.page.locator("#reason").fill("打卡和完成率正是减负清单不许做的。")
    visitor.act("refuse")
    expect(visitor.page.locator(".said")).to_be_visible()


def _publish(visitor: Visitor, reader: Visitor) -> None:
    """The secretariat files and publishes; it is next year's list, and holds from next year on."""
    for day, verb in (("2024-12-13", "record"), ("2024-12-20", "publish")):
        visitor.live_to(day)
        visitor.be("hebi-secretariat")
        visitor.open("/cases")
        visitor.page.locator("a[href*='/cases/together/']").first.click()
        visitor.page.locator("[data-pick-all]").click()
        visitor.act(verb)
        expect(visitor.page.locator(".said")).to_be_visible()
    reader.open("/hebi/list")
    expect(reader.page.locator(".item", has_text=READING)).to_be_visible()
    expect(reader.page.locator(".item", has_text=REFUSED)).to_have_count(0)
    visitor.open("/lists")
    visitor.draw("next-years-list")


def _judge(visitor: Visitor, reader: Visitor) -> None:
    """At the end of next year the group judges each item; the one revoked is gone for the public at once."""
    visitor.live_to("2025-12-22")
    visitor.be("hebi-leader")
    visitor.open("/inbox")
    visitor.page.locator("#decide a", has_text=KEPT).or_(
        visitor.page.locator("#decide [data-row]", has_text=READING).locator("a")
    ).first.click()
    visitor.open("/lists")
    visitor.page.locator(".to-evaluate a", has_text=READING).click()
    visitor.page.locator("[id$='-revoke']").check()
    _answer_all(visitor)
    visitor.draw("evaluation")
    visitor.act("evaluate")
    expect(visitor.page.locator("main")).to_contain_text("撤销")
    visitor.draw("taken-off-the-list")
    reader.open("/hebi/list")
    gone = reader.page.locator(".item", has_text=READING)
    expect(gone.locator(".state", has_text="在册")).to_have_count(0)


def _answer_all(visitor: Visitor) -> None:
    """The first option of what is still to be chosen, a sentence where one is asked for."""
    for group in visitor.page.locator("form fieldset.field").all():
        if not group.locator("input:checked").count():
            group.locator("input[type=radio]").first.check()
    for field in visitor.page.locator("form textarea").all():
        field.fill("绘本只讲了一次，其余让教师自己读。")
