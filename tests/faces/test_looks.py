"""The frame and its parts in a browser: axe finds nothing, nothing scrolls sideways, nothing leaves the machine."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page
from pytest_django import Settings

from tests.cast import County, county
from tests.faces.conftest import PASSWORD, open_account

NewContext = Callable[..., BrowserContext]
PAGES = (
    "/styleguide", "/styleguide?faults=1", "/people", "/people/organs", "/people/sheets/schools", "/stand-in", "/posts",
    "/password", "/people/organs/999999", "/welcome/token",
)  # fmt: skip


@pytest.fixture
def demonstration(settings: Settings) -> None:
    """The bar of a demonstration on every page, with everybody one can be."""
    settings.DEMO = True
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "qingfu.project.demo.pages.Personas"]


@pytest.fixture
def busy(demonstration: None, site: str) -> County:
    """The served site, in a demonstration, with the keeper's account."""
    home = county(enact=False)
    open_account(home, "keeper")
    return home


def test_the_bar_of_a_demonstration_offers_its_days_and_seats(busy: County, site: str, new_context: NewContext) -> None:
    page = browse(new_context, site)
    assert page.locator("#demo-persona option").count() > 5
    assert page.locator("#demo-on").is_visible()


def browse(new_context: NewContext, site: str, **how: object) -> Page:
    """A browser page, signed in as the keeper; a fault in its console or a request elsewhere fails the test."""
    context = new_context(base_url=site, locale="zh-CN", **how)
    context.route(
        lambda url: not url.startswith(site), lambda route: pytest.fail(f"asks elsewhere: {route.request.url}")
    )
    page = context.new_page()
    page.on("console", lambda told: _quiet(told.type, told.text))
    page.on("pageerror", lambda fault: pytest.fail(str(fault)))
    page.goto("/sign-in")
    page.fill("#name", "keeper")
    page.fill("#password", PASSWORD)
    page.click("button.main")
    page.wait_for_url(lambda url: "sign-in" not in url)
    return page


def _quiet(kind: str, text: str) -> None:
    assert kind not in ("error", "warning") or "status of 4" in text, text


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(busy: County, site: str, new_context: NewContext, scheme: str, language: str) -> None:
    page = browse(new_context, site, color_scheme=scheme, bypass_csp=True)
    page.context.add_cookies([{"name": "qingfu_language", "value": language, "url": site}])
    for address in PAGES:
        page.goto(address)
        assert page.locator("html").get_attribute("lang") == ("en" if language == "en" else "zh-Hans")
        found = Axe().run(page).response["violations"]
        assert not found, (address, [(v["id"], [n["html"][:200] for n in v["nodes"]]) for v in found])


@pytest.mark.parametrize(
    ("width", "large", "language"),
    [(320, "1", "en"), (360, "0", "zh-hans"), (360, "0", "en"), (768, "1", "zh-hans"), (1440, "0", "en")],
)
def test_nothing_scrolls_sideways_and_nothing_breaks_the_policy(
    busy: County, site: str, new_context: NewContext, width: int, large: str, language: str
) -> None:
    page = browse(new_context, site, viewport={"width": width, "height": 800})
    wishes = {"qingfu_large_type": large, "qingfu_language": language}
    page.context.add_cookies([{"name": name, "value": wish, "url": site} for name, wish in wishes.items()])
    for address in PAGES:
        page.goto(address)
        assert not _too_wide(page), address


def _too_wide(page: Page) -> list[str]:
    return list(
        page.evaluate(
            "() => document.documentElement.scrollWidth <= innerWidth ? [] :"
            " [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1)"
            ".map(e => e.outerHTML.slice(0, 120))"
        )
    )


def test_five_hundred_rows_are_walked_with_j_and_k(busy: County, site: str, new_context: NewContext) -> None:
    page = browse(new_context, site)
    page.goto("/styleguide?rows=500")
    assert page.locator("tr[data-row]").count() == 500
    for _ in range(5):
        page.keyboard.press("j")
    there = page.evaluate("document.activeElement.closest('[data-row]').rowIndex")
    page.keyboard.press("k")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.closest('[data-row]').rowIndex") == there
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "text"
    page.keyboard.type("jjj")
    assert page.locator("#text").input_value() == "jjj"


def test_a_row_is_added_with_numbers_and_labels_of_its_own(busy: County, site: str, new_context: NewContext) -> None:
    page = browse(new_context, site)
    page.goto("/styleguide")
    page.click("[data-more]")
    last = page.locator("[data-repeat-row]").last
    assert last.locator("input[type=text]").get_attribute("name") == "q.problems.1.problem"
    assert last.get_by_label("问题", exact=True).get_attribute("id") == "q-problems-1-problem"
    assert last.locator("legend").first.text_content() == "第 2 条"
    last.locator("[data-less]").click()
    assert page.locator("[data-repeat-row]").count() == 1


def test_one_school_taken_out_undoes_all_of_them(busy: County, site: str, new_context: NewContext) -> None:
    page = browse(new_context, site)
    page.goto("/styleguide")
    page.check("#q-schools-every")
    assert page.locator("[data-chosen]").text_content() == "已选学校 13 所"
    page.locator("[data-town]").first.uncheck()
    assert not page.is_checked("#q-schools-every")
    assert page.locator("[data-chosen]").text_content() == "已选学校 12 所"


def test_what_is_asked_only_sometimes_is_hidden_and_not_sent(busy: County, site: str, new_context: NewContext) -> None:
    page = browse(new_context, site)
    page.goto("/styleguide")
    assert page.locator("#q-resources").is_visible()
    page.check("#q-mode-subject")
    assert page.locator("#q-resources").is_hidden()
    assert page.locator("#q-resources").is_disabled()


def test_the_error_summary_has_the_focus_and_leads_to_the_field(
    busy: County, site: str, new_context: NewContext
) -> None:
    page = browse(new_context, site)
    page.goto("/styleguide?faults=1")
    assert page.evaluate("document.activeElement.id") == "errors"
    page.locator("#errors a").first.click()
    assert page.evaluate("document.activeElement.id") == "q-title"
