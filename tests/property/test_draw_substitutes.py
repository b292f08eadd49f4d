"""Who goes instead follows from the record alone: as the definition says it, and never somebody who may not."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from qingfu.base.draw.notice import Notice
from qingfu.base.draw.substitutes import CAUSES, Gone, Matched, absence, matched, standing
from qingfu.base.errors import BadNotice, NoMatch, NoVisit
from tests.draws_made import FOLDER
from tests.draws_of_chance import Matching, matchings

FROZEN = datetime(2026, 8, 28, 1, 0, tzinfo=UTC)
Seats = dict[tuple[int, str], str | None]


@dataclass
class ByTheBook:
    """draw-record.md, 7.5, word by word, over nothing but the documents."""

    notice: dict[str, Any]
    seed: bytes
    seats: Seats

    def __post_init__(self) -> None:
        self.absent: set[tuple[str, int]] = set()
        self.recused: set[tuple[str, str]] = set()

    def load(self, taker: str, number: int) -> int:
        return sum(stands == taker for (at, _), stands in self.seats.items() if at == number)

    def total(self, taker: str) -> int:
        return sum(stands == taker for stands in self.seats.values())

    def free(self, taker: dict[str, Any], number: int, target: dict[str, Any]) -> bool:
        method, name = self.notice["method"], taker["ticket"]
        tied = any((tie["taker"], tie["target"]) == (name, target["ticket"]) for tie in method["ties"])
        mine, its = taker.get("marks", {}), target.get("marks", {})
        apart = any(word in mine and word in its and mine[word] == its[word] for word in method["apart_by"])
        there = any(stands == name and at == target["ticket"] for (_, at), stands in self.seats.items())
        full = "most" in taker and self.total(name) >= taker["most"]
        away = (name, number) in self.absent or (name, target["ticket"]) in self.recused
        return not (tied or apart or there or full or away)

    def leave(self, cause: str, number: int, ticket: str) -> str | None:
        stood = self.seats[number, ticket]
        assert stood is not None
        (self.absent.add((stood, number)) if cause == "absent" else self.recused.add((stood, ticket)))
        self.seats[number, ticket] = None
        target = next(one for one in self.notice["pool"] if one["ticket"] == ticket)
        free = [one["ticket"] for one in self.notice["method"]["takers"] if self.free(one, number, target)]
        free.sort(key=lambda taker: (self.load(taker, number), self.total(taker), self.lot(number, ticket, taker)))
        self.seats[number, ticket] = free[0] if free else None
        return self.seats[number, ticket]

    def lot(self, number: int, target: str, taker: str) -> bytes:
        domain = "qingfu-draw-1-rehearsal" if self.notice["rehearsal"] else "qingfu-draw-1"
        parts = (f"{domain}/substitute".encode(), self.seed, number.to_bytes(4, "big"), target.encode(), taker.encode())
        return sha256(b"".join(len(part).to_bytes(4, "big") + part for part in parts)).digest()


def drawn_from(case: Matching, *, rehearsal: bool = False) -> Matched:
    notice = Notice("x", "x", "x", "", FROZEN, case.method, case.pool, rehearsal=rehearsal)
    try:
        result = case.run()
    except NoMatch:
        assume(False)
    return Matched(notice, case.seed, tuple(dict(pairs) for pairs in result["rounds"]))


def book(drawn: Matched) -> ByTheBook:
    seats: Seats = {
        (number, target): taker for number, pairs in enumerate(drawn.rounds, start=1) for target, taker in pairs.items()
    }
    return ByTheBook(drawn.notice.document(), drawn.seed, seats)


@pytest.mark.proves("P21", "D10")
@settings(max_examples=300, deadline=None)
@given(matchings(), st.data(), st.booleans())
def test_the_substitute_is_the_one_of_the_definition(case: Matching, data: st.DataObject, rehearsal: bool) -> None:
    drawn = drawn_from(case, rehearsal=rehearsal)
    other, gone = book(drawn), []
    for _ in range(data.draw(st.integers(1, 8))):
        open_seats = sorted(seat for seat, stands in other.seats.items() if stands)
        if not open_seats:
            break
        number, target = data.draw(st.sampled_from(open_seats))
        gone.append(Gone(data.draw(st.sampled_from(CAUSES)), number, target))
        expected = other.leave(gone[-1].cause, number, target)
        assert standing(drawn, gone).changes[-1].substitute == expected
    after = standing(drawn, gone)
    assert {(n, t): who for n, pairs in enumerate(after.rounds, start=1) for t, who in pairs.items()} == other.seats


@settings(max_examples=150, deadline=None)
@given(matchings(), st.data())
def test_nobody_goes_where_he_may_not_nor_beyond_his_limit(case: Matching, data: st.DataObject) -> None:
    drawn = drawn_from(case)
    number = data.draw(st.integers(1, case.method.rounds))
    taker = data.draw(st.sampled_from(sorted(drawn.rounds[number - 1].values())))
    after = standing(drawn, absence(standing(drawn), taker=taker, in_round=number))
    assert taker not in after.rounds[number - 1].values()
    for target in case.allowed:
        stands = [pairs[target] for pairs in after.rounds if pairs[target]]
        assert len(set(stands)) == len(stands)
        assert set(stands) <= case.allowed[target]
    for ticket, most in case.limits.items():
        assert sum(who == ticket for pairs in after.rounds for who in pairs.values()) <= most
    others = [pairs for n, pairs in enumerate(after.rounds, start=1) if n != number]
    assert others == [dict(pairs) for n, pairs in enumerate(drawn.rounds, start=1) if n != number]


@settings(max_examples=100, deadline=None)
@given(matchings(), st.data())
def test_where_nobody_is_left_each_has_a_reason(case: Matching, data: st.DataObject) -> None:
    drawn = drawn_from(case)
    target = data.draw(st.sampled_from([one.ticket for one in drawn.notice.pool]))
    gone: list[Gone] = []
    for _ in range(len(case.method.takers) + 1):
        gone.append(Gone("recused", 1, target))
        last = standing(drawn, gone).changes[-1]
        if last.substitute is None:
            break
    assert last.substitute is None
    assert {one.taker for one in last.barred} == {one.ticket for one in case.method.takers}
    with pytest.raises(NoVisit):
        standing(drawn, [*gone, Gone("absent", 1, target)])


@cache
def kept() -> Matched:
    return matched((FOLDER / "match.record.json").read_bytes())


def test_a_kept_record_gives_the_same_substitutes_for_ever() -> None:
    after = standing(kept(), (Gone("absent", 2, "S000"), Gone("recused", 2, "S000"), Gone("recused", 1, "S000")))
    assert [(one.taker, one.substitute) for one in after.changes] == [("I10", "I11"), ("I11", "I04"), ("I01", "I10")]


@pytest.mark.parametrize("gone", [Gone("absent", 0, "S000"), Gone("absent", 9, "S000"), Gone("absent", 1, "S999"),
                                  Gone("tired", 1, "S000")])  # fmt: skip
def test_a_visit_that_is_none_is_refused(gone: Gone) -> None:
    with pytest.raises(NoVisit):
        standing(kept(), (gone,))


def test_a_record_of_another_kind_has_no_substitutes() -> None:
    content = (FOLDER / "share.record.json").read_bytes()
    assert json.loads(content)["notice"]["method"]["kind"] == "share"
    with pytest.raises(BadNotice):
        matched(content)
