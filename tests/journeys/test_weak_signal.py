"""A school principal on a telephone whose connection goes away in the middle of a form."""

from __future__ import annotations

import re

from playwright.sync_api import Route, expect

from tests.journeys.conftest import Visit
from tests.journeys.visitor import PHONE

NOTE = "断网时写的说明"


def test_what_was_typed_without_a_connection_is_neither_sent_into_the_void_nor_lost(
    full_site: str, visit: Visit
) -> None:
    visitor = visit(full_site, viewport=PHONE)
    visitor.be("hechuan-late")
    page = visitor.open("/inbox")
    page.locator("[data-row] a").first.click()
    note, told = page.locator("[name='q.note']"), page.locator("#saved")
    here = page.url
    visitor.context.set_offline(True)
    note.fill(NOTE)
    expect(told).to_contain_text("还没保存")
    page.locator("button[value=hand-in]").click()
    expect(told).to_contain_text("没有发出")
    assert page.url == here
    expect(note).to_have_value(NOTE)
    visitor.context.set_offline(False)
    expect(told).not_to_have_class(re.compile("failed"))
    expect(told).to_contain_text("已保存")
    # What was held back is not being worked on.
    expect(page.locator(".at-work")).to_be_empty()
    # The browser and the script remark on the lost connection; that was the point.
    visitor.faults[:] = [fault for fault in visitor.faults if "ERR_INTERNET" not in fault and "htmx:" not in fault]
    visitor.open("/inbox")
    page.goto(here)
    expect(note).to_have_value(NOTE)


def test_what_takes_long_says_that_it_is_being_worked_on(full_site: str, visit: Visit) -> None:
    visitor = visit(full_site, viewport=PHONE)
    visitor.be("hechuan-late")
    page = visitor.open("/inbox")
    page.locator("[data-row] a").first.click()
    # Sent from here into a frame, so that the page can be looked at while the answer is awaited.
    page.evaluate("""() => {
      const frame = document.createElement("iframe");
      frame.name = frame.title = "aside";
      document.body.append(frame);
      document.querySelector("button[value=hand-in]").form.target = "aside";
    }""")
    held: list[Route] = []
    page.route("**/*", lambda route: held.append(route) if route.request.method == "POST" else route.continue_())
    expect(page.locator(".at-work")).to_be_empty()
    page.locator("button[value=hand-in]").click(no_wait_after=True)
    expect(page.locator(".at-work")).to_contain_text("正在处理")
    expect(page.locator(".at-work progress")).to_be_in_viewport()
    visitor.draw("working-360", whole=False)
    held[0].abort()
    page.reload()
    expect(page.locator(".at-work")).to_be_empty()
    visitor.faults.clear()
