"""Lists made up by hypothesis, for whoever draws from them: targets with takers, and pupils with classes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from qingfu.base.draw.hashing import Domain
from qingfu.base.draw.matching import match
from qingfu.base.draw.notice import Allot, Entry, Match, Tie
from qingfu.base.draw.stream import Chance

Pool = tuple[Entry, ...]
AREAS = ("甲", "乙", "丙")


@dataclass(frozen=True)
class Matching:
    """A method, its targets and a seed."""

    method: Match
    pool: tuple[Entry, ...]
    seed: bytes

    @property
    def allowed(self) -> dict[str, set[str]]:
        """By target, who may have it; by the words of the page."""
        tied = {(tie.target, tie.taker) for tie in self.method.ties}
        return {
            target.ticket: {
                taker.ticket
                for taker in self.method.takers
                if (target.ticket, taker.ticket) not in tied
                and not any(
                    word in target.marks and word in taker.marks and target.marks[word] == taker.marks[word]
                    for word in self.method.apart_by
                )
            }
            for target in self.pool
        }

    @property
    def limits(self) -> dict[str, int]:
        return {one.ticket: len(self.pool) if one.most is None else one.most for one in self.method.takers}

    def run(self) -> dict[str, Any]:
        return match(self.method, self.pool, Chance(Domain(), self.seed))


@st.composite
def matchings(draw: st.DrawFn, targets: int = 7, takers: int = 6) -> Matching:
    words = draw(st.sampled_from([(), ("area",)]))
    area = st.fixed_dictionaries({word: st.sampled_from(AREAS) for word in words})
    marks: st.SearchStrategy[dict[str, str]] = st.one_of(st.just({}), area)
    pool = tuple(Entry(f"S{i:02d}", name="x", marks=draw(marks)) for i in range(draw(st.integers(1, targets))))
    limit = st.one_of(st.none(), st.integers(0, 6))
    people = tuple(
        Entry(f"I{i:02d}", name="x", marks=draw(marks), most=draw(limit)) for i in range(draw(st.integers(1, takers)))
    )
    every = [(target.ticket, taker.ticket) for target in pool for taker in people]
    tied = sorted(draw(st.sets(st.sampled_from(every), max_size=len(every) // 2)))
    method = Match(
        rounds=draw(st.integers(1, 3)),
        takers=people,
        apart_by=words,
        ties=tuple(Tie(*pair, "亲属") for pair in tied),
    )
    return Matching(method, pool, draw(st.binary(min_size=32, max_size=32)))


@st.composite
def allotments(draw: st.DrawFn) -> tuple[Allot, Pool]:
    """Any small list: few pupils, odd marks, groups and pairs everywhere."""
    classes = draw(st.integers(1, 5))
    size = draw(st.integers(classes, 36))
    balance = draw(st.sampled_from([(), ("gender",), ("gender", "township")]))
    pool = tuple(
        Entry(
            f"T{i:03d}",
            name="x",
            marks={word: draw(st.sampled_from("001")) for word in balance},
            level=draw(st.integers(0, 40)),
        )
        for i in range(size)
    )
    row = draw(st.permutations([one.ticket for one in pool]))
    groups: list[tuple[str, ...]] = []
    while draw(st.booleans()) and len(row) > 4 and size // classes >= 2:
        many = draw(st.integers(2, min(3, size // classes)))
        groups.append(tuple(sorted(row[:many])))
        row = row[many:]
    group_of = {ticket: group for group in groups for ticket in group}
    pairs = st.tuples(*[st.sampled_from([one.ticket for one in pool])] * 2).map(lambda pair: (min(pair), max(pair)))
    known = draw(st.sets(pairs, max_size=8))
    apart = {(a, b) for a, b in known if a < b and (a not in group_of or group_of[a] != group_of.get(b))}
    teams = tuple(Entry(f"J{i}", name="x") for i in range(classes)) if draw(st.booleans()) else ()
    avoid = st.tuples(st.sampled_from([one.ticket for one in pool]), st.sampled_from([f"J{i}" for i in range(classes)]))
    method = Allot(
        classes=tuple(f"{i + 1}班" for i in range(classes)),
        balance=balance,
        together=tuple(sorted(groups)),
        apart=tuple(sorted(apart)),
        teams=teams,
        avoid=tuple(sorted(draw(st.sets(avoid, max_size=4)))) if teams else (),
        later=draw(st.integers(0, 12)),
    )
    return method, pool
