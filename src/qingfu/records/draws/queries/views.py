"""What faces see of a draw."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from qingfu.base.draw.notice import Notice


@dataclass(frozen=True)
class Candidate:
    """One on a list, by the name that stands behind the ticket. With a reason: excluded.

    `most`: the most targets an inspector takes in all rounds together.
    """

    name: str
    marks: dict[str, str] = field(default_factory=dict)
    reason: str = ""
    level: int | None = None
    organ: int | None = None
    person: int | None = None
    contact: str = ""
    most: int | None = None


@dataclass(frozen=True)
class DrawRow:
    """One line of the list of draws."""

    id: int
    number: str
    title: str
    kind: str
    state: str
    rehearsal: bool
    organ: str
    frozen_at: datetime
    drawn_at: datetime | None
    pool: int


@dataclass(frozen=True)
class MemberView:
    """One of the circle. `told`: the share was revealed by its dealer; `opened`: how many pieces of it are open."""

    place: int
    name: str
    role: str
    key: str
    dealt: bool
    told: bool
    opened: int
    kept_here: bool

    @property
    def code(self) -> str:
        """What a witness compares between phone and screen: the beginning of the key, in groups of four."""
        return " ".join(self.key[place : place + 4] for place in range(2, 18, 4))


@dataclass(frozen=True)
class TicketView:
    """A ticket with whoever stands behind it; `contact` is empty for those who may not call."""

    id: int
    ticket: str
    name: str
    marks: Mapping[str, str]
    excluded: str
    contact: str
    organ: int | None
    person: int | None


@dataclass(frozen=True)
class CallView:
    """What a call came to; `own`: said by the one who was drawn, and by nobody for him."""

    outcome: str
    reason: str
    by: str
    at: datetime
    own: bool = False


@dataclass(frozen=True)
class CallLine:
    """A ticket whose turn it is or was. `follows`: the ticket it takes the place of; `calls`: oldest first.

    `may_wait_again`: what was noted last may be taken back, since nobody who was called would lose the turn.
    """

    ticket: TicketView
    stratum: tuple[str, ...]
    reserve: bool
    follows: str
    standing: str
    calls: tuple[CallView, ...]
    may_wait_again: bool


@dataclass(frozen=True)
class Coverage:
    """Of one mark of one word, for instance one school: how many there are, are needed, are reached, stand in turn."""

    word: str
    mark: str
    pool: int
    needed: int
    reached: int
    waiting: int

    @property
    def below(self) -> bool:
        """Fewer are reached than the plan asks for."""
        return self.reached < self.needed

    @property
    def short(self) -> bool:
        """Even if everybody in turn is reached it will not be enough: the list is used up."""
        return self.reached + self.waiting < self.needed


@dataclass(frozen=True)
class CallList:
    """Who is to be called now, stratum by stratum in drawn order, and how far the calls have come."""

    draw: int
    lines: tuple[CallLine, ...]
    coverage: tuple[Coverage, ...]
    reached: int
    needed: int
    exhausted: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class DrawView:
    """A draw with all its steps. `record` and `anchor` are the very bytes that anybody may verify."""

    id: int
    number: str
    title: str
    kind: str
    key: str
    edition: int | None
    state: str
    rehearsal: bool
    sealed_names: bool
    organ: int
    organ_name: str
    notice: Notice
    notice_digest: str
    door: str
    threshold: int
    members: tuple[MemberView, ...]
    missing: tuple[str, ...]
    seal: str
    anchor: bytes | None
    record: bytes | None
    record_digest: str
    result: Mapping[str, Any] = field(default_factory=dict)
    frozen_at: datetime | None = None
    sealed_at: datetime | None = None
    drawn_at: datetime | None = None
    void_at: datetime | None = None
    void_reason: str = ""
    replaces: str = ""
    replaced_by: str = ""
    may: tuple[str, ...] = ()
