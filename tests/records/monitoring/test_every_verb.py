"""Every verb of a finding, in every state, as every member of the cast, through the real verbs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest

from qingfu.base.actor import Actor
from qingfu.base.errors import NotAllowed, NotFound, QingfuError, SomebodyElse, WrongState
from qingfu.records.monitoring import actions, queries
from qingfu.records.monitoring.states import FINDING
from tests.cast import everybody
from tests.records.monitoring.conftest import NOW, Schools
from tests.records.monitoring.test_filing import file, homework
from tests.records.monitoring.test_findings import judge, too_much
from tests.records.stage import undone

UNTIL = date(2024, 10, 31)
VERBS: dict[str, Callable[[Actor, int], object]] = {
    "open_problem": lambda who, one: actions.open_problem(who, findings=[one], title="作业超量", at=NOW),
    "return_to_reporter": lambda who, one: actions.return_to_reporter(who, findings=[one], text="请核对", at=NOW),
    "ask_exception": lambda who, one: actions.ask_exception(who, findings=[one], reason="活动", until=UNTIL, at=NOW),
    "stand_by": lambda who, one: actions.stand_by(who, findings=[one], text="属实", at=NOW),
    "grant": lambda who, one: actions.grant_exception(who, findings=[one], at=NOW),
    "refuse": lambda who, one: actions.refuse_exception(who, findings=[one], reason="不行", at=NOW),
}
# Who each member is to a finding of the school, written by hand; whoever is missing may not know of it.
ROLES: dict[str, frozenset[str]] = {
    "principal": frozenset({"reporter"}),
    "school-clerk": frozenset({"reporter"}),
    "reviewer": frozenset({"keeper", "approver"}),
    "second-reviewer": frozenset({"keeper", "approver"}),
}


def in_state(schools: Schools, state: str) -> int:
    """A finding of the school in a state, brought there by its verbs."""
    one = too_much(schools)
    office, other = schools.actor("reviewer"), schools.actor("second-reviewer")
    if state == "problem":
        actions.open_problem(office, findings=[one], title="作业超量", at=NOW)
    elif state in ("returned", "corrected"):
        actions.return_to_reporter(office, findings=[one], text="请核对", at=NOW)
    elif state in ("asked", "excepted"):
        # Asked by somebody who tries nothing here: whoever asked may not decide.
        actions.ask_exception(schools.actor("principal"), findings=[one], reason="活动", until=UNTIL, at=NOW)
    if state == "excepted":
        actions.grant_exception(other, findings=[one], at=NOW)
    if state in ("cleared", "corrected"):
        file(schools, homework(schools, minutes=20))
        judge(schools)
    return one


def members(schools: Schools) -> Iterator[tuple[str, Actor]]:
    yield from everybody(schools.county)
    yield "public", Actor.public(schools.county.bureau)
    yield "link", Actor.link(schools.county.bureau, organ=schools.county.organs["school"])


def expected(name: str, state: str, verb: str) -> type[QingfuError] | str:
    if name not in ROLES:
        return NotFound
    moves = [row for row in FINDING.rows if (row.source, row.verb) == (state, verb)]
    if not moves:
        return WrongState
    return next((row.target for row in moves if row.who & ROLES[name]), NotAllowed)


def outcome(schools: Schools, actor: Actor, verb: str, one: int) -> type[QingfuError] | str:
    with undone():
        try:
            VERBS[verb](actor, one)
        except SomebodyElse:
            return SomebodyElse
        except (NotAllowed, NotFound, WrongState) as refused:
            return type(refused)
        return queries.finding(schools.actor("reviewer"), one, at=NOW).row.state


@pytest.mark.parametrize("state", FINDING.states)
def test_every_verb_does_what_the_table_says(schools: Schools, state: str) -> None:
    one = in_state(schools, state)
    assert queries.finding(schools.actor("reviewer"), one, at=NOW).row.state == state
    wrong = [
        (name, verb, said, should)
        for name, actor in members(schools)
        for verb in VERBS
        if (said := outcome(schools, actor, verb, one)) != (should := expected(name, state, verb))
    ]
    assert wrong == []


def test_all_verbs_of_the_table_that_people_do_are_tried() -> None:
    by_people = {row.verb for row in FINDING.rows if row.who != {"clock"}}
    assert by_people == set(VERBS)
