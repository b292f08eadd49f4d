"""The pages of plans, duties, inbox, leader and links in a browser: axe finds nothing, nothing scrolls sideways."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page
from pytest_django import Settings

from qingfu.base.clock import system_now
from qingfu.packfile.read import load
from qingfu.records.almanac.actions import set_clock
from qingfu.records.duties.actions import move_duty, send_link
from qingfu.records.enactment.actions import open_the_day
from qingfu.records.plans.actions import adopt_pack, enter_official_text
from tests.cast import County, county, moment
from tests.faces.conftest import PASSWORD, open_account
from tests.faces.plan_stage import PROBLEM, handed_in, task_of
from tests.faces.test_looks import NewContext

NOW: datetime = moment("2024-08-02")


@pytest.fixture
def busy(site: str, settings: Settings) -> tuple[County, list[str]]:
    """A county in August with something late, something moved, a draft and a link; and the addresses to look at."""
    home = county()
    settings.DEMO = True
    set_clock(to=NOW, at=system_now())
    open_the_day(bureau=home.bureau, at=moment("2024-08-02", 6))
    given = handed_in(home, "school", PROBLEM, day="2024-08-01")
    later = moment("2024-09-06").date()
    move_duty(home["clerk"], edition=home.edition, duty="summary", to=later, reason="并入开学检查", at=NOW)
    enter_official_text(home.keeper, edition=home.edition, clause="五(二)b", text="全面摸清底数。", at=NOW)
    draft = adopt_pack(home.keeper, pack=load("qingshan-2025"), at=NOW).edition
    late, ledger = task_of(home, "fire"), task_of(home, "office", "ledger")
    token = send_link(home["clerk"], task=late.id, at=NOW)
    for name in ("clerk", "keeper"):
        open_account(home, name)
    plan = f"/plans/{home.edition}"
    clerk = ["/inbox", plan, f"{plan}/dates", "/duties", "/duties?duty=census", "/leader", f"/tasks/{given.id}",
             f"/tasks/{late.id}", f"/tasks/{ledger.id}", f"/l/hechuan/{token}"]  # fmt: skip
    keeper = ["/plans", f"{plan}?words=1", f"{plan}/words?clause=五(二)b", f"/plans/{draft}/setup"]
    return home, [*clerk, "as keeper", *keeper]


def walk(page: Page, addresses: list[str], site: str, wishes: dict[str, str]) -> Iterator[str]:
    """Open every address in turn with everything on it unfolded, changing seats on the way."""
    enter(page, "clerk", site, wishes)
    for address in addresses:
        if address == "as keeper":
            page.context.clear_cookies()
            enter(page, "keeper", site, wishes)
            continue
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 200, address
        page.evaluate("document.querySelectorAll('main details').forEach((part) => { part.open = true; })")
        yield address


def enter(page: Page, name: str, site: str, wishes: dict[str, str]) -> None:
    page.goto("/sign-in")
    page.fill("#name", name)
    page.fill("#password", PASSWORD)
    page.click("button.main")
    page.wait_for_url(lambda url: "sign-in" not in url)
    page.context.add_cookies([{"name": key, "value": wish, "url": site} for key, wish in wishes.items()])


def fresh(new_context: NewContext, site: str, **how: object) -> Page:
    """A browser page; a fault on its console or a request elsewhere fails the test."""
    context = new_context(base_url=site, locale="zh-CN", **how)
    context.route(
        lambda url: not url.startswith(site), lambda route: pytest.fail(f"asks elsewhere: {route.request.url}")
    )
    page = context.new_page()
    page.on("console", lambda told: _quiet(told.type, told.text))
    page.on("pageerror", lambda fault: pytest.fail(str(fault)))
    return page


def _quiet(kind: str, text: str) -> None:
    assert kind not in ("error", "warning"), text


@pytest.mark.parametrize(("language", "scheme"), [("zh-hans", "light"), ("en", "dark")])
def test_axe_finds_nothing(
    busy: tuple[County, list[str]], site: str, new_context: NewContext, language: str, scheme: str
) -> None:
    page = fresh(new_context, site, color_scheme=scheme, bypass_csp=True)
    for address in walk(page, busy[1], site, {"qingfu_language": language}):
        found = Axe().run(page).response["violations"]
        assert not found, (address, [(v["id"], [n["html"][:200] for n in v["nodes"]]) for v in found])


@pytest.mark.parametrize(
    ("width", "large", "language"), [(360, "0", "zh-hans"), (360, "1", "en"), (768, "0", "en"), (1440, "1", "zh-hans")]
)
def test_nothing_scrolls_sideways(
    busy: tuple[County, list[str]], site: str, new_context: NewContext, width: int, large: str, language: str
) -> None:
    page = fresh(new_context, site, viewport={"width": width, "height": 800})
    wishes = {"qingfu_large_type": large, "qingfu_language": language}
    for address in walk(page, busy[1], site, wishes):
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, (address, wide)


def test_the_reminder_is_copied_with_one_press(
    busy: tuple[County, list[str]], site: str, new_context: NewContext
) -> None:
    page = fresh(new_context, site)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=site)
    enter(page, "clerk", site, {})
    page.goto("/duties?duty=census")
    page.click("details.urge summary")
    page.click("[data-copy=urge]")
    page.wait_for_function("document.getElementById('urge-copied').textContent !== ''")
    assert page.evaluate("navigator.clipboard.readText()") == page.input_value("#urge")


def test_a_draft_saves_itself_while_one_types(
    busy: tuple[County, list[str]], site: str, new_context: NewContext
) -> None:
    home, _addresses = busy
    address = f"/tasks/{task_of(home, 'office', 'ledger').id}"
    page = fresh(new_context, site)
    enter(page, "clerk", site, {})
    page.goto(address)
    with page.expect_response(lambda answer: address in answer.url and answer.request.method == "POST"):
        page.locator("[name='q.note']").press_sequentially("还在核对")
    page.goto(address)
    assert page.input_value("[name='q.note']") == "还在核对"


def test_the_leaders_page_is_one_a4(busy: tuple[County, list[str]], site: str, new_context: NewContext) -> None:
    page = fresh(new_context, site)
    enter(page, "clerk", site, {})
    page.goto("/leader")
    printed = page.pdf(format="A4", prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page[^s]", printed)) == 1
