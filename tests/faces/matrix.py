"""The access matrix: one line of ``access.toml`` for each page and each act, tried as each member of the cast."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from qingfu.base.chance import new_id

FILE = Path(__file__).with_name("access.toml")
OUTCOMES = ("allowed", "invalid", "wrong-state", "forbidden", "not-found", "sign-in", "post-only")
STATUSES = {403: "forbidden", 404: "not-found", 405: "post-only", 409: "wrong-state", 422: "invalid"}
Things = Mapping[str, object]


@dataclass(frozen=True)
class Line:
    """One line: a page, or an act on it; whose ids stand in the address and in what is sent; what comes of it.

    A page stands twice where it has two faces: ``plan-page (draft)``. In ``sent`` a word behind @ is a thing's id.
    """

    page: str
    act: str | None
    at: Mapping[str, str]
    asked: str = ""
    sent: Mapping[str, str] = field(default_factory=dict)
    outcomes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """As it stands in the file."""
        return self.page if self.act is None else f"{self.page} · {self.act}"

    def outcome(self, member: str) -> str:
        """What the matrix says of a member: one word."""
        return " and ".join(word for word, members in self.outcomes.items() for one in members if one == member)

    def address(self, things: Things) -> str:
        """The address with these things' ids in it."""
        name = self.page.partition(" (")[0]
        return reverse(name, kwargs={key: things[name] for key, name in self.at.items()}) + self.asked.format(
            **{key.replace(" ", "_"): value for key, value in things.items()}
        )

    def tried(self, browser: Client, things: Things, *, sent: Things | None = None) -> str:
        """Open the page or do the act in somebody's browser; the word for what came of it."""
        if self.act is None:
            return told(browser.get(self.address(things)))
        others = sent or things
        said = {key: str(others[text[1:]]) if text.startswith("@") else text for key, text in self.sent.items()}
        fields = {"verb": self.act, "client-id": str(new_id()), **said}
        return told(browser.post(self.address(things), fields))


def told(answer: Any) -> str:
    """The word for an answer."""
    assert isinstance(answer, HttpResponse) or hasattr(answer, "streaming_content")
    where = answer.headers.get("Location", "")
    if where.partition("?")[0] == reverse("sign-in"):
        return "sign-in"
    if answer.status_code == 403 and b"QF-SIGN-IN" in answer.content:
        return "sign-in"
    if answer.status_code in (200, 302):
        return "allowed"
    return STATUSES.get(answer.status_code, f"status {answer.status_code}")


def lines() -> Iterator[Line]:
    """The whole matrix; the acts of a page stand below it."""
    whole = tomllib.loads(FILE.read_text(encoding="utf-8"))
    groups = whole.pop("groups")
    for page, said in whole.items():
        at, asked = said.get("at", {}), said.get("asked", "")
        yield Line(page, None, at, asked, {}, _outcomes(said, groups))
        for act, done in said.get("acts", {}).items():
            where, question = done.get("at", at), done.get("asked", asked)
            yield Line(page, act, where, question, done.get("sent", {}), _outcomes(done, groups))


def _outcomes(said: Mapping[str, Any], groups: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    words = {word: said[word] for word in OUTCOMES if word in said}
    return {word: tuple(who for name in names for who in groups.get(name, [name])) for word, names in words.items()}
