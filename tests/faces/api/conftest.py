"""Programs of the cast: each sends its key over the whole HTTP stack, on a Friday of the term."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from qingfu.base.chance import new_id
from qingfu.base.clock import system_now
from qingfu.records.almanac.actions import set_clock
from qingfu.records.people import actions as people
from tests import cast
from tests.records.monitoring.conftest import NOW, Schools, founded, schools

__all__ = ["Answer", "Programs", "founded", "programs", "schools"]

TERM = "2024年秋季学期"
ROOT = "/api/v1"


@dataclass(frozen=True)
class Answer:
    """What a program was answered."""

    status: int
    said: Any
    headers: Mapping[str, str]

    @property
    def places(self) -> list[str]:
        """The faulty places of a problem."""
        return [fault["at"] for fault in self.said["faults"]]


@dataclass
class Programs:
    """The schools, and a key for whoever asks for one."""

    schools: Schools
    keys: dict[str, str] = field(default_factory=dict)
    client: Client = field(default_factory=Client)

    def key(self, who: str) -> str:
        """The key that somebody of the cast made."""
        if who not in self.keys:
            self.keys[who] = people.make_key(self.schools.actor(who), name="教务系统", at=NOW)
        return self.keys[who]

    def sends(
        self, who: str, method: str, address: str, body: object = None, *, key: str | None = None, token: str = "",
        **headers: str,
    ) -> Answer:  # fmt: skip
        """One request; ``key`` is its Idempotency-Key, a fresh one unless given, none where it is empty."""
        content = body if isinstance(body, (bytes, str)) else json.dumps(body, ensure_ascii=False)
        named = {"Authorization": f"Bearer {token or self.key(who)}"} if who or token else {}
        if method != "get" and key != "":
            named["Idempotency-Key"] = key or str(new_id())
        more: dict[str, Any] = {"data": content, "content_type": "application/json"} if body is not None else {}
        answer = getattr(self.client, method)(f"{ROOT}/{address}", headers={**named, **headers}, **more)
        said = json.loads(answer.content) if "json" in answer.headers["Content-Type"] else answer.content.decode()
        return Answer(answer.status_code, said, dict(answer.headers))

    def reads(self, who: str, address: str, **headers: str) -> Answer:
        """A question."""
        return self.sends(who, "get", address, **headers)

    def reports(self, who: str, table: str, *rows: object, key: str | None = None, **more: object) -> Answer:
        """A report of rows."""
        return self.sends(who, "post", f"filings/{table}", {"term": TERM, "rows": list(rows), **more}, key=key)


@pytest.fixture
def programs(schools: Schools, settings: Settings) -> Programs:
    """On a Friday of the term."""
    settings.DEMO = True
    set_clock(to=cast.moment("2024-10-18", 17), at=system_now())
    return Programs(schools)
