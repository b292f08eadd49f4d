"""k of n with the rest as reserves, and a part of every stratum rounded up."""

from __future__ import annotations

from collections import Counter
from math import ceil
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingfu.base.draw.hashing import Domain
from qingfu.base.draw.notice import Entry, Pick, Share
from qingfu.base.draw.picking import needed, pick, share, strata
from qingfu.base.draw.stream import Chance

seeds = st.binary(min_size=32, max_size=32)


def chance(seed: bytes) -> Chance:
    return Chance(Domain(), seed)


@pytest.mark.proves("A09")
@given(seeds, st.integers(1, 40), st.data())
def test_the_chosen_stand_first_and_the_others_follow_as_reserves(seed: bytes, size: int, data: st.DataObject) -> None:
    take = data.draw(st.integers(1, size))
    pool = [Entry(f"E{i:02d}", name="x") for i in range(size)]
    result: dict[str, Any] = pick(Pick(take), pool, chance(seed))
    assert result["chosen"] == result["order"][:take]
    assert sorted(result["order"]) == [one.ticket for one in pool]


@pytest.mark.proves("A09")
def test_over_many_seeds_everybody_is_chosen_about_equally_often() -> None:
    pool = [Entry(f"E{i}", name="x") for i in range(10)]
    drawn: Counter[str] = Counter()
    for seed in range(2000):
        result: dict[str, Any] = pick(Pick(3), pool, chance(seed.to_bytes(32, "big")))
        drawn.update(result["chosen"])
    # 600 each are expected, the deviation is about 20.
    assert all(abs(count - 600) < 100 for count in drawn.values())
    assert len(drawn) == 10


@pytest.mark.proves("D04")
@pytest.mark.parametrize(
    ("size", "drawn"), [(1, 1), (33, 1), (34, 2), (66, 2), (67, 3), (100, 3), (101, 4), (1200, 36)]
)
def test_three_percent_is_rounded_up_to_the_next_person(size: int, drawn: int) -> None:
    assert needed(Share(("school",), 3, 100), size) == drawn


@pytest.mark.proves("D04")
@given(st.integers(1, 5000), st.integers(1, 300), st.integers(1, 300), st.integers(0, 50))
def test_a_part_is_never_too_small_and_never_more_than_one_too_many(size: int, a: int, b: int, least: int) -> None:
    parts, of = min(a, b), max(a, b)
    drawn = needed(Share(("school",), parts, of, least), size)
    assert drawn == min(size, max(least, ceil(size * parts / of)))
    assert drawn * of >= min(size * parts, size * of)
    assert drawn in (size, least) or (drawn - 1) * of < size * parts


@pytest.mark.proves("D04")
@given(seeds, st.lists(st.tuples(st.sampled_from("甲乙"), st.sampled_from("123")), min_size=1, max_size=60))
def test_every_stratum_is_drawn_from_by_itself(seed: bytes, marks: list[tuple[str, str]]) -> None:
    pool = [Entry(f"P{i:03d}", name="x", marks={"school": s, "grade": g}) for i, (s, g) in enumerate(marks)]
    method = Share(("school", "grade"), 3, 100, 1)
    result: dict[str, Any] = share(method, pool, chance(seed))
    assert [tuple(row["marks"]) for row in result["strata"]] == list(dict.fromkeys(marks))
    for row in result["strata"]:
        own = [one.ticket for one in pool if [one.marks["school"], one.marks["grade"]] == row["marks"]]
        assert sorted(row["order"]) == own
        assert row["chosen"] == row["order"][: needed(method, len(own))]


def test_what_one_stratum_draws_does_not_depend_on_the_others() -> None:
    own = [Entry(f"P{i:03d}", name="x", marks={"school": "甲"}) for i in range(40)]
    others = [Entry(f"Q{i:03d}", name="x", marks={"school": "乙"}) for i in range(40)]
    method = Share(("school",), 3, 100)
    alone: dict[str, Any] = share(method, own, chance(bytes(32)))
    together: dict[str, Any] = share(method, [*own, *others], chance(bytes(32)))
    assert together["strata"][0] == alone["strata"][0]
    assert list(strata(method, own)) == [("甲",)]
