"""What missing values mean: a group is compliant, violating or not reported, and never guessed.

A cell that is empty, or whose row a condition can neither take nor leave, is *missing*. The value of a
group then lies somewhere between ``low`` and ``high``; nothing that is counted is negative, and nothing
says how large a missing cell is. A verdict falls only where all of that span gives the same one:

    measure               low                       high
    sum, differing, most  the known value           none, if a cell is missing
    count, distinct       the known value           known value + missing: each may add one
    mean                  sum / (known + missing)   none, if a cell is missing
    least, gap            0, if a cell is missing   the known value

    at most B    low > B violates     high ≤ B complies
    at least B   high < B violates    low ≥ B complies
    exactly B    B outside violates   low = high = B complies

Otherwise the group is *not reported*; so is a mean, largest or least value of no known cell at all.
Fewer than two days have no gap, and comply if nothing is missing.
"""

from __future__ import annotations

from enum import IntEnum

from qingfu.rules.nodes import Does, Side


class Verdict(IntEnum):
    """How a group stands; the numbers are those the engines write."""

    COMPLIANT = 0
    VIOLATING = 1
    NOT_REPORTED = 2


# The more is missing, the lower these may be; the others may only be higher.
FALLING: frozenset[Does] = frozenset({"least", "gap"})
# A missing cell adds at most one to these.
BY_ONE: frozenset[Does] = frozenset({"count", "distinct"})
# Of no known cell these have no value.
NEEDS_A_CELL: frozenset[Does] = frozenset({"mean", "most", "least"})


def verdict(does: Does, side: Side, *, value: int | None, counted: int, missing: int, bound: int) -> Verdict:
    """Judge one group.

    ``value`` is what the known cells give (for a mean their sum; None: no cell, or no two days), ``counted``
    how many they are, ``missing`` how many could still change it, ``bound`` the bound, tolerance included.
    """
    if does == "gap" and value is None:
        return Verdict.NOT_REPORTED if missing else Verdict.COMPLIANT
    if does in NEEDS_A_CELL and counted == 0:
        return Verdict.NOT_REPORTED
    known = value or 0
    if does == "mean":
        return _within(side, (known, bound * (counted + missing)), None if missing else (known, bound * counted))
    if does in FALLING:
        return _within(side, (0 if missing else known, bound), (known, bound))
    if does in BY_ONE:
        return _within(side, (known, bound), (known + missing, bound))
    return _within(side, (known, bound), None if missing else (known, bound))


def _within(side: Side, low: tuple[int, int], high: tuple[int, int] | None) -> Verdict:
    """The verdict over a span; each end stands beside what it is compared with, no upper end is None."""
    above = low[0] > low[1]
    below = high is not None and high[0] < high[1]
    reaches = low[0] >= low[1]
    stays = high is not None and high[0] <= high[1]
    violates = {"at-most": above, "at-least": below, "exactly": above or below}[side]
    complies = {"at-most": stays, "at-least": reaches, "exactly": stays and reaches}[side]
    if violates:
        return Verdict.VIOLATING
    return Verdict.COMPLIANT if complies else Verdict.NOT_REPORTED
