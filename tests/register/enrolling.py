"""Duties that are done by publishing (C06): the announcement of a school year, and the result of a school."""

from __future__ import annotations

from datetime import date

from qingfu.base.actor import Actor
from qingfu.packfile.published import published_under
from qingfu.records.duties.queries import TaskRow
from qingfu.records.enactment import actions as enactment
from qingfu.records.enrolment import actions as enrolment
from qingfu.records.enrolment.queries import ANNOUNCES, RESULTS, Figures, NewArea, Span, ordered
from qingfu.records.people.queries import organs
from tests.register.world import World


def publish(world: World, actor: Actor, row: TaskRow) -> None:
    """Publish what a task asks for."""
    for shows, act in ((ANNOUNCES, _announce), (RESULTS, _tell_result)):
        order = ordered(actor, shows)
        if order is not None and row.duty in published_under(world.pack, order[2].clause):
            act(world, actor, row)


def _year(row: TaskRow) -> int:
    assert row.due_on is not None
    return row.due_on.year


def _announce(world: World, actor: Actor, row: TaskRow) -> None:
    year, at = _year(row), world.at
    enrolment.open_year(actor, year=year, at=at)
    enrolment.write_announcement(
        actor, year=year, times=(Span("现场登记", date(year, 7, 1), date(year, 7, 5)),), conditions="年满六周岁",
        where="片区内学校", papers="户口簿", online="", at=at,
    )  # fmt: skip
    for school in organs(actor, kinds=["school"]):
        enrolment.set_catchment(actor, year=year, area=NewArea(school.id, f"{school.name}附近", 90, 80), at=at)
    enactment.publish_announcement(actor, year=year, at=at)


def _tell_result(world: World, actor: Actor, row: TaskRow) -> None:
    figures = Figures(90, 80, 80, (), 0, 0)
    enactment.publish_result(actor, organ=row.organ.id, year=_year(row), figures=figures, at=world.at)
