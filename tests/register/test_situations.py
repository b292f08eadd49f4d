"""Every situation of every shipped pack once more, on the register: the real verbs, on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connections
from pytest_django.plugin import DjangoDbBlocker

from qingfu.base.workdays import Workdays
from qingfu.packfile import play as offline
from qingfu.packfile.read import load, shipped
from qingfu.packfile.words.situation import Situation
from tests.records.stage import undone
from tests.register.ground import Ground, adopted, enacted, filled, founded, one_connection
from tests.register.playing import play
from tests.register.world import World

WORKDAYS = Workdays.shipped()
Written = tuple[tuple[str, str], ...]


def _written(situation: Situation) -> Written | None:
    """What the bureau filled in before; None where the situation itself puts the plan in force."""
    if any(fact.verb == "put-in-force" for fact in situation.facts):
        return None
    return tuple(sorted(situation.blanks.items()))


SITUATIONS = [
    pytest.param(
        name, (name, _written(situation)), situation,
        id=f"{name}:{situation.id}", marks=pytest.mark.proves(*situation.proves),
    )
    for name in shipped()
    for situation in load(name).situations
]  # fmt: skip


@pytest.fixture(scope="module")
def ground(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Ground]:
    """The county of a pack, made once."""
    with django_db_blocker.unblock():
        with one_connection(), undone():
            yield founded(request.param)
        connections.close_all()


@pytest.fixture(scope="module")
def edition(request: pytest.FixtureRequest, ground: Ground) -> Iterator[int]:
    """Its plan: in force from its first day with these blanks filled, or a draft where a situation enacts it."""
    written = request.param[1]
    with undone():
        yield adopted(ground) if written is None else enacted(ground, dict(written))


@pytest.fixture
def world(ground: Ground, edition: int) -> Iterator[World]:
    """The county to play in; everything is undone afterwards."""
    kinds = dict(ground.kinds)
    with undone():
        yield World(ground, edition, ground.begins)
    ground.kinds = kinds


@pytest.mark.parametrize(("ground", "edition", "situation"), SITUATIONS, indirect=["ground", "edition"])
def test_a_situation_holds_on_the_register_and_is_refused_what_the_player_refuses(
    world: World, situation: Situation
) -> None:
    if _written(situation) is None:
        filled(world.ground, world.edition, situation.blanks, all_blanks=False)
    played = play(world, situation)
    same = offline.play(world.ground.pack, situation, WORKDAYS)
    expected = {one.number: one.refused.code for one in same.facts if one.refused}
    assert {number: error.code for number, error in played.refused.items()} == expected
    assert played.differences == ()
