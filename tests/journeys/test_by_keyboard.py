"""Without a mouse, with large type, and the pictures of the pages that carry the product."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Visit
from tests.journeys.eyes import ailments
from tests.journeys.visitor import DESK, PHONE

FOCUS = "document.activeElement.closest('[data-row]')?.textContent.trim().slice(0, 20) ?? ''"
# Of a group of options the browser stops once; what comes first on the page is reached first.
FIRST_STOPS = ["q-title", "q-criterion", "q-basis"]


def _stop(page: Page) -> str:
    page.keyboard.press("Tab")
    return str(page.evaluate("(document.activeElement.name || document.activeElement.id || '').replace('.', '-')"))


def test_inbox_and_ledger_are_walked_with_j_k_and_enter(full_site: str, visit: Visit) -> None:
    visitor = visit(full_site)
    visitor.be("hechuan-office")
    for path in ("/inbox", "/problems"):
        page = visitor.open(path)
        rows = page.locator("[data-rows] [data-row]")
        first, second = (str(rows.nth(n).text_content()).strip()[:20] for n in (0, 1))
        page.keyboard.press("j")
        assert page.evaluate(FOCUS) == first
        page.keyboard.press("j")
        assert page.evaluate(FOCUS) == second
        page.keyboard.press("k")
        assert page.evaluate(FOCUS) == first
        wanted = rows.first.locator("a").first.get_attribute("href")
        page.keyboard.press("Enter")
        expect(page).to_have_url(f"{full_site}{wanted}")


def test_the_skip_link_comes_first_and_leads_past_the_menu(full_site: str, visit: Visit) -> None:
    visitor = visit(full_site)
    visitor.be("hechuan-office")
    page = visitor.open("/problems")
    page.keyboard.press("Tab")
    expect(page.locator("a.skip")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_the_application_is_filled_in_the_order_in_which_it_is_read(site: str, visit: Visit) -> None:
    visitor = visit(site)
    visitor.be("hechuan-civil")
    page = visitor.open("/apply")
    page.locator(".choice-go a").first.click()
    page.locator("#q-title").focus()
    stops = ["q-title", *(_stop(page) for _ in range(12))]
    assert [stop for stop in dict.fromkeys(stops) if stop in FIRST_STOPS] == FIRST_STOPS
    order = page.evaluate(
        "[...document.querySelectorAll('main :is(input, textarea, select, button)')].every(e => e.tabIndex <= 0)"
    )
    assert order


@pytest.mark.parametrize("width", [360, 768, 1440])
def test_large_type_leaves_every_room_standing(width: int, full_site: str, visit: Visit) -> None:
    visitor = visit(full_site, viewport={"width": width, "height": 900})
    page = visitor.be("hechuan-office")
    page.locator("details.who summary").click()
    page.get_by_role("button", name="大字").click()
    expect(page.locator("html")).to_have_class(re.compile(r"\blarge\b"))
    for href in page.locator("nav.rooms a").evaluate_all("all => all.map(a => a.pathname)"):
        visitor.open(href)
        assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "20px"
        assert not ailments(page), href


def test_the_pages_that_carry_the_product_have_their_pictures(full_site: str, visit: Visit) -> None:
    desk, phone = visit(full_site, viewport=DESK), visit(full_site, viewport=PHONE)
    for visitor, suffix in ((desk, ""), (phone, "-360")):
        visitor.be("hechuan-office")
        page = visitor.open("/plan")
        expect(page.locator("h1")).to_be_visible()
        visitor.draw(f"plan{suffix}", whole=False)
        page.locator("main a", has_text="摸排2023年以来").first.scroll_into_view_if_needed()
        visitor.draw(f"plan-clauses{suffix}", whole=False)
        visitor.open("/inbox")
        visitor.draw(f"inbox{suffix}", whole=False)
    desk.open("/problems?text=没有这样的问题")
    desk.draw("ledger-empty")
    desk.be("hechuan-leader")
    desk.open("/leader")
    desk.draw("leader")
    desk.context.add_cookies([{"name": "qingfu_language", "value": "en", "url": desk.site}])
    desk.open("/plan")
    desk.draw("plan-en", whole=False)


def test_the_eyes_see_what_is_wrong(full_site: str, visit: Visit) -> None:
    """What finds nothing anywhere must be able to find something."""
    page = visit(full_site).open("/sign-in")
    page.evaluate(
        "document.querySelector('main').insertAdjacentHTML('beforeend',"
        " '<img src=\"/static/favicon.svg\"><svg width=3000 height=1></svg>')"
    )
    found = ailments(page)
    assert any(one.startswith("image-alt") for one in found)
    assert any(one.startswith("too wide") for one in found)
