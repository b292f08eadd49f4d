"""Whoever wants another outcome is refused by the kit, or exposed by the verifier; each test is one of them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from qingfu.base.canon import canonical
from qingfu.base.draw import ceremony as steps
from qingfu.base.draw import escrow, running
from qingfu.base.draw.ceremony import Ceremony
from qingfu.base.draw.curve import BASE, multiply
from qingfu.base.draw.freezing import freeze
from qingfu.base.draw.keys import sign, some
from qingfu.base.draw.notice import RFC3797, Allot, Entry, Exclusion, Match, Notice, Pick, PublicNumber, Share
from qingfu.base.errors import BadNotice, BadShare, CircleClosed
from qingfu.base.verify_draw import Verdict, check_slip, verify
from tests.draws_made import FROZEN, TEAM, Circle, Dice, circle, notice

DICE = Dice("adversary")
POOL = tuple(Entry(f"E{i}", name=f"专家{i}") for i in range(1, 9))
HONEST = notice("hard-1", "专家抽取", Pick(2), POOL, excluded=(Exclusion("X1", "亲属", name="某人"),))
MADE = circle(HONEST, TEAM[:3], 2)
TOLD = MADE.revealed()
RECORD, ANCHOR = running.run(TOLD), running.anchor(TOLD)
DOCUMENT = json.loads(RECORD)


def rejected(record: bytes, anchor: bytes | None = ANCHOR) -> Verdict:
    found = verify(record, anchor)
    assert found.verdict == "rejected"
    assert found.faults
    return found


def edited(change: Callable[[Any], None], record: bytes = RECORD) -> bytes:
    """The record with a change, in canonical form."""
    document = json.loads(record)
    change(document)
    return canonical(document)


def places(found: Verdict) -> set[str]:
    return {fault.where for fault in found.faults}


def test_the_honest_record_is_proven_random() -> None:
    assert verify(RECORD, ANCHOR).verdict == "random"
    assert verify(RECORD).verdict == "consistent"


# --- The organiser chooses ------------------------------------------------------------------------------------------


def ground(favourite: str) -> Ceremony:
    """An organiser alone tries shares until the favourite is drawn."""
    for attempt in range(1000):
        at = circle(HONEST, TEAM[:1], 1, name=f"grinding/{attempt}").revealed()
        if favourite in json.loads(running.run(at))["result"]["chosen"]:
            return at
    raise AssertionError


def test_an_organiser_alone_can_choose_the_outcome_and_is_never_called_random() -> None:
    at = ground("E7")
    assert verify(running.run(at), running.anchor(at)).verdict == "replayable"


def test_with_a_witness_another_share_of_the_organiser_after_the_seal_does_not_fit() -> None:
    another, share = escrow.deal(MADE.at.table, by=0, secret=MADE.keys[0], secrets=DICE.secrets)
    with pytest.raises(CircleClosed):
        steps.give(MADE.at, another)
    with pytest.raises(BadShare):
        steps.reveal(MADE.at, by=0, share=share)
    swapped = replace(TOLD, deals=(another, *TOLD.deals[1:]), shares=((0, share), *TOLD.shares[1:]))
    assert verify(running.run(swapped)).verdict == "consistent"
    assert "$.seal_digest" in places(rejected(running.run(swapped)))


def test_a_witness_whose_share_is_left_out_is_missed() -> None:
    dropped = replace(TOLD, deals=TOLD.deals[:-1])
    rejected(running.run(dropped))
    rejected(edited(lambda record: record["deals"].pop()))
    rejected(edited(lambda record: record["reveals"].pop()))


def test_a_witness_made_an_organiser_or_an_organiser_a_witness_has_not_signed_that() -> None:
    for member, role in ((1, "organiser"), (0, "witness")):
        rejected(edited(lambda record, member=member, role=role: record["circle"][member].update(role=role)), None)  # type: ignore[misc]  # mypy cannot infer a lambda with defaults


# --- The list ------------------------------------------------------------------------------------------------------


LISTS: dict[str, Callable[[Notice], Notice]] = {
    "somebody is taken out": lambda one: replace(one, pool=one.pool[1:]),
    "somebody is put in": lambda one: replace(one, pool=(*one.pool, Entry("E9", name="自己人"))),
    "two exchange their tickets": lambda one: replace(
        one, pool=(Entry("E1", name="专家2"), Entry("E2", name="专家1"), *one.pool[2:])
    ),
    "more are drawn": lambda one: replace(one, method=Pick(3)),
    "an exclusion gets another reason": lambda one: replace(one, excluded=(Exclusion("X1", "出差", name="某人"),)),
    "it was frozen earlier": lambda one: replace(one, frozen_at=one.frozen_at.replace(hour=0)),
}  # fmt: skip


@pytest.mark.parametrize("edit", LISTS)
def test_a_list_edited_after_freezing_does_not_fit_the_notice_at_the_door(edit: str) -> None:
    other = LISTS[edit](HONEST)
    rejected(edited(lambda record: record.update(notice=json.loads(canonical(other.document())))), None)
    # Everything computed anew with the keys of all, as if the whole circle were bribed.
    anew = circle(other, TEAM[:3], 2, name=HONEST.draw).revealed()
    found = rejected(running.run(anew))
    assert {"$.notice_digest", "$.seal_digest"} <= places(found)


def test_an_exclusion_without_a_reason_is_neither_frozen_nor_verified() -> None:
    bare = replace(HONEST, excluded=(Exclusion("X1", "", name="某人"),))
    with pytest.raises(BadNotice):
        freeze(bare)
    at = circle(bare, TEAM[:3], 2).revealed()
    found = rejected(running.run(at), running.anchor(at))
    assert places(found) == {"$.notice.excluded[0].reason"}


def holder(rehearsal: bool, ticket: str, identity: str) -> str:
    return replace(HONEST, rehearsal=rehearsal).domain.hash("holder", ticket.encode(), SALT, identity.encode()).hex()


SALT = bytes(range(16))


@pytest.mark.proves("C07")
def test_a_family_whose_ticket_was_swapped_sees_it_on_its_slip() -> None:
    def drawn(first: str, second: str) -> bytes:
        pool = (Entry("T1", holder=first), Entry("T2", holder=second))
        return running.run(circle(notice("slips-1", "抽取", Pick(1), pool), TEAM[:2], 1).revealed())

    own, other = holder(False, "T1", "张小明"), holder(False, "T2", "李小红")
    fair, swapped = drawn(own, other), drawn(other, own)
    for record, state in ((fair, "holds"), (swapped, "other")):
        slip = check_slip(record, "T1", SALT.hex(), "张小明")
        assert slip is not None
        assert slip.state == state
    rehearsed = check_slip(drawn(holder(True, "T1", "张小明"), other), "T1", SALT.hex(), "张小明")
    assert rehearsed is not None
    assert rehearsed.state == "other"


# --- Shares --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("silent", [(0,), (1,), (2,), (0, 2)], ids=str)
def test_a_withheld_share_is_opened_by_the_circle_and_changes_nothing(silent: tuple[int, ...]) -> None:
    opened = json.loads(running.run(MADE.revealed(silent=silent)))
    assert verify(canonical(opened), ANCHOR).verdict == "random"
    assert {word: opened[word] for word in opened if word != "reveals"} == {
        word: DOCUMENT[word] for word in DOCUMENT if word != "reveals"
    }


def test_a_draw_run_twice_gives_the_same_record_and_another_one_does_not_fit_the_anchor() -> None:
    assert running.run(TOLD) == RECORD
    again = circle(HONEST, TEAM[:3], 2, name="the second evening").revealed()
    assert running.run(again) != RECORD
    assert "$.seal_digest" in places(rejected(running.run(again)))


def test_another_public_number_gives_another_outcome_and_is_shown_to_be_looked_up() -> None:
    numbered = replace(HONEST, number=PublicNumber("双色球", "2026099", FROZEN.date()))
    made = circle(numbered, TEAM[:1], 1)
    true, false = (made.revealed(number=((value,),)) for value in (7, 8))
    rejected(edited(lambda record: record.update(number={"values": [[8]]}), running.run(true)), None)
    for at, value in ((true, 7), (false, 8)):
        found = verify(running.run(at), running.anchor(at))
        said = " ".join(note.text("en") for note in found.notes)
        assert str(value) in said
        assert "2026099" in said


# --- Rehearsals ----------------------------------------------------------------------------------------------------


REHEARSAL = replace(HONEST, rehearsal=True)
REHEARSED = circle(REHEARSAL, TEAM[:3], 2, name="rehearsed")


def test_a_rehearsal_never_passes_for_the_draw() -> None:
    at = REHEARSED.revealed()
    record = running.run(at)
    assert verify(record, running.anchor(at)).verdict == "rehearsal"
    rejected(record)
    rejected(edited(lambda said: said["notice"].update(rehearsal=False), record), None)
    rejected(edited(lambda said: said["notice"].update(rehearsal=True)), None)


# --- Somebody else's name ------------------------------------------------------------------------------------------


OTHER_DRAW = circle(replace(HONEST, draw="hard-2"), TEAM[:3], 2)


@pytest.mark.parametrize("source", [OTHER_DRAW, REHEARSED], ids=["another draw", "a rehearsal"])
def test_what_a_witness_sent_elsewhere_cannot_be_used_again(source: Circle) -> None:
    witness = source.at.circle[1]
    name, role = witness.name, witness.role
    # Also with the same key: what it signs names the draw.
    again = steps.new_member(source.at.notice, name=name, role=role, secret=MADE.keys[1], secrets=DICE.secrets)
    for one in (witness, again):
        with pytest.raises(BadShare):
            steps.join(Ceremony(HONEST, TOLD.circle[:1]), one)
    with pytest.raises(BadShare):
        steps.give(replace(MADE.at, sealed=False, deals=()), source.at.deals[1])
    with pytest.raises(BadShare):
        steps.reveal(MADE.at, by=1, share=source.shares[1])
    with pytest.raises(BadShare):
        steps.open_for(MADE.at, by=1, opening=source.opening(1, 0))
    for change in (
        lambda record: record["circle"].__setitem__(1, witness.document()),
        lambda record: record["deals"].__setitem__(1, source.at.deals[1].document()),
        lambda record: record["reveals"].__setitem__(1, {"by": 1, "share": f"{source.shares[1]:064x}"}),
    ):
        rejected(edited(change), None)


def test_nobody_joins_with_the_name_of_another_and_a_key_of_their_own() -> None:
    false_key = some(multiply(5, BASE))
    with pytest.raises(BadShare):
        steps.join(Ceremony(HONEST), replace(TOLD.circle[1], key=false_key))
    mallory = steps.new_member(HONEST, name="县纪委监委派驻组二", role="witness", secret=5, secrets=DICE.secrets)
    with pytest.raises(BadShare):
        steps.join(Ceremony(HONEST), replace(mallory, name=TOLD.circle[2].name))
    # The organiser puts its own key in the witness's place: then the witness's deal is not signed by it.
    forged = replace(TOLD, circle=(TOLD.circle[0], replace(mallory, name=TOLD.circle[1].name), TOLD.circle[2]))
    rejected(running.run(forged), None)


def test_a_key_that_follows_from_the_key_of_another_cannot_be_proven() -> None:
    # Whose key is the difference of two would open what is not its own; the proof asks for its secret.
    victim = TOLD.circle[1]
    rogue = replace(victim, name="第三人", key=some(multiply(2, victim.key)))
    with pytest.raises(BadShare):
        steps.join(Ceremony(HONEST), rogue)


# --- Members who cheat ---------------------------------------------------------------------------------------------


def garbage() -> Ceremony:
    """The witness deals pieces that nobody can open, and signs them."""
    at, good = MADE.at, MADE.at.deals[1]
    wrong = replace(good, pieces=(some(multiply(3, BASE)), *good.pieces[1:]))
    body = at.table.domain.hash("deal-body", at.table.circle, canonical(wrong.body()))
    wrong = replace(wrong, signature=sign(at.table.domain, "deal", MADE.keys[1], body, DICE.secrets))
    return replace(TOLD, deals=(at.deals[0], wrong, at.deals[2]))


def test_pieces_that_nobody_could_open_are_refused_before_the_seal() -> None:
    at = garbage()
    with pytest.raises(BadShare):
        steps.give(replace(MADE.at, sealed=False, deals=()), at.deals[1])
    found = rejected(running.run(at), running.anchor(at))
    assert any(where.startswith("$.deals[1]") for where in places(found))


def test_a_member_who_deals_twice_is_counted_once() -> None:
    again, _ = escrow.deal(MADE.at.table, by=1, secret=MADE.keys[1], secrets=DICE.secrets)
    with pytest.raises(CircleClosed):
        steps.give(replace(MADE.at, sealed=False), again)
    twice = replace(TOLD, deals=(*TOLD.deals[:2], again, TOLD.deals[2]))
    rejected(running.run(twice), running.anchor(twice))


@pytest.mark.parametrize("threshold", [0, 1, 3])
def test_a_threshold_changed_afterwards_is_seen(threshold: int) -> None:
    rejected(edited(lambda record: record.update(threshold=threshold)), None)
    with pytest.raises(CircleClosed):
        steps.close_circle(MADE.at, threshold=threshold)


# --- The record ----------------------------------------------------------------------------------------------------


def small(method: Any, pool: tuple[Entry, ...], **more: Any) -> Notice:
    return freeze(Notice("s", "t", "o", "", FROZEN, method, pool, **more))


def smallest() -> Iterator[tuple[str, Ceremony]]:
    """The smallest record of every kind."""
    bare = tuple(Entry(f"A{i}", name="x") for i in range(3))
    marked = tuple(replace(one, marks={"s": "ab"[i % 2]}) for i, one in enumerate(bare))
    levels = tuple(replace(one, level=i) for i, one in enumerate(marked))
    people = (Entry("I1", name="y"), Entry("I2", name="z", most=2))
    number = PublicNumber("s", "1", FROZEN.date())
    alone = TEAM[:1]
    kinds: dict[str, tuple[Any, tuple[Entry, ...]]] = {
        "pick": (Pick(1), bare),
        "share": (Share(("s",), 3, 100), marked),
        "match": (Match(1, people), bare),
        "allot": (Allot(("1", "2"), ("s",), later=1), levels),
    }
    for name, (method, pool) in kinds.items():
        yield name, circle(small(method, pool), alone, 1).revealed()
    opened = circle(small(Pick(1), bare, rehearsal=True), alone, 1)
    yield "opened", steps.open_for(opened.at, by=0, opening=opened.opening(0, 0))
    yield "number", circle(small(Pick(1), bare, number=number), alone, 1).revealed(number=((3,),))
    old = small(Pick(1), bare, number=number, scheme=RFC3797)
    yield "rfc3797", steps.tell_number(steps.seal(Ceremony(old)), ((3,),))


@pytest.mark.proves("A09", "D04", "P21", "C07")
@pytest.mark.parametrize(("kind", "at"), list(smallest()), ids=lambda one: one if isinstance(one, str) else "")
def test_every_byte_of_a_record_counts(kind: str, at: Ceremony) -> None:
    record, anchor = running.run(at), running.anchor(at)
    assert verify(record, anchor).verdict in ("replayable", "random", "rehearsal")
    passed = [
        (place, bit)
        for place in range(len(record))
        for bit in (0x01, 0x20, 0x80)
        if verify(record[:place] + bytes([record[place] ^ bit]) + record[place + 1 :], anchor).verdict != "rejected"
    ]
    assert passed == []


@pytest.mark.parametrize("path", sorted(DOCUMENT))
def test_no_part_of_a_record_can_be_left_out_or_said_twice(path: str) -> None:
    rejected(edited(lambda record: record.pop(path)))
    twice = RECORD[:-1] + b"," + canonical({path: DOCUMENT[path]})[1:]
    rejected(twice)


@pytest.mark.proves("A09")
def test_an_edited_result_is_named_with_what_should_stand_there() -> None:
    order = DOCUMENT["result"]["order"]

    def exchange(record: Any) -> None:
        row = record["result"]["order"]
        row[0], row[5] = row[5], row[0]
        record["result"]["chosen"] = row[:2]

    found = rejected(edited(exchange))
    due = {fault.where: fault.expected for fault in found.faults}
    assert due["$.result.order[0]"] == order[0]
    assert due["$.result.order[5]"] == order[5]
    assert due["$.result.chosen[0]"] == order[0]


def test_bytes_after_the_end_and_a_record_cut_short_are_seen() -> None:
    for record in (RECORD + b"\n", RECORD + b" ", b" " + RECORD, RECORD[:-1], RECORD + RECORD, b""):
        rejected(record)
        rejected(record, None)


def test_an_anchor_of_another_draw_or_an_edited_one_holds_nothing() -> None:
    other = running.anchor(OTHER_DRAW.at)
    rejected(RECORD, other)
    anchor = json.loads(ANCHOR)
    for word, value in (
        ("seal", "0" * 64),
        ("notice", "0" * 64),
        ("shares", anchor["shares"][:-1]),
        ("rehearsal", True),
    ):
        rejected(RECORD, canonical({**anchor, word: value}))
