"""The frozen list and what is to be drawn from it: the notice that is posted before anybody draws.

Everything that the result depends on besides chance stands here; what is wrong with it is said before it is posted.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from qingfu.base.canon import canonical
from qingfu.base.draw.hashing import Domain

SCHEME, RFC3797, LOT = "qingfu-1", "rfc3797", "sha256-lot"


def seen(text: str) -> bool:
    """Whether anything of a text can be seen: a reason of spaces, or of signs without width, is none."""
    return any(unicodedata.category(sign) not in ("Zs", "Zl", "Zp", "Cc", "Cf") for sign in text)


@dataclass(frozen=True)
class Entry:
    """One on a list: by a public name, or by the digest that only its holder's slip opens; never both."""

    ticket: str
    name: str | None = None
    holder: str | None = None
    marks: Mapping[str, str] = field(default_factory=dict)
    level: int | None = None
    most: int | None = None

    def document(self) -> dict[str, object]:
        said: dict[str, object] = {"ticket": self.ticket}
        for word in ("name", "holder", "level", "most"):
            if (value := getattr(self, word)) is not None:
                said[word] = value
        return said | ({"marks": dict(self.marks)} if self.marks else {})


@dataclass(frozen=True)
class Exclusion:
    """One that is not drawn from, and why."""

    ticket: str
    reason: str
    name: str | None = None
    holder: str | None = None

    def document(self) -> dict[str, object]:
        return {**Entry(self.ticket, self.name, self.holder).document(), "reason": self.reason}


@dataclass(frozen=True)
class Pick:
    """``take`` of all, the others in order as reserves."""

    take: int

    def document(self) -> dict[str, object]:
        return {"kind": "pick", "take": self.take}


@dataclass(frozen=True)
class Share:
    """At least ``parts``/``of`` of every stratum, rounded up, and no fewer than ``least``."""

    by: tuple[str, ...]
    parts: int
    of: int
    least: int = 0

    def document(self) -> dict[str, object]:
        return {"kind": "share", "by": list(self.by), "parts": self.parts, "of": self.of, "least": self.least}


@dataclass(frozen=True)
class Tie:
    """A taker who must not have a target, and why."""

    target: str
    taker: str
    reason: str

    def document(self) -> dict[str, object]:
        return {"reason": self.reason, "taker": self.taker, "target": self.target}


@dataclass(frozen=True)
class Match:
    """Every target gets one taker in each round, never the same twice."""

    rounds: int
    takers: tuple[Entry, ...]
    apart_by: tuple[str, ...] = ()
    ties: tuple[Tie, ...] = ()

    def document(self) -> dict[str, object]:
        return {
            "kind": "match",
            "rounds": self.rounds,
            "takers": [one.document() for one in self.takers],
            "apart_by": list(self.apart_by),
            "ties": [one.document() for one in self.ties],
        }


@dataclass(frozen=True)
class Allot:
    """Balanced classes; ``level`` of the entries is a whole number (half points)."""

    classes: tuple[str, ...]
    balance: tuple[str, ...]
    together: tuple[tuple[str, ...], ...] = ()
    apart: tuple[tuple[str, str], ...] = ()
    teams: tuple[Entry, ...] = ()
    avoid: tuple[tuple[str, str], ...] = ()
    later: int = 0

    def document(self) -> dict[str, object]:
        return {
            "kind": "allot",
            "classes": list(self.classes),
            "balance": list(self.balance),
            "together": [list(group) for group in self.together],
            "apart": [list(pair) for pair in self.apart],
            "teams": [one.document() for one in self.teams],
            "avoid": [list(pair) for pair in self.avoid],
            "later": self.later,
        }


Method = Pick | Share | Match | Allot


@dataclass(frozen=True)
class PublicNumber:
    """A number that does not exist yet and that nobody here can influence."""

    source: str
    issue: str
    expected: date

    def document(self) -> dict[str, object]:
        return {"source": self.source, "issue": self.issue, "expected": self.expected.isoformat()}


@dataclass(frozen=True)
class Void:
    """A draw that was given up before it was run, and why."""

    draw: str
    reason: str

    def document(self) -> dict[str, object]:
        return {"draw": self.draw, "reason": self.reason}


@dataclass(frozen=True)
class Notice:
    """What is frozen (draw-record.md, 3); ``freezing.freeze`` makes one that holds."""

    draw: str
    title: str
    organiser: str
    clause: str
    frozen_at: datetime
    method: Method
    pool: tuple[Entry, ...]
    excluded: tuple[Exclusion, ...] = ()
    rehearsal: bool = False
    number: PublicNumber | None = None
    replaces: Void | None = None
    scheme: str = SCHEME

    @property
    def domain(self) -> Domain:
        return Domain(self.rehearsal)

    def document(self) -> dict[str, object]:
        return {
            "qingfu": "draw-notice/1",
            "scheme": self.scheme,
            "draw": self.draw,
            "title": self.title,
            "organiser": self.organiser,
            "clause": self.clause,
            "frozen_at": self.frozen_at,
            "rehearsal": self.rehearsal,
            "replaces": self.replaces.document() if self.replaces else None,
            "number": self.number.document() if self.number else None,
            "method": self.method.document(),
            "pool": [one.document() for one in self.pool],
            "excluded": [one.document() for one in self.excluded],
        }

    def digest(self) -> bytes:
        """What stands at the door: 32 bytes."""
        return self._digest

    @cached_property
    def _digest(self) -> bytes:
        return self.domain.hash("notice", canonical(self.document()))
