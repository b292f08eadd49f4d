"""A parent compares what is posted with what is taught, asks without a name, and reads the school's answer."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.faces.first_week_stage import Board, board
from tests.journeys.conftest import Visit
from tests.journeys.school_site import served, sign_in
from tests.journeys.visitor import PHONE

__all__ = ["board"]

ASKED = "周三第2节贴的是语文，孩子说上了数学，以哪个为准？"
ANSWER = "当周语文老师外出教研，临时调课，本周已恢复。"


@pytest.fixture
def school_site(board: Board) -> Iterator[str]:
    """A bureau whose primary school has posted its first week."""
    with served(board.schools, "principal", "reviewer") as site:
        yield site


@pytest.mark.proves("C10", "C11")
def test_a_parent_compares_asks_and_reads_the_answer(school_site: str, board: Board, visit: Visit) -> None:
    parent, school = visit(school_site, viewport=PHONE), visit(school_site)
    page = parent.open(board.address)
    parent.look_closely()
    page.locator("#class").select_option(label="三年级1班")
    page.locator(".class-choice button").click()
    expect(page.locator(".differences li")).to_have_text("周三第 2 节：公示为语文，实际上数学")
    expect(page.locator("td.differs")).to_have_count(2)
    parent.draw("parent-timetables-360", whole=False)
    parent.look_closely()

    page.locator("a[href='#ask']").first.click()
    parent.act("ask")
    expect(page.locator("#errors a")).to_have_attribute("href", "#text")
    parent.draw("parent-question-faulted-360", whole=False)
    page.locator("#text").fill(ASKED)
    parent.act("ask")
    expect(page.locator("#questions [role=status]")).to_be_visible()
    parent.draw("parent-asked-360", whole=False)
    assert [one["name"] for one in parent.context.cookies() if "session" in str(one.get("name"))] == []

    sign_in(school, "principal")
    school.open(f"/first-week/{board.schools.county.organs['school']}")
    school.look_closely()
    school.draw("first-week-board")
    school.page.locator(".rail a", has_text="公众提问").click()
    expect(school.page.locator(".question")).to_contain_text(ASKED)
    school.look_closely()
    school.page.locator(".asked textarea").fill(ANSWER)
    school.act("answer")
    school.told("已答复")
    school.draw("questions-answered")

    parent.open(board.of())
    expect(page.locator(".answered .question")).to_contain_text(ASKED)
    expect(page.locator(".answered .answer")).to_contain_text(ANSWER)
    page.locator("#questions").scroll_into_view_if_needed()
    parent.draw("parent-answer-360", whole=False)


def test_the_page_serves_without_a_script_and_on_paper(school_site: str, board: Board, visit: Visit) -> None:
    parent = visit(school_site, viewport=PHONE, java_script_enabled=False)
    page = parent.open(board.of())
    expect(page.locator(".week-posted")).to_be_visible()
    page.locator("#text").fill(ASKED)
    parent.act("ask")
    expect(page.locator("#questions [role=status]")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.locator(".week-posted")).to_be_visible()
    expect(page.locator(".door-class")).to_have_text("三年级1班")
    for gone in (".week-taught", "#ask", ".class-choice", ".documents"):
        expect(page.locator(gone)).to_be_hidden()
