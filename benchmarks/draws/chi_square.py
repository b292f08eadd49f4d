"""Chi-square for draws whose counts depend on each other, as places in classes do.

Within one draw counts are far from independent: a class that takes one pupil has no place for another, twins come
together. Pearson's statistic with the usual degrees of freedom would be wrong for them. Draws are independent of each
other, though, so the sums over many are normal; all that is needed is their covariance under the claim that is tested.

- ``one_space``: where the claim is that certain things may be exchanged for each other, and the deviations of a draw
  lie in a space that these exchanges do not split any further, the covariance is a multiple of the identity (Schur).
  The multiple is the mean square of a single draw divided by the dimension. So sum of squares / multiple is chi-square
  with the dimension as its degrees of freedom.
- ``alike_columns``: where only the columns of a table (labels, teams) may be exchanged for each other, the covariance
  of the rows is taken from the draws themselves and the statistic has its mean and variance (Rao and Scott, second
  order).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import exp, lgamma, log

import numpy as np
from numpy.typing import NDArray

Table = NDArray[np.float64]
BAR = 0.001
_CLOSE = 1e-12


@dataclass(frozen=True)
class Verdict:
    """A statistic, its degrees of freedom, and how often chance alone gives as large a one."""

    statistic: float
    freedom: float

    @property
    def p(self) -> float:
        return survival(self.freedom, self.statistic)


@dataclass(frozen=True)
class Space:
    """Deviations summed over draws: their square, the mean square of a single draw, and the dimension."""

    square: float
    draws: int
    once: float
    dimension: int


def one_space(spaces: Iterable[Space]) -> Verdict:
    """Spaces that no exchange carries into each other are uncorrelated: their statistics add up."""
    statistic, freedom = 0.0, 0
    for one in spaces:
        # In a space in which no draw ever deviates there is nothing to be unfair about.
        if one.dimension and one.once > _CLOSE:
            statistic += one.square * one.dimension / (one.draws * one.once)
            freedom += one.dimension
    return Verdict(statistic, freedom)


@dataclass(frozen=True)
class Columns:
    """A table of counts over draws, and the sum over draws of (rows of a centred draw)·(the same, turned)."""

    counts: Table
    products: Table
    draws: int


def alike_columns(tables: Iterable[Columns]) -> Verdict:
    """Whether, row by row, every column is as frequent as the others; tables of different things that are alike."""
    statistic = mean = variance = 0.0
    for one in tables:
        free = one.counts.shape[1] - 1
        covariance = one.products / (one.draws * free)
        deviations = one.counts - one.counts.mean(axis=1, keepdims=True)
        statistic += float((deviations**2).sum()) / one.draws
        mean += free * float(np.trace(covariance))
        variance += 2 * free * float((covariance**2).sum())
    return Verdict(statistic * 2 * mean / variance, 2 * mean**2 / variance)


def survival(freedom: float, statistic: float) -> float:
    """The chance of at least ``statistic``: the upper incomplete gamma function of half of both."""
    a, x = freedom / 2, statistic / 2
    if x <= 0:
        return 1.0
    front = a * log(x) - x - lgamma(a)
    return 1 - _lower(a, x, front) if x < a + 1 else _upper(a, x, front)


def _lower(a: float, x: float, front: float) -> float:
    term = total = 1 / a
    step = a
    while term > total * _CLOSE:
        step += 1
        term *= x / step
        total += term
    return total * exp(front)


def _upper(a: float, x: float, front: float) -> float:
    """Lentz's way through the continued fraction."""
    tiny = 1e-300
    b = x + 1 - a
    c, d = 1 / tiny, 1 / b
    made, step = d, 0
    while True:
        step += 1
        ratio = -step * (step - a)
        b += 2
        d = 1 / (ratio * d + b or tiny)
        c = b + ratio / c or tiny
        made *= c * d
        if abs(c * d - 1) < _CLOSE:
            return made * exp(front) if front > -700 else 0.0
