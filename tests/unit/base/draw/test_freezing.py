"""What is wrong with a list is said before it is posted, with its place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from qingfu.base.draw.freezing import checked, freeze
from qingfu.base.draw.notice import (
    LOT,
    RFC3797,
    Allot,
    Entry,
    Exclusion,
    Match,
    Notice,
    Pick,
    PublicNumber,
    Share,
    Tie,
    Void,
)
from qingfu.base.errors import BadNotice, NoMatch
from tests.draws_made import FROZEN, experts, notice

PICK = notice("f-1", "抽取", Pick(2), experts(4), excluded=(Exclusion("X1", "亲属", name="甲"),))
PARENTS = tuple(Entry(f"P{i}", holder=f"{i:064x}", marks={"school": "一小"}) for i in range(4))
SHARE = notice("f-2", "抽样", Share(("school",), 3, 100), PARENTS)
TAKERS = (Entry("I1", name="甲", most=3), Entry("I2", name="乙"))
MATCH = notice("f-3", "派督", Match(1, TAKERS, ("area",), (Tie("E01", "I1", "亲属"),)), experts(4))
PUPILS = tuple(Entry(f"T{i}", holder=f"{i:064x}", marks={"gender": "AB"[i % 2]}, level=i) for i in range(6))
TEAMS = (Entry("J1", name="一组"), Entry("J2", name="二组"))
KEPT = Allot(("1", "2"), ("gender",), (("T0", "T1"),), (("T2", "T3"),), TEAMS, (("T4", "J1"),), 2)
ALLOT = notice("f-4", "分班", KEPT, PUPILS)
OLD = notice("f-5", "t", Pick(1), experts(4), number=PublicNumber("s", "", FROZEN.date()), scheme=RFC3797)


def pool(one: Notice, place: int, **more: Any) -> Notice:
    entries = list(one.pool)
    entries[place] = replace(entries[place], **more)
    return replace(one, pool=tuple(entries))


def method(one: Notice, **more: Any) -> Notice:
    return replace(one, method=replace(one.method, **more))


FAULTS: dict[str, tuple[Callable[[], Notice], str]] = {
    "no number": (lambda: replace(PICK, draw=""), "draw"),
    "a number with a space": (lambda: replace(PICK, draw="a b"), "draw"),
    "a number with a line break": (lambda: replace(PICK, draw="a\n"), "draw"),
    "a number too long": (lambda: replace(PICK, draw="a" * 81), "draw"),
    "no title": (lambda: replace(PICK, title=" "), "title"),
    "no organiser": (lambda: replace(PICK, organiser=""), "title"),
    "an instant without its zone": (lambda: replace(PICK, frozen_at=datetime(2026, 8, 28)), "frozen_at"),  # noqa: DTZ001
    "replacing without a reason": (lambda: replace(PICK, replaces=Void("f-0", " ")), "replaces"),
    "replacing nothing": (lambda: replace(PICK, replaces=Void("", "离场")), "replaces"),
    "a reason that nobody can see": (
        lambda: replace(PICK, excluded=(Exclusion("X1", "\u200b\u3000", name="甲"),)),
        "excluded X1",
    ),
    "a number that exists": (lambda: replace(PICK, number=PublicNumber("s", "", date(2026, 8, 27))), "number.expected"),
    "a number from nowhere": (lambda: replace(PICK, number=PublicNumber("", "1", FROZEN.date())), "number.source"),
    "a title in another form of Unicode": (lambda: replace(PICK, title="e\u0301"), "notice.title"),
    "half a character": (lambda: pool(PICK, 1, name="\ud800"), "notice.pool[1].name"),
    "an empty list": (lambda: replace(PICK, pool=()), "pool"),
    "a ticket in small letters": (lambda: pool(PICK, 1, ticket="e02"), "pool[1] e02"),
    "a ticket too long": (lambda: pool(PICK, 3, ticket="Z" * 21), "pool[3] ZZZ"),
    "a ticket twice": (lambda: pool(PICK, 1, ticket="E01"), "pool E01"),
    "tickets out of order": (lambda: replace(PICK, pool=PICK.pool[::-1]), "pool E03"),
    "nobody at a ticket": (lambda: pool(PICK, 2, name=None), "pool[2] E03"),
    "a name and a holder": (lambda: pool(PICK, 2, holder="0" * 64), "pool[2] E03"),
    "an empty name": (lambda: pool(PICK, 2, name=" "), "pool[2] E03"),
    "a holder that is no digest": (lambda: pool(SHARE, 2, holder="A" * 64), "pool[2] P2"),
    "a mark nobody asked for": (lambda: pool(PICK, 0, marks={"phone": "1"}), "pool[0] E01"),
    "another mark than asked for": (lambda: pool(SHARE, 0, marks={"school": "一小", "phone": "1"}), "pool[0] P0"),
    "a level nobody asked for": (lambda: pool(SHARE, 0, level=1), "pool[0] P0"),
    "a limit for one of the list": (lambda: pool(MATCH, 0, most=1), "pool[0] E01"),
    "a mark's name not in ASCII": (lambda: pool(SHARE, 0, marks={"学校": "一小"}), "notice.pool[0].marks.学校"),
    "an exclusion without a reason": (
        lambda: replace(PICK, excluded=(Exclusion("X1", " ", name="甲"),)), "excluded X1"),
    "excluded and in the list": (
        lambda: replace(PICK, excluded=(Exclusion("E01", "亲属", name="甲"),)), "excluded E01"),
    "excluded twice": (lambda: replace(PICK, excluded=PICK.excluded * 2), "excluded X1"),
    "nobody excluded at a ticket": (lambda: replace(PICK, excluded=(Exclusion("X1", "亲属"),)), "excluded X1"),
    "more than there are": (lambda: method(PICK, take=5), "method.take"),
    "none to be drawn": (lambda: method(PICK, take=0), "method.take"),
    "more than the whole": (lambda: method(SHARE, parts=101), "method.parts"),
    "no part": (lambda: method(SHARE, parts=0), "method.parts"),
    "fewer than none": (lambda: method(SHARE, least=-1), "method.parts"),
    "no strata": (lambda: method(SHARE, by=()), "pool[0] P0"),
    "the same stratum twice": (lambda: method(SHARE, by=("school", "school")), "method.by"),
    "a mark missing": (lambda: pool(SHARE, 2, marks={}), "pool P2 school"),
    "no round": (lambda: method(MATCH, rounds=0), "method.rounds"),
    "apart by nothing": (lambda: method(MATCH, apart_by=("",)), "method.apart_by"),
    "takers out of order": (lambda: method(MATCH, takers=TAKERS[::-1]), "takers I1"),
    "a limit below none": (lambda: method(MATCH, takers=(replace(TAKERS[0], most=-1), TAKERS[1])), "takers[0] I1"),
    "a taker with a level": (lambda: method(MATCH, takers=(replace(TAKERS[0], level=1), TAKERS[1])), "takers[0] I1"),
    "a tie of a stranger": (lambda: method(MATCH, ties=(Tie("E01", "I9", "亲属"),)), "ties E01 I9"),
    "a tie without a reason": (lambda: method(MATCH, ties=(Tie("E01", "I1", ""),)), "ties E01 I1"),
    "a tie twice": (lambda: method(MATCH, ties=(Tie("E01", "I1", "a"), Tie("E01", "I1", "b"))), "ties"),
    "no class": (lambda: method(ALLOT, classes=(), teams=(), avoid=()), "classes"),
    "two classes of one name": (lambda: method(ALLOT, classes=("1", "1")), "classes"),
    "a class without a name": (lambda: method(ALLOT, classes=("1", "")), "classes"),
    "more classes than pupils": (lambda: method(ALLOT, classes=tuple("1234567")), "classes"),
    "no level": (lambda: pool(ALLOT, 5, level=None), "pool T5"),
    "a level below none": (lambda: pool(ALLOT, 5, level=-1), "pool T5"),
    "a level beyond every program": (lambda: pool(ALLOT, 5, level=1 << 53), "notice.pool[5].level"),
    "a level in halves": (lambda: pool(ALLOT, 5, level=1.5), "notice.pool[5].level"),
    "a mark of balance missing": (lambda: pool(ALLOT, 5, marks={}), "pool T5 gender"),
    "fewer than no seats": (lambda: method(ALLOT, later=-1), "later"),
    "a group of one": (lambda: method(ALLOT, together=(("T0",),)), "together T0"),
    "a group of strangers": (lambda: method(ALLOT, together=(("T0", "T9"),)), "together T0 T9"),
    "a group out of order": (lambda: method(ALLOT, together=(("T1", "T0"),)), "together T1 T0"),
    "a group larger than a class": (lambda: method(ALLOT, together=(("T0", "T1", "T2", "T3"),)), "together T0"),
    "somebody in two groups": (lambda: method(ALLOT, together=(("T0", "T1"), ("T1", "T4"))), "together T1 T4"),
    "groups out of order": (lambda: method(ALLOT, together=(("T4", "T5"), ("T0", "T1"))), "together"),
    "a pair with itself": (lambda: method(ALLOT, apart=(("T2", "T2"),)), "apart T2 T2"),
    "a pair with a stranger": (lambda: method(ALLOT, apart=(("T2", "T9"),)), "apart T2 T9"),
    "a pair together and apart": (lambda: method(ALLOT, apart=(("T0", "T1"),)), "apart T0 T1"),
    "a pair twice": (lambda: method(ALLOT, apart=(("T2", "T3"), ("T2", "T3"))), "apart"),
    "fewer teams than classes": (lambda: method(ALLOT, teams=TEAMS[:1], avoid=()), "teams"),
    "a team that is avoided but not there": (lambda: method(ALLOT, avoid=(("T4", "J9"),)), "avoid T4 J9"),
    "a team avoided by a stranger": (lambda: method(ALLOT, avoid=(("T9", "J1"),)), "avoid T9 J1"),
    "an unknown scheme": (lambda: replace(OLD, scheme="rfc0"), "scheme"),
    "an older scheme without a number": (lambda: replace(OLD, number=None), "scheme"),
    "an older scheme for strata": (
        lambda: replace(SHARE, scheme=RFC3797, number=OLD.number), "scheme"),
    "two by a lot": (lambda: replace(OLD, scheme=LOT, method=Pick(2)), "method.take"),
    "a list too long for RFC 3797": (
        lambda: replace(OLD, pool=tuple(Entry(f"{i:06d}", name="x") for i in range((1 << 16) + 1))), "pool"),
}  # fmt: skip


@pytest.mark.proves("A09", "D04", "P21", "C07")
@pytest.mark.parametrize("fault", FAULTS)
def test_every_fault_of_a_list_is_named_with_its_place(fault: str) -> None:
    made, where = FAULTS[fault]
    with pytest.raises(BadNotice) as told:
        freeze(made())
    assert str(told.value.facts["where"]).startswith(where)
    assert str(told.value.facts["problem"]) in told.value.text()


@pytest.mark.parametrize("held", [PICK, SHARE, MATCH, ALLOT, OLD], ids=lambda one: one.draw)
def test_a_list_without_fault_is_frozen_as_it_is(held: Notice) -> None:
    assert freeze(held) is held


def test_a_match_without_an_answer_is_known_before_it_is_posted() -> None:
    nobody = method(MATCH, rounds=3)
    assert checked(nobody) is nobody
    with pytest.raises(NoMatch) as told:
        freeze(nobody)
    assert told.value.facts["needs"] == 3
