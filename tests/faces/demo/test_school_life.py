"""The demonstration of limits on school life promises its findings, its ends, its first week and its sample."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from qingfu.project.demo.books import best_day
from qingfu.project.demo.play import nine
from qingfu.project.demo.stage import Stage
from qingfu.records.duties.queries import board as duty_board
from qingfu.records.monitoring import queries
from qingfu.records.placement.queries import placement, placements
from tests.faces.demo.conftest import stage_of

AT = nine(best_day())


@pytest.fixture
def life(demo: None) -> Stage:
    """The bureau whose plan limits school life."""
    return stage_of("huishui")


def spring(life: Stage) -> queries.TermView:
    return next(one for one in queries.terms(life.clock) if one.from_on == date(2024, 2, 26))


def test_every_school_has_shown_its_first_week_and_one_was_late(life: Stage) -> None:
    rows = duty_board(life.clock, edition=life.plan.edition, duty="term-board", at=AT).rows
    first = [row for row in rows if row.due_on == date(2024, 3, 4)]
    assert (len(first), {row.state for row in first}) == (8, {"accepted"})
    handed = {row.organ.short_name: row.handed_in_on for row in first}
    assert [name for name, day in handed.items() if day and day > date(2024, 3, 4)] == ["濛江小学"]
    schools = [organ for organ in life.organs.values() if organ.kind == "school"]
    boards = [queries.board(life.clock, organ_id=one.id, term_id=spring(life).id) for one in schools]
    assert all(one.shown is not None for one in boards)


def test_findings_have_come_to_each_of_their_ends(life: Stage) -> None:
    page = queries.findings(life.clock, edition=life.plan.edition, term_id=spring(life).id, size=500)
    states = Counter(row.state for row in page.rows)
    assert {"open", "problem", "returned", "excepted"} <= set(states)
    assert {row.limit for row in page.rows} >= {"homework-time", "class-size", "exercise-hour", "taught-as-planned"}


def test_the_sample_tells_how_much_homework_there_is_and_how_sure_that_is(life: Stage) -> None:
    found = queries.estimates(life.clock, plan=life.plan, term=spring(life), on=best_day())
    told = {one.stage: (one.asked, one.told, one.over) for one in found if one.limit.name == "homework-time"}
    assert set(told) == {"P", "J"}
    for asked, reported, over in told.values():
        assert asked > reported > over > 0


def test_a_question_was_asked_and_answered(life: Stage) -> None:
    (one,) = queries.questions(life.clock, organ_id=life.organs["濛江小学"].id)
    assert (one.state, one.class_name) == ("answered", "六年级1班")


def test_classes_timetables_and_schedules_are_there_for_every_class(life: Stage) -> None:
    school = life.organs["涟江小学"]
    desk = queries.filing_desk(life.clock, organ=school.id, term_id=spring(life).id, at=AT)
    assert {one.table.name: one.told for one in desk.tables if one.table.name == "schedules"} == {"schedules": 14}
    assert len(desk.classes) == 14


@pytest.mark.proves("C07")
def test_a_school_is_ready_to_freeze_the_list_of_its_new_pupils(life: Stage) -> None:
    actor = life.actor_of(life.organs["涟江小学"])
    (row,) = placements(actor)
    view = placement(actor, row.id)
    assert (row.state, row.pupils, row.classes, len(view.teams), len(view.ties)) == ("collecting", 88, 2, 2, 3)
    assert view.cap == 45
