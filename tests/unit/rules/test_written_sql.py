"""The SQL that limits become is kept: a change of it shows as a difference, and is looked at."""

from __future__ import annotations

from difflib import unified_diff
from typing import get_args

import pytest

from qingfu.rules.nodes import Does, Side
from qingfu.rules.sql import Dialect
from tests.unit.rules.written_sql import DIALECTS, SHAPES, file_of, limits_like, text


@pytest.mark.parametrize("dialect", DIALECTS)
def test_the_sql_of_every_shape_is_what_was_looked_at(dialect: Dialect) -> None:
    kept = file_of(dialect).read_text(encoding="utf-8")
    differs = "".join(
        unified_diff(
            kept.splitlines(keepends=True), text(dialect).splitlines(keepends=True), "kept", "written now", n=6
        )
    )
    assert not differs, (
        f"The SQL for {dialect} changed. If it should: make snapshots, and read what differs.\n{differs}"
    )


def test_every_measure_every_side_and_every_dependence_is_kept() -> None:
    limits = [limit for shape in SHAPES for limit in limits_like(shape)]
    assert {limit.measure.does for limit in limits} == set(get_args(Does))
    assert {limit.bound.side for limit in limits} == set(get_args(Side))
    assert {(limit.bound.by_grade, limit.bound.by_place) for limit in limits} == {
        (False, False),
        (True, False),
        (True, True),
    }
    assert {bool(limit.expects) for limit in limits} == {True, False}
    assert {bool(limit.where) for limit in limits} == {True, False}
