"""Notices: the made-up pupils and schools as our runner takes them, and seeds from a master seed."""

from __future__ import annotations

from hashlib import sha256

from benchmarks.draws.intake import MARKS, Intake, Visits
from qingfu.base.draw.hashing import Domain
from qingfu.base.draw.notice import Allot, Entry, Match, Tie
from qingfu.base.draw.stream import Chance


def chance(master: str, number: int) -> Chance:
    """The chance of one of many draws."""
    return Chance(Domain(), sha256(f"{master}/{number}".encode()).digest())


def pupil(place: int) -> str:
    return f"P{place:06d}"


def place(ticket: str) -> int:
    return int(ticket[1:])


def allotment(given: Intake, *, teams: bool = False) -> tuple[Allot, tuple[Entry, ...]]:
    pool = tuple(
        Entry(
            pupil(one),
            name="-",
            marks={word: str(int(mark)) for word, mark in zip(MARKS, given.marks[:, one], strict=True)},
            level=int(given.level[one]),
        )
        for one in range(given.size)
    )
    labels = tuple(str(one + 1) for one in range(given.classes))
    method = Allot(
        classes=labels,
        balance=MARKS,
        together=tuple(sorted((pupil(a), pupil(b)) for a, b in given.together)),
        apart=tuple(sorted((pupil(a), pupil(b)) for a, b in given.apart)),
        teams=tuple(Entry(f"T{one:06d}", name="-") for one in range(given.classes)) if teams else (),
    )
    return method, pool


def matching(given: Visits) -> tuple[Match, tuple[Entry, ...]]:
    schools = tuple(
        Entry(f"S{one:06d}", name="-", marks={"township": str(int(where))}) for one, where in enumerate(given.schools)
    )
    inspectors = tuple(
        Entry(f"I{one:06d}", name="-", marks={"township": str(int(where))}, most=given.limit(one))
        for one, where in enumerate(given.inspectors)
    )
    ties = tuple(Tie(f"S{school:06d}", f"I{inspector:06d}", "kinship") for school, inspector in sorted(given.ties))
    return Match(given.months, inspectors, ("township",), ties), schools
