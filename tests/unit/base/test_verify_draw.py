"""The verifier of draws: honest records hold, every change is named, no file makes it fail.

The records are dealt here, by a dealer written from the specification and nothing else; its randomness is a hash of a
running number, so that a failure can be looked at again.
"""

from __future__ import annotations

import copy
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingfu.base import verify_draw as verifier
from qingfu.base.verify_draw import BASE, SECOND, TAGS, N, P, canonical, combine, verify, write_point

DATA = Path(__file__).parents[2] / "data"
RUN = sorted((DATA / "draws").glob("*.record.json"))


# --- A dealer -------------------------------------------------------------------------------------------------------


class Dealer:
    """Makes a record from a notice and a circle of (name, role); ``absent`` did not open their own deal."""

    def __init__(self, notice: Any, circle: Any = (), needed: int = 0, dealing: Any = (), absent: Any = ()) -> None:
        self.notice, self.circle, self.needed, self.dealing, self.absent = notice, circle, needed, dealing, absent
        self.tag = TAGS[notice["rehearsal"]]
        self.drawn = 0
        self.notice_digest = self.tag.hash("notice", canonical(notice))
        self.secrets = [self._scalar() for _ in circle]
        self.keys = [_times(secret, SECOND) for secret in self.secrets]
        self.members = [self._member(index) for index in range(len(circle))]
        self.digest = self.tag.hash("circle", self.notice_digest, canonical(self.members), needed.to_bytes(4, "big"))

    def record(self, values: Any = None) -> Any:
        """The record, with the numbers published if the notice names one."""
        own = self.notice["scheme"] == "qingfu-1"
        deals, reveals, shares, contributions = [], [], [], []
        for by in self.dealing:
            share, deal = self._deal(by)
            deals.append(deal)
            shares.append(self.tag.hash("share", self.digest, canonical(deal)))
            reveals.append(self._opened(by, deal) if by in self.absent else {"by": by, "share": f"{share:064x}"})
            contributions.append(self.tag.hash("contribution", shares[-1], write_point(_times(share, SECOND))))
        seal = self.tag.hash("seal", self.notice_digest, *([self.digest] if own else []), *shares)
        number = None if values is None else {"values": values}
        seed = self.tag.hash("seed", self.notice_digest, seal, *contributions, canonical(number))
        record = {
            "qingfu": "draw/1",
            "notice": self.notice,
            "notice_digest": self.notice_digest.hex(),
            "circle": self.members,
            "threshold": self.needed,
            "deals": deals,
            "seal_digest": seal.hex(),
            "reveals": reveals,
            "number": number,
            "seed": seed.hex(),
            "result": {},
        }
        record["result"] = verifier.replay(self.tag, seed, record)
        return record

    def _scalar(self) -> int:
        self.drawn += 1
        return 1 + int.from_bytes(sha256(b"%d" % self.drawn).digest(), "big") % (N - 1)

    def _sign(self, secret: int, purpose: str, message: bytes) -> Any:
        w = self._scalar()
        key, witness = _times(secret, SECOND), _times(w, SECOND)
        e = self.tag.challenge("sign", purpose.encode(), write_point(key), write_point(witness), message)
        return {"e": f"{e:064x}", "z": f"{(w + e * secret) % N:064x}"}

    def _member(self, index: int) -> Any:
        name, role = self.circle[index]
        said = self.tag.hash("member", self.notice_digest, name.encode(), role.encode())
        proof = self._sign(self.secrets[index], "join", said)
        return {"key": write_point(self.keys[index]).hex(), "name": name, "proof": proof, "role": role}

    def _deal(self, by: int) -> tuple[int, Any]:
        f = [self._scalar() for _ in range(self.needed)]
        values = [sum(a * i**j for j, a in enumerate(f)) % N for i in range(1, len(self.keys) + 1)]
        commitments = [write_point(_times(a, BASE)) for a in f]
        pieces = [write_point(_times(value, key)) for value, key in zip(values, self.keys, strict=True)]
        ws = [self._scalar() for _ in values]
        parts = [self.digest, by.to_bytes(4, "big"), *commitments]
        for value, piece, w, key in zip(values, pieces, ws, self.keys, strict=True):
            parts += [
                write_point(_times(value, BASE)),
                piece,
                write_point(_times(w, BASE)),
                write_point(_times(w, key)),
            ]
        c = self.tag.challenge("deal", *parts)
        deal: Any = {
            "by": by,
            "commitments": [point.hex() for point in commitments],
            "pieces": [point.hex() for point in pieces],
            "challenge": f"{c:064x}",
            "answers": [f"{(w - value * c) % N:064x}" for w, value in zip(ws, values, strict=True)],
        }
        body = self.tag.hash("deal-body", self.digest, canonical(deal))
        deal["signature"] = self._sign(self.secrets[by], "deal", body)
        return f[0], deal

    def _opened(self, by: int, deal: Any) -> Any:
        # The last ones open, so that the indexes differ from the places in the list.
        members = range(len(self.keys) - self.needed, len(self.keys))
        return {"by": by, "pieces": [self._piece(by, of, deal["pieces"][of]) for of in members]}

    def _piece(self, by: int, of: int, piece: str) -> Any:
        x, w = self.secrets[of], self._scalar()
        y = verifier.read_point(piece)
        assert y is not None
        p = _times(pow(x, -1, N), y)
        said = [write_point(point) for point in (self.keys[of], y, p, _times(w, SECOND), _times(w, p))]
        e = self.tag.challenge("open", self.digest, by.to_bytes(4, "big"), of.to_bytes(4, "big"), *said)
        proof = {"e": f"{e:064x}", "z": f"{(w - e * x) % N:064x}"}
        return {"of": of, "point": write_point(p).hex(), "proof": proof}


def _times(number: int, point: tuple[int, int]) -> tuple[int, int]:
    product = combine((number, point))
    assert product is not None
    return product


def notice_of(method: Any, pool: Any, **other: Any) -> Any:
    """A notice; the tickets of the pool are given or counted."""
    return {
        "qingfu": "draw-notice/1",
        "scheme": "qingfu-1",
        "draw": "D-1",
        "title": "阳光分班",
        "organiser": "一小",
        "clause": "",
        "frozen_at": "2026-09-01T01:00:00.000000Z",
        "rehearsal": False,
        "replaces": None,
        "number": None,
        "method": method,
        "pool": pool,
        "excluded": [],
    } | other


def anchor_of(record: Any) -> bytes:
    """What would have been posted at the door."""
    notice = record["notice"]
    tag = TAGS[notice["rehearsal"]]
    digest = bytes.fromhex(record["notice_digest"])
    circle = tag.hash("circle", digest, canonical(record["circle"]), record["threshold"].to_bytes(4, "big"))
    posted = {
        "qingfu": "draw-anchor/1",
        "draw": notice["draw"],
        "rehearsal": notice["rehearsal"],
        "title": notice["title"],
        "notice": record["notice_digest"],
        "seal": record["seal_digest"],
        "shares": [tag.hash("share", circle, canonical(deal)).hex() for deal in record["deals"]],
    }
    return canonical(posted)


def named(count: int, prefix: str = "A", **more: Any) -> list[Any]:
    return [{"name": f"甲{i}", "ticket": f"{prefix}{i:03d}"} | copy.deepcopy(more) for i in range(count)]


def pupils(count: int, seed: int = 0) -> list[Any]:
    made = []
    for entry in named(count, "P"):
        chance = sha256(f"{seed}/{entry['ticket']}".encode()).digest()
        marks = {"gender": "男女"[chance[0] % 2], "board": "是否"[chance[1] % 3 == 0]}
        made.append(entry | {"level": chance[2], "marks": marks})
    return made


CIRCLE = (("教务处", "organiser"), ("家长甲", "witness"), ("家长乙", "witness"))
PICK = {"kind": "pick", "take": 2}
NUMBER = {"source": "双色球", "issue": "2026100", "expected": "2026-09-02"}


@cache
def _pick() -> bytes:
    """A small record with everything in it: a number, a deal opened by others, somebody excluded."""
    excluded = [{"name": "甲9", "reason": "本人任教", "ticket": "B1"}]
    replaced = {"draw": "D-0", "reason": "停电"}
    notice = notice_of(PICK, named(4), excluded=excluded, number=NUMBER, replaces=replaced)
    return canonical(Dealer(notice, CIRCLE[:2], 2, dealing=(0, 1), absent=(1,)).record([[7, 3, 12]]))


def changed(raw: bytes, *path: Any, to: Any) -> bytes:
    """The record with one value replaced."""
    record = json.loads(raw)
    inner = record
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = to
    return canonical(record)


def places(raw: bytes, anchor: bytes | None = None) -> list[str]:
    verdict = verify(raw, anchor)
    assert verdict.verdict == "rejected"
    return [fault.where for fault in verdict.faults]


# --- Arithmetic -----------------------------------------------------------------------------------------------------


def _plain_add(a: Any, b: Any) -> Any:
    if a is None or b is None:
        return b if a is None else a
    if a[0] == b[0] and (a[1] + b[1]) % P == 0:
        return None
    slope = (3 * a[0] ** 2 - 3) * pow(2 * a[1], -1, P) if a == b else (b[1] - a[1]) * pow(b[0] - a[0], -1, P)
    x = (slope * slope - a[0] - b[0]) % P
    return x, (slope * (a[0] - x) - a[1]) % P


def _plain_times(number: int, point: Any) -> Any:
    total = None
    for bit in bin(number % N)[2:]:
        total = _plain_add(total, total)
        total = _plain_add(total, point) if bit == "1" else total
    return total


def test_the_windowed_arithmetic_agrees_with_the_textbook() -> None:
    scalars = [0, 1, 2, 15, 16, 17, 31, 32, N - 1, N, N + 5, 2**255, int.from_bytes(sha256(b"x").digest(), "big")]
    for one, other in pairwise(scalars):
        due = _plain_add(_plain_times(one, BASE), _plain_times(other, SECOND))
        assert combine((one, BASE), (other, SECOND)) == due
    # Equal, opposite and cancelling terms take the exceptional branches of the addition.
    assert combine((5, BASE), (6, BASE)) == _plain_times(11, BASE)
    assert combine((5, BASE), (-5, BASE)) is None
    assert combine((1, BASE), (1, BASE)) == _plain_times(2, BASE)


def test_the_base_point_is_that_of_the_standard() -> None:
    assert combine((N, BASE)) is None
    # The published multiple for k = 112233445566778899.
    due = (
        0x339150844EC15234807FE862A86BE77977DBFB3AE3D96F4C22795513AEAAB82F,
        0xB1C14DDFDC8EC1B2583F51E85A5EB3A155840F2034730E9B5ADA38B674336A21,
    )
    assert combine((112233445566778899, BASE)) == due


def test_the_second_point_is_the_first_even_one_of_its_hashes() -> None:
    x = next(
        x
        for counter in range(100)
        for x in [int(sha256(f"qingfu-draw-1/second-point/{counter}".encode()).hexdigest(), 16)]
        if x < P and pow(x**3 - 3 * x + verifier.B3, (P - 1) // 2, P) == 1
    )
    assert SECOND[0] == x
    assert SECOND[1] % 2 == 0
    assert (SECOND[1] ** 2 - (x**3 - 3 * x + verifier.B3)) % P == 0


def test_the_hash_gives_each_part_its_length() -> None:
    whole = b"\0\0\0\x12qingfu-draw-1/seal" + b"\0\0\0\x02ab" + b"\0\0\0\0"
    assert TAGS[False].hash("seal", b"ab", b"") == sha256(whole).digest()
    whole = b"\0\0\0\x1cqingfu-draw-1-rehearsal/seal"
    assert TAGS[True].hash("seal") == sha256(whole).digest()


# --- Verdicts -------------------------------------------------------------------------------------------------------


def test_a_record_is_consistent_alone_and_random_with_what_was_posted() -> None:
    raw = _pick()
    assert verify(raw).verdict == "consistent"
    verdict = verify(raw, anchor_of(json.loads(raw)))
    assert (verdict.verdict, verdict.faults, verdict.exit_code) == ("random", (), 0)
    assert verdict.facts["excluded"] == {"count": 1, "reasons": {"本人任教": 1}}
    assert verdict.facts["pool"] == 4


@pytest.mark.parametrize(
    ("needed", "dealing", "due"),
    [(2, (0, 1), "random"), (2, (0,), "replayable"), (1, (0, 1), "replayable"), (3, (2,), "random")],
    ids=["a witness dealt", "the organiser alone", "the organiser could open", "witnesses only"],
)
def test_chance_is_proven_only_by_what_the_organiser_did_not_hold(needed: int, dealing: Any, due: str) -> None:
    record = Dealer(notice_of(PICK, named(5)), CIRCLE, needed, dealing).record()
    verdict = verify(canonical(record), anchor_of(record))
    assert (verdict.verdict, verdict.faults) == (due, ())


@pytest.mark.parametrize(("needed", "could"), [(2, False), (3, True)])
def test_whether_the_organiser_could_have_stopped_and_begun_again_is_said(needed: int, could: bool) -> None:
    verdict = verify(canonical(Dealer(notice_of(PICK, named(5)), CIRCLE, needed, (0, 1)).record()))
    assert ("organiser-could-stop" in [note.code for note in verdict.notes]) == could


@pytest.mark.parametrize("anchored", [True, False])
def test_a_rehearsal_is_never_anything_else(anchored: bool) -> None:
    record = Dealer(notice_of(PICK, named(5), rehearsal=True), CIRCLE, 2, (0, 1, 2), (1,)).record()
    verdict = verify(canonical(record), anchor_of(record) if anchored else None)
    assert (verdict.verdict, verdict.exit_code) == ("rehearsal", 3)
    # Nothing of it serves in the draw, whatever is computed anew.
    record["notice"]["rehearsal"] = False
    record["notice_digest"] = TAGS[False].hash("notice", canonical(record["notice"])).hex()
    assert verify(canonical(record)).verdict == "rejected"


METHODS: dict[str, Any] = {
    "share": notice_of(
        {"kind": "share", "by": ["gender", "board"], "parts": 3, "of": 100, "least": 2},
        [{key: value for key, value in entry.items() if key != "level"} for entry in pupils(40)],
    ),
    "match": notice_of(
        {
            "kind": "match",
            "rounds": 3,
            "apart_by": ["town"],
            "takers": [
                entry | {"marks": {"town": "东西南"[i % 3]}, "most": 9} for i, entry in enumerate(named(7, "T"))
            ],
            "ties": [{"reason": "亲属", "taker": "T002", "target": "A001"}],
        },
        [entry | {"marks": {"town": "东西"[i % 2]}} for i, entry in enumerate(named(11))],
    ),
    "allot": notice_of(
        {
            "kind": "allot",
            "classes": ["一班", "二班", "三班"],
            "balance": ["gender", "board"],
            "together": [["P001", "P002"]],
            "apart": [["P003", "P004"], ["P003", "P005"]],
            "teams": named(3, "T"),
            "avoid": [["P007", "T001"]],
            "later": 4,
        },
        pupils(31),
    ),
}


@pytest.mark.parametrize("kind", METHODS)
def test_every_method_replays_and_names_the_place_that_differs(kind: str) -> None:
    raw = canonical(Dealer(METHODS[kind], CIRCLE, 2, (0, 1)).record())
    assert verify(raw).verdict == "consistent"
    path: dict[str, tuple[Any, ...]] = {
        "share": ("result", "strata", 1, "order", 0),
        "match": ("result", "rounds", 2, 4, 1),
        "allot": ("result", "classes", 0, "tickets", 3),
    }
    due = json.loads(raw)
    for step in path[kind]:
        due = due[step]
    verdict = verify(changed(raw, *path[kind], to="X"))
    where = "$" + "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path[kind])
    assert [(fault.where, fault.expected) for fault in verdict.faults] == [(where, due)]


def test_true_is_not_the_number_one() -> None:
    record = Dealer(METHODS["match"], CIRCLE, 2, (0,)).record()
    loads = record["result"]["loads"]
    row, column = next((r, c) for r, load in enumerate(loads) for c in range(2, 5) if load[c] == 1)
    assert places(changed(canonical(record), "result", "loads", row, column, to=True)) == [
        f"$.result.loads[{row}][{column}]"
    ]
    assert places(changed(_pick(), "deals", 1, "by", to=True)) == ["$.deals[1].by"]
    assert places(changed(_pick(), "notice", "rehearsal", to=0)) == ["$.notice.rehearsal"]


# --- Every byte -----------------------------------------------------------------------------------------------------


def _each_byte_changed(raw: bytes) -> Iterator[bytes]:
    for at, byte in enumerate(raw):
        # A digit becomes another digit, a letter another letter: changes that stay readable go deepest.
        for other in {byte ^ 1, 0x31 if byte == 0x30 else 0x30}:
            yield raw[:at] + bytes([other]) + raw[at + 1 :]


@pytest.mark.parametrize("anchored", [False, True])
def test_a_change_of_any_byte_of_a_record_is_rejected(anchored: bool) -> None:
    raw = _pick()
    anchor = anchor_of(json.loads(raw)) if anchored else None
    unnoticed = [bad for bad in _each_byte_changed(raw) if verify(bad, anchor).verdict != "rejected"]
    assert unnoticed == []


def test_a_byte_more_or_less_is_rejected() -> None:
    raw = _pick()
    for bad in (raw + b"\n", b" " + raw, raw[:-1], raw[1:], b"\xef\xbb\xbf" + raw, raw + raw):
        assert verify(bad).verdict == "rejected"


def test_a_change_of_any_byte_of_what_was_posted_is_rejected() -> None:
    raw = _pick()
    bad = [one for one in _each_byte_changed(anchor_of(json.loads(raw))) if verify(raw, one).verdict != "rejected"]
    assert bad == []


@pytest.mark.parametrize("posted", [b"null", b"[]", b"{}", b"0", b"false", b'""', b"", b"null\n"], ids=repr)
def test_a_file_that_is_no_notice_never_counts_as_what_was_posted(posted: bytes) -> None:
    found = verify(_pick(), posted)
    assert found.verdict == "rejected"
    assert [fault.where.split(":")[0] for fault in found.faults][:1] == ["anchor"]


def test_another_file_given_as_the_anchor_is_told_to_be_one() -> None:
    raw = _pick()
    for other in (canonical(json.loads(raw)["notice"]), raw):
        (fault,) = verify(raw, other).faults
        assert (fault.where, fault.code) == ("anchor:$.qingfu", "not-anchor")


# --- Vectors of others ----------------------------------------------------------------------------------------------


def _vector(name: str) -> Any:
    return json.loads((DATA / "lottery_vectors" / f"{name}.json").read_text(encoding="utf-8"))


def _foreign(scheme: str, names: list[str], take: int, values: Any) -> bytes:
    pool = [{"name": name, "ticket": f"N{i:04d}"} for i, name in enumerate(names)]
    notice = notice_of({"kind": "pick", "take": take}, pool, scheme=scheme, number=NUMBER)
    return canonical(Dealer(notice).record(values))


def _rfc(name: str) -> tuple[bytes, Any]:
    vector = _vector(name)
    names = vector.get("pool") or [f"volunteer {i}" for i in range(1, vector["pool_size"] + 1)]
    values = [source if isinstance(source, list) else source["values"] for source in vector["sources_as_given"]]
    return _foreign("rfc3797", names, len(vector["published_output"]), values), vector


@pytest.mark.parametrize("name", ["rfc3797_example", "nomcom_2022"])
def test_published_draws_by_rfc_3797_come_out_as_published(name: str) -> None:
    raw, vector = _rfc(name)
    result = json.loads(raw)["result"]
    published = vector["published_output"]
    assert result["digests"][: len(published)] == [line["md5"] for line in published]
    assert [int(ticket[1:]) + 1 for ticket in result["chosen"]] == [line["selected"] for line in published]
    assert len(result["order"]) == vector["pool_size"]
    assert verify(raw).verdict == "consistent"
    assert verify(raw, anchor_of(json.loads(raw))).verdict == "random"


def test_the_published_tie_break_by_sha_256_comes_out_as_published() -> None:
    vector = _vector("xsf_2025_tiebreak")
    raw = _foreign("sha256-lot", vector["candidates_alphabetical"], 1, [vector["numbers"]])
    result = json.loads(raw)["result"]
    assert result == {"chosen": ["N0001"], "digests": [vector["sha256"]], "order": ["N0001"]}
    assert verify(raw).verdict == "consistent"


def test_a_change_of_any_byte_of_a_published_draw_is_rejected() -> None:
    for raw in (_rfc("rfc3797_example")[0], _foreign("sha256-lot", ["甲", "乙"], 1, [[6, 11]])):
        assert [bad for bad in _each_byte_changed(raw) if verify(bad).verdict != "rejected"] == []


# --- Hostile files --------------------------------------------------------------------------------------------------

HOSTILE = {
    "nothing": b"",
    "no text": b"\xff\xfe",
    "no object": b"[]",
    "deep": b"[" * 100_000,
    "deep objects": b'{"a":' * 100_000,
    "closed and deep": b"[" * 900 + b"]" * 900,
    "not a number": b'{"a":NaN}',
    "infinite": b'{"a":-Infinity}',
    "a fraction": b'{"a":1.0}',
    "an exponent": b'{"a":1e9}',
    "a long number": b'{"a":' + b"9" * 100_000 + b"}",
    "beyond 2^53": b'{"a":9007199254740992}',
    "minus nothing": b'{"a":-0}',
    "a key twice": b'{"a":1,"a":1}',
    "half a pair": b'{"a":"\\ud800"}',
    "decomposed": '{"a":"e\u0301"}'.encode(),
    "escaped": b'{"a":"\\u0041"}',
    "spaced": b'{"a": 1}',
    "unsorted": b'{"b":1,"a":1}',
    "many": b"[" + b"0," * verifier.MOST_VALUES + b"0]",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_gets_a_fault_and_a_place(name: str) -> None:
    for verdict in (verify(HOSTILE[name]), verify(_pick(), HOSTILE[name])):
        assert verdict.verdict == "rejected"
        assert all(fault.where and fault.text("zh") and fault.text("en") for fault in verdict.faults)
        assert not any(fault.code == "own-failure" for fault in verdict.faults)
        verifier.as_text(verdict, "zh")


def _nodes(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if path:
        yield path
    for key, item in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from _nodes(item, (*path, key))


ANYTHING = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-3, 3),
        st.sampled_from([2**53 - 1, "", "A001", "gender", "00" * 32, "ff" * 32, "02" + "00" * 32, "02" + "ff" * 32]),
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(["by", "name", "é"]), inner)),
    max_leaves=4,
)


@cache
def _all_kinds() -> tuple[bytes, ...]:
    return (_pick(), *(canonical(Dealer(notice, CIRCLE[:1], 1, (0,)).record()) for notice in METHODS.values()))


OTHERS: tuple[Any, ...] = (None, True, -1, 2**53 - 1, "", "A001", [], [None], [""], [[]], [{}], {}, {"by": None})


def _shapes(record: Any) -> Iterator[tuple[Any, ...]]:
    """One place of each shape: of the items of a list the first will do."""
    known = set()
    for path in _nodes(record):
        shape = tuple(0 if type(step) is int else step for step in path)
        if shape not in known:
            known.add(shape)
            yield path


def test_another_thing_in_any_place_of_a_record_is_rejected_in_words() -> None:
    for raw in _all_kinds():
        for path in _shapes(json.loads(raw)):
            for other in OTHERS:
                bad = changed(raw, *path, to=other)
                verdict = verify(bad)
                assert verdict.verdict == ("consistent" if bad == raw else "rejected"), (path, other)
                assert "own-failure" not in {fault.code for fault in verdict.faults}, (path, other)


@given(st.data())
def test_whatever_stands_in_the_place_of_a_value_is_rejected_and_never_breaks(data: st.DataObject) -> None:
    raw = data.draw(st.sampled_from(_all_kinds()))
    record = json.loads(raw)
    path = data.draw(st.sampled_from(list(_nodes(record))))
    bad = changed(raw, *path, to=data.draw(ANYTHING))
    verdict = verify(bad)
    assert verdict.verdict == ("consistent" if bad == raw else "rejected")
    assert not any(fault.code == "own-failure" for fault in verdict.faults)


@given(st.data())
def test_a_forger_who_computes_the_digests_anew_is_still_rejected_or_has_made_another_draw(data: st.DataObject) -> None:
    """Other methods and lists get the digests they need; the checks behind the digests must not break on them."""
    raw = data.draw(st.sampled_from(_all_kinds()))
    notice = json.loads(raw)["notice"]
    path = data.draw(st.sampled_from(list(_nodes(notice))))
    forged = json.loads(changed(raw, "notice", *path, to=data.draw(ANYTHING)))
    forged["notice_digest"] = TAGS[False].hash("notice", canonical(forged["notice"])).hex()
    verdict = verify(canonical(forged))
    assert not any(fault.code == "own-failure" for fault in verdict.faults)
    assert verdict.verdict == ("consistent" if forged == json.loads(raw) else "rejected")


# --- Adversaries ----------------------------------------------------------------------------------------------------


def _forged(path: tuple[Any, ...], to: Any, method: str = "") -> list[str]:
    """The places of the faults in a record whose dealer never looked at the notice it was given."""
    notice = copy.deepcopy(METHODS[method] if method else notice_of(PICK, named(4)))
    whole = Dealer(copy.deepcopy(notice), CIRCLE[:1], 1, (0,)).record()
    inner = notice
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = to
    whole["notice"] = notice
    whole["notice_digest"] = TAGS[False].hash("notice", canonical(notice)).hex()
    return places(canonical(whole))


@pytest.mark.parametrize(
    ("path", "to", "where"),
    [
        (("draw",), "一", "$.notice.draw"),
        (("title",), "", "$.notice.title"),
        (("frozen_at",), "2026-02-30T01:00:00.000000Z", "$.notice.frozen_at"),
        (("frozen_at",), "2026-09-01T01:00:00Z", "$.notice.frozen_at"),
        (("pool",), [], "$.notice.pool"),
        (("pool", 1, "ticket"), "A000", "$.notice.pool[1].ticket"),
        (("pool", 2, "ticket"), "A0005", "$.notice.pool[2].ticket"),
        (("pool", 2, "ticket"), "a", "$.notice.pool[2].ticket"),
        (("pool", 0), {"ticket": "A000"}, "$.notice.pool[0]"),
        (("pool", 0), {"holder": "0", "ticket": "A000"}, "$.notice.pool[0].holder"),
        (("pool", 0, "level"), 1, "$.notice.pool[0].level"),
        (("excluded",), [{"name": "甲", "ticket": "A001", "reason": "病"}], "$.notice.excluded[0].ticket"),
        (("excluded",), [{"name": "甲", "ticket": "B001", "reason": ""}], "$.notice.excluded[0].reason"),
        (("method", "take"), 0, "$.notice.method.take"),
        (("method", "take"), 5, "$.notice.method.take"),
        (("method", "kind"), "choose", "$.notice.method"),
        (("scheme",), "rfc3797", "$.notice.number"),
        # Nothing of these can be seen: spaces of two widths, a space without width, a mark of order.
        *(
            (("excluded",), [{"name": "甲", "ticket": "B001", "reason": blank}], "$.notice.excluded[0].reason")
            for blank in (" ", "\u3000", "\u200b", "\ufeff \u00a0")
        ),
        (("pool", 0, "name"), "\u3000", "$.notice.pool[0].name"),
        (("replaces",), {"draw": "D-0", "reason": ""}, "$.notice.replaces.reason"),
        (("replaces",), {"draw": "D-0", "reason": "\u200b"}, "$.notice.replaces.reason"),
        (("number",), NUMBER | {"expected": "2026-08-30"}, "$.notice.number.expected"),
        # The evening before, in China: whoever freezes in the morning knows it.
        (("number",), NUMBER | {"expected": "2026-08-31"}, "$.notice.number.expected"),
        (("number",), NUMBER | {"expected": "2026-13-01"}, "$.notice.number.expected"),
        (("number",), NUMBER, "$.number"),
    ],
)
def test_a_notice_that_is_not_by_the_rules_is_named(path: tuple[Any, ...], to: Any, where: str) -> None:
    assert where in _forged(path, to)


@pytest.mark.parametrize(
    ("method", "path", "to", "where"),
    [
        ("share", ("method", "by"), [], "$.notice.method.by"),
        ("share", ("method", "parts"), 101, "$.notice.method.parts"),
        ("share", ("pool", 3, "marks"), {"gender": "男"}, "$.notice.pool[3]"),
        ("share", ("pool", 3, "marks"), {"gender": "男", "板": "是", "board": "是"}, "$.notice.pool[3].marks"),
        ("match", ("method", "rounds"), 8, "$.notice.method"),
        ("match", ("method", "rounds"), 2**53 - 1, "$.notice.method"),
        ("match", ("method", "takers", 0, "most"), -1, "$.notice.method.takers[0].most"),
        ("match", ("method", "ties", 0, "taker"), "T999", "$.notice.method.ties[0].taker"),
        ("allot", ("method", "classes"), ["一班"] * 3, "$.notice.method.classes[1]"),
        ("allot", ("method", "together"), [["P002", "P001"]], "$.notice.method.together[0][1]"),
        ("allot", ("method", "together"), [["P001", "P002"], ["P002", "P003"]], "$.notice.method.together[1][0]"),
        ("allot", ("method", "together"), [["P003", "P004"]], "$.notice.method.apart[0]"),
        ("allot", ("method", "apart"), [["P004", "P003"]], "$.notice.method.apart[0]"),
        ("allot", ("method", "teams"), named(2, "T"), "$.notice.method.teams"),
        ("allot", ("method", "avoid"), [["P007", "T009"]], "$.notice.method.avoid[0][1]"),
        ("allot", ("method", "later"), 2**53 - 1, "$.notice.method.later"),
        ("allot", ("method", "later"), 5, "$.result.later"),
        ("allot", ("pool", 0, "level"), True, "$.notice.pool[0].level"),
    ],
)
def test_a_method_that_is_not_by_the_rules_is_named(method: str, path: tuple[Any, ...], to: Any, where: str) -> None:
    assert where in _forged(path, to, method)


def test_takers_who_may_take_too_little_leave_no_answer() -> None:
    takers = [entry | {"most": 1} for entry in named(3, "T")]
    notice = notice_of({"kind": "match", "rounds": 1, "apart_by": [], "takers": takers, "ties": []}, named(3))
    raw = canonical(Dealer(copy.deepcopy(notice), CIRCLE[:1], 1, (0,)).record())
    assert verify(raw).verdict == "consistent"
    notice["method"]["takers"][0]["most"] = 0
    with pytest.raises(verifier.NoAnswer):
        Dealer(notice, CIRCLE[:1], 1, (0,)).record()


def test_a_number_without_a_value_is_no_chance() -> None:
    tried: tuple[list[list[int]], ...] = ([], [[]], [[1], []])
    for values in tried:
        notice = notice_of(PICK, named(4), number=NUMBER)
        assert verify(canonical(Dealer(notice, CIRCLE[:1], 1, (0,)).record(values))).verdict == "rejected"


def test_whoever_joins_twice_or_comes_from_another_draw_is_named() -> None:
    record = Dealer(notice_of(PICK, named(4)), CIRCLE, 2, (0, 1)).record()
    other = Dealer(notice_of(PICK, named(4), draw="D-2"), CIRCLE, 2, (0, 1)).record()
    twice = copy.deepcopy(record)
    twice["circle"][2]["key"] = twice["circle"][1]["key"]
    assert places(canonical(twice)) == ["$.circle[2].key"]
    for part in ("circle", "deals"):
        mixed = copy.deepcopy(record)
        mixed[part] = other[part]
        assert verify(canonical(mixed)).verdict == "rejected"


def _resealed(record: Any) -> bytes:
    """As an organiser would who can compute every digest but holds no key of the others."""
    tag, digest = TAGS[False], bytes.fromhex(record["notice_digest"])
    circle = tag.hash("circle", digest, canonical(record["circle"]), record["threshold"].to_bytes(4, "big"))
    shares = [tag.hash("share", circle, canonical(deal)) for deal in record["deals"]]
    record["seal_digest"] = tag.hash("seal", digest, circle, *shares).hex()
    return canonical(record)


def test_a_proof_of_another_is_named_where_it_stands() -> None:
    record = Dealer(notice_of(PICK, named(4)), CIRCLE, 2, (0, 1), absent=(1,)).record()
    fake = {"e": "11" * 32, "z": "22" * 32}
    tried = copy.deepcopy(record)
    tried["circle"][1]["proof"] = fake
    assert "$.circle[1].proof" in places(_resealed(tried))
    tried = copy.deepcopy(record)
    tried["deals"][0]["answers"][0] = "33" * 32
    assert {"$.deals[0]", "$.deals[0].signature"} <= set(places(_resealed(tried)))
    tried = copy.deepcopy(record)
    tried["reveals"][0]["share"] = "44" * 32
    assert places(canonical(tried)) == ["$.reveals[0].share"]
    tried = copy.deepcopy(record)
    tried["reveals"][1]["pieces"][0]["point"] = record["reveals"][1]["pieces"][1]["point"]
    assert places(canonical(tried)) == ["$.reveals[1].pieces[0]"]


def test_who_drops_a_share_after_the_notice_was_posted_is_found_by_it_alone() -> None:
    record = Dealer(notice_of(PICK, named(4)), CIRCLE, 2, (0, 1, 2)).record()
    fewer = Dealer(notice_of(PICK, named(4)), CIRCLE, 2, (0, 1)).record()
    assert verify(canonical(fewer)).verdict == "consistent"
    assert "$.seal_digest" in places(canonical(fewer), anchor_of(record))


def test_it_does_not_matter_who_opens_a_share() -> None:
    alone = Dealer(notice_of(PICK, named(4)), CIRCLE, 2, (0, 1)).record()
    together = Dealer(notice_of(PICK, named(4)), CIRCLE, 2, (0, 1), absent=(1,)).record()
    assert alone["deals"][1] == together["deals"][1]
    assert alone["seed"] == together["seed"]
    assert verify(canonical(together)).verdict == "consistent"


# --- Methods --------------------------------------------------------------------------------------------------------


def _replayed(notice: Any, seed: int) -> Any:
    record = {"notice": notice, "number": None}
    return verifier.replay(TAGS[False], sha256(b"%d" % seed).digest(), record)


@pytest.mark.parametrize("seed", range(20))
def test_a_match_gives_each_target_its_takers_and_spreads_them_over_the_rounds(seed: int) -> None:
    notice = METHODS["match"]
    result = _replayed(notice, seed)
    barred = {("T002", "A001")}
    towns = {entry["ticket"]: entry["marks"]["town"] for entry in [*notice["pool"], *notice["method"]["takers"]]}
    pairs = [(taker, target) for table in result["rounds"] for target, taker in table]
    assert len(set(pairs)) == len(pairs) == 33
    assert all(
        [target for target, _ in table] == [entry["ticket"] for entry in notice["pool"]] for table in result["rounds"]
    )
    assert all(pair not in barred and towns[pair[0]] != towns[pair[1]] for pair in pairs)
    totals = Counter(taker for taker, _ in pairs)
    for ticket, total, *by_round in result["loads"]:
        assert totals[ticket] == total == sum(by_round)
        assert max(by_round) - min(by_round) <= 1


class Slow(verifier.Allot):
    """Steps 5 and 6 looking at every pair of pupils, remembering nothing."""

    def _nearest(self, a: int, b: int, cells: tuple[int, int], aim: int, weight: int) -> tuple[int, int, int] | None:
        found = [
            (abs(aim - (self.level[x] - self.level[y]) * weight), self.place[x], self.place[y])
            for x in self.rows[a]
            for y in self.rows[b]
            if (self.cell[x], self.cell[y]) == cells
            and not {x, y} & self.grouped
            and not any(self.home[foe] == b and foe != y for foe in self.foes.get(x, ()))
            and not any(self.home[foe] == a and foe != x for foe in self.foes.get(y, ()))
        ]
        return min(found, default=None)

    def _exchange_for_level(self, gap: int, same: bool) -> bool:
        self.asked.clear()
        return super()._exchange_for_level(gap, same)


@pytest.mark.parametrize("seed", range(30))
def test_the_quick_search_for_an_exchange_finds_what_the_slow_one_finds(seed: int) -> None:
    notice = copy.deepcopy(METHODS["allot"])
    notice["pool"] = pupils(20 + 3 * seed, seed)
    notice["method"]["classes"] = [str(label) for label in range(2 + seed % 6)]
    notice["method"]["teams"], notice["method"]["avoid"] = [], []
    notice["method"]["apart"] = [[f"P{a:03d}", f"P{b:03d}"] for a, b in pairwise(range(3, 9 + seed % 8))]
    digest = sha256(b"%d" % seed).digest()
    slow = Slow(verifier.Chance(TAGS[False], digest), notice).replay()
    assert slow == _replayed(notice, seed)
    sizes = {len(row["tickets"]) for row in slow["classes"]}
    assert max(sizes) - min(sizes) <= 1
    assert sorted(ticket for row in slow["classes"] for ticket in row["tickets"]) == [
        entry["ticket"] for entry in notice["pool"]
    ]


def test_wishes_that_cannot_be_met_are_named() -> None:
    notice = copy.deepcopy(METHODS["allot"])
    notice["method"]["classes"] = ["一班"]
    notice["method"]["teams"] = named(1, "T")
    notice["method"]["avoid"] = [["P007", "T000"]]
    result = _replayed(notice, 1)
    assert result["unmet"] == [["P003", "P004"], ["P003", "P005"], ["P007", "T000"]]
    assert result["classes"][0]["team"] == "T000"


@pytest.mark.parametrize("path", RUN, ids=lambda path: path.name.split(".")[0])
def test_what_the_runner_made_holds(path: Path) -> None:
    raw = path.read_bytes()
    verdict = verify(raw, path.with_name(path.name.replace("record", "anchor")).read_bytes())
    assert verdict.faults == ()
    assert (verdict.verdict == "rehearsal") == json.loads(raw)["notice"]["rehearsal"]
    # A sample of its bytes; all of them are changed in the small records above.
    for at in range(7, len(raw), len(raw) // 20):
        assert verify(raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :]).verdict == "rejected"


# --- Faces ----------------------------------------------------------------------------------------------------------


def _run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-I", "-S", str(verifier.__file__), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, encoding="utf-8")


@pytest.fixture
def files(tmp_path: Path) -> Path:
    raw = _pick()
    (tmp_path / "record").write_bytes(raw)
    (tmp_path / "anchor").write_bytes(anchor_of(json.loads(raw)))
    (tmp_path / "bad").write_bytes(changed(raw, "result", "order", 3, to="A999"))
    rehearsal = Dealer(notice_of(PICK, named(4), rehearsal=True), CIRCLE[:1], 1, (0,)).record()
    (tmp_path / "rehearsal").write_bytes(canonical(rehearsal))
    return tmp_path


def test_the_exit_code_says_the_verdict(files: Path) -> None:
    assert _run(files / "record", "--anchor", files / "anchor").returncode == 0
    assert _run(files / "bad").returncode == 1
    assert _run(files / "nowhere").returncode == 2
    assert _run(files).returncode == 2
    assert _run(files / "record", "--anchor", files / "nowhere").returncode == 2
    assert _run().returncode == 2
    assert _run(files / "rehearsal").returncode == 3


def test_a_parent_reads_what_is_proven_and_what_to_compare(files: Path) -> None:
    said = _run(files / "record", "--lang", "zh").stdout
    assert "前后一致（consistent）" in said
    assert "阳光分班" in said
    assert "本人任教" in said
    assert "代替未举行的“D-0”" in said
    assert json.loads(_pick())["seal_digest"] in said
    said = _run(files / "bad", "--lang", "en").stdout
    assert "$.result.order[3]: the replay gives something else" in said
    assert f"should be: {json.loads(_pick())['result']['order'][3]}" in said


def test_programs_get_one_object(files: Path) -> None:
    told = json.loads(_run(files / "bad", "--json", "--lang", "en").stdout)
    assert set(told) == {"verdict", "faults", "notes", "facts"}
    assert told["faults"][0]["where"] == "$.result.order[3]"
    assert told["faults"][0]["expected"] == json.loads(_pick())["result"]["order"][3]
    assert told["facts"]["digests"]["seal"] == json.loads(_pick())["seal_digest"]


def test_a_family_checks_its_slip(tmp_path: Path) -> None:
    notice = copy.deepcopy(METHODS["allot"])
    salt, identity = "0f" * 16, "王小明 22010220190101001X"
    opened = TAGS[False].hash("holder", b"P004", bytes.fromhex(salt), identity.encode()).hex()
    del notice["pool"][4]["name"]
    notice["pool"][4]["holder"] = opened
    record = Dealer(notice, CIRCLE[:1], 1, (0,)).record()
    (tmp_path / "record").write_bytes(canonical(record))
    label = next(row["label"] for row in record["result"]["classes"] if "P004" in row["tickets"])
    done = _run(tmp_path / "record", "--slip", "P004", salt, identity, "--lang", "zh")
    assert (done.returncode, f"班级：{label}" in done.stdout) == (0, True)
    for slip in (
        ("P004", salt, "王小红"),
        ("P004", "0e" * 16, identity),
        ("P004", "x", identity),
        ("P999", salt, identity),
    ):
        assert _run(tmp_path / "record", "--slip", *slip).returncode == 1
    told = json.loads(_run(tmp_path / "record", "--slip", "P004", salt, identity, "--json").stdout)
    assert told["slip"]["state"] == "holds"


def test_a_title_cannot_steer_the_terminal() -> None:
    title = "好\u001b[2J\u202e\n结论: random"
    record = Dealer(notice_of(PICK, named(4), title=title), CIRCLE[:1], 1, (0,)).record()
    said = verifier.as_text(verify(canonical(record)), "zh")
    assert "\u001b" not in said
    assert "\u202e" not in said
    assert sum(line.startswith("结论") for line in said.splitlines()) == 1


def test_every_sentence_is_said_in_both_languages_with_the_same_facts() -> None:
    source = Path(str(verifier.__file__)).read_text(encoding="utf-8")
    for code, (chinese, english) in verifier.SAY.items():
        assert f'"{code}"' in source.split("KINDS = {")[1], f"nothing says {code}"
        wanted = [{name for _, name, _, _ in Formatter().parse(text) if name} for text in (chinese, english)]
        assert {name.split("_")[0] for name in wanted[0]} == {name.split("_")[0] for name in wanted[1]}
