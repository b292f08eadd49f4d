"""The school's board of the first week: what is missing is named with its place, last term's words are offered."""

from __future__ import annotations

from datetime import date

import pytest
from pytest_django import Settings

from qingfu.base.actor import Actor
from qingfu.base.clock import system_now
from qingfu.records.almanac.actions import set_clock
from qingfu.records.monitoring import actions, queries
from qingfu.records.plans.actions import end_edition
from tests import cast
from tests.faces.desk_of import queries_of
from tests.faces.first_week_stage import NOW, TEXTS, TODAY, ready, report
from tests.faces.schools_stage import Pages, founded, pages, schools
from tests.records.monitoring.conftest import Schools

__all__ = ["founded", "pages", "schools"]

ASKED = "/first-week/questions"


@pytest.fixture(autouse=True)
def in_the_first_week(pages: Pages, settings: Settings) -> None:
    """On Thursday of the first week, after everything else was reported."""
    set_clock(to=cast.moment(TODAY, 18), at=system_now())


def own(pages: Pages) -> str:
    return f"/first-week/{pages.organ}"


def question(schools: Schools, text: str = "周三第2节贴了语文，却上了数学") -> int:
    of = schools.classes["三年级1班"].id
    return actions.ask_school(Actor.public(schools.county.bureau), code="school", class_id=of, text=text, at=NOW)


@pytest.mark.proves("C11")
def test_the_board_says_what_is_there_what_is_missing_and_until_when(pages: Pages) -> None:
    report(pages.schools, "planned")
    page = pages.sees("principal", own(pages))
    flat = page.words.replace(" ", "")
    assert "由计划课表生成，已报3/3个班" in flat
    assert "由公示课表生成，已报0/3个班" in flat
    assert "还缺6份" in flat
    assert "9月9日前·还有2个工作日" in flat
    assert f'href="/school-data/{pages.organ}/timetables?term={pages.schools.term.id}"' in page.text
    assert f'href="/school-data/{pages.organ}/day?term={pages.schools.term.id}"' in page.text
    assert 'value="post"' not in page.text
    assert "公众还看不到" in page.words


def test_texts_are_saved_one_by_one_and_last_terms_are_offered(pages: Pages) -> None:
    done = pages.presses("principal", own(pages), "write", document="homework", homework=TEXTS["homework"])
    assert "已保存" in pages.follows("principal", done).words
    spring = actions.set_term(
        pages.schools.actor("reviewer"), name="2025年春季学期", year=2024, from_on=date(2025, 2, 17),
        until_on=date(2025, 7, 4), at=NOW,
    )  # fmt: skip
    page = pages.sees("principal", f"{own(pages)}?term={spring.id}")
    assert TEXTS["homework"] in page.text
    assert "沿用上学期，保存" in page.words
    board = queries.board(pages.schools.actor("principal"), organ_id=pages.organ, term_id=spring.id)
    assert all(not one.text for one in board.documents)


def test_a_text_that_is_too_long_stays_in_its_field_and_is_faulted_there(pages: Pages) -> None:
    page = pages.presses("principal", own(pages), "write", document="homework", homework="长" * 4001)
    assert page.status == 422
    assert 'href="#homework"' in page.text
    assert "长" * 4001 in page.text


def test_one_button_posts_and_files_and_what_changes_later_asks_to_be_posted_anew(pages: Pages) -> None:
    ready(pages.schools)
    assert "公示并备案" in pages.sees("principal", own(pages)).words
    page = pages.follows("principal", pages.presses("principal", own(pages), "post"))
    assert "已公示" in page.words
    assert "重新公示并备案" in page.words
    assert "请重新公示" not in page.words
    assert "/s/school/term" in page.text
    pages.presses("principal", own(pages), "write", document="homework", homework="改过")
    assert "请重新公示" in pages.sees("principal", own(pages)).words
    pages.presses("principal", own(pages), "post")
    page = pages.sees("principal", own(pages))
    assert "请重新公示" not in page.words
    assert page.words.count("公示中") == 1
    assert page.words.count("已有新版本") == 1


def test_a_posting_with_gaps_is_refused_and_each_gap_is_named(pages: Pages) -> None:
    page = pages.presses("principal", own(pages), "post")
    assert page.status == 422
    for key in ("course-plan", "teachers", "timetable", "day-schedule"):
        assert f'href="#{key}"' in page.text
        assert f'id="{key}"' in page.text
    assert "课程教学计划：" in page.words.replace(": ", "：")


def test_the_bureau_types_in_a_paper_only_by_saying_who_signed_it(pages: Pages) -> None:
    ready(pages.schools)
    assert 'id="on-behalf-homework"' in pages.sees("reviewer", own(pages)).text
    assert "on-behalf" not in pages.sees("principal", own(pages)).text
    for key, text in TEXTS.items():
        refused = pages.presses("reviewer", own(pages), "write", **{"document": key, key: text})
        assert refused.status == 422
        assert f'href="#on-behalf-{key}"' in refused.text
        sent = {"document": key, key: text, "on-behalf": "林校长"}
        assert pages.presses("reviewer", own(pages), "write", **sent).status == 302
    assert 'href="#on-behalf"' in pages.presses("reviewer", own(pages), "post").text
    assert pages.presses("reviewer", own(pages), "post", **{"on-behalf": "林校长"}).status == 302
    assert "林校长" in pages.sees("principal", pages.desk).words


def test_another_school_does_not_look(pages: Pages) -> None:
    assert pages.sees("principal", "/first-week").where == own(pages)
    assert pages.sees("other-principal", own(pages)).status == 404
    assert pages.sees("fire-clerk", own(pages)).status == 404
    assert pages.sees("fire-clerk", "/first-week").status == 403
    listed = pages.sees("reviewer", "/first-week").words
    assert listed.index("白鹤初级中学") < listed.index("清溪镇中心小学")


def test_the_school_answers_before_everybody_and_the_office_sets_aside_only(pages: Pages) -> None:
    ready(pages.schools)
    one, other = question(pages.schools), question(pages.schools, "骂人的话")
    assert "2 条待答复" in pages.sees("principal", own(pages)).words
    assert "公众提问 2 条待答复" in pages.sees("principal", "/inbox").words
    assert "公众提问" not in pages.sees("other-principal", "/inbox").words
    assert "贴了语文" in pages.sees("principal", ASKED).words
    assert "贴了语文" not in pages.sees("other-principal", ASKED).words
    assert 'value="set-aside"' not in pages.sees("principal", ASKED).text
    office = pages.sees("reviewer", ASKED)
    assert ("清溪镇中心小学" in office.words, 'value="answer"' in office.text) == (True, False)
    empty = pages.presses("principal", ASKED, "answer", question=one, **{f"answer-{one}": " "})
    assert (empty.status, f'href="#answer-{one}"' in empty.text) == (422, True)
    done = pages.presses("principal", ASKED, "answer", question=one, **{f"answer-{one}": "已改回"})
    assert "已改回" in pages.follows("principal", done).words
    aside = pages.presses("reviewer", ASKED, "set-aside", question=other, **{f"reason-{other}": "不是问题"})
    assert "不是问题" in pages.follows("reviewer", aside).words
    assert [row.state for row in queries.questions(pages.schools.actor("reviewer"))] == ["set-aside", "answered"]
    assert pages.sees("fire-clerk", ASKED).status == 403


def test_another_schools_question_cannot_be_answered(pages: Pages) -> None:
    one = question(pages.schools)
    refused = pages.presses("other-principal", ASKED, "answer", question=one, **{f"answer-{one}": "不是我校"})
    assert refused.status == 404
    assert pages.presses("principal", ASKED, "answer", question="abc").status == 404


@pytest.mark.parametrize(("who", "address"), [("principal", ""), ("principal", ASKED), ("reviewer", "/first-week")])
def test_more_classes_and_questions_cost_no_more_queries(pages: Pages, who: str, address: str) -> None:
    schools, page = pages.schools, address or own(pages)
    ready(schools)
    question(schools)
    few = queries_of(pages.client(who), page)
    rows = [{"name": f"五年级{n}班", "grade": "P5", "pupils": 40} for n in range(30)]
    actions.file_classes(schools.actor("principal"), organ=pages.organ, year=2024, rows=rows, at=NOW)
    for n in range(15):
        question(schools, f"第{n}问")
    assert queries_of(pages.client(who), page) <= few


def test_where_no_plan_orders_it_the_page_says_so(pages: Pages) -> None:
    end_edition(pages.schools.county.keeper, edition=pages.schools.edition, on=NOW.date(), at=NOW)
    assert "没有要求学校在开学时公示" in pages.sees("principal", own(pages)).words
