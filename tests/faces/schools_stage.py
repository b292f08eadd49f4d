"""The county whose schools report, for pages: two plans' limits, a term, classes; a day to be on, seats to sit in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from qingfu.base.clock import system_now
from qingfu.records.almanac.actions import set_clock
from tests import cast
from tests.faces.conftest import enter
from tests.faces.desk_of import Seen, seen
from tests.faces.plan_stage import sent
from tests.records.monitoring.conftest import Schools, founded, schools

__all__ = ["Pages", "founded", "pages", "schools"]

TODAY = "2024-10-18"


@dataclass
class Pages:
    """Everybody's browser, and the addresses of the school."""

    schools: Schools
    seat: Callable[[str], Client]
    clients: dict[str, Client]

    @property
    def organ(self) -> int:
        """The primary school."""
        return self.schools.county.organs["school"]

    @property
    def desk(self) -> str:
        """The school's own page."""
        return f"/school-data/{self.organ}"

    def of(self, name: str = "三年级1班", **more: str) -> str:
        """What the address asks for: a class, and what else."""
        return "&".join(f"{key}={value}" for key, value in {"class": self.schools.classes[name].id, **more}.items())

    def client(self, who: str) -> Client:
        """The browser of somebody."""
        if who not in self.clients:
            self.clients[who] = self.seat(who)
        return self.clients[who]

    def sees(self, who: str, address: str) -> Seen:
        """Somebody opens a page."""
        return seen(self.client(who).get(address))

    def presses(self, who: str, address: str, verb: str, **fields: Any) -> Seen:
        """Somebody presses a button; a dot in a field's name is written as two underscores."""
        named = {name.replace("__", "."): value for name, value in fields.items()}
        return seen(self.client(who).post(address, sent(verb, **named)))

    def follows(self, who: str, done: Seen) -> Seen:
        """Somebody is led on."""
        assert done.status == 302, done.words[:600]
        return self.sees(who, done.where)


@pytest.fixture
def pages(schools: Schools, settings: Settings) -> Pages:
    """On a Friday of the term."""
    settings.DEMO = True
    set_clock(to=cast.moment(TODAY, 17), at=system_now())
    return Pages(schools, partial(enter, schools.county), {})
