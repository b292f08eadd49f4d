"""Tickets in the order of a list, and what of a matching is said by tickets: takers, limits, ties."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from qingfu.base.draw.notice import Entry, Match, Tie
from qingfu.records.draws.queries.views import Candidate

# Tickets of takers and of targets are told apart at sight, and none stands for both.
TAKER = "T"


@dataclass(frozen=True)
class Tied:
    """An inspector who must not have a target, by their places in the two lists (from 1), and why."""

    target: int
    taker: int
    reason: str


def ticket_of(place: int, size: int, *, taker: bool = False) -> str:
    """The ticket of a place (from 1) in a list of so many."""
    return f"{TAKER if taker else ''}{place:0{max(3, len(str(size)))}d}"


def entries_of(candidates: Sequence[Candidate], *, taker: bool = False) -> list[tuple[str, Candidate]]:
    """Everybody on a list with the ticket, the excluded too."""
    return [(ticket_of(place, len(candidates), taker=taker), one) for place, one in enumerate(candidates, start=1)]


def matching_of(
    method: Match,
    takers: Sequence[Entry],
    ties: Sequence[Tied],
    targets: Sequence[Candidate],
    people: Sequence[Candidate],
) -> Match:
    """The method with its takers and ties; a tie of somebody who is excluded binds nobody."""
    kept = [one for one in ties if not targets[one.target - 1].reason and not people[one.taker - 1].reason]
    named = {
        Tie(ticket_of(one.target, len(targets)), ticket_of(one.taker, len(people), taker=True), one.reason)
        for one in kept
    }
    return replace(method, takers=tuple(takers), ties=tuple(sorted(named, key=lambda tie: (tie.target, tie.taker))))
