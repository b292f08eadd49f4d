"""Lived through day by day, a situation ends as it does when only the days of its facts are lived."""

from __future__ import annotations

import pytest

from qingfu.packfile.read import load
from tests.register.both import played_twice
from tests.register.conftest import Begin


@pytest.mark.parametrize(
    ("name", "ident"),
    [
        ("hechuan-2024", "publicity-asks-no-proof"),
        ("hebi-2024", "county-teachers-late"),
        ("qingshan-2025", "townships-look-back"),
        ("paid-tutoring-2023", "summary-inside-its-phase"),
    ],
)
def test_it_is_the_same_when_no_day_on_the_way_is_left_out(begin: Begin, name: str, ident: str) -> None:
    pack = load(name)
    situation = next(one for one in pack.situations if one.id == ident)
    assert played_twice(begin(pack), situation, every_day=True) == []
