"""How others make classes: a serpentine, the best of many stratified draws, a solver. None knows of hard pairs but the
solver; that is how the first two are used."""

from __future__ import annotations

from typing import Any

import numpy as np

from benchmarks.draws.intake import Intake, Whole

Classes = list[list[int]]
SOLVER_SECONDS, SOLVER_WORKERS = 60.0, 2
# Best of so many.
TRIES = 2_000


def serpentine(given: Intake) -> Classes:
    """Down and up again by score: boys from the best, girls from the last, so that odd ones meet in no class."""
    order = np.lexsort((_there_and_back(given.level, given.marks[0]), given.marks[0]))
    there = np.arange(given.classes)
    way = np.resize(np.concatenate([there, there[::-1]]), given.size)
    return _classes(given, order, way)


def _there_and_back(level: Whole, group: Whole) -> Whole:
    return np.where(group % 2, level, -level)


def best_of_many(given: Intake) -> Classes:
    """Sorted by stratum and score, every block of as many pupils as classes drawn over them; the best such draw.

    Where one stratum ends low the next begins low, so that a block over both is as narrow as it can be.
    """
    chance = np.random.default_rng(7)
    strata = given.marks[0] * 4 + given.marks[1] * 2 + given.marks[2]
    order = np.lexsort((_there_and_back(given.level, strata), strata))
    blocks = -(-given.size // given.classes)
    best: tuple[float, Whole] | None = None
    for _ in range(TRIES):
        way = np.argsort(chance.random((blocks, given.classes)), axis=1).ravel()[: given.size]
        badness = _badness(given, order, way)
        if best is None or badness < best[0]:
            best = badness, way
    return _classes(given, order, best[1] if best else order)


def _badness(given: Intake, order: Whole, way: Whole) -> float:
    """Points between mean scores, and one for every pupil between counts."""
    sizes = np.bincount(way, minlength=given.classes)
    means = np.bincount(way, given.level[order], given.classes) / sizes / 2
    counts = [np.bincount(way, row[order], given.classes) for row in given.marks]
    return float(np.ptp(means) + np.ptp(sizes) + sum(np.ptp(row) for row in counts))


def _classes(given: Intake, order: Whole, way: Whole) -> Classes:
    return [order[way == one].tolist() for one in range(given.classes)]


def solver(given: Intake) -> Classes:
    """CP-SAT: counts at their limits as rows, the range of mean scores as objective; no classes where it finds none.

    Pupils who are equal and in no pair are one variable a class, so that the model has no symmetry it need not have.
    """
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    units = _units(given)
    shares = [[_share(model, len(rows), single) for _ in range(given.classes)] for single, rows in units]
    for (single, rows), row in zip(units, shares, strict=True):
        model.add(sum(row) == (len(rows) if single else 1))
    number_of = {pupil: number for number, (_, rows) in enumerate(units) for pupil in rows}
    for a, b in given.apart:
        for first, second in zip(shares[number_of[a]], shares[number_of[b]], strict=True):
            model.add(first + second <= 1)
    _balance(model, given, units, shares)
    search: Any = cp_model.CpSolver()
    search.parameters.max_time_in_seconds, search.parameters.num_workers = SOLVER_SECONDS, SOLVER_WORKERS
    if search.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return []
    return _dealt(given, units, [[search.value(one) for one in row] for row in shares])


def _share(model: Any, size: int, single: bool) -> Any:
    return model.new_int_var(0, size, "") if single else model.new_bool_var("")


def _units(given: Intake) -> list[tuple[bool, list[int]]]:
    """What is placed: kinds of equal pupils, any part of which may go anywhere; and pupils of pairs, at once."""
    inside = given.paired()
    kinds: dict[tuple[int, ...], list[int]] = {}
    for pupil in range(given.size):
        if pupil not in inside:
            kinds.setdefault((*map(int, given.marks[:, pupil]), int(given.level[pupil])), []).append(pupil)
    apart = sorted({pupil for pair in given.apart for pupil in pair})
    return [
        *((True, rows) for rows in kinds.values()),
        *((False, list(pair)) for pair in given.together),
        *((False, [pupil]) for pupil in apart),
    ]


def _balance(model: Any, given: Intake, units: list[tuple[bool, list[int]]], shares: list[list[Any]]) -> None:
    low, rest = divmod(given.size, given.classes)
    spread = 10**9
    highest, lowest = model.new_int_var(0, spread, ""), model.new_int_var(0, spread, "")
    for one in range(given.classes):
        places = [row[one] for row in shares]
        size = low + (one < rest)
        model.add(_sum(units, places, np.ones(given.size, np.int64)) == size)
        for row in given.marks:
            total = int(row.sum())
            model.add_linear_constraint(_sum(units, places, row), total // given.classes, -(-total // given.classes))
        # Sums times the other size are means on one scale.
        weight = 1 if not rest else 2 * low + 1 - size
        sums = _sum(units, places, given.level * weight)
        model.add(sums <= highest)
        model.add(sums >= lowest)
    model.minimize(highest - lowest)


def _sum(units: list[tuple[bool, list[int]]], places: list[Any], row: Whole) -> Any:
    from ortools.sat.python import cp_model

    values = [int(row[rows[0]] if single else row[rows].sum()) for single, rows in units]
    return cp_model.LinearExpr.weighted_sum(places, values)


def _dealt(given: Intake, units: list[tuple[bool, list[int]]], found: list[list[int]]) -> Classes:
    classes: Classes = [[] for _ in range(given.classes)]
    for (single, rows), row in zip(units, found, strict=True):
        left = list(rows)
        for one, count in enumerate(row):
            taken = count if single else count * len(rows)
            classes[one] += left[:taken]
            left = left[taken:]
    return classes
