"""What pages say: days as officials write them, states by word and shape, in both languages."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template
from django.utils import translation

from qingfu.base.states import Table
from qingfu.records.disclosures.states import DISCLOSURE
from qingfu.records.duties.states import TASK
from qingfu.records.lists.states import LISTING
from qingfu.records.plans.states import EDITION
from qingfu.records.problems.states import PROBLEM
from qingfu.records.routes.states import RUN
from qingfu.web import words
from qingfu.web.templatetags.qingfu import _SHAPES

TODAY = date(2024, 7, 30)


def said(template: str, language: str = "zh-hans", **context: object) -> str:
    with translation.override(language):
        return Template("{% load qingfu %}" + template).render(Context({"today": TODAY, **context}))


def test_a_day_of_this_year_is_said_without_its_year() -> None:
    assert said("{% day d %}", d=date(2024, 8, 2)) == "8月2日"
    assert said("{% day d %}", d=date(2025, 1, 2)) == "2025年1月2日"
    assert said("{% day d %}", "en", d=date(2024, 8, 2)) == "2 August"


def test_a_last_day_says_until_when_and_how_many_working_days_are_left() -> None:
    due = date(2024, 8, 2)  # a Friday; the 30th of July is a Tuesday
    assert said("{% by d %}", d=due) == "8月2日前"
    assert said("{% left d %}", d=due) == "还有 3 个工作日"
    assert said("{% left d %}", "en", d=date(2024, 7, 31)) == "1 working day left"


def test_the_last_day_itself_is_today_and_not_late() -> None:
    assert said("{% left d %}", d=TODAY) == "今天截止"


def test_a_weekend_counts_no_working_day() -> None:
    saturday, friday = date(2024, 8, 3), date(2024, 8, 2)
    with translation.override("en"):
        assert words.left(saturday, friday) == "no working day left"
        assert words.left(friday, saturday) == "late"
        assert words.left(friday, date(2024, 8, 6)) == "2 working days late"


def test_an_instant_is_told_as_the_clock_shows_it_in_china() -> None:
    assert said("{% moment at %}", at=datetime(2024, 8, 1, 18, 5, tzinfo=UTC)) == "8月2日 02:05"


def test_a_running_matter_past_its_day_is_late_and_a_finished_one_is_not() -> None:
    over = date(2024, 7, 26)
    late = said('{% state "task" "open" due=d %}', d=over)
    assert "逾期" in late
    assert "state-late" in late
    done = said('{% state "task" "accepted" due=d %}', d=over)
    assert "已完成" in done
    assert "7月26日" not in done


def test_a_state_can_say_whom_it_waits_for() -> None:
    assert "待区教委初审" in said('{% state "run" "at" whom="待区教委初审" %}')


def test_every_state_has_a_shape_of_its_own_beside_its_word() -> None:
    for subject, states in words.STATES.items():
        for saying in states.values():
            assert saying.shape in _SHAPES, subject
    outlines = list(_SHAPES.values())
    assert len(set(outlines)) == len(outlines)


def test_states_of_one_subject_that_differ_in_tone_differ_in_shape_or_word_too() -> None:
    for subject, states in words.STATES.items():
        seen = {(saying.word, saying.shape) for saying in states.values()}
        assert len(seen) == len(states), subject


@pytest.mark.parametrize("table", [RUN, TASK, PROBLEM, LISTING, EDITION, DISCLOSURE], ids=lambda table: table.name)
def test_every_state_of_the_register_has_a_word(table: Table) -> None:
    states = {move.source for move in table.rows} | {move.target for move in table.rows}
    assert states <= set(words.STATES[table.name])


def test_a_word_of_the_plan_is_marked_as_chinese_inside_an_english_page() -> None:
    assert said("{{ t|zh }}", "en", t="摸排") == '<span lang="zh-Hans">摸排</span>'
    assert said("{{ t|zh }}", t="摸排") == "摸排"
    assert "&lt;b&gt;" in said("{{ t|zh }}", "en", t="<b>")


def test_a_clause_opens_to_our_wording() -> None:
    drawn = said('{% clause "五(二)" %}', clauses={"五(二)": "摸清情况"})
    assert "<details" in drawn
    assert "摸清情况" in drawn
    assert "<details" not in said('{% clause "五(九)" %}', clauses={})


def test_a_clause_is_called_by_the_sources_own_number() -> None:
    numbers = {"四(三)b": "四(三)", "四(三)": "四(三)", "¶3a": "¶3", "篇二 三(二)": "篇二 三(二)", "annex": "annex"}
    assert {key: words.clause_number(key) for key in numbers} == numbers


def test_two_parts_of_one_clause_open_together() -> None:
    drawn = said(
        "{% clause numbers %}", numbers=("四(四)a", "四(四)b"), clauses={"四(四)a": "审方案", "四(四)b": "融合"}
    )
    assert drawn.count("<summary>") == 1
    assert "审方案" in drawn
    assert "融合" in drawn
