"""The county with its plan in force, for pages: a day to be on, seats to sit in, what a unit hands in."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from qingfu.base.chance import new_id
from qingfu.base.clock import system_now
from qingfu.records.almanac.actions import set_clock
from qingfu.records.duties.queries import TaskRow, board
from qingfu.records.enactment.actions import hand_in as enact_hand_in
from qingfu.records.enactment.actions import open_the_day
from tests.cast import County, moment
from tests.faces.conftest import enter
from tests.records.stage import found, stage

__all__ = ["PROBLEM", "found", "handed_in", "on", "seat", "sent", "stage", "task_of"]

OnDay = Callable[[str], None]
Seat = Callable[[str], Client]
PROBLEM = {"problem": "未经审批组织打卡接龙", "kind": "unapproved"}


@pytest.fixture
def on(found: County, settings: Settings) -> OnDay:
    """Make it a day of the plan; what opens by itself has opened."""

    def go(day: str) -> None:
        settings.DEMO = True
        set_clock(to=moment(day), at=system_now())
        open_the_day(bureau=found.bureau, at=moment(day, 6))

    return go


@pytest.fixture
def seat(found: County) -> Seat:
    """A client signed in as a member of the cast."""

    return partial(enter, found)


def task_of(county: County, organ: str, duty: str = "census") -> TaskRow:
    """The task of one organ of the cast."""
    rows = board(county["clerk"], edition=county.edition, duty=duty, size=500, at=moment("2024-07-25")).rows
    return next(row for row in rows if row.organ.id == county.organs[organ])


def handed_in(county: County, organ: str, *problems: dict[str, Any], day: str = "2024-07-25") -> TaskRow:
    """A unit's list, typed in from paper by the office."""
    task = task_of(county, organ)
    rows = [{**one, "owner": county.organs[organ]} for one in problems]
    content = {"problems": rows} if rows else {}
    enact_hand_in(county["clerk"], task=task.id, content=content, on_behalf="负责人", at=moment(day))
    return task


def sent(verb: str, **fields: Any) -> dict[str, Any]:
    """What a form posts: its verb, its id, its fields."""
    return {"verb": verb, "client-id": str(new_id()), **fields}
