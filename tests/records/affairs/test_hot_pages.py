"""Hot pages ask the database as often for many rows as for few."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from qingfu.records.affairs.queries import affairs
from qingfu.records.lists.queries import listings, rolls
from qingfu.records.routes import actions as routes
from qingfu.records.routes.queries import cases, done_by, run, to_decide, waiting_for_others
from tests.cast import County
from tests.records.routes.walk import MONDAY, carried_to, decide


def _asked(page: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as asked:
        page()
    return len(asked)


PAGES: dict[str, Callable[[County], object]] = {
    "cases": lambda found: cases(found["clerk"], at=MONDAY),
    "cases of a department": lambda found: cases(found["fire-clerk"], at=MONDAY),
    "inbox": lambda found: to_decide(found["clerk"], MONDAY),
    "waiting": lambda found: waiting_for_others(found["fire-clerk"], at=MONDAY),
    "done": lambda found: done_by(found["reviewer"]),
    "affairs": lambda found: affairs(found["clerk"]),
    "listings": lambda found: listings(found["principal"]),
    "rolls": lambda found: rolls(found["principal"]),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_of_many_rows_asks_as_often_as_a_page_of_one(found: County, name: str) -> None:
    carried_to(found, "listed")
    carried_to(found, "publish", title="森林防火宣传", theme="森林防火")
    few = _asked(lambda: PAGES[name](found))
    for number in range(4):
        step = ("first", "publish", "listed", "approve")[number]
        carried_to(found, step, title=f"第{number}号事项", theme=f"主题{number}")
    assert _asked(lambda: PAGES[name](found)) == few
    assert few <= 16


def test_a_long_story_of_a_case_asks_as_often_as_a_short_one(found: County) -> None:
    view = carried_to(found, "first")
    few = _asked(lambda: run(found["clerk"], view.row.run, at=MONDAY))
    decide(found, "reviewer", view.row.run, "return", reason="请写明年级")
    routes.resubmit(found["fire-clerk"], run=view.row.run, title="消防第一课", content={"a": 1}, at=MONDAY)
    assert _asked(lambda: run(found["clerk"], view.row.run, at=MONDAY)) == few
    assert few <= 20
