"""What must hold before a list is frozen; every fault is named with its place."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from itertools import pairwise

from qingfu.base.clock import day_of
from qingfu.base.draw.matching import match
from qingfu.base.draw.notice import LOT, RFC3797, SCHEME, Allot, Entry, Exclusion, Match, Notice, Pick, Share, seen
from qingfu.base.draw.stream import Chance
from qingfu.base.errors import BadNotice
from qingfu.base.words import N_, Word

_TICKET = re.compile(r"[A-Z0-9-]{1,20}\Z")
_DRAW = re.compile(r"[A-Za-z0-9._-]{1,80}\Z")
_DIGEST = re.compile(r"[0-9a-f]{64}\Z")
_LARGEST = (1 << 53) - 1


def freeze(notice: Notice) -> Notice:
    """The notice, if all of it holds and it has an answer; BadNotice or NoMatch otherwise."""
    held = checked(notice)
    if isinstance(held.method, Match):
        # Whether an answer exists does not depend on chance: so it is known before anything is posted.
        match(held.method, held.pool, Chance(held.domain, bytes(32)))
    return held


def checked(notice: Notice) -> Notice:
    """The notice, if all of it holds; BadNotice otherwise. Whether it has an answer is not asked."""
    _require(
        bool(_DRAW.match(notice.draw)), "draw", N_("the number of a draw is 1 to 80 letters, digits, dots or hyphens")
    )
    _require(seen(notice.title) and seen(notice.organiser), "title", N_("title and organiser must be named"))
    _moments(notice)
    if notice.replaces:
        named = seen(notice.replaces.draw) and seen(notice.replaces.reason)
        _require(named, "replaces", N_("a void draw is named with its reason"))
    _written("notice", notice.document())
    _require(bool(notice.pool), "pool", N_("the list is empty"))
    _entries("pool", notice.pool, _words(notice), level=isinstance(notice.method, Allot))
    _exclusions(notice)
    _by_method(notice)
    return notice


def _moments(notice: Notice) -> None:
    _require(notice.frozen_at.utcoffset() is not None, "frozen_at", N_("an instant has its time zone"))
    if notice.number:
        _require(seen(notice.number.source), "number.source", N_("the public number has a source"))
        late = notice.number.expected >= day_of(notice.frozen_at)
        _require(late, "number.expected", N_("the public number is older than the list"))


def _written(where: str, value: object) -> None:
    """That the notice has one writing only, which every program reads in the same way."""
    if isinstance(value, str):
        halves = any("\ud800" <= sign <= "\udfff" for sign in value)
        well = not halves and unicodedata.is_normalized("NFC", value)
        _require(well, where, N_("the text is not in the form Unicode NFC"))
    elif isinstance(value, dict):
        for key, part in value.items():
            _require(key.isascii(), f"{where}.{key}", N_("the name of a mark is in ASCII letters"))
            _written(f"{where}.{key}", part)
    elif isinstance(value, list):
        for place, part in enumerate(value):
            _written(f"{where}[{place}]", part)
    elif not isinstance(value, datetime):
        well = value is None or isinstance(value, bool) or (type(value) is int and abs(value) <= _LARGEST)
        _require(well, where, N_("this is not a whole number"))


def _words(notice: Notice) -> tuple[str, ...]:
    """The marks that the method asks for: nothing else about anybody is made public."""
    method = notice.method
    if isinstance(method, Share):
        return method.by
    if isinstance(method, Match):
        return method.apart_by
    return method.balance if isinstance(method, Allot) else ()


def _require(holds: bool, where: str, problem: str) -> None:
    if not holds:
        raise BadNotice(where=where, problem=Word(problem))


def _entries(
    where: str, entries: Sequence[Entry], words: Collection[str] = (), *, level: bool = False, most: bool = False
) -> None:
    for place, one in enumerate(entries):
        here = f"{where}[{place}] {one.ticket}"
        _named(here, one)
        bare = (level or one.level is None) and (most or one.most is None) and all(word in words for word in one.marks)
        _require(bare, here, N_("it says more than the method asks for"))
        _require(one.most is None or one.most >= 0, here, N_("a limit is not below none"))
    _ascending(where, [one.ticket for one in entries])


def _named(here: str, one: Entry | Exclusion) -> None:
    _require(bool(_TICKET.match(one.ticket)), here, N_("a ticket is 1 to 20 capital letters, digits or hyphens"))
    _require(
        (one.name is None) != (one.holder is None), here, N_("an entry has a public name or a sealed holder, not both")
    )
    _require(one.name is None or seen(one.name), here, N_("a name is empty"))
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
        _require(seen(one.reason), f"excluded {one.ticket}", N_("an exclusion has no reason"))
        _require(one.ticket not in inside, f"excluded {one.ticket}", N_("it stands in the list and is excluded"))


def _by_method(notice: Notice) -> None:
    method = notice.method
    if isinstance(method, Pick):
        _require(
            1 <= method.take <= len(notice.pool), "method.take", N_("more are to be drawn than the list has, or none")
        )
    if notice.scheme != SCHEME:
        _older(notice)
    elif isinstance(method, Share):
        _share(method, notice.pool)
    elif isinstance(method, Match):
        _match(method, notice)
    elif isinstance(method, Allot):
        _allot(method, notice.pool)


def _older(notice: Notice) -> None:
    method = notice.method
    _require(notice.scheme in (RFC3797, LOT), "scheme", N_("there is no such scheme"))
    holds = isinstance(method, Pick) and notice.number is not None
    _require(holds, "scheme", N_("this scheme picks by a public number"))
    one = notice.scheme != LOT or (isinstance(method, Pick) and method.take == 1)
    _require(one, "method.take", N_("this scheme picks one"))
    # Its running number is hashed as two bytes.
    _require(len(notice.pool) <= 1 << 16, "pool", N_("the list is too long for this scheme"))


def _once(where: str, words: Sequence[str]) -> None:
    _require(
        all(map(seen, words)) and len(set(words)) == len(words), where, N_("a word is empty or stands there twice")
    )


def _share(method: Share, pool: Sequence[Entry]) -> None:
    _require(
        1 <= method.parts <= method.of and method.least >= 0,
        "method.parts",
        N_("a part is more than none and at most the whole"),
    )
    _require(bool(method.by), "method.by", N_("no mark is named that makes the strata"))
    _once("method.by", method.by)
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
    _once("method.apart_by", method.apart_by)
    _entries("takers", method.takers, method.apart_by, most=True)
    _ascending("ties", [(tie.target, tie.taker) for tie in method.ties])
    targets, takers = {one.ticket for one in notice.pool}, {one.ticket for one in method.takers}
    for tie in method.ties:
        here = f"ties {tie.target} {tie.taker}"
        _require(tie.target in targets and tie.taker in takers, here, N_("it names somebody who is not in the list"))
        _require(seen(tie.reason), here, N_("an exclusion has no reason"))


def _allot(method: Allot, pool: Sequence[Entry]) -> None:
    _require(
        bool(method.classes) and all(map(seen, method.classes)) and len(set(method.classes)) == len(method.classes),
        "classes",
        N_("every class has a label of its own"),
    )
    _require(len(method.classes) <= len(pool), "classes", N_("there are more classes than pupils"))
    _once("method.balance", method.balance)
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
