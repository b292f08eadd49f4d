"""One county for a whole module, built once and rolled back; every test works in a savepoint of its own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connections, transaction
from pytest_django.plugin import DjangoDbBlocker

from qingfu.packfile.read import load
from qingfu.packfile.words.pack import Pack
from tests import cast


@contextmanager
def undone() -> Iterator[None]:
    """What happens inside is rolled back; a durable transaction inside it is taken for the outermost."""
    block = transaction.atomic()
    block._from_testcase = True  # type: ignore[attr-defined]  # what Django's own TestCase sets
    block.__enter__()
    try:
        yield
    finally:
        transaction.set_rollback(True)
        block.__exit__(None, None, None)


def ledger_pack() -> Pack:
    """The county's plan with one kind that is put right at once and one that is due ten days after it was found."""
    pack = load("hechuan-2024")
    kinds = pack.problem_kinds
    after = {"after": "problem.found", "amount": {"value": 10, "unit": "day"}}
    fresh: dict[str, dict[str, object]] = {
        "commercial": {"at_once": True},
        "same-theme": {"deadline": after},
        "heavy-trace": {"deadline_for": {"townships": after}, "deadline": {"date": "2024-08-31"}},
    }
    changed = {
        key: type(kind).model_validate({**kind.model_dump(by_alias=False), **fresh.get(key, {})})
        for key, kind in kinds.items()
    }
    return pack.model_copy(update={"problem_kinds": changed})


@pytest.fixture(scope="module")
def stage(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[cast.County]:
    """The county with its plan in force."""
    with django_db_blocker.unblock():
        with undone():
            made = cast.county(enact=False)
            cast.enact_plan(made, ledger_pack(), cast.SEATS, at=cast.BEGINS)
            yield made
        connections.close_all()


@pytest.fixture
def found(stage: cast.County) -> Iterator[cast.County]:
    """The county; whatever a test does is undone after it."""
    with undone():
        yield stage
