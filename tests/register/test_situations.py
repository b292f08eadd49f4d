"""Every situation of every shipped pack once more, on the register: the real verbs, on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from _pytest.mark.structures import ParameterSet
from django.db import connections
from pytest_django.plugin import DjangoDbBlocker

from qingfu.base.workdays import Workdays
from qingfu.packfile import play as offline
from qingfu.packfile.read import load, shipped
from qingfu.packfile.words.situation import Situation
from qingfu.records.journal.actions import deed
from tests.records.stage import undone
from tests.register.comparing import disagreements
from tests.register.ground import Ground, adopted, anything, enact, fill, founded, one_connection
from tests.register.playing import play
from tests.register.world import World

WORKDAYS = Workdays.shipped()
Written = tuple[tuple[str, str], ...]


def _enacts(situation: Situation) -> bool:
    return any(fact.verb == "put-in-force" for fact in situation.facts)


def _written(situation: Situation) -> Written:
    """What the bureau fills in before the plan is put in force; situations that say the same share one edition."""
    return tuple(sorted(situation.blanks.items()))


def _cases() -> Iterator[ParameterSet]:
    for name in shipped():
        for situation in load(name).situations:
            bare, written = _enacts(situation), _written(situation)
            yield pytest.param(
                (name, bare), (bare, written), situation,
                id=f"{name}:{situation.id}", marks=pytest.mark.proves(*situation.proves),
            )  # fmt: skip


@pytest.fixture(scope="module")
def prepared(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[tuple[Ground, int]]:
    """The county of a pack and its plan as a draft; its blanks are open where a situation itself enacts it."""
    name, bare = request.param
    with django_db_blocker.unblock():
        with one_connection(), undone():
            ground = founded(load(name), f"{name}-bare" if bare else name)
            with deed(ground.clock):
                edition = adopted(ground)
                fill(ground, edition, {} if bare else anything(ground))
            yield ground, edition
        connections.close_all()


@pytest.fixture(scope="module")
def begun(request: pytest.FixtureRequest, prepared: tuple[Ground, int]) -> Iterator[tuple[Ground, int]]:
    """The plan in force from its first day, with these blanks filled; still a draft where a situation enacts it."""
    ground, edition = prepared
    draft, written = request.param
    with undone():
        fill(ground, edition, dict(written))
        if not draft:
            enact(ground, edition)
        yield prepared


@pytest.fixture
def world(begun: tuple[Ground, int]) -> Iterator[World]:
    """The county to play in; everything is undone afterwards."""
    ground, edition = begun
    with undone():
        yield World(ground, edition, ground.begins)


@pytest.mark.parametrize(
    ("prepared", "begun", "situation"), [*_cases()], indirect=["prepared", "begun"], scope="module"
)
def test_a_situation_holds_on_the_register_and_is_refused_what_the_player_refuses(
    world: World, situation: Situation
) -> None:
    played = play(world, situation)
    same = offline.play(world.ground.pack, situation, WORKDAYS)
    expected = {one.number: one.refused.code for one in same.facts if one.refused}
    assert {number: error.code for number, error in played.refused.items()} == expected
    assert played.differences == ()
    assert same.world is not None
    assert disagreements(same.world, world) == []
