"""A draw goes forward only: every step at a wrong moment is refused, and a run gives the same bytes again."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from itertools import combinations

import pytest

from qingfu.base.draw import ceremony as steps
from qingfu.base.draw import escrow, running
from qingfu.base.draw.ceremony import LARGEST_CIRCLE, Ceremony
from qingfu.base.draw.notice import Pick, PublicNumber
from qingfu.base.errors import BadShare, CircleClosed, MemberKnown, SharesMissing
from tests.draws_made import FROZEN, TEAM, Circle, Dice, circle, experts, notice

NUMBERED = notice("order-1", "专家抽取", Pick(2), experts(5), number=PublicNumber("双色球", "2026099", FROZEN.date()))
DICE = Dice("ceremony")
VALUES = ((3, 9, 17),)
MADE = circle(NUMBERED, TEAM[:3], 2, without=(2,), name="ceremony/made")
OPEN = Ceremony(NUMBERED, MADE.at.circle)
CLOSED = steps.close_circle(OPEN, threshold=2)
DEALT = replace(MADE.at, sealed=False)
SEALED = MADE.at
TOLD = MADE.revealed()
READY = MADE.revealed(number=VALUES)
NEWCOMER = steps.new_member(NUMBERED, name="迟到的家长", role="witness", secret=99, secrets=DICE.secrets)

Step = Callable[[Ceremony], object]
STEPS: dict[str, Step] = {
    "join": lambda at: steps.join(at, NEWCOMER),
    "close": lambda at: steps.close_circle(at, threshold=2),
    "deal": lambda at: steps.give(at, MADE.at.deals[0]),
    "seal": steps.seal,
    "anchor": running.anchor,
    "reveal": lambda at: steps.reveal(at, by=0, share=MADE.shares[0]),
    "open": lambda at: steps.open_for(at, by=0, opening=MADE.opening(0, 1)),
    "number": lambda at: steps.tell_number(at, VALUES),
    "run": running.run,
}
# What may be done at each moment; everything else is refused. What is known already may be said again.
MOMENTS: dict[str, tuple[Ceremony, set[str]]] = {
    "nobody has come": (Ceremony(NUMBERED), {"join"}),
    "the circle is open": (OPEN, {"join", "close"}),
    "the circle is closed": (CLOSED, {"deal"}),
    "shares are dealt": (DEALT, {"seal"}),
    "it is sealed": (SEALED, {"anchor", "reveal", "open", "number"}),
    "all is told but the number": (TOLD, {"anchor", "reveal", "open", "number"}),
    "everything is there": (READY, {"anchor", "reveal", "open", "run"}),
}


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("step", STEPS)
def test_every_step_is_possible_at_its_moment_and_at_no_other(step: str, moment: str) -> None:
    at, possible = MOMENTS[moment]
    if step in possible:
        STEPS[step](at)
    else:
        with pytest.raises((CircleClosed, SharesMissing)) as told:
            STEPS[step](at)
        assert told.value.next_step()


def test_the_same_ceremony_gives_the_same_bytes_again() -> None:
    assert running.run(READY) == running.run(READY)
    assert running.anchor(READY) == running.anchor(SEALED)


def test_the_order_in_which_shares_arrive_and_are_told_changes_nothing() -> None:
    at = CLOSED
    for deal in reversed(MADE.at.deals):
        at = steps.give(at, deal)
    at = steps.seal(at)
    for by in reversed(MADE.shares):
        at = steps.reveal(at, by=by, share=MADE.shares[by])
    assert running.run(steps.tell_number(at, VALUES)) == running.run(READY)


@pytest.mark.parametrize("who", list(combinations(range(3), 2)))
def test_whoever_opens_a_withheld_share_the_outcome_is_the_same(who: tuple[int, int]) -> None:
    at = steps.reveal(SEALED, by=0, share=MADE.shares[0])
    for of in who:
        with pytest.raises(SharesMissing):
            running.seed_of(at)
        at = steps.open_for(at, by=1, opening=MADE.opening(1, of))
    at = steps.tell_number(at, VALUES)
    opened, told = json.loads(running.run(at)), json.loads(running.run(READY))
    assert opened.pop("reveals") != told.pop("reveals")
    assert opened == told


def test_the_missing_are_named() -> None:
    at = steps.reveal(SEALED, by=0, share=MADE.shares[0])
    assert steps.missing(at) == (TEAM[1][0],)
    with pytest.raises(SharesMissing) as told:
        running.run(at)
    assert TEAM[1][0] in told.value.text()


def test_what_is_known_already_is_taken_again_without_a_word() -> None:
    assert steps.reveal(READY, by=0, share=MADE.shares[0]) == READY
    once = steps.open_for(SEALED, by=0, opening=MADE.opening(0, 1))
    assert steps.open_for(once, by=0, opening=MADE.opening(0, 1)) == once


def test_another_share_is_refused_even_after_the_right_one() -> None:
    for at in (SEALED, READY):
        with pytest.raises(BadShare):
            steps.reveal(at, by=0, share=MADE.shares[1])
        with pytest.raises(BadShare):
            steps.open_for(at, by=0, opening=MADE.opening(1, 1))


def test_a_member_deals_once_and_only_as_itself() -> None:
    at = steps.give(CLOSED, MADE.at.deals[0])
    again, _ = escrow.deal(CLOSED.table, by=0, secret=MADE.keys[0], secrets=DICE.secrets)
    with pytest.raises(CircleClosed):
        steps.give(at, again)
    with pytest.raises(BadShare):
        steps.give(CLOSED, replace(MADE.at.deals[0], by=2))
    with pytest.raises(BadShare):
        steps.give(CLOSED, replace(MADE.at.deals[0], by=7))


def test_who_did_not_deal_has_nothing_to_tell() -> None:
    with pytest.raises(CircleClosed):
        steps.reveal(SEALED, by=2, share=1)


@pytest.mark.parametrize(
    ("name", "role"), [("", "witness"), (" ", "witness"), ("甲", "leader"), ("甲", "見證"), ("\ud800", "witness")]
)
def test_a_member_has_a_name_and_one_of_two_roles(name: str, role: str) -> None:
    member = replace(NEWCOMER, name=name, role=role)
    with pytest.raises(BadShare):
        steps.join(OPEN, member)


def test_a_name_is_the_same_in_every_form_of_unicode() -> None:
    member = steps.new_member(NUMBERED, name="Zoe\u0308", role="witness", secret=98, secrets=DICE.secrets)
    assert steps.join(OPEN, member).circle[-1].name == "Zo\u00eb"
    with pytest.raises(BadShare):
        steps.join(OPEN, replace(member, name="Zoe\u0308"))


def test_nobody_joins_twice_under_one_name_or_with_one_key() -> None:
    for name, secret in ((TEAM[1][0], 97), ("另一人", MADE.keys[1])):
        member = steps.new_member(NUMBERED, name=name, role="witness", secret=secret, secrets=DICE.secrets)
        with pytest.raises(MemberKnown):
            steps.join(OPEN, member)


def test_a_full_circle_takes_nobody_more() -> None:
    full = replace(OPEN, circle=(NEWCOMER,) * LARGEST_CIRCLE)
    with pytest.raises(CircleClosed):
        steps.join(full, replace(NEWCOMER, name="多余的人"))


@pytest.mark.parametrize("threshold", [-1, 0, 4])
def test_a_threshold_that_the_circle_cannot_reach_is_refused(threshold: int) -> None:
    with pytest.raises(SharesMissing):
        steps.close_circle(OPEN, threshold=threshold)


def test_a_draw_without_a_single_share_is_not_sealed() -> None:
    for at in (Ceremony(NUMBERED), OPEN, CLOSED):
        with pytest.raises(SharesMissing):
            steps.seal(at)


def test_one_organiser_alone_can_hold_a_draw_and_take_it_up_with_its_key_only() -> None:
    alone: Circle = circle(notice("order-2", "抽取", Pick(2), experts(5)), TEAM[:1], 1)
    told = alone.revealed()
    opened = steps.open_for(alone.at, by=0, opening=alone.opening(0, 0))
    assert running.seed_of(opened) == running.seed_of(told)
