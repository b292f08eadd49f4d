"""What no shipped plan says, and another may: the player and the register read it alike."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from qingfu.packfile.read import load
from qingfu.packfile.words.pack import Pack
from qingfu.packfile.words.situation import Situation
from tests.register.both import played_twice
from tests.register.conftest import Begin


def takes_nothing_late() -> Pack:
    """合川, if the census were closed after its day."""
    pack = load("hechuan-2024")
    census = pack.duties["census"]
    closed = census.model_copy(update={"due": census.due.model_copy(update={"if_late": "refuse"})})
    return pack.model_copy(update={"duties": {**pack.duties, "census": closed}})


def opens_on_its_day() -> Pack:
    """合川, if the census began a week after the plan."""
    pack = load("hechuan-2024")
    census = pack.duties["census"]
    opens = type(census).model_validate({**census.model_dump(), "opens_on": {"date": "2024-07-23"}})
    return pack.model_copy(update={"duties": {**pack.duties, "census": opens}})


def terms_that_do_not_sort() -> Pack:
    """青山, if its terms were called by names that sort backwards."""
    pack = load("qingshan-2025")
    first, second = pack.plan.terms
    terms = (first.model_copy(update={"id": "spring-2025"}), second.model_copy(update={"id": "autumn-2025"}))
    return pack.model_copy(update={"plan": pack.plan.model_copy(update={"terms": terms})})


def deadlines_of_its_own() -> Pack:
    """合川, if problems had a day of their own."""
    pack = load("hechuan-2024")
    kind = pack.problem_kinds["heavy-trace"]
    after = {"after": "problem.found", "amount": {"value": 20, "unit": "day"}}
    dated = type(kind).model_validate({**kind.model_dump(), "deadline": after})
    return pack.model_copy(update={"problem_kinds": {**pack.problem_kinds, "heavy-trace": dated}})


def said(**more: object) -> Situation:
    """A situation written for one of these plans."""
    return Situation.model_validate({"id": "it", "proves": ["P12"], "says": "…", **more})


LATE = said(
    day="2024-07-31",
    facts=[
        {"verb": "hand-in", "day": "2024-07-30", "duty": "census", "who": "school", "count": 2, "of": 3},
        {"verb": "hand-in", "day": "2024-07-31", "duty": "census", "who": "school"},
    ],
    expect=[{"refused": 2, "code": "QF-LATE"}, {"duty": "census", "state": "late", "count": 1}],
)  # fmt: skip
EARLY = said(
    day="2024-07-23",
    facts=[
        {"verb": "hand-in", "day": "2024-07-22", "duty": "census", "who": "school"},
        {"verb": "hand-in", "day": "2024-07-23", "duty": "census", "who": "school"},
    ],
    expect=[{"refused": 1, "code": "QF-NOT-YET"}, {"duty": "census", "state": "handed-in", "count": 1}],
)  # fmt: skip
NOT_OWED = said(
    day="2024-07-22",
    facts=[{"verb": "hand-in", "day": "2024-07-22", "duty": "launch", "who": "school"}],
    expect=[{"refused": 1, "code": "QF-NOT-ALLOWED"}],
)  # fmt: skip
PLANS = "plan-rectification"
PLANNED = {"measure": "停止打卡", "person": "体育科负责人"}
PROMISED = said(
    day="2024-10-10",
    facts=[
        {"verb": "find-problem", "day": "2024-07-29", "as": "p", "kind": "heavy-trace"},
        {"verb": PLANS, "day": "2024-08-01", "as": "p", "answers": {**PLANNED, "deadline": "2024-08-31"}},
        {"verb": PLANS, "day": "2024-08-01", "as": "p", "answers": {**PLANNED, "deadline": "2024-07-31"}},
        {"verb": PLANS, "day": "2024-08-01", "as": "p", "answers": {**PLANNED, "deadline": "2024-08-10"}},
        {"verb": "report-done", "day": "2024-08-09", "as": "p", "person": "李"},
        {"verb": "verify", "day": "2024-08-12", "as": "p", "person": "王"},
        {"verb": "relapse", "day": "2024-10-10", "as": "p", "person": "李"},
        {"verb": "relapse", "day": "2024-10-10", "as": "p", "person": "王"},
    ],
    expect=[
        {"refused": 2, "code": "QF-INVALID"},
        {"refused": 3, "code": "QF-INVALID"},
        {"refused": 7, "code": "QF-SOMEBODY-ELSE"},
        {"problem": "p", "state": "reopened", "due": "2024-10-30"},
    ],
)  # fmt: skip


def a_new_list_each_semester() -> Situation:
    """The situation of the shipped pack."""
    return next(one for one in load("qingshan-2025").situations if one.id == "a-new-list-each-semester")


@pytest.mark.proves("P12", "P14", "P16", "A13")
@pytest.mark.parametrize(
    ("plan", "situation"),
    [
        pytest.param(takes_nothing_late, LATE, id="nothing is taken late"),
        pytest.param(opens_on_its_day, EARLY, id="nothing is taken early"),
        pytest.param(lambda: load("hechuan-2024"), NOT_OWED, id="nobody ticks off what others owe"),
        pytest.param(deadlines_of_its_own, PROMISED, id="a day may be promised earlier and never later"),
        pytest.param(terms_that_do_not_sort, a_new_list_each_semester(), id="terms are told by their days"),
    ],
)
def test_another_plan_comes_out_on_the_register_as_in_the_player(
    begin: Begin, plan: Callable[[], Pack], situation: Situation
) -> None:
    assert played_twice(begin(plan()), situation) == []
