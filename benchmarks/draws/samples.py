"""Samples: picks, reserves, strata and matchings drawn many times over, counted, and judged.

Here tickets (targets, takers, rounds) may be exchanged for each other without changing the notice, and the tables below
lie in spaces that these exchanges do not split; so each has one statistic with the dimension as degrees of freedom.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from benchmarks.draws.chi_square import Columns, Space, Table, Verdict, alike_columns, one_space
from benchmarks.draws.intake import Visits
from benchmarks.draws.notices import chance, matching, place
from qingfu.base.draw.matching import match
from qingfu.base.draw.notice import Entry, Pick, Share
from qingfu.base.draw.picking import needed, pick, share, strata

PLENTY = 60
TAKEN = 5
FEW = 24
TARGETS, TAKERS, ROUNDS = 24, 8, 3
SHARE = Share(("school",), 30, 100, 2)
SIZES = (4, 7, 20, 33)
Tables = dict[str, Table]


@dataclass(frozen=True)
class Sample:
    """What is counted in the draws with these numbers, and what is judged by the sums over all of them."""

    count: Callable[[str, range], Tables]
    judge: Callable[[Tables, int], Verdict]
    size: str


def _tickets(size: int) -> tuple[Entry, ...]:
    return tuple(Entry(f"E{one:06d}", name="-") for one in range(size))


def _chosen(master: str, numbers: range) -> Tables:
    pool, counts = _tickets(PLENTY), np.zeros(PLENTY)
    for number in numbers:
        drawn: Any = pick(Pick(TAKEN), pool, chance(master, number))
        counts[[place(ticket) for ticket in drawn["chosen"]]] += 1
    return {"chosen": counts}


def _judge_chosen(found: Tables, draws: int) -> Verdict:
    return one_space([_inclusion(found["chosen"], draws, TAKEN)])


def _inclusion(counts: Table, draws: int, taken: int) -> Space:
    size = len(counts)
    square = float(((counts - draws * taken / size) ** 2).sum())
    return Space(square, draws, taken * (1 - taken / size), size - 1)


def _order(master: str, numbers: range) -> Tables:
    pool, counts, places = _tickets(FEW), np.zeros((FEW, FEW)), np.arange(FEW)
    for number in numbers:
        drawn: Any = pick(Pick(TAKEN), pool, chance(master, number))
        counts[[place(ticket) for ticket in drawn["order"]], places] += 1
    return {"order": counts}


def judge_order(found: Tables, draws: int) -> Verdict:
    """A ticket by place table of whole orders."""
    size = len(found["order"])
    square = float(((found["order"] - draws / size) ** 2).sum())
    return one_space([Space(square, draws, size - 1, (size - 1) ** 2)])


def _parents() -> tuple[Entry, ...]:
    schools = [str(school) for school, size in enumerate(SIZES) for _ in range(size)]
    mixed = np.random.default_rng(3).permutation(len(schools))
    return tuple(Entry(f"E{one:06d}", name="-", marks={"school": schools[school]}) for one, school in enumerate(mixed))


def _strata(master: str, numbers: range) -> Tables:
    pool = _parents()
    counts = np.zeros(len(pool))
    for number in numbers:
        drawn: Any = share(SHARE, pool, chance(master, number))
        for stratum in drawn["strata"]:
            counts[[place(ticket) for ticket in stratum["chosen"]]] += 1
    return {"strata": counts}


def _judge_strata(found: Tables, draws: int) -> Verdict:
    groups = [[place(ticket) for ticket in tickets] for tickets in strata(SHARE, _parents()).values()]
    return one_space(_inclusion(found["strata"][group], draws, needed(SHARE, len(group))) for group in groups)


def _symmetric() -> Visits:
    """Nobody is kept from anybody: every target may be exchanged for every other, and every taker."""
    return Visits(np.zeros(TARGETS, np.int64), np.ones(TAKERS, np.int64), frozenset(), ROUNDS)


def _constrained() -> Visits:
    """Three townships, some ties; the takers 0 to 3 are alike, so are 4 and 5, and 6 and 7 like nobody."""
    schools = np.arange(TARGETS) % 4
    inspectors = np.array([0, 0, 0, 0, 1, 1, 2, 2])
    ties = {(1, 6), (4, 6), (5, 6), (3, 7), (7, 7), (22, 4), (22, 5)}
    return Visits(schools, inspectors, frozenset(ties), ROUNDS)


ALIKE = ([0, 1, 2, 3], [4, 5])


def _matched(given: Visits, master: str, number: int) -> Table:
    """Target by taker by round, 0 or 1."""
    method, pool = matching(given)
    drawn: Any = match(method, pool, chance(master, number))
    made = np.zeros((TARGETS, TAKERS, ROUNDS))
    for one, pairs in enumerate(drawn["rounds"]):
        for target, taker in pairs:
            made[place(target), place(taker), one] = 1
    return made


def _pairs(master: str, numbers: range) -> Tables:
    return {"pairs": sum((_matched(_symmetric(), master, number) for number in numbers), np.zeros(1))}


def _judge_pairs(found: Tables, draws: int) -> Verdict:
    deviations = found["pairs"].sum(axis=2) - draws * ROUNDS / TAKERS
    once = TARGETS * ROUNDS * (1 - ROUNDS / TAKERS)
    return one_space([Space(float((deviations**2).sum()), draws, once, (TARGETS - 1) * (TAKERS - 1))])


def _judge_rounds(found: Tables, draws: int) -> Verdict:
    # Every round loads every taker alike here (24 targets, 8 takers), so rows, columns and rounds are all centred.
    deviations = found["pairs"] - found["pairs"].mean(axis=2, keepdims=True)
    dimension = (TARGETS - 1) * (TAKERS - 1) * (ROUNDS - 1)
    return one_space([Space(float((deviations**2).sum()), draws, TARGETS * (ROUNDS - 1), dimension)])


def _alike(master: str, numbers: range) -> Tables:
    given = _constrained()
    found = {f"{name} {group}": np.zeros(()) for group in range(len(ALIKE)) for name in ("counts", "products")}
    for number in numbers:
        made = _matched(given, master, number).sum(axis=2)
        for group, takers in enumerate(ALIKE):
            own = made[:, takers]
            centred = own - own.mean(axis=1, keepdims=True)
            found[f"counts {group}"] = found[f"counts {group}"] + own
            found[f"products {group}"] = found[f"products {group}"] + centred @ centred.T
    return found


def _judge_alike(found: Tables, draws: int) -> Verdict:
    return alike_columns(Columns(found[f"counts {group}"], found[f"products {group}"], draws) for group in range(2))


SAMPLES = {
    "ticket x chosen": Sample(_chosen, _judge_chosen, f"{TAKEN} of {PLENTY}"),
    "ticket x place in order": Sample(_order, judge_order, f"{FEW} places"),
    "ticket x chosen, by stratum": Sample(_strata, _judge_strata, f"30 % of {SIZES}"),
    "target x taker": Sample(_pairs, _judge_pairs, f"{TARGETS} x {TAKERS} x {ROUNDS}"),
    "target x taker x round": Sample(_pairs, _judge_rounds, f"{TARGETS} x {TAKERS} x {ROUNDS}"),
    "target x equal takers, constrained": Sample(_alike, _judge_alike, f"{TARGETS} x {TAKERS} x {ROUNDS}"),
}
