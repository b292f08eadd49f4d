"""Who goes instead: what the same draw determines where somebody who was drawn does not go (draw-record.md, 7.5).

Nobody draws again and nobody chooses: record and list of the visits not made give the same answer everywhere.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from qingfu.base.draw.hashing import count
from qingfu.base.draw.notice import Entry, Match, Notice
from qingfu.base.draw.reading import notice_of
from qingfu.base.errors import BadNotice, NoVisit
from qingfu.base.words import N_, Word

ABSENT, RECUSED = "absent", "recused"
CAUSES = (ABSENT, RECUSED)
# Why somebody does not go instead; of several reasons the first.
TIED, APART, THERE, FULL = "tied", "apart", "there", "full"


@dataclass(frozen=True)
class Gone:
    """A visit that whoever stands for it does not make: absent in that round, or recused from that target for ever."""

    cause: str
    round: int
    target: str


@dataclass(frozen=True)
class Barred:
    """One who does not go instead, and why."""

    taker: str
    why: str


@dataclass(frozen=True)
class Change:
    """What followed from one visit that was not made; without a substitute `barred` has everybody."""

    gone: Gone
    taker: str
    substitute: str | None
    barred: tuple[Barred, ...]


@dataclass(frozen=True)
class Matched:
    """A matching that was run: its notice, its seed and its rounds, each by target."""

    notice: Notice
    seed: bytes
    rounds: tuple[Mapping[str, str], ...]

    @property
    def method(self) -> Match:
        assert isinstance(self.notice.method, Match)  # noqa: S101 - judged by `matched`
        return self.notice.method

    @cached_property
    def targets(self) -> dict[str, Entry]:
        return {one.ticket: one for one in self.notice.pool}

    @cached_property
    def ties(self) -> frozenset[tuple[str, str]]:
        return frozenset((tie.taker, tie.target) for tie in self.method.ties)


@dataclass(frozen=True)
class Standing:
    """Who stands for which target in each round by now; None where nobody was left. `changes`: in their order."""

    rounds: tuple[Mapping[str, str | None], ...]
    changes: tuple[Change, ...] = ()

    def visits_of(self, taker: str, *, in_round: int) -> tuple[str, ...]:
        """The targets somebody stands for in a round (from 1), ascending."""
        found = self.rounds[in_round - 1] if 1 <= in_round <= len(self.rounds) else {}
        return tuple(sorted(target for target, stands in found.items() if stands == taker))


def matched(content: bytes) -> Matched:
    """The matching in the bytes of a record; BadNotice where it is none. Whether it holds, a verifier says."""
    said: Any = json.loads(content)
    notice = notice_of(said["notice"])
    if not isinstance(notice.method, Match):
        raise BadNotice(where="notice.method", problem=Word(N_("this is no matching")))
    rounds = tuple(dict(pairs) for pairs in said["result"]["rounds"])
    return Matched(notice, bytes.fromhex(said["seed"]), rounds)


def standing(drawn: Matched, gone: Sequence[Gone] = ()) -> Standing:
    """Where the matching stands after these, in the order in which they were noted. NoVisit names one that fits not."""
    board = _Board(drawn)
    changes = tuple(board.leave(one) for one in gone)
    return Standing(tuple(dict(pairs) for pairs in board.rounds), changes)


def absence(at: Standing, *, taker: str, in_round: int) -> tuple[Gone, ...]:
    """Everything that somebody leaves who is absent in a round."""
    return tuple(Gone(ABSENT, in_round, target) for target in at.visits_of(taker, in_round=in_round))


@dataclass
class _Board:
    drawn: Matched
    absent: set[tuple[str, int]] = field(default_factory=set)
    recused: set[tuple[str, str]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.rounds: list[dict[str, str | None]] = [dict(pairs) for pairs in self.drawn.rounds]
        stands = [(taker, n) for n, pairs in enumerate(self.drawn.rounds, start=1) for taker in pairs.values()]
        self.load, self.total = Counter(stands), Counter(taker for taker, _ in stands)
        self.there = {(taker, target) for pairs in self.drawn.rounds for target, taker in pairs.items()}

    def leave(self, one: Gone) -> Change:
        stands = self.rounds[one.round - 1].get(one.target) if 1 <= one.round <= len(self.rounds) else None
        if stands is None or one.cause not in CAUSES:
            raise NoVisit(target=one.target, round=one.round)
        if one.cause == ABSENT:
            self.absent.add((stands, one.round))
        else:
            self.recused.add((stands, one.target))
        self._stand(stands, one, -1)
        takers = self.drawn.method.takers
        barred = {taker.ticket: why for taker in takers if (why := next(self._reasons(taker, one), ""))}
        free = (taker.ticket for taker in takers if taker.ticket not in barred)
        heir = min(free, key=lambda taker: self._order(taker, one), default=None)
        if heir is not None:
            self._stand(heir, one, 1)
        self.rounds[one.round - 1][one.target] = heir
        return Change(one, stands, heir, tuple(Barred(*pair) for pair in sorted(barred.items())))

    def _stand(self, taker: str, one: Gone, change: int) -> None:
        self.load[taker, one.round] += change
        self.total[taker] += change
        (self.there.add if change > 0 else self.there.remove)((taker, one.target))

    def _reasons(self, taker: Entry, one: Gone) -> Iterator[str]:
        target, ticket = self.drawn.targets[one.target], taker.ticket
        if (ticket, one.target) in self.drawn.ties:
            yield TIED
        if any(
            word in taker.marks and taker.marks[word] == target.marks.get(word) for word in self.drawn.method.apart_by
        ):
            yield APART
        if (ticket, one.target) in self.recused:
            yield RECUSED
        if (ticket, one.target) in self.there:
            yield THERE
        if (ticket, one.round) in self.absent:
            yield ABSENT
        if taker.most is not None and self.total[ticket] >= taker.most:
            yield FULL

    def _order(self, taker: str, one: Gone) -> tuple[int, int, bytes]:
        """Least load in the round, least total, then the order that the seed gives."""
        lot = self.drawn.notice.domain.hash(
            "substitute", self.drawn.seed, count(one.round), one.target.encode("ascii"), taker.encode("ascii")
        )
        return self.load[taker, one.round], self.total[taker], lot
