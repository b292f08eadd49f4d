"""A served site whose schools report, with seats for some of the cast."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from tests.faces.conftest import PASSWORD, open_account
from tests.journeys.visitor import Visitor
from tests.records.monitoring.conftest import Schools


@contextmanager
def served(schools: Schools, *members: str) -> Iterator[str]:
    """The site's address; the members have accounts. It reads whatever database is pointed to."""
    for member in members:
        open_account(schools.county, member)
    server = LiveServer("127.0.0.1")
    try:
        yield str(server)
    finally:
        server.stop()


def sign_in(visitor: Visitor, member: str) -> None:
    """Through the door, as everybody."""
    visitor.open("/sign-in")
    visitor.page.fill("#name", member)
    visitor.page.fill("#password", PASSWORD)
    visitor.act("sign-in")
    expect(visitor.page.locator(".who-name")).to_be_visible()
