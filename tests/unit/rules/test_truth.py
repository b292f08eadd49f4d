"""The truth table: no data is never compliant and never violating."""

from __future__ import annotations

import pytest

from qingfu.rules.nodes import Does, Side
from qingfu.rules.truth import Verdict, verdict

C, V, N = Verdict.COMPLIANT, Verdict.VIOLATING, Verdict.NOT_REPORTED

# measure, side, value, known cells, missing cells; bound 10 → verdict.
TABLE: list[tuple[Does, Side, int | None, int, int, Verdict]] = [
    ("sum", "at-most", 10, 3, 0, C), ("sum", "at-most", 11, 3, 0, V), ("sum", "at-most", 10, 3, 1, N),
    ("sum", "at-most", 11, 3, 5, V), ("sum", "at-least", 10, 3, 5, C), ("sum", "at-least", 9, 3, 0, V),
    ("sum", "at-least", 9, 3, 1, N), ("sum", "exactly", 10, 3, 0, C), ("sum", "exactly", 9, 3, 0, V),
    ("sum", "exactly", 10, 3, 1, N), ("sum", "exactly", 9, 3, 1, N), ("sum", "exactly", 11, 3, 1, V),
    ("count", "at-most", 0, 0, 0, C), ("count", "at-most", 10, 10, 1, N), ("count", "at-most", 9, 9, 1, C),
    ("count", "at-least", 8, 8, 1, V), ("distinct", "at-least", 8, 8, 2, N), ("sum", "at-most", None, 0, 2, N),
    ("mean", "at-most", 30, 3, 0, C), ("mean", "at-most", 31, 3, 0, V), ("mean", "at-most", 31, 3, 1, N),
    ("mean", "at-most", 41, 3, 1, V), ("mean", "at-least", 40, 3, 1, C), ("mean", "at-least", 39, 3, 1, N),
    ("mean", "at-least", 29, 3, 0, V), ("mean", "at-most", None, 0, 0, N),
    ("most", "at-most", 11, 1, 9, V), ("most", "at-most", 10, 1, 9, N), ("most", "at-most", None, 0, 0, N),
    ("most", "at-least", 10, 1, 9, C), ("least", "at-least", 9, 1, 9, V), ("least", "at-least", 10, 1, 1, N),
    ("least", "at-least", 10, 1, 0, C), ("least", "at-most", 10, 1, 9, C), ("least", "at-most", 11, 1, 1, N),
    ("least", "at-most", 11, 1, 0, V), ("gap", "at-least", None, 1, 0, C), ("gap", "at-least", None, 1, 1, N),
    ("gap", "at-least", 9, 2, 1, V), ("gap", "at-least", 10, 2, 1, N), ("gap", "at-least", 10, 2, 0, C),
]  # fmt: skip


@pytest.mark.parametrize(("does", "side", "value", "counted", "missing", "expected"), TABLE)
def test_the_table_of_the_manual(
    does: Does, side: Side, value: int | None, counted: int, missing: int, expected: Verdict
) -> None:
    assert verdict(does, side, value=value, counted=counted, missing=missing, bound=10) is expected


@pytest.mark.parametrize("side", ["at-most", "at-least", "exactly"])
@pytest.mark.parametrize("value", range(7))
def test_what_is_decided_stays_decided_whatever_the_missing_cell_was(side: Side, value: int) -> None:
    """A verdict over a group with a hole is that of every group the hole could have been."""
    before = verdict("sum", side, value=value, counted=2, missing=1, bound=3)
    after = {verdict("sum", side, value=value + more, counted=3, missing=0, bound=3) for more in range(9)}
    assert before is N or {before} == after
