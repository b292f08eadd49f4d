"""A photograph of the posted timetable on its page: words shown, doubts asked, and nothing filed without the click.

The words of a photograph travel in the page's own form once the picture is gone; tests send them as a browser would.
"""

from __future__ import annotations

import html
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from qingfu.papers.photos.reading import is_installed
from qingfu.papers.photos.words import Words
from qingfu.records.monitoring import queries
from tests.conftest import need
from tests.faces.desk_of import Seen
from tests.faces.schools_stage import Pages, founded, pages, schools
from tests.unit.papers import hostile
from tests.unit.papers.photos.paper import DOOR, has_font, lessons, photographed, sheet, words

__all__ = ["founded", "pages", "schools"]

NAME = "三年级2班"


def address(pages: Pages) -> str:
    return f"{pages.desk}/photo?{pages.of(NAME)}"


def posted(pages: Pages) -> dict[tuple[int, int], str]:
    """The posted timetable of the class as it stands."""
    of = pages.schools.classes[NAME].id
    view = queries.timetables(pages.schools.actor("principal"), class_id=of, term_id=pages.schools.term.id)
    return dict(view.records.get("posted", {}))


def shown(pages: Pages, seen: Words, who: str = "principal", verb: str = "answer", **more: str) -> Seen:
    return pages.presses(who, address(pages), verb, words=seen.written(), **more)


def carried(page: Seen) -> dict[str, str]:
    """What the form of the page sends by itself: hidden fields, and what is chosen already."""
    form = page.text.partition('id="doubts"')[2].partition("</form>")[0]
    fields = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form)
    fields += re.findall(r'<input type="radio"[^>]*name="([^"]+)" value="([^"]*)" checked', form)
    kept = {name: html.unescape(value) for name, value in fields}
    return {name: value for name, value in kept.items() if name not in ("client-id", "csrfmiddlewaretoken")}


def changed(row: int, column: int, text: str) -> list[list[str]]:
    rows = [list(line) for line in DOOR]
    rows[row][column] = text
    return rows


def test_a_clear_photograph_is_shown_and_filed_only_by_the_confirming_click(pages: Pages) -> None:
    page = shown(pages, words(DOOR))
    assert page.status == 200
    assert posted(pages) == {}
    assert "照片没有保存" in page.words
    done = pages.presses("principal", address(pages), "file", **carried(page))
    pages.follows("principal", done)
    assert posted(pages) == lessons(DOOR)


def test_an_unsure_word_is_a_question_and_stands_in_the_way_of_filing(pages: Pages) -> None:
    seen = words(DOOR, sure={"劳动": 0.6})
    page = shown(pages, seen)
    assert "星期三第5节" in page.words
    assert "看着像“劳动”" in page.words
    assert 'value="file"' not in page.text
    forced = shown(pages, seen, verb="file")
    assert forced.status == 422
    assert posted(pages) == {}
    answered = pages.presses("principal", address(pages), "answer", **carried(page))
    pages.follows("principal", pages.presses("principal", address(pages), "file", **carried(answered)))
    assert posted(pages) == lessons(DOOR)


def test_what_differs_from_the_reported_timetable_is_named_by_word_and_sign(pages: Pages) -> None:
    pages.follows("principal", shown(pages, words(DOOR), verb="file"))
    page = shown(pages, words(changed(4, 3, "数学")))
    assert "有 1 节课照片与填报不同" in page.words
    assert "星期三第4节：照片上是数学，填报的是音乐" in page.words
    assert page.text.count("≠") == 3
    assert posted(pages)[3, 4] == "音乐"
    pages.follows("principal", pages.presses("principal", address(pages), "same", **carried(page)))
    assert posted(pages) == lessons(DOOR)
    pages.follows("principal", pages.presses("principal", address(pages), "file", **carried(page)))
    assert posted(pages)[3, 4] == "数学"


def test_where_both_agree_there_is_nothing_to_file(pages: Pages) -> None:
    pages.follows("principal", shown(pages, words(DOOR), verb="file"))
    page = shown(pages, words(DOOR, tilt=2))
    assert "照片与已填报的张贴课表一致" in page.words
    assert 'value="file"' not in page.text
    assert 'value="same"' in page.text


def test_a_lesson_read_wrong_can_be_put_right(pages: Pages) -> None:
    page = shown(pages, words(changed(4, 3, "数学")))
    fields = {**carried(page), "right-day": "3", "right-lesson": "4", "right-subject": "音乐"}
    page = pages.presses("principal", address(pages), "answer", **fields)
    pages.follows("principal", pages.presses("principal", address(pages), "file", **carried(page)))
    assert posted(pages) == lessons(DOOR)
    nowhere = pages.presses("principal", address(pages), "answer", **{**fields, "right-lesson": "99"})
    assert nowhere.status == 422
    assert "请选择星期几" in nowhere.words


def test_the_office_says_who_signed_the_paper(pages: Pages) -> None:
    assert 'id="on-behalf"' in shown(pages, words(DOOR), who="reviewer").text
    assert shown(pages, words(DOOR), who="reviewer", verb="file").status == 422
    assert posted(pages) == {}


def test_nobody_photographs_another_school(pages: Pages) -> None:
    for who in ("other-principal", "expert", "fire-clerk"):
        assert pages.sees(who, address(pages)).status == 404
        assert shown(pages, words(DOOR), who=who, verb="file").status == 404


def test_words_that_are_none_are_refused(pages: Pages) -> None:
    for bad in ("", "{}", "[[1]]"):
        assert pages.presses("principal", address(pages), "file", words=bad).status == 422
    assert shown(pages, Words()).status == 422
    assert posted(pages) == {}


def test_a_photograph_goes_all_the_way(pages: Pages) -> None:
    need("ocr", present=is_installed())
    need("fonts", present=has_font())
    sent = SimpleUploadedFile("门口.jpg", photographed(sheet(DOOR), tilt=2))
    page = pages.presses("principal", address(pages), "read", photo=sent)
    assert page.status == 200
    done = pages.presses("principal", address(pages), "file", **carried(page))
    pages.follows("principal", done)
    assert posted(pages) == lessons(DOOR)


@pytest.mark.parametrize("content", [b"", b"no picture", hostile.huge_png(30_000, 30_000)])
def test_what_is_no_photograph_is_refused_in_words(pages: Pages, content: bytes) -> None:
    need("ocr", present=is_installed())
    page = pages.presses("principal", address(pages), "read", photo=SimpleUploadedFile("门口.jpg", content))
    assert page.status == 422
    assert "QF-FILE" in page.words


def test_without_the_optional_part_the_page_says_how_to_install_it(
    pages: Pages, monkeypatch: pytest.MonkeyPatch
) -> None:
    if is_installed():
        # As Python itself takes a part that is not there.
        monkeypatch.setitem(__import__("sys").modules, "rapidocr", None)
    page = pages.sees("principal", address(pages))
    assert page.status == 200
    assert "pip install 'qingfu[ocr]'" in page.words
    assert 'type="file"' not in page.text
