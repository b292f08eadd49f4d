"""Desks of the cast on a plan day: who is signed in, what they see and what they press."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from qingfu.base.chance import new_id
from qingfu.base.clock import system_now
from qingfu.records.almanac.actions import set_clock
from tests.cast import County, moment
from tests.faces.conftest import PASSWORD, open_account


@dataclass
class Seen:
    """One answer of the site."""

    status: int
    text: str
    where: str
    headers: dict[str, str] = field(default_factory=dict)
    data: bytes = b""

    def hidden(self, name: str) -> str:
        """The value of a hidden field; the first of that name."""
        found = re.search(rf'name="{name}" value="([^"]*)"', self.text)
        assert found, f"no field {name}"
        return found[1]

    @property
    def words(self) -> str:
        """The text without its tags."""
        body = self.text.split("<main", 1)[-1]
        return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body))


@dataclass
class Office:
    """The county and a day; signs members of the cast in as they are asked for."""

    county: County
    clients: dict[str, Client] = field(default_factory=dict)

    def on(self, day: str, hour: int = 10) -> None:
        """Move the plan clock."""
        set_clock(to=moment(day, hour), at=system_now())

    def client(self, who: str) -> Client:
        """The browser of somebody."""
        if who not in self.clients:
            open_account(self.county, who)
            self.clients[who] = self.fresh(who)
        return self.clients[who]

    def fresh(self, who: str) -> Client:
        """Another browser of somebody who has an account."""
        client = Client()
        assert client.post("/sign-in", {"verb": "sign-in", "name": who, "password": PASSWORD}).status_code == 302
        return client

    def sees(self, who: str, address: str, **sent: str) -> Seen:
        """Somebody opens a page."""
        return seen(self.client(who).get(address, sent))

    def presses(self, who: str, address: str, verb: str, *, key: str = "", **sent: Any) -> Seen:
        """Somebody presses a button; ``key`` is the id of the form, a fresh one unless given."""
        fields = {name.replace("__", "."): value for name, value in sent.items()}
        return seen(self.client(who).post(address, {"verb": verb, "client-id": key or str(new_id()), **fields}))

    def queries(self, who: str, address: str) -> int:
        """How many queries a page costs."""
        return queries_of(self.client(who), address)


def queries_of(client: Client, address: str) -> int:
    """How many queries a page costs, what the process remembers between requests left out."""
    client.get(address)
    with CaptureQueriesContext(connections["default"]) as caught:
        assert client.get(address).status_code == 200
    return len(caught)


def seen(answer: Any) -> Seen:
    data = bytes(answer.content)
    text = data.decode("utf-8", errors="replace")
    return Seen(answer.status_code, text, answer.headers.get("Location", ""), dict(answer.headers), data)


@pytest.fixture
def office(built_county: County, db: None, settings: Settings) -> Office:
    """The county with its plan in force, on 22 July 2024."""
    settings.DEMO = True
    made = Office(replace(built_county))
    made.on("2024-07-22")
    return made
