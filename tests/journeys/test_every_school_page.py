"""Every page of schools and of the public, and those in the middle of something; the rest is in `test_every_page`."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Visit
from tests.journeys.visitor import PHONE
from tests.journeys.walking import OF_SCHOOLS, SEEN, look_on_a_walk, names

# Who walks through the pages, and where each begins. "" is somebody without an account.
WALKS = {
    "huishui-office": ("/school-data?term=1", "/limits?term=1", "/pictures?term=1", "/enrolment"),
    "huishui-school": ("/school-data?term=1", "/inbox"),
    "": (
        "/sign-in",
        "/welcome/token",
        "/hechuan/",
        "/hechuan/s/x001?name=赌石鉴赏",
        "/huishui/s/x001/term",
        "/huishui/enrolment",
    ),
}


@pytest.mark.parametrize("persona", WALKS)
def test_nothing_is_wrong_with_any_page_a_school_or_a_stranger_reaches(
    persona: str, full_site: str, visit: Visit
) -> None:
    visitor = visit(full_site, viewport=PHONE)
    if persona:
        visitor.be(persona)
    look_on_a_walk(visitor, WALKS[persona])


def test_nothing_is_wrong_with_the_pages_in_the_middle_of_something(full_site: str, visit: Visit) -> None:
    """A returned application of a department that nobody is by default, and a plan that is not in force yet."""
    keeper, department = visit(full_site), visit(full_site, viewport=PHONE)
    keeper.be("hechuan-office")
    department.enter_by_link(keeper, "合川区规划和自然资源局", "丁卓然", "dingzhuoran")
    look_on_a_walk(department, ("/inbox",))
    keeper.open("/plan")
    keeper.page.locator("a[href*='words']").first.click()
    keeper.page.locator("a[href*='/words?clause']").first.click()
    expect(keeper.page.locator("main form")).to_be_visible()
    SEEN.add("official-words")
    keeper.look_closely()
    keeper.open("/plans")
    keeper.page.locator("button[name=pack]").first.click()
    expect(keeper.page).to_have_url(re.compile("/setup$"))
    SEEN.add("plan-setup")
    keeper.look_closely()


def test_every_page_of_schools_was_looked_at() -> None:
    """Last in this module."""
    if not SEEN:
        pytest.skip("the walks were not run")
    assert sorted(OF_SCHOOLS - SEEN) == []


def test_what_this_module_answers_for_are_addresses() -> None:
    assert names() >= OF_SCHOOLS
