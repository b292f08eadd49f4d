"""A few classes report instead of everybody: drawn in turn, spread over schools, and told with an honest interval."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingfu.base.actor import Actor
from qingfu.records.monitoring import actions, queries
from qingfu.records.monitoring.actions.asking import draw_classes
from qingfu.records.monitoring.queries.estimating import interval
from qingfu.records.plans.queries import in_force
from tests import cast
from tests.records.monitoring.conftest import NOW, Schools
from tests.records.monitoring.test_filing import DAY, file, homework

MONDAY = date(2024, 10, 14)


def classes(number: int, schools: int = 5) -> list[tuple[int, int, str]]:
    return [(of, of % schools, "P3" if of % 2 else "J1") for of in range(number)]


def test_nobody_is_asked_again_before_everybody_of_the_stage_was_asked() -> None:
    asked: Counter[int] = Counter()
    for day in range(30):
        for of, _ in draw_classes(classes(40), asked, per_stage=4, seed="s", day=MONDAY + timedelta(days=day)):
            asked[of] += 1
        assert max(asked.values()) - min(asked[of] for of, _, _ in classes(40)) <= 1


def test_the_classes_of_a_day_are_spread_over_the_schools() -> None:
    drawn = draw_classes(classes(40), Counter(), per_stage=5, seed="s", day=MONDAY)
    assert set(Counter(organ for _, organ in drawn).values()) == {2}


def test_the_same_seed_draws_the_same_and_another_another() -> None:
    known = classes(60)
    one = draw_classes(known, Counter(), per_stage=6, seed="a", day=MONDAY)
    assert one == draw_classes(list(reversed(known)), Counter(), per_stage=6, seed="a", day=MONDAY)
    assert one != draw_classes(known, Counter(), per_stage=6, seed="b", day=MONDAY)


def test_the_clock_asks_once_a_school_day_and_nobody_on_a_rest_day(schools: Schools) -> None:
    clock = Actor.clock(schools.county.bureau)
    assert actions.ask_classes(clock, at=cast.moment("2024-10-16", 7)) == 3
    assert actions.ask_classes(clock, at=cast.moment("2024-10-16", 9)) == 0
    assert actions.ask_classes(clock, at=cast.moment("2024-10-19", 7)) == 0
    desk = queries.filing_desk(
        schools.actor("principal"), organ=schools.county.organs["school"], term_id=schools.term.id, at=NOW
    )
    assert len(desk.asked) == 2
    asked = desk.asked[0][1].name
    file(schools, homework(schools, asked))
    desk = queries.filing_desk(
        schools.actor("principal"), organ=schools.county.organs["school"], term_id=schools.term.id, at=NOW
    )
    assert asked not in {one.name for _, one in desk.asked}


@pytest.mark.proves("C12")
def test_the_estimate_counts_the_silent_against_both_ends(schools: Schools) -> None:
    clock = Actor.clock(schools.county.bureau)
    actions.ask_classes(clock, at=cast.moment(DAY.isoformat(), 7))
    asked = queries.filing_desk(
        schools.actor("principal"), organ=schools.county.organs["school"], term_id=schools.term.id, at=NOW
    ).asked
    file(schools, homework(schools, asked[0][1].name, minutes=200))
    plan = in_force(schools.actor("reviewer"), schools.edition)
    found = queries.estimates(schools.actor("reviewer"), plan=plan, term=schools.term, on=DAY)
    primary = next(one for one in found if one.stage == "P" and one.limit.name == "homework-time")
    assert (primary.asked, primary.told, primary.over) == (2, 1, 1)
    assert primary.low < 0.5 < primary.high == 1.0
    assert queries.estimates(schools.actor("principal"), plan=plan, term=schools.term, on=DAY) == ()


# Ends of the exact interval as tables of Clopper and Pearson print them: (over, told) and the bounds in thousandths.
@pytest.mark.parametrize(
    ("over", "told", "low", "high"),
    [(0, 10, 0, 308), (1, 10, 3, 445), (5, 10, 187, 813), (10, 10, 692, 1000), (3, 50, 13, 165), (20, 100, 127, 292)],
)
def test_the_interval_is_the_exact_one(over: int, told: int, low: int, high: int) -> None:
    found = interval(over, told, 0)
    assert (round(found[0] * 1000), round(found[1] * 1000)) == (low, high)


@given(st.integers(0, 40), st.integers(0, 40), st.integers(0, 20))
def test_silence_only_widens(over: int, kept: int, silent: int) -> None:
    told = over + kept
    narrow, wide = interval(over, told, 0), interval(over, told, silent)
    if told:
        assert narrow[0] <= over / told <= narrow[1]
    assert wide[1] - wide[0] >= -1e-9
    assert 0 <= wide[0] <= wide[1] <= 1
