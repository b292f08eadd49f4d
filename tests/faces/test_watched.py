"""Figures of the lowest fifth on pages: a few fields, what is known stands there, a picture of the change (C30)."""

from __future__ import annotations

import re
from datetime import date

import pytest

from qingfu.base.clock import system_now
from qingfu.records.almanac.actions import set_clock
from qingfu.records.monitoring import actions
from tests.cast import moment
from tests.faces.schools_stage import Pages, founded, pages, schools
from tests.records.monitoring.conftest import NOW, Schools
from tests.records.monitoring.test_watched import ROWS, SHARE, give

__all__ = ["founded", "pages", "schools"]

pytestmark = pytest.mark.proves("C30")
SENT = {"P1__pupils": "40", "P1__lowest": "8", "P1__helped": "6", "P3__pupils": "87", "P3__helped": "１７"}


def form(pages: Pages) -> str:
    return f"{pages.desk}/lowest/{SHARE}?term={pages.schools.term.id}"


def value(text: str, name: str) -> str:
    found = re.search(rf'name="{re.escape(name)}"[^>]*value="([^"]*)"', text)
    assert found is not None, name
    return found[1]


def autumn_after(schools: Schools) -> int:
    """A former term of the same school year stands before the one of the stage."""
    return actions.set_term(
        schools.actor("reviewer"), name="暑期", year=2024, from_on=date(2024, 7, 15), until_on=date(2024, 8, 30),
        at=NOW,
    ).id  # fmt: skip


def test_the_school_finds_the_form_and_what_is_known_stands_in_it(pages: Pages) -> None:
    desk = pages.sees("principal", pages.desk)
    assert f"/lowest/{SHARE}" in desk.text
    assert "已报0个年级，共2个" in desk.words.replace(" ", "")
    page = pages.sees("principal", form(pages))
    assert value(page.text, "P1.pupils") == "40"
    assert value(page.text, "P3.lowest") == "17"
    assert "P1.gone" not in page.text, "nothing is known of the term before"
    assert "约1分钟" in page.words.replace(" ", "")


def test_no_field_could_hold_a_name(pages: Pages) -> None:
    page = pages.sees("principal", form(pages)).text
    inside = page[page.index('class="fill"') :]
    fields = set(re.findall(r'<(?:input|textarea|select)[^>]*name="([^"]+)"', inside[: inside.index("</form>")]))
    figures = {f"{grade}.{name}" for grade in ("P1", "P3") for name in ("pupils", "lowest", "helped")}
    assert fields - {"csrfmiddlewaretoken", "client-id"} == figures
    assert "textarea" not in inside


def test_what_is_sent_is_drawn_at_once(pages: Pages) -> None:
    done = pages.presses("principal", form(pages), "file", **SENT)
    picture = pages.follows("principal", done)
    assert "8/40" in picture.words
    assert "17/87" in picture.words
    assert "第一个有数的学期" in picture.words
    assert "已报2个年级" in pages.sees("principal", pages.desk).words.replace(" ", "")
    page = pages.sees("principal", form(pages))
    assert value(page.text, "P3.helped") == "17"
    assert "已经报" in page.words or "取代" in page.words


def test_a_fault_stands_at_its_field_and_names_the_numbers(pages: Pages) -> None:
    page = pages.presses("principal", form(pages), "file", **{**SENT, "P1__lowest": "9"})
    assert page.status == 422
    assert 'href="#P1.lowest"' in page.text
    assert "应在8到8之间" in page.words.replace(" ", "")
    assert value(page.text, "P1.lowest") == "9"
    page = pages.presses("principal", form(pages), "file", **{**SENT, "P1__helped": "王小明"})
    assert 'href="#P1.helped"' in page.text


def test_the_next_term_asks_one_number_more_and_draws_the_change(pages: Pages) -> None:
    before = autumn_after(pages.schools)
    give(pages.schools, *ROWS, term=before)
    page = pages.sees("principal", form(pages))
    assert "上学期有8人" in page.words.replace(" ", "")
    done = pages.presses("principal", form(pages), "file", **SENT, P1__gone="3", P3__gone="0")
    picture = pages.follows("principal", done)
    assert picture.text.count('class="gone"') == 2
    assert 'width="50.0%"' in picture.text
    assert "<caption" in picture.text


def test_the_bureau_types_in_from_paper_and_says_whose(pages: Pages) -> None:
    refused = pages.presses("reviewer", form(pages), "file", **SENT)
    assert refused.status == 422
    assert 'href="#on-behalf"' in refused.text
    done = pages.presses("reviewer", form(pages), "file", **SENT, **{"on-behalf": "林校长"})
    assert done.status == 302
    assert "林校长" in pages.sees("principal", pages.desk).words


def test_the_bureau_sees_every_school_and_schools_the_county_without_the_few(pages: Pages) -> None:
    give(pages.schools, *ROWS)
    assert "2/2" in pages.sees("reviewer", "/school-data").words
    county = f"/pictures/lowest/{SHARE}"
    assert "25/127" in pages.sees("reviewer", county).words
    other = pages.sees("other-principal", county)
    assert "25/127" not in other.words
    assert "人数太少" in other.words
    assert pages.sees("police-clerk", county).status == 404
    assert pages.sees("other-principal", form(pages)).status == 404
    assert f"/pictures/lowest/{SHARE}" in pages.sees("reviewer", "/pictures").text
    assert f"/pictures/{pages.organ}/lowest/{SHARE}" in pages.sees("principal", "/pictures").text


def test_what_was_given_by_mistake_is_taken_back(pages: Pages) -> None:
    give(pages.schools, *ROWS)
    assert pages.presses("principal", form(pages), "take-back").status == 422
    assert pages.presses("principal", form(pages), "take-back", reason="填错学期").status == 302
    assert "填错学期" in pages.sees("principal", pages.desk).words


def test_near_the_end_of_a_term_the_inbox_reminds_until_it_is_given(pages: Pages) -> None:
    assert f"/lowest/{SHARE}" not in pages.sees("principal", "/inbox").text
    set_clock(to=moment("2025-01-06", 9), at=system_now())
    assert f"/lowest/{SHARE}" in pages.sees("principal", "/inbox").text
    give(pages.schools, *ROWS)
    assert f"/lowest/{SHARE}" not in pages.sees("principal", "/inbox").text


def test_the_plan_shows_how_many_schools_gave_their_figures(pages: Pages) -> None:
    address = f"/plans/{pages.schools.edition}"
    give(pages.schools, *ROWS)
    told = "已报送本学期人数的学校1"
    assert told in pages.sees("reviewer", address).words.replace(" ", "")
    assert told in pages.sees("principal", address).words.replace(" ", "")
    assert "已报送本学期人数的学校" not in pages.sees("police-clerk", address).words
