"""Intake: made-up pupils of a year, and schools with inspectors, the same for the same size and seed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Whole = NDArray[np.int64]
PUPILS_A_CLASS = 45
MARKS = ("gender", "township", "special")
TOWNSHIPS = 12


@dataclass(frozen=True)
class Intake:
    """Pupils by their places. ``marks`` is 0 or 1, a row for each of MARKS; ``level`` is in half points."""

    marks: Whole
    level: Whole
    classes: int
    together: tuple[tuple[int, int], ...]
    apart: tuple[tuple[int, int], ...]

    @property
    def size(self) -> int:
        return len(self.level)

    def paired(self) -> set[int]:
        return {pupil for pair in (*self.together, *self.apart) for pupil in pair}


def intake(size: int, *, classes: int = 0, bands: int = 0, hard: float = 0.05, seed: int = 1) -> Intake:
    """Half girls, 20 % from townships, 1.5 % with special needs, ``hard`` of all in pairs together or apart.

    With ``bands`` levels are coarse, so that many pupils are equal in everything.
    """
    chance = np.random.default_rng([seed, size])
    marks = np.array([chance.random(size) < share for share in (0.5, 0.2, 0.015)]).astype(np.int64)
    level = np.clip(np.rint(chance.normal(150, 36, size) * 2), 0, 600).astype(np.int64)
    if bands:
        step = 600 // bands
        level = level // step * step
    order = chance.permutation(size)[: int(size * hard) // 2 * 2]
    pairs = [(int(min(two)), int(max(two))) for two in order.reshape(-1, 2)]
    return Intake(marks, level, classes or -(-size // PUPILS_A_CLASS), tuple(pairs[::2]), tuple(pairs[1::2]))


@dataclass(frozen=True)
class Visits:
    """Schools and inspectors by their places, with their townships; ``ties`` are (school, inspector)."""

    schools: Whole
    inspectors: Whole
    ties: frozenset[tuple[int, int]]
    months: int = 3
    most: tuple[int | None, ...] = ()

    def allowed(self, school: int, inspector: int) -> bool:
        return bool(self.schools[school] != self.inspectors[inspector]) and (school, inspector) not in self.ties

    def limit(self, inspector: int) -> int | None:
        return self.most[inspector] if self.most else None


def visits(schools: int, inspectors: int, *, seed: int = 1, tied: float = 0.02) -> Visits:
    """Twelve townships, 2 % of all pairs tied by kinship."""
    chance = np.random.default_rng([seed, schools, inspectors])
    of_schools, of_inspectors = (chance.integers(0, TOWNSHIPS, size) for size in (schools, inspectors))
    ties = np.argwhere(chance.random((schools, inspectors)) < tied)
    return Visits(of_schools, of_inspectors, frozenset((int(school), int(inspector)) for school, inspector in ties))
