"""What must hold before a list is frozen; every fault is named with its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from qingfu.base.draw.matching import match
from qingfu.base.draw.notice import SCHEME, Allot, Entry, Exclusion, Match, Notice, Pick, Share
from qingfu.base.draw.stream import Chance
from qingfu.base.errors import BadNotice
from qingfu.base.words import N_, Word

_TICKET = re.compile(r"[A-Z0-9-]{1,20}\Z")
_DRAW = re.compile(r"[A-Za-z0-9._-]{1,80}\Z")
_DIGEST = re.compile(r"[0-9a-f]{64}\Z")
_LARGEST = (1 << 53) - 1


def freeze(notice: Notice) -> Notice:
    """The notice, if all of it holds; BadNotice or NoMatch otherwise."""
    _require(
        bool(_DRAW.match(notice.draw)), "draw", N_("the number of a draw is 1 to 80 letters, digits, dots or hyphens")
    )
    _require(bool(notice.title and notice.organiser), "title", N_("title and organiser must be named"))
    _require(bool(notice.pool), "pool", N_("the list is empty"))
    if notice.replaces:
        _require(
            bool(notice.replaces.draw and notice.replaces.reason),
            "replaces",
            N_("a void draw is named with its reason"),
        )
    _entries("pool", notice.pool)
    _exclusions(notice)
    _by_method(notice)
    return notice


def _require(holds: bool, where: str, problem: str) -> None:
    if not holds:
        raise BadNotice(where=where, problem=Word(problem))


def _entries(where: str, entries: Sequence[Entry]) -> None:
    for place, one in enumerate(entries):
        here = f"{where}[{place}] {one.ticket}"
        _named(here, one)
        _require(one.level is None or abs(one.level) <= _LARGEST, here, N_("a level is a whole number"))
    _ascending(where, [one.ticket for one in entries])


def _named(here: str, one: Entry | Exclusion) -> None:
    _require(bool(_TICKET.match(one.ticket)), here, N_("a ticket is 1 to 20 capital letters, digits or hyphens"))
    _require(
        (one.name is None) != (one.holder is None), here, N_("an entry has a public name or a sealed holder, not both")
    )
    _require(one.name is None or bool(one.name.strip()), here, N_("a name is empty"))
    _require(
        one.holder is None or bool(_DIGEST.match(one.holder)), here, N_("a sealed holder is 64 hexadecimal characters")
    )


def _ascending(where: str, row: Sequence[object]) -> None:
    for before, after in pairwise(row):
        _require(before < after, f"{where} {after}", N_("the list is not in order, or something stands in it twice"))  # type: ignore[operator]


def _exclusions(notice: Notice) -> None:
    _ascending("excluded", [one.ticket for one in notice.excluded])
    inside = {one.ticket for one in notice.pool}
    for one in notice.excluded:
        _named(f"excluded {one.ticket}", one)
        _require(bool(one.reason.strip()), f"excluded {one.ticket}", N_("an exclusion has no reason"))
        _require(one.ticket not in inside, f"excluded {one.ticket}", N_("it stands in the list and is excluded"))


def _by_method(notice: Notice) -> None:
    method = notice.method
    if isinstance(method, Pick):
        _require(
            1 <= method.take <= len(notice.pool), "method.take", N_("more are to be drawn than the list has, or none")
        )
    if notice.scheme != SCHEME:
        _require(
            isinstance(method, Pick) and notice.number is not None, "scheme", N_("this scheme picks by a public number")
        )
    elif isinstance(method, Share):
        _share(method, notice.pool)
    elif isinstance(method, Match):
        _match(method, notice)
    elif isinstance(method, Allot):
        _allot(method, notice.pool)


def _share(method: Share, pool: Sequence[Entry]) -> None:
    _require(
        1 <= method.parts <= method.of and method.least >= 0,
        "method.parts",
        N_("a part is more than none and at most the whole"),
    )
    _require(bool(method.by), "method.by", N_("no mark is named that makes the strata"))
    _marked("pool", pool, method.by)


def _marked(where: str, entries: Iterable[Entry], words: Iterable[str]) -> None:
    wanted = tuple(words)
    for one in entries:
        for word in wanted:
            _require(
                bool(one.marks.get(word)),
                f"{where} {one.ticket} {word}",
                N_("a mark is missing that the method asks for"),
            )


def _match(method: Match, notice: Notice) -> None:
    _require(method.rounds >= 1, "method.rounds", N_("there is at least one round"))
    _entries("takers", method.takers)
    _ascending("ties", [(tie.target, tie.taker) for tie in method.ties])
    targets, takers = {one.ticket for one in notice.pool}, {one.ticket for one in method.takers}
    for tie in method.ties:
        here = f"ties {tie.target} {tie.taker}"
        _require(tie.target in targets and tie.taker in takers, here, N_("it names somebody who is not in the list"))
        _require(bool(tie.reason.strip()), here, N_("an exclusion has no reason"))
    # Whether an answer exists does not depend on chance: so it is known before anything is posted.
    match(method, notice.pool, Chance(notice.domain, bytes(32)))


def _allot(method: Allot, pool: Sequence[Entry]) -> None:
    _require(
        bool(method.classes) and len(set(method.classes)) == len(method.classes),
        "classes",
        N_("every class has a label of its own"),
    )
    _require(len(method.classes) <= len(pool), "classes", N_("there are more classes than pupils"))
    _marked("pool", pool, method.balance)
    for one in pool:
        _require(one.level is not None and one.level >= 0, f"pool {one.ticket}", N_("a level is missing"))
    _require(method.later >= 0, "later", N_("there are fewer than no seats for later arrivals"))
    _groups(method, pool)
    _pairs(method, pool)


def _groups(method: Allot, pool: Sequence[Entry]) -> None:
    inside, seen = {one.ticket for one in pool}, set[str]()
    _ascending("together", method.together)
    for group in method.together:
        here = f"together {' '.join(group)}"
        _ascending(here, group)
        _require(len(group) >= 2 and inside.issuperset(group), here, N_("a group has at least two who are in the list"))
        _require(len(group) <= len(pool) // len(method.classes), here, N_("a group is larger than a class"))
        _require(seen.isdisjoint(group), here, N_("somebody stands in two groups"))
        seen.update(group)


def _pairs(method: Allot, pool: Sequence[Entry]) -> None:
    inside = {one.ticket for one in pool}
    group_of = {ticket: number for number, group in enumerate(method.together) for ticket in group}
    _ascending("apart", method.apart)
    for a, b in method.apart:
        here = f"apart {a} {b}"
        _require(a < b and {a, b} <= inside, here, N_("a pair is two who are in the list, in order"))
        _require(a not in group_of or group_of[a] != group_of.get(b), here, N_("they are to be together and apart"))
    _require(len(method.teams) in (0, len(method.classes)), "teams", N_("there are not as many teams as classes"))
    _entries("teams", method.teams)
    _ascending("avoid", method.avoid)
    for pupil, team in method.avoid:
        known = pupil in inside and team in {one.ticket for one in method.teams}
        _require(known, f"avoid {pupil} {team}", N_("it names somebody who is not in the list"))
