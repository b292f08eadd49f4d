"""Every page that can be reached, as the people who reach it: axe finds nothing, nothing scrolls sideways."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve
from playwright.sync_api import expect

from tests.journeys.conftest import Visit
from tests.journeys.eyes import ailments
from tests.journeys.visitor import PHONE, Visitor

# Who walks through the pages, and where each begins. "" is somebody without an account.
WALKS = {
    "hechuan-office": ("/inbox", "/posts", "/password", "/people/organs/999999", "/styleguide", "/styleguide?faults=1"),
    "hechuan-leader": ("/inbox", "/leader"),
    "hechuan-fire": ("/lists?text=消防安全", "/inbox", "/apply"),
    "hechuan-civil": ("/inbox",),
    "hechuan-expert": ("/inbox",),
    "hechuan-late": ("/inbox",),
    "hebi-leader": ("/inbox", "/lists"),
    "huishui-office": ("/school-data?term=1", "/limits?term=1", "/pictures?term=1"),
    "huishui-school": ("/school-data?term=1", "/inbox"),
    "": ("/sign-in", "/welcome/token", "/hechuan/", "/hechuan/s/x001?name=赌石鉴赏", "/huishui/s/x001/term"),
}
# How many pages under one name one walker looks at; pages with many states are looked at more often.
OFTEN = {"case": 3, "task": 3, "problem": 4, "listing": 2, "portal-gate": 2}
# Names that answer with no page of their own, or only in the middle of something.
NO_PAGE = {
    "home": "leads on", "sign-out": "a verb", "reading": "a verb", "healthz": "one word",
    "demo-next-day": "a verb", "demo-go-to": "a verb", "demo-persona": "a verb",
    "api-contract": "JSON",
    "cases-together": "looked at by its journey",
    "case-panel": "looked at by its journey",
    "file": "a download", "case-file": "a download", "problem-file": "a download",
    "people-sheet-blank": "a download", "duties-sheet": "a download", "problems-sheet": "a download",
    "roll-sheet": "a download", "school-sheet-blank": "a download",
    "apply-check": "looked at by its journey", "link": "looked at by its journey",
    "activity-plan-check": "the same page as apply-check", "case-correct-check": "the same page as apply-check",
    "set-password": "the same page as accept-invitation",
}  # fmt: skip
SEEN: set[str] = set()


@pytest.mark.parametrize("persona", WALKS)
def test_nothing_is_wrong_with_any_page_somebody_reaches(persona: str, full_site: str, visit: Visit) -> None:
    visitor = visit(full_site, viewport=PHONE)
    if persona:
        visitor.be(persona)
    _look_on_a_walk(visitor, WALKS[persona])


def _look_on_a_walk(visitor: Visitor, start: tuple[str, ...]) -> None:
    """Look at the pages on a walk; at the first of a name closely. The visitor's faults fail the test at its end."""
    for path in _walk(visitor, start):
        if (name := _name(path)) in SEEN:
            visitor.faults += [f"{path}: {one}" for one in ailments(visitor.page)]
        else:
            SEEN.add(name)
            visitor.look_closely()


def _walk(visitor: Visitor, start: tuple[str, ...]) -> Iterator[str]:
    """Breadth first over the links; of pages with one name only so many."""
    wanted, known, counted = list(start), set(start), dict[str, int]()
    while wanted:
        path = wanted.pop(0)
        name = _name(path)
        counted[name] = counted.get(name, 0) + 1
        if name in NO_PAGE or (path not in start and counted[name] > OFTEN.get(name, 1)):
            continue
        answer = visitor.page.goto(path)
        assert answer is not None
        assert answer.status < 500, path
        for href in visitor.page.eval_on_selector_all("a[href]:not([download])", "all => all.map(a => a.href)"):
            parts = urlsplit(str(href))
            link = f"{parts.path}?{parts.query}" if parts.query else parts.path
            if f"{parts.scheme}://{parts.netloc}" == visitor.site and link not in known:
                known.add(link)
                wanted.append(link)
        yield path


def _name(path: str) -> str:
    try:
        return resolve(urlsplit(path).path).url_name or ""
    except Resolver404:
        return ""


def test_nothing_is_wrong_with_the_pages_in_the_middle_of_something(full_site: str, visit: Visit) -> None:
    """A returned application of a department that nobody is by default, and a plan that is not in force yet."""
    keeper, department = visit(full_site), visit(full_site, viewport=PHONE)
    keeper.be("hechuan-office")
    department.enter_by_link(keeper, "合川区规划和自然资源局", "丁卓然", "dingzhuoran")
    _look_on_a_walk(department, ("/inbox",))
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


def test_every_address_was_looked_at_or_says_why_not() -> None:
    """Last in this module: what no walker reached is a page nobody can find, or needs a walker."""
    if not SEEN:
        pytest.skip("the walks were not run")
    missed = " ".join(sorted(_names() - SEEN - set(NO_PAGE)))
    assert not missed


def _names() -> set[str]:
    def patterns(found: Sequence[URLPattern | URLResolver]) -> Iterator[URLPattern]:
        for one in found:
            yield from [one] if isinstance(one, URLPattern) else patterns(one.url_patterns)

    return {one.name or "" for one in patterns(get_resolver().url_patterns)}
