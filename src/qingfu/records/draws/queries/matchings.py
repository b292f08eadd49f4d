"""A matching before it is frozen: who visits, what is visited, who may not go where, and whether it has an answer."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice

from qingfu.base.actor import Actor
from qingfu.base.draw.hashing import Domain
from qingfu.base.draw.matching import match
from qingfu.base.draw.notice import Entry, Match
from qingfu.base.draw.stream import Chance
from qingfu.base.draw.substitutes import APART, TIED
from qingfu.base.errors import FieldFault, Invalid, NoMatch, NotAllowed
from qingfu.base.words import N_, Word
from qingfu.papers.visitors import Listed
from qingfu.records.draws.queries.pools import NO_POOL, Pool, pool, pools_for
from qingfu.records.draws.queries.rights import require_holder
from qingfu.records.draws.queries.ticketing import Tied, entries_of, matching_of
from qingfu.records.draws.queries.views import Candidate
from qingfu.records.journal.queries import reading
from qingfu.records.people.queries import OrganView, organs, posts

TOWN = "town"
TARGETS, TAKERS = ("schools", "roster"), ("staff", "roster")
MOST_BARS = 60
WORKS_THERE = N_("works there")
NO_TIE = N_("Choose an inspector and a school of the lists, and say why in at most 200 characters.")


def require_matcher(actor: Actor) -> None:
    """NotAllowed to whoever holds no draws among the schools of a bureau."""
    require_holder(actor)
    if "schools" not in pools_for(actor):
        raise NotAllowed(verb=Word(N_("draw inspectors for schools")), who=[Word("office")])


def targets_of(
    actor: Actor, *, kind: str, on: date, stage: str = "", town: str = "", brought: Sequence[Listed] = ()
) -> Pool:
    """What is visited: schools of a stage and a township (its short name), or what was brought."""
    with reading(actor):
        require_matcher(actor)
        if kind == "schools":
            found = pool(actor, kind="schools", on=on, text=stage)
            here = [one for one in found.candidates if not town or one.marks.get(TOWN) == town]
            return replace(found, candidates=tuple(here), words=(TOWN,))
        if kind != "roster":
            raise Invalid(FieldFault("targets", NO_POOL))
        listed = tuple(Candidate(one.name, _marks({TOWN: one.town})) for one in brought)
        return Pool(kind, listed, (TOWN,), sealed=True)


def takers_of(
    actor: Actor, *, kind: str, on: date, organ: int | None = None, text: str = "", brought: Sequence[Listed] = ()
) -> Pool:
    """Who visits: whoever holds a post whose title has these words, or who was brought. Each person stands once."""
    with reading(actor):
        require_matcher(actor)
        if kind == "staff":
            return Pool(kind, _staff(actor, on, organ, text), (TOWN,), sealed=True)
        if kind != "roster":
            raise Invalid(FieldFault("takers", NO_POOL))
        listed = tuple(
            Candidate(one.name, _marks({"organ": one.organ, TOWN: one.town}), most=one.most) for one in brought
        )
        return Pool(kind, listed, (TOWN,), sealed=True)


def _staff(actor: Actor, on: date, organ: int | None, text: str) -> tuple[Candidate, ...]:
    towns = {one.id: one.short_name for one in organs(actor, kinds=["township"])}
    found: dict[int, Candidate] = {}
    for row in posts(actor, organ=organ, on=on):
        if row.holder is None or text not in row.title:
            continue
        marks = _marks({"organ": row.organ.short_name, "title": row.title, TOWN: _town(row.organ, towns)})
        found.setdefault(row.holder, Candidate(row.holder_name, marks, organ=row.organ.id, person=row.holder))
    return tuple(found.values())


def _town(organ: OrganView, towns: Mapping[int, str]) -> str:
    """The township an organ is, or lies in."""
    return towns.get(organ.id) or towns.get(organ.parent or 0, "")


def _marks(said: Mapping[str, str]) -> dict[str, str]:
    return {word: unicodedata.normalize("NFC", text) for word, text in said.items() if text}


def own_places(
    actor: Actor, targets: Sequence[Candidate], takers: Sequence[Candidate], *, on: date, reason: str
) -> tuple[Tied, ...]:
    """Nobody visits a school he works at: by every post the register knows of him, or by the name that was brought."""
    with reading(actor):
        require_matcher(actor)
        held: dict[int, list[OrganView]] = {}
        for row in posts(actor, on=on):
            if row.holder is not None:
                held.setdefault(row.holder, []).append(row.organ)
    by_organ = {one.organ: place for place, one in enumerate(targets, start=1) if one.organ}
    by_name = {one.name: place for place, one in enumerate(targets, start=1)}
    found = []
    for place, one in enumerate(takers, start=1):
        organs_of = held.get(one.person or 0, [])
        names = {one.marks.get("organ", ""), *(text for each in organs_of for text in (each.name, each.short_name))}
        places = {by_organ.get(each.id, 0) for each in organs_of} | {by_name.get(name, 0) for name in names}
        found += [Tied(target, place, reason) for target in sorted(places) if target]
    return tuple(found)


def require_ties(ties: Sequence[Tied], targets: Pool, takers: Pool) -> None:
    """Invalid where a tie names nobody, or gives no reason."""
    for one in ties:
        here = 1 <= one.target <= len(targets.candidates) and 1 <= one.taker <= len(takers.candidates)
        if not here or not 0 < len(one.reason.strip()) <= 200:
            raise Invalid(FieldFault("tie", NO_TIE))


@dataclass(frozen=True)
class Expected:
    """What follows whatever is drawn: the least and the most visits of anybody in a round, and how many have which
    total."""

    least: int
    most: int
    totals: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Bar:
    """Two who may not meet: `why` is tied (then with the reason) or apart."""

    target: str
    taker: str
    why: str
    reason: str = ""


@dataclass(frozen=True)
class Impossible:
    """Why there is no answer: these targets need so many visits, which only these inspectors with their limits make.

    `bars` says what keeps the others away; `more` than these do.
    """

    targets: tuple[str, ...]
    takers: tuple[tuple[str, int | None], ...]
    needs: int
    room: int
    bars: tuple[Bar, ...]
    more: bool = False


def tried(
    method: Match, targets: Sequence[Candidate], takers: Sequence[Candidate], ties: Sequence[Tied]
) -> Expected | Impossible:
    """Whether an answer exists, which chance does not decide, and what is known of it before it is drawn."""
    pool = {ticket: one for ticket, one in entries_of(targets) if not one.reason}
    people = {ticket: one for ticket, one in entries_of(takers, taker=True) if not one.reason}
    entries = tuple(Entry(ticket, one.name, marks=one.marks, most=one.most) for ticket, one in people.items())
    whole = matching_of(method, entries, ties, targets, takers)
    try:
        result = match(
            whole, tuple(Entry(ticket, one.name, marks=one.marks) for ticket, one in pool.items()),
            Chance(Domain(), bytes(32)),
        )  # fmt: skip
    except NoMatch as error:
        return _impossible(error, whole, pool, people)
    loads: list[list[int]] = [row[1:] for row in result["loads"]]  # type: ignore[attr-defined]  # the form of 7.3
    months = [month for row in loads for month in row[1:]] or [0]
    totals = Counter(row[0] for row in loads)
    return Expected(min(months), max(months), tuple(sorted(totals.items(), reverse=True)))


def _impossible(
    error: NoMatch, method: Match, pool: Mapping[str, Candidate], people: Mapping[str, Candidate]
) -> Impossible:
    said = error.facts
    targets, takers = _tickets(said["targets"]), _tickets(said["takers"])
    others = [ticket for ticket in people if ticket not in takers]
    bars = tuple(islice(_bars(method, targets, others, pool, people), MOST_BARS + 1))
    return Impossible(
        targets=tuple(pool[ticket].name for ticket in targets),
        takers=tuple((people[ticket].name, people[ticket].most) for ticket in takers),
        needs=int(str(said["needs"])),
        room=int(str(said["room"])),
        bars=bars[:MOST_BARS],
        more=len(bars) > MOST_BARS,
    )


def _tickets(said: object) -> tuple[str, ...]:
    return tuple(str(one) for one in said) if isinstance(said, tuple) else ()


def _bars(
    method: Match, targets: Sequence[str], takers: Sequence[str], pool: Mapping[str, Candidate],
    people: Mapping[str, Candidate],
) -> Iterator[Bar]:  # fmt: skip
    reasons = {(tie.target, tie.taker): tie.reason for tie in method.ties}
    for target in targets:
        for taker in takers:
            here, who = pool[target], people[taker]
            if (target, taker) in reasons:
                yield Bar(here.name, who.name, TIED, reasons[target, taker])
            elif any(word in who.marks and who.marks[word] == here.marks.get(word) for word in method.apart_by):
                yield Bar(here.name, who.name, APART)
