"""Targets and takers: an answer wherever one exists, as even as can be; otherwise the reason, which can be checked."""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qingfu.base.draw.hashing import Domain
from qingfu.base.draw.matching import match
from qingfu.base.draw.notice import Entry, Match, Tie
from qingfu.base.draw.stream import Chance
from qingfu.base.errors import NoMatch
from tests.draws_made import matches
from tests.draws_of_chance import Matching, matchings


def cheapest(case: Matching) -> int | None:
    """The least sum of squares of totals of any answer, by a flow of least cost; None where there is no answer.

    Independent of the runner: visit by visit, along any path of hand-overs to the lightest taker that can be come to.
    """
    allowed, limits = case.allowed, case.limits
    has: dict[str, set[str]] = {target: set() for target in allowed}
    load = dict.fromkeys(limits, 0)
    for target in [target for target in allowed for _ in range(case.method.rounds)]:
        before = paths(target, allowed, has)
        reached = [taker for taker in limits if taker in before and load[taker] < limits[taker]]
        if not reached:
            return None
        at = min(reached, key=lambda taker: load[taker])
        load[at] += 1
        while at != target:
            start = before[at]
            if start in has:
                has[start].add(at)
            else:
                has[at].remove(start)
            at = start
    return sum(value * value for value in load.values())


def paths(target: str, allowed: dict[str, set[str]], has: dict[str, set[str]]) -> dict[str, str]:
    """Where each taker and target was come to from."""
    before, queue = {target: ""}, [target]
    for at in queue:
        further = allowed[at] - has[at] if at in allowed else {one for one in has if at in has[one]}
        for one in sorted(further - before.keys()):
            before[one] = at
            queue.append(one)
    return before


@cache
def county() -> tuple[Match, tuple[Entry, ...]]:
    notice = next(at.notice for name, at in matches() if name == "match")
    assert isinstance(notice.method, Match)
    return notice.method, notice.pool


def check_answer(case: Matching, result: dict[str, Any]) -> None:
    rounds = result["rounds"]
    assert len(rounds) == case.method.rounds
    tickets = [one.ticket for one in case.pool]
    for pairs in rounds:
        assert [target for target, _ in pairs] == tickets
    for target in tickets:
        takers = [dict(pairs)[target] for pairs in rounds]
        assert len(set(takers)) == len(takers)
        assert set(takers) <= case.allowed[target]
    for ticket, total, *months in result["loads"]:
        assert months == [sum(taker == ticket for _, taker in pairs) for pairs in rounds]
        assert total == sum(months) <= case.limits[ticket]
        assert max(months) - min(months) <= 1
    assert [row[0] for row in result["loads"]] == sorted(one.ticket for one in case.method.takers)


def check_reason(case: Matching, told: NoMatch) -> None:
    """What the named targets need beyond everybody else is more than the named takers can do."""
    targets, takers = told.facts["targets"], told.facts["takers"]
    assert isinstance(targets, tuple)
    assert isinstance(takers, tuple)
    allowed, rounds = case.allowed, case.method.rounds
    if all(len(allowed[target]) >= rounds for target in allowed):
        needs = sum(max(0, rounds - len(allowed[target] - set(takers))) for target in targets)
        room = sum(case.limits[taker] for taker in takers)
    else:
        (target,) = targets
        assert set(takers) == allowed[target]
        needs, room = rounds, len(takers)
    assert (told.facts["needs"], told.facts["room"]) == (needs, room)
    assert needs > room


@pytest.mark.proves("P21", "D04")
@settings(max_examples=400, deadline=None)
@given(matchings())
def test_an_answer_is_found_where_there_is_one_and_otherwise_the_reason(case: Matching) -> None:
    best = cheapest(case)
    if best is None:
        with pytest.raises(NoMatch) as told:
            case.run()
        check_reason(case, told.value)
    else:
        result = case.run()
        check_answer(case, result)
        assert sum(row[1] ** 2 for row in result["loads"]) == best


@pytest.mark.proves("P21")
@settings(max_examples=25, deadline=None)
@given(st.binary(min_size=32, max_size=32))
def test_the_county_is_matched_with_every_seed(seed: bytes) -> None:
    method, pool = county()
    case = Matching(method, pool, seed)
    result = case.run()
    check_answer(case, result)
    assert sum(row[1] ** 2 for row in result["loads"]) == cheapest(case)


def test_whether_there_is_an_answer_does_not_depend_on_chance() -> None:
    people = tuple(Entry(f"I{i}", name="x", most=1) for i in range(3))
    ties = (Tie("S0", "I0", "亲属"), Tie("S1", "I0", "亲属"))
    for takers in (people, people[:2]):
        pool = tuple(Entry(f"S{i}", name="x") for i in range(len(takers)))
        method = Match(1, takers, ties=ties)
        answers = set()
        for seed in range(40):
            try:
                match(method, pool, Chance(Domain(), bytes([seed]) * 32))
                answers.add(True)
            except NoMatch:
                answers.add(False)
        assert answers == {len(takers) == 3}


def test_over_many_seeds_equal_takers_get_a_target_about_equally_often() -> None:
    pool = tuple(Entry(f"S{i}", name="x") for i in range(6))
    takers = tuple(Entry(f"I{i}", name="x") for i in range(3))
    met: Counter[str] = Counter()
    for seed in range(900):
        result: dict[str, Any] = match(Match(1, takers), pool, Chance(Domain(), seed.to_bytes(32, "big")))
        met[dict(result["rounds"][0])["S0"]] += 1
    # 300 each are expected, the deviation is about 14.
    assert all(abs(count - 300) < 70 for count in met.values())
