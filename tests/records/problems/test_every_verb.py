"""Every verb, in every state, as every member of the cast, through the real verbs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from qingfu.base.actor import Actor
from qingfu.base.errors import NotAllowed, NotFound, QingfuError, SomebodyElse, WrongState
from qingfu.records.problems import actions
from qingfu.records.problems.queries import problem
from qingfu.records.problems.states import PROBLEM
from tests.cast import County, everybody, moment
from tests.records.problems.lines import STATES, in_state, seen
from tests.records.stage import undone

AT = moment("2024-07-27")

VERBS: dict[str, Callable[[Actor, int], object]] = {
    "plan_rectification": lambda who, line: actions.plan_rectification(
        who, problem=line, measure="停止", deadline=date(2024, 7, 29), person_name="某人", at=AT
    ),
    "report_done": lambda who, line: actions.report_done(who, problem=line, text="已停止", at=AT),
    "strike_off": lambda who, line: actions.strike_off(who, problem=line, at=AT),
    "send_back": lambda who, line: actions.send_back(who, problem=line, reason="不够", at=AT),
    "revisit_holds": lambda who, line: actions.revisit(who, problem=line, verdict="holds", at=AT),
    "revisit_relapsed": lambda who, line: actions.revisit(who, problem=line, verdict="relapsed", note="又来", at=AT),
    "move_deadline": lambda who, line: actions.move_deadline(
        who, problem=line, to=date(2024, 8, 25), reason="领导要求", at=AT
    ),
    "reply": lambda who, line: actions.reply(who, problem=line, text="情况说明", at=AT),
}
# Who each member is to a line of the school, written by hand; whoever is missing may not know of the line.
ROLES: dict[str, frozenset[str]] = {
    "principal": frozenset({"owner"}),
    "school-clerk": frozenset({"owner"}),
    "clerk": frozenset({"keeper", "verifier"}),
    "second-clerk": frozenset({"keeper", "verifier"}),
    "reviewer": frozenset(),
    "second-reviewer": frozenset(),
    "leader": frozenset(),
    "deputy": frozenset(),
    "convener": frozenset(),
    "secretary": frozenset(),
}


def expected(name: str, state: str, verb: str, *, at_once: bool) -> type[QingfuError] | str:
    """What the manual's table says must happen."""
    if name not in ROLES:
        return NotFound
    roles = ROLES[name] | ({"at-once"} if at_once and ROLES[name] & {"owner", "keeper"} else frozenset())
    moves = [row for row in PROBLEM.rows if (row.source, row.verb) == (state, verb)]
    if not moves:
        return WrongState
    if verb == "report_done" and {row.who for row in moves} == {frozenset({"at-once"})} and not at_once and roles:
        # It is not that they may not: the line is to be planned first.
        return WrongState
    return next((row.target for row in moves if row.who & roles), NotAllowed)


def outcome(actor: Actor, verb: str, line: int) -> type[QingfuError] | str:
    with undone():
        try:
            VERBS[verb](actor, line)
        except SomebodyElse:
            return NotAllowed
        except (NotAllowed, NotFound, WrongState) as refused:
            return type(refused)
        return problem(actor, line, at=AT).row.state


def cast_of(county: County) -> dict[str, Actor]:
    others = {
        "clock": Actor.clock(county.bureau),
        "public": Actor.public(county.bureau),
        "link": Actor.link(county.bureau, organ=county.organs["school"]),
    }
    return dict(everybody(county)) | others


@pytest.mark.proves("P12", "P13", "P14", "P15", "P16")
@pytest.mark.parametrize("kind", ["unapproved", "commercial"])
@pytest.mark.parametrize("state", STATES)
def test_every_verb_as_every_member_of_the_cast_does_what_the_table_says(found: County, state: str, kind: str) -> None:
    line = in_state(found, state, kind=kind)
    assert seen(found, line).row.state == state
    wrong = []
    for name, actor in cast_of(found).items():
        for verb in VERBS:
            want = expected(name, state, verb, at_once=kind == "commercial")
            if name == "clock" and want is NotFound:
                # The clock may know of everything and do nothing.
                want = NotAllowed if any(r.verb == verb and r.source == state for r in PROBLEM.rows) else WrongState
            got = outcome(actor, verb, line)
            if got != want:
                wrong.append((name, verb, got, want))
    assert wrong == []


def test_the_verbs_offered_on_the_page_are_exactly_those_that_succeed(found: County) -> None:
    offered, possible = set(), set()
    for state in STATES:
        line = in_state(found, state)
        for name in ROLES:
            offered |= {(state, name, verb) for verb in seen(found, line, by=name).verbs}
            for verb in VERBS:
                if isinstance(outcome(found[name], verb, line), str):
                    possible.add((state, name, verb))
    assert offered == possible


def test_every_verb_of_the_table_is_tried_here() -> None:
    assert set(VERBS) == set(PROBLEM.all_verbs)
    assert set(STATES) == set(PROBLEM.states)
