"""Fixtures of every folder of tests: the databases, the site, and what the machine must have."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from tempfile import mkdtemp

import pytest
from django.conf import settings
from django.db import connections
from pytest_django import DjangoDbBlocker
from pytest_django.live_server_helper import LiveServer

from qingfu.base.chance import new_code
from tests import pg_plugin
from tests.cast import County, county
from tests.servers import migrated, own_data, pristine, qingfu, served

__all__ = ["migrated", "own_data", "pristine", "qingfu", "served"]

# What CI must have: without it a test that needs it fails there, and is named as not run elsewhere.
REQUIRED = {part for part in os.environ.get("QINGFU_REQUIRE", "").split(",") if part}
MEND = {
    "chromium": "apt-get install chromium",
    "fonts": "apt-get install fonts-noto-cjk",
    "ocr": "make ocr",
    "spark": "apt-get install openjdk-17-jre-headless && make spark",
}


KEPT = pytest.StashKey[str]()


def pytest_configure(config: pytest.Config) -> None:
    """Cheap password hashes and plain static files; everything else is as it is served. What is kept, is kept apart."""
    os.environ["QINGFU_CACHE"] = config.stash[KEPT] = mkdtemp(prefix="qingfu-kept-")
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.WHITENOISE_AUTOREFRESH = True  # nothing was collected into a folder
    settings.STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


def pytest_unconfigure(config: pytest.Config) -> None:
    """What the commands kept goes with the session."""
    shutil.rmtree(config.stash[KEPT], ignore_errors=True)


def need(part: str, *, present: bool) -> None:
    """Skip the test when the machine lacks a part; fail it where QINGFU_REQUIRE names the part."""
    if present:
        return
    reason = f"{part} is missing: {MEND[part]}"
    if part in REQUIRED:
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


# Whole files go to one worker; the longest must not begin when the other worker is done.
LONGEST_FIRST = tuple(
    f"tests/{start}"
    for start in (
        "journeys/test_every_", "spec/test_limits_on_spark", "register", "journeys", "faces/demo", "faces"
    )
)  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that take longest."""

    def place(item: pytest.Item) -> int:
        return next((at for at, start in enumerate(LONGEST_FIRST) if item.nodeid.startswith(start)), len(LONGEST_FIRST))

    items.sort(key=place)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say at the end what could not be run, and the line that mends it."""
    reasons: dict[str, int] = {}
    for report in terminalreporter.stats.get("skipped", []):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        reason = reason.removeprefix("Skipped: ")
        reasons[reason] = reasons.get(reason, 0) + 1
    terminalreporter.section("not run")
    if not reasons:
        terminalreporter.write_line("Everything was run.")
    for reason, count in sorted(reasons.items()):
        terminalreporter.write_line(f"{count} x {reason}")


@pytest.fixture(scope="session")
def pg_server() -> Iterator[pg_plugin.Server]:
    """The tests' database server, started when the first test asks for it."""
    with pg_plugin.session() as server:
        yield server


@pytest.fixture(scope="session")
def django_db_setup(pg_server: pg_plugin.Server) -> Iterator[None]:
    """One database for the whole session, made from the migrated template; tests run in transactions on it."""
    pg_server.create(pg_plugin.NAME)
    yield
    connections.close_all()


@pytest.fixture(scope="session")
def built_county(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> County:
    """The cast's county, made once and committed: each test stands in a transaction of its own on top of it."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        return county("qingxi")


@pytest.fixture
def home(built_county: County, db: None) -> County:
    """The county with its plan in force, to play in; everything is undone afterwards, a plan put into force too."""
    return replace(built_county)


@pytest.fixture
def real_db(pg_server: pg_plugin.Server, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """A fresh database of its own with real commits, for races and journeys; dropped afterwards.

    Every thread that asks Django for a connection gets one to it; a thread closes its own
    (``connections.close_all()``). Gives the database's name; ``pg_plugin.address(role, name)`` opens it apart.
    """
    name = f"{pg_plugin.NAME}_{new_code(6)}"
    pg_server.create(name)
    with django_db_blocker.unblock(), pointed_to(name):
        yield name
    pg_server.drop(name)


@pytest.fixture(scope="session")
def standing_county(
    pg_server: pg_plugin.Server, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[tuple[str, County]]:
    """A database with the county in it, built once to be copied; its name, and the county."""
    name = f"{pg_plugin.NAME}_county"
    pg_server.create(name)
    with django_db_blocker.unblock(), pointed_to(name):
        made = county()
    yield name, made
    pg_server.drop(name)


@pytest.fixture
def real_county(
    pg_server: pg_plugin.Server, standing_county: tuple[str, County], django_db_blocker: DjangoDbBlocker
) -> Iterator[County]:
    """The county with its plan in force on a database of its own with real commits, as ``real_db``."""
    template, found = standing_county
    name = f"{pg_plugin.NAME}_{new_code(6)}"
    pg_server.create(name, like=template)
    with django_db_blocker.unblock(), pointed_to(name):
        yield found
    pg_server.drop(name)


@pytest.fixture
def site(real_db: str) -> Iterator[str]:
    """The site served by a thread over a database of its own; gives its address, without a slash at the end."""
    server = LiveServer("127.0.0.1")
    yield str(server)
    server.stop()


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of Debian's Chromium."""
    found = shutil.which("chromium")
    need("chromium", present=found is not None)
    return found or ""


@pytest.fixture(scope="session")
def cjk_fonts() -> None:
    """Chinese characters can be drawn: pages looked at without them are boxes."""
    listed = (
        shutil.which("fc-list") and subprocess.run(["fc-list", ":lang=zh"], capture_output=True, check=False).stdout
    )
    need("fonts", present=bool(listed))


@pytest.fixture(scope="session")
def browser_type_launch_args(chromium: str, cjk_fonts: None) -> dict[str, object]:
    """How the journeys' browser is started: the system's own, quiet, with no errands of its own."""
    return {
        "executable_path": chromium,
        "args": [
            *("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"),
            *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
        ],
    }


@contextmanager
def pointed_to(name: str) -> Iterator[None]:
    """Every connection that Django opens meanwhile is to this database."""
    before = {alias: str(connections.settings[alias]["NAME"]) for alias in ("default", "portal")}
    _point_to(dict.fromkeys(before, name))
    try:
        yield
    finally:
        _point_to(before)


def _point_to(names: dict[str, str]) -> None:
    connections.close_all()
    for alias, name in names.items():
        # The very dictionary that every thread's connection is made from.
        connections.settings[alias]["NAME"] = name
        connections[alias].settings_dict["NAME"] = name
