"""Every situation of every shipped pack once more, on the register: the real verbs, on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from _pytest.mark.structures import ParameterSet

from qingfu.packfile.read import load, shipped
from qingfu.packfile.words.situation import Situation
from tests.register.both import played_twice
from tests.register.world import World


def _cases() -> Iterator[ParameterSet]:
    for name in shipped():
        for situation in load(name).situations:
            draft = any(fact.verb == "put-in-force" for fact in situation.facts)
            written = tuple(sorted(situation.blanks.items()))
            yield pytest.param(
                (name, draft),
                (draft, written),
                situation,
                id=f"{name}:{situation.id}",
                marks=pytest.mark.proves(*situation.proves),
            )


@pytest.mark.parametrize(
    ("prepared", "begun", "situation"), [*_cases()], indirect=["prepared", "begun"], scope="module"
)
def test_a_situation_comes_out_on_the_register_as_in_the_player(world: World, situation: Situation) -> None:
    assert played_twice(world, situation) == []
