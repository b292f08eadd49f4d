"""The demonstration, seeded once by its own seeding, and a copy of it served to each journey.

``--pictures`` draws the screenshots in docs/screenshots anew; without it none is written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import connections
from playwright.sync_api import Browser
from pytest_django import DjangoDbBlocker, Settings
from pytest_django.live_server_helper import LiveServer

from qingfu.base.chance import new_code
from qingfu.project.demo import lived
from qingfu.project.demo.books import best_day
from qingfu.records.journal.actions import seal
from qingfu.records.people.queries import bureaus
from tests import pg_plugin
from tests.conftest import pointed_to
from tests.journeys.pictures import Album
from tests.journeys.visitor import Visitor

BEGINS = date(2024, 7, 18)
PICTURES = Path(__file__).resolve().parents[2] / "docs" / "screenshots"
Visit = Callable[..., Visitor]
Serve = Callable[[str], str]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Drawing the pictures is asked for: a test run leaves no changed files behind."""
    parser.addoption("--pictures", action="store_true", help="draw docs/screenshots anew")


@pytest.fixture(scope="session")
def album(request: pytest.FixtureRequest) -> Album:
    """Where the telling moments go."""
    return Album(PICTURES if request.config.getoption("--pictures", default=False) else None)


@pytest.fixture(scope="session")
def begun(pg_server: pg_plugin.Server, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """A database in which the demonstration was lived up to nine o'clock of 18 July 2024, to be copied."""
    yield from _lived(pg_server, django_db_blocker, BEGINS, like="")


@pytest.fixture(scope="session")
def at_its_best(pg_server: pg_plugin.Server, begun: str, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """The same, lived on to the day on which the demonstration shows most."""
    yield from _lived(pg_server, django_db_blocker, best_day(), like=begun)


def _lived(server: pg_plugin.Server, blocker: DjangoDbBlocker, day: date, *, like: str) -> Iterator[str]:
    name = f"{pg_plugin.NAME}_{new_code(6)}"
    server.create(name, like=like)
    with blocker.unblock(), pointed_to(name):
        for _day in lived.days_to(day):
            pass
        for bureau in bureaus():
            seal(bureau.id)  # as the clock's process of a served demonstration does
        connections.close_all()
    yield name
    server.drop(name)


@pytest.fixture
def site(begun: str, copied_and_served: Serve) -> str:
    """The address of a demonstration of one's own, on 18 July 2024."""
    return copied_and_served(begun)


@pytest.fixture
def full_site(at_its_best: str, copied_and_served: Serve) -> str:
    """The address of a demonstration of one's own, on its best day."""
    return copied_and_served(at_its_best)


@pytest.fixture
def copied_and_served(
    pg_server: pg_plugin.Server, settings: Settings, django_db_blocker: DjangoDbBlocker
) -> Iterator[Serve]:
    """Serve a copy of a database, as a demonstration does."""
    settings.DEMO = True
    settings.MIDDLEWARE = [*django_settings.MIDDLEWARE, "qingfu.project.demo.pages.Personas"]
    stop: list[Callable[[], object]] = []

    def serve(like: str) -> str:
        name = f"{pg_plugin.NAME}_{new_code(6)}"
        pg_server.create(name, like=like)
        stop.append(lambda: pg_server.drop(name))
        pointed = pointed_to(name)
        pointed.__enter__()
        stop.append(lambda: pointed.__exit__(None, None, None))
        server = LiveServer("127.0.0.1")
        stop.append(server.stop)
        return str(server)

    with django_db_blocker.unblock():
        yield serve
        for end in reversed(stop):
            end()


@pytest.fixture
def visit(browser: Browser, album: Album) -> Iterator[Visit]:
    """Open a browser of one's own on a site; everything it asks and says is watched."""
    opened: list[Visitor] = []

    def open_one(site: str, **how: object) -> Visitor:
        opened.append(Visitor(browser, site, album, **how))
        return opened[-1]

    yield open_one
    for visitor in opened:
        visitor.leave()
    for visitor in opened:
        assert not visitor.faults, visitor.faults
