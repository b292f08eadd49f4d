"""The demonstration lived up to its best day, once for the module; every test's own doings are undone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connections
from pytest_django import Settings
from pytest_django.plugin import DjangoDbBlocker

from qingfu.base.actor import Actor
from qingfu.base.clock import system_now
from qingfu.project.demo import lived
from qingfu.project.demo.books import best_day, books
from qingfu.project.demo.play import nine
from qingfu.project.demo.stage import Stage
from qingfu.records.almanac.actions import set_clock
from qingfu.records.people.queries import bureau_by_slug
from tests.records.stage import undone


@pytest.fixture(scope="module")
def played(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Every act of the script up to nine o'clock of the best day went through the register's own verbs."""
    with django_db_blocker.unblock():
        with undone():
            for _day in lived.days_to(best_day()):
                pass
            yield
        connections.close_all()


@pytest.fixture
def demo(played: None, django_db_blocker: DjangoDbBlocker, settings: Settings) -> Iterator[None]:
    """A demonstration at nine o'clock of its best day."""
    settings.DEMO = True
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "qingfu.project.demo.pages.Personas"]
    with django_db_blocker.unblock(), undone():
        set_clock(to=nine(best_day()), at=system_now())
        yield


def stage_of(slug: str) -> Stage:
    """A bureau of the demonstration on the best day."""
    book = next(book for book in books() if book.bureau.slug == slug)
    stage = Stage(book, bureau_by_slug(slug).id, best_day())
    stage.begin(best_day())
    return stage


@pytest.fixture
def county(demo: None) -> Stage:
    """The larger demonstration."""
    return stage_of(max(books(), key=lambda book: len(book.organs)).bureau.slug)


@pytest.fixture
def clock(county: Stage) -> Actor:
    """The clock of the county's bureau, which sees everything in it."""
    return county.clock
