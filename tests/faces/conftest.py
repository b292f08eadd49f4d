"""Fixtures of the faces: a county with nobody's plan in force yet, and browsers signed in as members of the cast."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.test import Client

from qingfu.base.chance import new_id
from qingfu.base.clock import system_now
from qingfu.records.people import actions as people
from tests.cast import County, county
from tests.faces.world import built_world, world

__all__ = ["built_world", "world"]

PASSWORD = "a long and quiet evening"
SignedIn = Callable[[str], Client]


class Browser(Client):
    """Every form it sends carries a client id of its own, as the forms of our pages do."""

    def post(self, path: Any, data: Any = None, *args: Any, **more: Any) -> Any:
        """Send a form."""
        if isinstance(data, dict) and "client-id" not in data:
            data = {**data, "client-id": str(new_id())}
        return super().post(path, data, *args, **more)


@pytest.fixture
def home(db: None) -> County:
    """The county with its organs and people."""
    return county(enact=False)


def open_account(home: County, name: str) -> None:
    """Give a member of the cast an account; the sign-in name is the name in the cast."""
    person = home.keeper.person if name == "keeper" else home.persons[name]
    token = people.invite(home.keeper, person=person or 0, at=system_now())
    people.accept_link(token=token, name=name, password=PASSWORD, at=system_now())


def enter(home: County, name: str) -> Browser:
    """A client signed in as a member of the cast."""
    open_account(home, name)
    client = Browser()
    sent = client.post("/sign-in", {"verb": "sign-in", "name": name, "password": PASSWORD})
    assert sent.status_code == 302
    return client


@pytest.fixture
def signed_in(home: County) -> SignedIn:
    """A client signed in as a member of the cast."""

    return partial(enter, home)
