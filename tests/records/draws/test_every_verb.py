"""Every verb of draws, in every state, as every member of the cast, through the real verbs."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from qingfu.base.actor import Actor
from qingfu.base.draw import ceremony as steps
from qingfu.base.errors import (
    BadShare,
    CircleClosed,
    DrawnAlready,
    Invalid,
    NotAllowed,
    NotFound,
    QingfuError,
    WrongState,
)  # fmt: skip
from qingfu.records.draws import actions, queries
from qingfu.records.draws.models import Draw
from qingfu.records.draws.states import DRAW
from qingfu.records.journal.actions import deed
from tests.cast import County, everybody
from tests.records.draws.lots import AT, STATES, Phone, frozen, in_state, lot
from tests.records.stage import found, stage, undone

__all__ = ["found", "stage"]

# What the organiser does, by number; everybody else may not know of the draw.
DESK: dict[str, Callable[[Actor, int], object]] = {
    "close_circle": lambda who, draw: actions.close_circle(who, draw=draw, threshold=1, at=AT),
    "seal": lambda who, draw: actions.seal(who, draw=draw, at=AT),
    "tell_number": lambda who, draw: actions.tell_number(who, draw=draw, values=[[1, 2]], at=AT),
    "run": lambda who, draw: actions.run(who, draw=draw, at=AT),
    "open_for": lambda who, draw: actions.open_missing(who, draw=draw, at=AT),
    "void": lambda who, draw: actions.void(who, draw=draw, reason="停电", at=AT),
    "call": lambda who, draw: actions.call(who, draw=draw, ticket="999", outcome="reached", at=AT),
    "take_back": lambda who, draw: actions.take_back(who, draw=draw, ticket="999", at=AT),
    "substitute": lambda who, draw: actions.substitute(
        who, draw=draw, cause="absent", in_round=1, taker="T001", reason="生病", at=AT
    ),
}
# What a phone does, through the door: only the state decides, and then the key.
DOOR = {"join": "frozen", "give": "dealing", "reveal": "sealed", "open_for": "sealed"}
# What whoever was drawn does for himself.
CALLED: dict[str, Callable[[Actor, int], object]] = {
    "step_back": lambda who, draw: actions.step_back(who, draw=draw, reason="出差", at=AT)
}
ORGANISERS = {"clerk", "second-clerk", "reviewer", "second-reviewer", "secretary", "keeper"}
# They may look on.
LOOK_ON = {"leader", "deputy", "convener"}


def outcome(verb: Callable[[], object], reach: type[QingfuError] | tuple[type[QingfuError], ...]) -> str:
    """What the state and the right say; `reach` are the answers of a verb that was let through."""
    with undone():
        try:
            verb()
        except reach:
            return "through"
        except (NotAllowed, NotFound) as refused:
            return type(refused).__name__
        except (WrongState, DrawnAlready):
            return "WrongState"
        return "through"


@pytest.mark.parametrize("state", STATES)
def test_every_verb_of_the_desk_as_every_member_of_the_cast(found: County, state: str) -> None:
    draw = in_state(found, state)
    wrong = []
    for name, actor in (*everybody(found), ("public", Actor.public(found.bureau))):
        for verb, act in DESK.items():
            possible = any((row.source, row.verb) == (state, verb) for row in DRAW.rows)
            want = "through" if possible else "WrongState"
            if name not in ORGANISERS:
                want = "NotAllowed" if name in LOOK_ON else "NotFound"
            # The number of a draw that names none, a ticket that does not exist, and a visit of what is no matching are
            # refused behind the table.
            reach = (
                {"tell_number": CircleClosed, "call": NotFound, "take_back": NotFound, "substitute": NotFound}.get(
                    verb, Invalid
                )
                if possible
                else Invalid
            )
            got = outcome(lambda a=actor, v=act: v(a, draw), reach if name in ORGANISERS else Invalid)  # type: ignore[misc]
            if got != want:
                wrong.append((name, verb, got, want))
    assert wrong == []


@pytest.mark.parametrize("state", STATES)
def test_a_phone_is_let_through_in_its_step_only(found: County, state: str) -> None:
    draw = in_state(found, state)
    door, public = queries.draw(found["clerk"], draw).door, Actor.public(found.bureau)
    verbs: dict[str, Callable[[], object]] = {
        "join": lambda: actions.join(public, door=door, member={"role": "witness"}, at=AT),
        "give": lambda: actions.give(public, door=door, deal={}, at=AT),
        "reveal": lambda: actions.reveal(public, door=door, by=0, share="00", at=AT),
        "open_for": lambda: actions.open_for(public, door=door, by=0, opening={}, at=AT),
    }
    got = {verb: outcome(act, BadShare) for verb, act in verbs.items()}
    assert got == {verb: "through" if DOOR[verb] == state else "WrongState" for verb in verbs}


def test_a_school_holds_its_own_draws_and_knows_of_no_other(found: County) -> None:
    held = frozen(found, by="principal", alone=True)
    assert actions.run(found["principal"], draw=held.id, at=AT).state == "drawn"
    office = frozen(found).id
    with pytest.raises(NotFound):
        queries.draw(found["principal"], office)
    assert [row.id for row in queries.draws(found["principal"]).rows] == [held.id]
    assert {row.id for row in queries.draws(found["clerk"]).rows} == {held.id, office}
    for name in ("expert", "fire-clerk"):
        with pytest.raises(NotAllowed):
            frozen(found, by=name)


@pytest.mark.parametrize("state", STATES)
def test_nobody_steps_back_whose_ticket_was_not_drawn(found: County, state: str) -> None:
    draw = in_state(found, state)
    got = {
        name: outcome(lambda a=actor: CALLED["step_back"](a, draw), Invalid)  # type: ignore[misc]
        for name, actor in everybody(found)
    }
    assert set(got.values()) == {"NotFound"}


def test_the_verbs_offered_on_the_page_are_those_of_the_table(found: County) -> None:
    for state in STATES:
        view = queries.draw(found["clerk"], in_state(found, state))
        assert view.may == DRAW.verbs(state, frozenset({"organiser", "member"}))


def test_every_verb_of_the_table_is_tried_here() -> None:
    assert set(DESK) | set(DOOR) | set(CALLED) == set(DRAW.all_verbs)
    assert set(STATES) == set(DRAW.states)


def test_what_comes_back_from_the_rows_is_the_ceremony_that_was_left(found: County) -> None:
    held = frozen(found, lot())
    phone = Phone(found, held.door, "李家长")
    phone.join()
    actions.close_circle(found["clerk"], draw=held.id, threshold=2, at=AT)
    phone.deal()
    before = queries.ceremony(found["clerk"], held.id)
    assert before == queries.ceremony(found["clerk"], held.id)
    actions.seal(found["clerk"], draw=held.id, at=AT)
    with deed(found["clerk"]):
        row = Draw.objects.get(id=held.id)
        assert bytes(row.anchor or b"") == queries.draw(found["clerk"], held.id).anchor
    assert steps.seal(before).seal_digest().hex() == queries.draw(found["clerk"], held.id).seal
