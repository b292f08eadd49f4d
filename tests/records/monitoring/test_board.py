"""The first week: what a school shows is made of what it reported; the public sees it and asks."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from qingfu.base.actor import Actor
from qingfu.base.errors import Invalid, NotAllowed, NotFound, TooManyQuestions
from qingfu.records.disclosures.queries import latest
from qingfu.records.duties.queries import owed_by
from qingfu.records.enactment.actions import post_first_week
from qingfu.records.monitoring import actions, queries
from qingfu.records.monitoring.actions.questioning import MOST_A_DAY
from qingfu.records.plans.queries import in_force
from tests import cast
from tests.records.monitoring.conftest import Schools

NOW = cast.moment("2024-09-05", 17)
TEXTS = ("teachers", "homework", "sports-arts", "practice-clubs")


def lessons(schools: Schools, record: str, subject: str = "语文") -> None:
    rows = [
        {"class": one.id, "record": record, "weekday": 1, "period": 1, "subject": subject, "fortnight": 2}
        for one in schools.classes.values()
        if one.organ == schools.county.organs["school"]
    ]
    actions.file_rows(
        schools.actor("principal"), table="timetable", organ=schools.county.organs["school"], term=schools.term.id,
        rows=rows, at=NOW,
    )  # fmt: skip


def ready(schools: Schools) -> dict[str, Any]:
    place: dict[str, Any] = {"organ": schools.county.organs["school"], "term": schools.term.id}
    for record in ("planned", "posted"):
        lessons(schools, record)
    days = [
        {"class": one.id, "weekday": 1, "arrive": 480, "first-lesson": 500, "teaching": 240}
        for one in schools.classes.values()
        if one.organ == place["organ"]
    ]
    actions.file_rows(schools.actor("principal"), table="schedules", rows=days, at=NOW, **place)
    for key in TEXTS:
        actions.write_document(schools.actor("principal"), document=key, text=f"{key}的内容", at=NOW, **place)
    return place


@pytest.mark.proves("C11")
def test_a_school_posts_seven_documents_made_of_what_it_reported(schools: Schools) -> None:
    place = ready(schools)
    board = queries.board(schools.actor("principal"), organ_id=place["organ"], term_id=place["term"])
    assert board.due == date(2024, 9, 9)
    assert board.ready
    posted = actions.post_board(schools.actor("principal"), at=NOW, **place)
    assert posted.shown is not None
    content = posted.shown.content
    assert [one["key"] for one in content["documents"]] == [one.key for one in queries.DOCUMENTS]
    assert content["classes"][0]["timetables"]["posted"] == [[1, 1, "语文"]]


def test_a_board_with_gaps_is_not_posted_and_names_them(schools: Schools) -> None:
    place: dict[str, Any] = {"organ": schools.county.organs["school"], "term": schools.term.id}
    lessons(schools, "posted")
    with pytest.raises(Invalid) as refused:
        actions.post_board(schools.actor("principal"), at=NOW, **place)
    assert {fault.field for fault in refused.value.faults} == {"course-plan", "day-schedule", *TEXTS}
    with pytest.raises(NotFound):
        actions.post_board(schools.actor("other-principal"), at=NOW, **place)


def test_what_is_posted_again_replaces_the_former_copy_and_leaves_its_trace(schools: Schools) -> None:
    place = ready(schools)
    first = actions.post_board(schools.actor("principal"), at=NOW, **place).shown
    lessons(schools, "posted", "数学")
    second = actions.post_board(schools.actor("principal"), at=NOW, **place).shown
    assert first is not None
    assert second is not None
    assert first.digest != second.digest
    assert second.content["classes"][0]["timetables"]["posted"] == [[1, 1, "数学"]]


@pytest.mark.proves("C11")
def test_the_office_says_whose_paper_it_types_in_and_the_schools_task_is_handed_in(schools: Schools) -> None:
    place, office = ready(schools), schools.actor("reviewer")
    where: dict[str, Any] = {"organ": place["organ"], "term_id": place["term"], "at": NOW}
    with pytest.raises(Invalid) as refused:
        actions.write_document(office, document="homework", text="改", at=NOW, **place)
    assert [fault.field for fault in refused.value.faults] == ["on-behalf"]
    with pytest.raises(Invalid) as refused:
        post_first_week(office, **where)
    assert [fault.field for fault in refused.value.faults] == ["on-behalf"]
    owed = {row.duty for row in owed_by(office, organ=place["organ"], at=NOW)}
    assert "term-board" in owed
    post_first_week(office, on_behalf="林校长", **where)
    owed = {row.duty for row in owed_by(office, organ=place["organ"], at=NOW)}
    assert "term-board" not in owed
    latest_filing = queries.filing_desk(office, organ=place["organ"], term_id=place["term"], at=NOW).latest[0]
    assert (latest_filing.table, latest_filing.via, latest_filing.on_behalf) == ("board", "paper", "林校长")


@pytest.mark.proves("C10")
def test_where_posted_and_taught_differ_is_seen_side_by_side(schools: Schools) -> None:
    lessons(schools, "posted")
    lessons(schools, "taught", "数学")
    of = schools.classes["三年级1班"].id
    seen = queries.timetables(schools.actor("principal"), class_id=of, term_id=schools.term.id)
    assert seen.differing == {(1, 1)}
    assert (seen.records["posted"][1, 1], seen.records["taught"][1, 1]) == ("语文", "数学")
    with pytest.raises(NotFound):
        queries.timetables(schools.actor("other-principal"), class_id=of, term_id=schools.term.id)


def test_the_public_asks_the_school_answers_and_everybody_reads_it(schools: Schools) -> None:
    ready(schools)
    public = Actor.public(schools.county.bureau)
    of = schools.classes["三年级1班"].id
    one = actions.ask_school(public, code="school", class_id=of, text="周一第一节贴的是语文，上的是数学", at=NOW)
    asked = queries.questions(schools.actor("principal"), organ_id=schools.county.organs["school"])
    assert [(row.id, row.class_name, row.state) for row in asked] == [(one, "三年级1班", "asked")]
    with pytest.raises(NotAllowed):
        actions.answer_question(schools.actor("reviewer"), question=one, answer="由学校回答", at=NOW)
    with pytest.raises(NotFound):
        actions.answer_question(schools.actor("other-principal"), question=one, answer="不是我校", at=NOW)
    told = actions.answer_question(schools.actor("principal"), question=one, answer="当天调课，已经改回", at=NOW)
    assert (told.state, told.answer) == ("answered", "当天调课，已经改回")
    plan = in_force(schools.actor("reviewer"), schools.edition)
    public_copy = latest(schools.actor("reviewer"), key="term-board:questions:school", plan=plan)
    assert public_copy is not None
    assert [row["answer"] for row in public_copy.content["questions"]] == ["当天调课，已经改回"]


def test_what_is_no_question_is_set_aside_by_the_office_and_never_shown(schools: Schools) -> None:
    public = Actor.public(schools.county.bureau)
    one = actions.ask_school(public, code="school", class_id=None, text="骂人的话", at=NOW)
    with pytest.raises(NotAllowed):
        actions.set_aside(schools.actor("principal"), question=one, reason="不想回答", at=NOW)
    assert actions.set_aside(schools.actor("reviewer"), question=one, reason="不是问题", at=NOW).state == "set-aside"
    plan = in_force(schools.actor("reviewer"), schools.edition)
    assert latest(schools.actor("reviewer"), key="term-board:questions:school", plan=plan) is None


def test_a_school_is_not_flooded_with_questions(schools: Schools) -> None:
    public = Actor.public(schools.county.bureau)
    for number in range(MOST_A_DAY):
        actions.ask_school(public, code="school", class_id=None, text=f"第{number}问", at=NOW)
    with pytest.raises(TooManyQuestions):
        actions.ask_school(public, code="school", class_id=None, text="再问一次", at=NOW)
    actions.ask_school(public, code="other-school", class_id=None, text="问另一所学校", at=NOW)
    with pytest.raises(Invalid):
        actions.ask_school(public, code="school", class_id=None, text=" ", at=cast.moment("2024-09-06"))
