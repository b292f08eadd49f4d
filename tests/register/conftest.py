"""Counties to play situations in: one for each pack, its plan in force once for situations that fill it in alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.db import connections
from pytest_django.plugin import DjangoDbBlocker

from qingfu.packfile.blanks import filled
from qingfu.packfile.read import load
from qingfu.packfile.words.pack import Pack
from qingfu.records.journal.actions import deed
from tests.records.stage import undone
from tests.register.ground import Ground, adopted, anything, enact, fill, founded, one_connection
from tests.register.world import World

Begin = Callable[[Pack], World]


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
                fill(ground, edition, {} if bare else anything(ground.pack))
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


@pytest.fixture
def begin(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Begin]:
    """Found the county of any pack, adopted with its blanks filled in, its plan in force from its first day."""

    def begun(pack: Pack) -> World:
        ground = founded(filled(pack, anything(pack)), pack.plan.id)
        edition = adopted(ground)
        enact(ground, edition)
        return World(ground, edition, ground.begins)

    with django_db_blocker.unblock():
        with one_connection(), undone():
            yield begun
        connections.close_all()
