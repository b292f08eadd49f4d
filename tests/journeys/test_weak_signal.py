"""A school principal on a telephone whose connection goes away in the middle of a form."""

from __future__ import annotations

import re

from playwright.sync_api import expect

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
    # The browser and the script remark on the lost connection; that was the point.
    visitor.faults[:] = [fault for fault in visitor.faults if "ERR_INTERNET" not in fault and "htmx:" not in fault]
    visitor.open("/inbox")
    page.goto(here)
    expect(note).to_have_value(NOTE)
