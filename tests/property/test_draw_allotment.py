"""Classes as even as numbers allow, twins together, nobody near whom they must not meet: or it is named."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from qingfu.base.draw.allotment import allot, partition
from qingfu.base.draw.allotment.hall import Hall
from qingfu.base.draw.hashing import Domain
from qingfu.base.draw.notice import Allot, Entry
from qingfu.base.draw.stream import Chance
from tests.draws_made import pupils
from tests.draws_of_chance import Pool, allotments

seeds = st.binary(min_size=32, max_size=32)


def chance(seed: bytes) -> Chance:
    return Chance(Domain(), seed)


def spreads(pool: Pool, method: Allot, result: dict[str, Any]) -> dict[tuple[str, str], tuple[int, int]]:
    """Of every mark, the spread over the classes and the least that numbers allow."""
    by_ticket = {one.ticket: one for one in pool}
    found = {}
    for word in method.balance:
        for mark in {one.marks[word] for one in pool}:
            counts = [
                sum(by_ticket[ticket].marks[word] == mark for ticket in row["tickets"]) for row in result["classes"]
            ]
            found[word, mark] = (max(counts) - min(counts), 1 if sum(counts) % len(counts) else 0)
    return found


def check_result(method: Allot, pool: Pool, result: dict[str, Any]) -> None:
    """What holds for every list, however odd."""
    classes = result["classes"]
    assert [row["label"] for row in classes] == list(method.classes)
    assert sorted(ticket for row in classes for ticket in row["tickets"]) == [one.ticket for one in pool]
    assert all(row["tickets"] == sorted(row["tickets"]) for row in classes)
    home = {ticket: row["label"] for row in classes for ticket in row["tickets"]}
    for group in method.together:
        assert len({home[ticket] for ticket in group}) == 1
    team_of = {row["label"]: row["team"] for row in classes}
    assert sorted(filter(None, team_of.values())) == [one.ticket for one in method.teams]
    unmet = [[a, b] for a, b in method.apart if home[a] == home[b]]
    unmet += [[pupil, team] for pupil, team in method.avoid if team_of[home[pupil]] == team]
    assert result["unmet"] == unmet
    later = result["later"]
    assert len(later) == method.later
    sizes = {row["label"]: len(row["tickets"]) for row in classes}
    smallest = [label for label in method.classes if sizes[label] == min(sizes.values())]
    assert set(later[: len(smallest)]) <= set(smallest)
    rest = Counter(later[len(smallest) :])
    assert not rest or max(rest.values()) - min(rest[label] for label in method.classes) <= 1


@pytest.mark.proves("C07")
@settings(max_examples=300, deadline=None)
@given(allotments(), seeds)
def test_every_list_is_allotted_and_what_could_not_be_met_is_named(case: tuple[Allot, Pool], seed: bytes) -> None:
    method, pool = case
    result = allot(method, pool, chance(seed))
    check_result(method, pool, result)


@pytest.mark.proves("C07")
@settings(max_examples=200, deadline=None)
@given(allotments(), seeds)
def test_sizes_differ_by_one_at_most_where_groups_fit(case: tuple[Allot, Pool], seed: bytes) -> None:
    method, pool = case
    # Groups fill a class only where they are many and classes small.
    assume(2 * sum(map(len, method.together)) <= len(pool) // len(method.classes))
    sizes = [len(row["tickets"]) for row in _classes(allot(method, pool, chance(seed)))]
    assert max(sizes) - min(sizes) <= 1


def _classes(result: dict[str, Any]) -> list[dict[str, Any]]:
    classes: list[dict[str, Any]] = result["classes"]
    return classes


@pytest.mark.proves("C07")
@pytest.mark.parametrize("size", [56, 90, 225, 600, 1200])
@pytest.mark.parametrize("seed", range(4))
def test_counts_of_every_mark_are_at_the_limit_of_arithmetic(size: int, seed: int) -> None:
    pool, method = pupils(size, f"limit/{size}/{seed}")
    result = allot(method, pool, chance(bytes([seed]) * 32))
    check_result(method, pool, result)
    assert result["unmet"] == []
    assert all(spread == least for spread, least in spreads(pool, method, result).values())
    sizes = [len(row["tickets"]) for row in _classes(result)]
    assert max(sizes) - min(sizes) <= 1


@pytest.mark.proves("C07")
@pytest.mark.parametrize("size", [90, 225, 600])
def test_mean_levels_are_within_half_a_point_of_the_smallest_class(size: int) -> None:
    pool, method = pupils(size, f"level/{size}")
    hall = partition(method, pool, chance(bytes(32)))
    means = [sum(hall.levels[pupil] for pupil in row) / len(row) for row in hall.rows]
    assert max(means) - min(means) <= 1 / min(map(len, hall.rows)) + 1e-9


@settings(max_examples=60, deadline=None)
@given(allotments(), seeds)
def test_exchanges_and_moves_leave_every_group_where_it_was_dealt(case: tuple[Allot, Pool], seed: bytes) -> None:
    method, pool = case
    hall = partition(method, pool, chance(seed))
    assert all(hall.place_of[pupil] == one for one, row in enumerate(hall.rows) for pupil in row)
    for group in hall.groups:
        assert len({hall.place_of[pupil] for pupil in group}) == 1
        assert not any(hall.single[pupil] for pupil in group)


def test_a_class_filled_by_groups_beyond_its_size_takes_no_single_more() -> None:
    # Three groups of three and one of two in three classes of four: one class gets five, the single goes elsewhere.
    groups = (("T00", "T01", "T02"), ("T03", "T04", "T05"), ("T06", "T07", "T08"), ("T09", "T10"))
    pool = tuple(Entry(f"T{i:02d}", name="x", level=0) for i in range(12))
    method = Allot(("1", "2", "3"), (), groups)
    for seed in range(30):
        sizes = sorted(len(row["tickets"]) for row in _classes(allot(method, pool, chance(bytes([seed]) * 32))))
        assert sizes == [3, 4, 5]


def test_pupils_without_any_mark_that_counts_have_the_same_chance_of_every_class() -> None:
    pool = tuple(Entry(f"T{i:02d}", name="x", marks={"gender": "AB"[i % 2]}, level=i % 3) for i in range(12))
    method = Allot(("1", "2", "3"), ("gender",))
    met: Counter[str] = Counter()
    for seed in range(900):
        for row in _classes(allot(method, pool, chance(seed.to_bytes(32, "big")))):
            if "T05" in row["tickets"]:
                met[row["label"]] += 1
    # 300 each are expected, the deviation is about 14.
    assert all(abs(count - 300) < 70 for count in met.values())
    assert sum(met.values()) == 900


def test_a_pair_with_nowhere_else_to_go_stays_and_is_named() -> None:
    pool = tuple(Entry(f"T{i}", name="x", level=0) for i in range(4))
    result: dict[str, Any] = allot(Allot(("1",), (), apart=(("T0", "T3"),)), pool, chance(bytes(32)))
    assert result["unmet"] == [["T0", "T3"]]


def test_a_team_that_every_class_must_avoid_is_named_with_its_pupils() -> None:
    pool = tuple(Entry(f"T{i}", name="x", level=0) for i in range(4))
    teams = (Entry("J0", name="x"), Entry("J1", name="x"))
    avoid = tuple((one.ticket, "J0") for one in pool)
    result: dict[str, Any] = allot(Allot(("1", "2"), (), teams=teams, avoid=avoid), pool, chance(bytes(32)))
    met = next(row for row in result["classes"] if row["team"] == "J0")
    assert result["unmet"] == [[ticket, "J0"] for ticket in met["tickets"]]


@pytest.mark.parametrize("seed", range(8))
def test_a_team_is_avoided_where_that_is_possible(seed: int) -> None:
    pool, method = pupils(120, "teams")
    teams = tuple(Entry(f"J{i}", name="x") for i in range(len(method.classes)))
    whole = replace(method, teams=teams, avoid=((pool[0].ticket, "J0"), (pool[1].ticket, "J1")))
    assert allot(whole, pool, chance(bytes([seed]) * 32))["unmet"] == []


def test_a_hall_knows_its_values_in_the_order_of_the_page() -> None:
    pool = (
        Entry("T0", name="x", marks={"a": "q", "b": "z"}, level=0),
        Entry("T1", name="x", marks={"a": "p", "b": "z"}, level=0),
    )
    hall = Hall(Allot(("1",), ("b", "a")), pool)
    assert hall.values_of_cell == [[0, 1], [0, 2]]
