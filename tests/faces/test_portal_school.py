"""What a school has posted, for everybody: read through the portal's own role; a question goes in, and no name."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from qingfu.base.actor import Actor
from qingfu.base.chance import new_id
from qingfu.packfile.read import load
from qingfu.records.journal.queries import reading
from qingfu.records.models import Entry
from qingfu.records.monitoring import actions, queries
from qingfu.records.monitoring.actions.questioning import MOST_A_DAY
from tests import cast
from tests.faces.desk_of import Seen, seen
from tests.faces.first_week_stage import NOW, TEXTS, Board, board, report

__all__ = ["board"]


def get(address: str) -> Seen:
    return seen(Client().get(address))


def ask(board: Board, text: str, *, name: str = "三年级1班", key: str = "") -> Seen:
    """Somebody on the street, with a browser that has opened the page and sends what its form holds."""
    client = Client(enforce_csrf_checks=True)
    page = seen(client.get(board.of(name)))
    sent = {
        "csrfmiddlewaretoken": page.hidden("csrfmiddlewaretoken"), "client-id": key or page.hidden("client-id"),
        "verb": "ask", "class": str(board.schools.classes[name].id), "text": text,
    }  # fmt: skip
    return seen(client.post(board.of(name), sent))


def asked(board: Board) -> tuple[queries.QuestionView, ...]:
    organ = board.schools.county.organs["school"]
    return queries.questions(board.schools.actor("principal"), organ_id=organ)


@pytest.mark.proves("C11")
def test_the_documents_of_the_first_week_stand_on_the_schools_public_page(board: Board) -> None:
    page = get(board.address)
    assert page.status == 200
    for text in TEXTS.values():
        assert text in page.words
    assert "9月5日" in page.words


@pytest.mark.proves("C10")
def test_posted_and_taught_stand_side_by_side_and_what_differs_has_a_sign_and_words(board: Board) -> None:
    page = get(board.of())
    tables = re.findall(r'<table class="week week-(\w+)">(.*?)</table>', page.text, re.DOTALL)
    assert [record for record, _ in tables] == ["posted", "taught", "planned"]
    marked = [re.findall(r'<td class="differs">([^<]*)<', table) for _, table in tables]
    assert marked == [["语文"], ["数学"], []]
    assert page.text.count("≠") >= 2
    assert re.search(r"周三第 ?2 ?节：公示为语文，实际上数学", page.words)
    assert "8:20" in page.words
    assert "240" in page.words


def test_what_was_reported_after_the_posting_is_not_public_before_it_is_posted_anew(board: Board) -> None:
    report(board.schools, "taught")
    assert "实际上数学" in get(board.of()).words
    board.post()
    page = get(board.of())
    assert "实际上数学" not in page.words
    assert "公示课表与实际上课一致" in page.words


def test_somebody_asks_without_a_name_and_the_answer_stands_below(board: Board) -> None:
    sessions = Session.objects.count()
    done = ask(board, "周三第2节贴了语文，却上了数学")
    assert (done.status, done.where.endswith("#questions")) == (302, True)
    assert "提问已送达学校" in get(done.where.partition("#")[0]).words
    assert "却上了数学" not in get(board.of()).words
    one = asked(board)[0]
    assert (one.class_name, one.state) == ("三年级1班", "asked")
    assert Session.objects.count() == sessions
    with reading(board.schools.actor("reviewer")):
        entry = Entry.objects.get(verb="monitoring.ask_school")
        assert (entry.person, entry.actor_kind) == (None, "public")
    actions.answer_question(board.schools.actor("principal"), question=one.id, answer="当天调课，已改回", at=NOW)
    page = get(board.of()).words
    assert page.index("却上了数学") < page.index("当天调课，已改回")


def test_a_form_sent_twice_asks_once(board: Board) -> None:
    key = str(new_id())
    first, second = ask(board, "问一次", key=key), ask(board, "问一次", key=key)
    assert first.where == second.where
    assert len(asked(board)) == 1


def test_an_empty_question_is_refused_at_its_field_and_what_was_chosen_stays(board: Board) -> None:
    page = ask(board, "  ", name="三年级2班")
    assert page.status == 422
    assert 'href="#text"' in page.text
    chosen = board.schools.classes["三年级2班"].id
    assert re.search(rf'<select id="about".*?<option value="{chosen}" selected', page.text, re.DOTALL)
    long = ask(board, "问" * 301)
    assert (long.status, "问" * 301 in long.text) == (422, True)


def test_a_school_is_asked_so_often_a_day_and_the_page_says_so(board: Board) -> None:
    public = Actor.public(board.schools.county.bureau)
    for n in range(MOST_A_DAY):
        actions.ask_school(public, code="school", class_id=None, text=f"第{n}问", at=NOW)
    refused = ask(board, "再问一次")
    assert refused.status == 429
    assert "再问一次" in refused.text
    assert str(MOST_A_DAY) in refused.words


def test_a_form_without_the_sites_own_token_is_refused(board: Board) -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post(board.of(), {"verb": "ask", "client-id": str(new_id()), "text": "问"})
    assert answer.status_code == 403
    assert asked(board) == ()


def test_a_class_of_another_school_cannot_be_asked_about_nor_seen_here(board: Board) -> None:
    other = board.schools.classes["七年级1班"].id
    sent = {"verb": "ask", "client-id": str(new_id()), "text": "问", "class": str(other)}
    refused = seen(Client().post(board.address, sent))
    assert (refused.status, 'href="#about"' in refused.text, asked(board)) == (422, True, ())
    assert Client().post(board.address, {**sent, "class": ""}).status_code == 302
    assert [one.class_name for one in asked(board)] == [""]
    assert "七年级1班" not in get(f"{board.address}?class={other}").words


def test_where_nothing_is_posted_nothing_can_be_asked(board: Board) -> None:
    elsewhere = f"/{board.schools.county.slug}/s/other-school/term"
    assert Client().get(elsewhere).status_code == 404
    sent = {"verb": "ask", "client-id": str(new_id()), "text": "问"}
    assert Client().post(elsewhere, sent).status_code == 404


def test_a_code_typed_with_a_capital_opens_the_same_page(board: Board) -> None:
    assert get(board.address.replace("school/term", "SCHOOL/term")).status == 200


def test_a_hostile_question_is_shown_as_text(board: Board) -> None:
    ask(board, "<script>alert(1)</script>")
    actions.answer_question(board.schools.actor("principal"), question=asked(board)[0].id, answer="<b>", at=NOW)
    page = get(board.of())
    assert "<script>alert" not in page.text
    assert "&lt;script&gt;" in page.text


def test_a_parent_finds_the_page_from_the_list_of_schools_and_from_the_gate(board: Board) -> None:
    home = board.schools.county
    plan = cast.enact_plan(replace(home), load("hechuan-2024"), cast.SEATS, at=NOW)
    assert plan.edition
    slug = home.slug
    assert "查找学校" in get(f"/{slug}/").words
    listed = get(f"/{slug}/schools")
    assert listed.text.count(f'href="{board.address}"') == 1
    assert "/s/other-school/term" not in listed.text
    assert f'href="{board.address}"' in get(f"/{slug}/s/school").text
    assert "/term" not in get(f"/{slug}/s/other-school").text
    nothing = get(f"/{slug}/s/other-school/term")
    assert (nothing.status, "还没有公示" in nothing.words, 'name="text"' in nothing.text) == (200, True, False)


def test_where_no_directory_is_published_a_parent_still_finds_the_school_from_the_bureaus_home(board: Board) -> None:
    bureau = f"/{board.schools.county.slug}/"
    assert f'href="{bureau}schools"' in get(bureau).text.partition("家长查看")[2]
    for asked in ("", "?text=清溪"):
        assert f'href="{board.address}"' in get(f"{bureau}schools{asked}").text
    assert board.address not in get(f"{bureau}schools?text=没有这所").text


def test_a_published_copy_of_the_board_says_what_stood_on_it(board: Board) -> None:
    page = get(board.address)
    copy = get(re.findall(r'href="([^"]*/published/\d+)"', page.text)[0])
    for text in TEXTS.values():
        assert text in copy.words
    assert f'href="{board.address}"' in copy.text
