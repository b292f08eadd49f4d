"""The judges of the benchmarks judge: planted faults are found, cheats are found out, honest draws are let pass."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import replace as changed
from pathlib import Path

import numpy as np
import pytest

from benchmarks.draws import choosers, fairness, matching, notices, placement, places, replay, samples
from benchmarks.draws.chi_square import BAR, survival
from benchmarks.draws.intake import Intake, intake, visits
from benchmarks.draws.matching_judge import impossible
from benchmarks.draws.matching_judge import judged as judged_visits
from benchmarks.draws.placement_judge import judged, worst
from benchmarks.draws.placement_peers import best_of_many, serpentine
from qingfu.base import verify_draw
from qingfu.base.draw.notice import Allot, Entry
from qingfu.base.draw.stream import Chance

PUPILS = intake(90, classes=2, bands=12)
FEW = fairness.ALLOTMENTS[0][3]


@pytest.fixture
def executor() -> Iterator[Executor]:
    with ThreadPoolExecutor(1) as one:
        yield one


@pytest.mark.parametrize(
    ("freedom", "statistic", "p"),
    [(1, 3.841458820694124, 0.05), (5, 1.145476226061769, 0.95), (10, 29.58829844507442, 0.001), (2, 1400.0, 0.0)],
)
def test_the_tail_of_chi_square_is_the_one_of_the_tables(freedom: float, statistic: float, p: float) -> None:
    assert survival(freedom, statistic) == pytest.approx(p, abs=1e-12)


def test_the_tail_of_chi_square_is_nearly_normal_where_there_are_thousands_of_degrees() -> None:
    assert survival(32_000, 32_000) == pytest.approx(0.49895, abs=5e-5)
    assert survival(32_000, 32_000 + 4 * np.sqrt(64_000)) == pytest.approx(3.6e-5, rel=0.05)


@pytest.mark.proves("A09")
def test_our_draws_pass_every_family_at_the_quick_size(executor: Executor) -> None:
    found = [family for family in fairness.allotments(executor, PUPILS, FEW) if "planted" not in family.name]
    assert [family.name for family in found if family.verdict.p <= BAR] == []
    assert len(found) == 3


@pytest.mark.parametrize("chooser", [choosers.by_hand, choosers.friends])
def test_who_chooses_the_partition_and_draws_the_labels_only_is_found_out(chooser: places.Chooser) -> None:
    found = places.counted(PUPILS, chooser, "planted", range(100))
    assert places.by_class(found).p > BAR
    assert places.by_team(found).p > BAR
    assert places.shared(PUPILS, found).p < BAR


def test_classes_made_by_hand_are_as_even_as_drawn_ones() -> None:
    method, pool = notices.allotment(PUPILS, teams=True)
    for chooser in (choosers.by_hand, choosers.friends, choosers.ours):
        drawn = chooser(method, pool, notices.chance("even", 0))
        assert (
            judged(PUPILS, [[notices.place(one) for one in row["tickets"]] for row in drawn["classes"]]).misses() == []
        )


def test_labels_that_are_not_drawn_are_found_out() -> None:
    found = places.counted(PUPILS, _unlabelled, "planted", range(200))
    assert places.by_class(found).p < BAR
    assert places.by_team(found).p > BAR


def _unlabelled(method: Allot, pool: Sequence[Entry], lot: Chance) -> dict[str, object]:
    """The class with the first pupil is always called the same."""
    drawn = choosers.ours(method, pool, lot)
    first = sorted(drawn["classes"], key=lambda one: notices.pupil(0) not in one["tickets"])
    return {"classes": first}


@pytest.mark.parametrize("name", samples.SAMPLES)
def test_our_samples_pass_at_the_quick_size(name: str) -> None:
    sample = samples.SAMPLES[name]
    assert sample.judge(sample.count("quick", range(300)), 300).p > BAR


def test_a_shuffle_that_exchanges_each_place_with_any_other_is_found_out() -> None:
    chance, size, draws = np.random.default_rng(1), samples.FEW, 20_000
    counts = np.zeros((size, size))
    for _ in range(draws):
        order = np.arange(size)
        for place, other in enumerate(chance.integers(0, size, size)):
            order[[place, other]] = order[[other, place]]
        counts[order, np.arange(size)] += 1
    assert samples.judge_order({"order": counts}, draws).p < BAR


def test_the_test_of_equal_pupils_gives_small_values_as_often_as_it_says() -> None:
    given = intake(40, classes=4, bands=3, hard=0.0)
    values = [places.shared(given, _shuffled(given, seed)).p for seed in range(200)]
    assert 0.02 <= np.mean(np.array(values) < 0.1) <= 0.2
    assert 0.35 <= np.mean(values) <= 0.65


def _shuffled(given: Intake, seed: int) -> places.Counted:
    """Places drawn without any balance: pupils could hardly be more alike."""
    chance = np.random.default_rng(seed)
    classes = np.array([chance.permutation(given.size) % given.classes for _ in range(100)])
    return places.batch(given, classes, classes)


GIVEN = intake(900)


def _ours() -> list[list[int]]:
    return [list(one) for one in placement.ENGINES["ours"](GIVEN)(0)]


def test_the_judge_of_classes_finds_nothing_wrong_with_ours_and_much_with_a_serpentine() -> None:
    ours = judged(GIVEN, _ours())
    assert ours.misses() == []
    assert ours.quantum <= 1 / 90
    for peer in (serpentine(GIVEN), best_of_many(GIVEN)):
        quality = judged(GIVEN, peer)
        assert quality.misplaced == 0
        assert quality.broken > 0
        assert quality.mean_range > ours.mean_range


def test_the_judge_of_classes_finds_planted_faults() -> None:
    classes = _ours()
    classes[0].append(classes[1].pop())
    assert any(miss.startswith("head_count") for miss in judged(GIVEN, classes).misses())
    assert any(miss.startswith("mean score") for miss in judged(GIVEN, classes).misses())
    twice = _ours()
    twice[0][0] = twice[1][0]
    assert judged(GIVEN, twice).misplaced == 2
    assert judged(GIVEN, _ours()[:-1]).misplaced > 0


@pytest.mark.parametrize("word", ["together", "apart"])
def test_the_judge_of_classes_finds_a_broken_pair(word: str) -> None:
    classes = _ours()
    pair = (classes[0][0], classes[1][0]) if word == "together" else (classes[0][0], classes[0][1])
    given = changed(GIVEN, together=(pair,) if word == "together" else (), apart=(pair,) if word == "apart" else ())
    assert judged(given, classes).broken == 1


def test_the_worst_of_several_results_is_the_worst_of_everything() -> None:
    ours, other = judged(GIVEN, _ours()), judged(GIVEN, serpentine(GIVEN))
    assert worst([ours, other, ours]) == other


SCHOOLS = visits(60, 12)


def test_the_judge_of_visits_finds_planted_faults() -> None:
    months = [list(month) for month in matching.ENGINES["ours"](SCHOOLS)()]
    assert judged_visits(SCHOOLS, months).misses() == []
    repeated = [months[0], months[0], months[2]]
    assert judged_visits(SCHOOLS, repeated).faults["repeats"] == 60
    assert judged_visits(SCHOOLS, [months[0][1:], *months[1:]]).faults["months_without"] == 1
    school, taker = months[0][0]
    tied = changed(SCHOOLS, ties=SCHOOLS.ties | {(school, taker)})
    assert judged_visits(tied, months).faults["forbidden"] == 1
    uneven = [[(school, 0) for school in range(60)], *months[1:]]
    assert judged_visits(SCHOOLS, uneven).month_range == 60


def test_what_is_named_where_no_answer_exists_proves_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert matching.refusals() == []
    assert '"needs": 3, "room": 2' in capsys.readouterr().out
    needs, room = impossible(SCHOOLS, range(60), range(12))
    assert needs <= room


def test_what_the_page_is_timed_with_is_a_witnessed_record(tmp_path: Path) -> None:
    record, anchor = (file.read_bytes() for file in replay.made(tmp_path, 90))
    assert verify_draw.verify(record, anchor).verdict == replay.VERDICT
    assert len(json.loads(record)["notice"]["pool"]) == 90


@pytest.mark.parametrize(("seconds", "missed"), [(1.99, 0), (2.0, 1)])
def test_a_page_above_its_ceiling_is_told(
    seconds: float, missed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(replay, "CEILINGS", {90: 2.0})
    monkeypatch.setattr(replay, "_page", lambda record, anchor: seconds)
    monkeypatch.setattr(replay, "_program", lambda record, anchor: 1.0)
    assert len(replay.bench(tmp_path, 90, rounds=1)) == missed
