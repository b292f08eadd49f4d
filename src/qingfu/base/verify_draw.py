"""Check the record of a draw: one stand-alone file, standard library only, any Python from 3.8 on.

    python -I -S verify_draw.py RECORD [--anchor NOTICE] [--slip TICKET SALT IDENTITY] [--json] [--lang zh|en]

RECORD is the published record, NOTICE what was posted at the door before anything was revealed. Exit code: 0 the record
holds, 1 it is rejected, 2 a file cannot be read or the command is wrong, 3 it is a rehearsal.

Written from ``docs/explanation/draw-record.md`` alone, without the program that draws; sections are numbered as there.
As a module: ``verify(record_bytes, anchor_bytes=None) -> Verdict``; nothing in a file makes it raise.
"""

# Must run on Python 3.8, where zip knows no ``strict``.
# ruff: noqa: B905

from __future__ import annotations

import argparse
import json
import os
import re
import sys
import unicodedata
from bisect import bisect_right
from collections import deque
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from hashlib import md5, sha256
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    Point = tuple[int, int]  # affine coordinates; infinity is None
    Cell = tuple[str, ...]

# What no honest record needs; beyond it a file is refused before it can fill a laptop.
MOST_BYTES = 64 * 1024 * 1024
MOST_VALUES = 8_000_000
MOST_FAULTS = 200
MOST_MEMBERS = 60
LARGEST = 2**53 - 1

REJECTED, REHEARSAL, CONSISTENT, REPLAYABLE, RANDOM = "rejected", "rehearsal", "consistent", "replayable", "random"
OWN, RFC3797, LOT = "qingfu-1", "rfc3797", "sha256-lot"
ABSENT: Any = object()


# --- What is said: faults, notes, verdicts --------------------------------------------------------------------------

# code: (Chinese, English)
SAY = {
    "too-big": ("文件超过 64 MiB，或所含的项太多，不予读取", "the file is larger than 64 MiB or holds too many values"),
    "not-utf8": ("不是 UTF-8 文本", "this is not UTF-8 text"),
    "not-json": ("不是 JSON：{why}", "this is not JSON: {why}"),
    "too-deep": ("嵌套过深", "this is nested too deeply"),
    "no-integer": (
        "“{text}”不是允许范围内的整数",
        "“{text}” is not an integer within the permitted range",
    ),
    "key-twice": ("键“{key}”出现了两次", "the key “{key}” stands twice"),
    "key-ascii": ("键“{key}”含有 ASCII 以外的字符", "the key “{key}” is not ASCII"),
    "not-nfc": ("文字不是 Unicode NFC 形式", "this text is not in Unicode NFC"),
    "surrogate": ("文字含有半个代理对", "this text holds half a surrogate pair"),
    "not-canonical": (
        "第 {at} 个字节起与规范写法不同：同样的内容只允许一种写法",
        "from byte {at} on this differs from the canonical form; one content has one writing",
    ),
    "kind": ("这里应当是{kind_zh}", "here should stand {kind_en}"),
    "missing": ("缺少“{key}”", "“{key}” is missing"),
    "unknown": ("“{key}”不应出现在这里", "“{key}” has no place here"),
    "value": ("值不对", "the value is wrong"),
    "empty": ("不能为空", "this must not be empty"),
    "pattern": ("写法不符合要求：{rule}", "this is not written as it must be: {rule}"),
    "range": ("应在 {low} 到 {high} 之间", "this must lie between {low} and {high}"),
    "length": ("应有 {due} 项，实有 {got} 项", "here should stand {due} items, there are {got}"),
    "order": ("没有按规定的顺序排列", "this is not in its sorted place"),
    "twice": ("“{what}”出现了两次", "“{what}” stands twice"),
    "who": ("“name”与“holder”应当恰有一个", "exactly one of “name” and “holder” must stand here"),
    "no-point": ("不是曲线 P-256 上的点", "this is no point of the curve P-256"),
    "no-day": ("没有这样的日期或时刻", "there is no such day or moment"),
    "number-old": (
        "公开号码的日期早于名单冻结：冻结时号码已经存在",
        "the public number is older than the freezing of the list: it existed already",
    ),
    "both-lists": ("编号“{ticket}”同时在名单和排除名单上", "ticket “{ticket}” is both in the pool and excluded"),
    "no-mark": ("没有方法所需的标记“{word}”", "the mark “{word}” which the method needs is missing"),
    "nowhere": ("“{ticket}”不在名单上", "“{ticket}” stands in no list"),
    "group-shared": ("“{ticket}”已在另一组", "“{ticket}” is in another group already"),
    "one-group": ("两人同在一个同班组，不能又要求分开", "both are of one group and cannot be kept apart"),
    "scheme-method": ("此算法只能用于“pick”", "this scheme knows the method “pick” only"),
    "scheme-empty": ("此算法没有见证圈，这里应为空", "this scheme has no circle; this must be empty"),
    "number-needed": ("此算法必须事先指定公开号码", "this scheme needs a public number named beforehand"),
    "number-unasked": ("冻结的名单没有指定公开号码", "the frozen notice names no public number"),
    "number-absent": ("冻结的名单指定了公开号码，这里却没有", "the frozen notice names a public number; it is missing"),
    "digest": (
        "摘要与内容不符：内容或摘要被改动过",
        "the digest is not that of the content: one of the two was changed",
    ),
    "not-anchor": (
        "这不是封存后张贴的那份公告（封存凭据）的文件；它说明不了记录有没有问题，请换用正确的文件",
        "this is not the file of what was posted at the seal (the anchor); it says nothing about the record",
    ),
    "posted": ("与门口张贴的不同", "this is not what was posted at the door"),
    "posted-share": (
        "这一份的摘要是 {got}，门口张贴的是 {due}",
        "the hash of this deal is {got}; posted at the door was {due}",
    ),
    "join": ("“{name}”加入见证圈的签名不成立", "the signature with which “{name}” joined does not hold"),
    "deal-proof": (
        "份额的证明不成立：不能保证大家能够合力打开",
        "the proof does not hold that the circle can open this",
    ),
    "deal-signature": ("签名不是份额持有人“{name}”的", "this is not signed by the dealer “{name}”"),
    "share": ("公开的份额不是封存时承诺的那一个", "the revealed share is not the one that was sealed"),
    "open-proof": ("“{name}”打开份额的证明不成立", "the proof with which “{name}” opened this piece does not hold"),
    "no-answer": ("按此方法没有任何结果能满足条件", "no result can satisfy this method"),
    "result": ("与重演的结果不符", "the replay gives something else"),
    "more-faults": ("还有更多错误，不再列出", "there are more faults, which are not listed"),
    "own-failure": (
        "检验程序无法处理这份文件（{why}），因此不予认可",
        "the verifier could not cope with this file ({why}) and therefore rejects it",
    ),
    # Notes.
    "compare": (
        "没有给出门口张贴的公告。请把下面的摘要与公告逐字对照；或用 --anchor 给出公告文件。",
        (
            "The notice posted at the door was not given. Compare the digests below with it, character by character, "
            "or give its file with --anchor."
        ),
    ),
    "not-examined": (
        "因为上面的错误，其余部分没有继续检验。",
        "Because of the faults above, the rest was not examined.",
    ),
    "opened-by-others": (
        "{names} 没有自己公开份额，由其他成员合力打开；结果不因此改变。",
        "{names} did not reveal their own share; others opened it together. The result is the same.",
    ),
    "organiser-could-open": (
        (
            "组织者一方有 {held} 人，打开份额只需 {needed} 人：组织者在封存之前就可能看到见证人的份额，"
            "因此见证人的份额不能证明结果是随机的。"
        ),
        (
            "The organiser's side has {held} members and {needed} can open a share: it could have seen the "
            "witnesses' shares "
            "before the seal, so they do not prove that the result is random."
        ),
    ),
    "organiser-could-stop": (
        (
            "打开份额需要 {needed} 人，见证人只有 {others} 人：组织者看到别人的份额或公开号码后可以拒绝公开，"
            "使抽取作废重来。请询问此前有没有作废的抽取。"
        ),
        (
            "{needed} are needed to open a share and there are {others} witnesses: having seen the others' shares or "
            "the public number, the organiser could have refused its own share and begun again. Ask whether there were "
            "draws before that became void."
        ),
    ),
    "check-number": (
        "请向公布者核对公开号码：{source} {issue}（{expected}）：{values}。",
        "Check the public number with its publisher: {source} {issue} ({expected}): {values}.",
    ),
    "check-time": (
        "冻结时刻 {at}（协调世界时）是组织者自己写的；真正的证据是公告张贴的时间。",
        "The moment of freezing, {at}, is what the organiser wrote; the proof is when the notice was posted.",
    ),
    "replaces": (
        "本次抽取代替未举行的“{draw}”，理由：{reason}。",
        "This draw replaces “{draw}”, which was not run. Reason: {reason}.",
    ),
    "modulo": (
        "此算法取余数，各人机会有极微小的差别（算法固有）。",
        "This scheme takes a remainder; chances differ by a very little, which lies in the scheme.",
    ),
    "unmet": ("有 {count} 对要求没能满足，已在结果中列明。", "{count} wishes could not be met; the result names them."),
}

KINDS = {
    "object": ("一个对象", "an object"),
    "array": ("一个列表", "a list"),
    "text": ("文字", "text"),
    "integer": ("整数", "an integer"),
    "boolean": ("true 或 false", "true or false"),
    "null": ("null", "null"),
}

VERDICTS = {
    REJECTED: (
        "不予认可（rejected）",
        (
            "这份记录不成立：它不是按规则产生的，或者产生之后被改动过。下面逐条列出错误的位置。"
            "这不说明是谁、为什么改动；请向组织者索取原始文件，并与门口张贴的公告对照。"
        ),
        "REJECTED",
        (
            "This record does not hold: it was not made by the rules or was changed afterwards. The faults are "
            "listed below "
            "with their places. This does not say who changed it, or why; ask the organiser for the original "
            "file and compare "
            "it with the notice at the door."
        ),
    ),
    REHEARSAL: (
        "演练（rehearsal）",
        "这是一次演练的记录，前后一致。演练永远不能当作正式抽取：其中的一切在正式抽取中都无效。",
        "REHEARSAL",
        (
            "This is the record of a rehearsal, and it is consistent. A rehearsal can never be the draw: nothing "
            "in it is worth "
            "anything there."
        ),
    ),
    CONSISTENT: (
        "前后一致（consistent）",
        (
            "这份记录自身前后一致，结果能由它重演出来。但没有与门口张贴的公告对照，不能证明它就是当时冻结、封存的那一次；"
            "一份完全另造的记录也可以前后一致。"
        ),
        "CONSISTENT",
        (
            "This record agrees with itself and its result can be replayed. It was not compared with the notice "
            "at the door, so "
            "nothing proves that it is the draw that was frozen and sealed: a record made up as a whole can be "
            "consistent too."
        ),
    ),
    REPLAYABLE: (
        "可重演（replayable）",
        (
            "可重演，但不能证明是随机的：记录与门口张贴的公告一致，结果人人可以重算；但其中没有见证人独立持有的份额，"
            "也没有事先指定的公开号码，组织者可能事先试过许多次再选定一次。"
        ),
        "REPLAYABLE",
        (
            "Replayable, but not proven random: the record agrees with the notice at the door and anybody can "
            "compute the result "
            "again. But no share that a witness alone held and no public number named beforehand is in it; the "
            "organiser could "
            "have tried many times and kept one."
        ),
    ),
    RANDOM: (
        "随机且可重演（random）",
        (
            "记录与门口张贴的公告一致，结果人人可以重算，并且其中有组织者事先不掌握的成分（见证人的份额或公开号码），"
            "所以组织者无法挑选结果。它依靠的是：列出的见证人确有其人、没有把钥匙交给组织者；公告在公开之前已经张贴。"
            "它不证明名单本身没有遗漏，也不证明排除的理由属实。"
        ),
        "RANDOM",
        (
            "The record agrees with the notice at the door, anybody can compute the result again, and something "
            "the organiser did "
            "not hold (a witness's share or a public number) is in it, so the organiser could not choose the "
            "outcome. This rests "
            "on the witnesses being real and not having given away their keys, and on the notice having been "
            "posted before the "
            "reveal. It does not prove that nobody was left off the list, nor that the reasons for exclusion are true."
        ),
    ),
}


def _say(code: str, facts: Mapping[str, Any], lang: str) -> str:
    return SAY[code][lang == "en"].format(**facts)


@dataclass(frozen=True)
class Fault:
    """One fault: its place as a path, what is wrong, and what should stand there where it can be said."""

    where: str
    code: str
    facts: Mapping[str, Any]
    expected: Any = ABSENT

    def text(self, lang: str) -> str:
        """What is wrong, in ``zh`` or ``en``."""
        return _say(self.code, self.facts, lang)


@dataclass(frozen=True)
class Note:
    """Something a reader should know that is no fault."""

    code: str
    facts: Mapping[str, Any]

    def text(self, lang: str) -> str:
        """The note, in ``zh`` or ``en``."""
        return _say(self.code, self.facts, lang)


@dataclass(frozen=True)
class Verdict:
    """What the verifier says: a word of section 10 (or ``rejected``), the faults, notes, and facts of the record."""

    verdict: str
    faults: tuple[Fault, ...]
    notes: tuple[Note, ...]
    facts: Mapping[str, Any]

    @property
    def exit_code(self) -> int:
        """0 the record holds, 1 it is rejected, 3 it is a rehearsal."""
        return {REJECTED: 1, REHEARSAL: 3}.get(self.verdict, 0)

    def as_json(self, lang: str = "en") -> dict[str, Any]:
        """One JSON-ready object: verdict, faults, notes, facts."""
        faults = []
        for fault in self.faults:
            line = {"where": fault.where, "what": fault.text(lang)}
            if fault.expected is not ABSENT:
                line["expected"] = fault.expected
            faults.append(line)
        notes = [note.text(lang) for note in self.notes]
        return {"verdict": self.verdict, "faults": faults, "notes": notes, "facts": dict(self.facts)}


class Enough(Exception):
    """So many faults that more of them help nobody."""


class NoAnswer(Exception):
    """The method has no result for this pool."""


class Findings:
    """The faults found so far; the same file always gives the same list."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def wrong(self, where: str, code: str, expected: Any = ABSENT, **facts: Any) -> bool:
        """Note a fault. Always False, so that a check can return it."""
        if len(self.faults) >= MOST_FAULTS:
            self.faults.append(Fault("$", "more-faults", {}))
            raise Enough
        self.faults.append(Fault(where, code, facts, expected))
        return False


# --- 1. Writing -----------------------------------------------------------------------------------------------------


class Odd:
    """Something in a JSON file that a document cannot hold, kept so that its place can be named."""

    def __init__(self, code: str, **facts: Any) -> None:
        self.code, self.facts = code, facts


def canonical(value: Any) -> bytes:
    """The one writing of a document that holds only text, integers, true, false, null, lists and objects."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode("utf-8")


def read_document(raw: bytes, top: str, findings: Findings) -> Any:
    """The value of a file in canonical form, or None with at least one fault. ``top`` begins the places of faults."""
    if len(raw) > MOST_BYTES or sum(raw.count(mark) for mark in (b",", b"[", b"{")) > MOST_VALUES:
        return _refused(findings, top, "too-big")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return _refused(findings, top, "not-utf8")
    try:
        value = json.loads(
            text,
            object_pairs_hook=_object,
            parse_int=_integer,
            parse_float=_no_number,
            parse_constant=_no_number,
        )
        if _is_canonical(value, raw, text):
            return value
        return _why_not_canonical(value, raw, top, findings)
    except json.JSONDecodeError as error:
        return _refused(findings, top, "not-json", why=f"{error.msg}, {error.pos}")
    except RecursionError:
        return _refused(findings, top, "too-deep")


def _refused(findings: Findings, where: str, code: str, **facts: Any) -> Any:
    findings.wrong(where, code, **facts)
    return None


def _object(pairs: list[tuple[str, Any]]) -> Any:
    made = dict(pairs)
    if len(made) < len(pairs):
        seen: set[str] = set()
        for key, _ in pairs:
            if key in seen:
                return Odd("key-twice", key=key[:40])
            seen.add(key)
    return made


def _integer(text: str) -> Any:
    # Longer ones are not even converted: that takes the square of their length.
    number = int(text) if len(text) <= 17 else None
    return number if number is not None and abs(number) <= LARGEST else _no_number(text)


def _no_number(text: str) -> Odd:
    return Odd("no-integer", text=text[:40])


def _is_canonical(value: Any, raw: bytes, text: str) -> bool:
    try:
        # What is composed as a whole is composed in its parts; the converse is left to the slow way.
        return canonical(value) == raw and unicodedata.is_normalized("NFC", text)
    except (TypeError, ValueError):
        return False


def _why_not_canonical(value: Any, raw: bytes, top: str, findings: Findings) -> Any:
    """Walks the whole document to name the place; returns it if it is canonical after all."""
    before = len(findings.faults)
    pending: deque[tuple[Any, str]] = deque([(value, top)])
    while pending:
        part, where = pending.popleft()
        if type(part) is dict:
            for key, item in part.items():
                _check_text(key, where, findings)
                pending.append((item, f"{where}.{key}"))
        elif type(part) is list:
            pending.extend((item, f"{where}[{index}]") for index, item in enumerate(part))
        elif type(part) is str:
            _check_text(part, where, findings)
        elif isinstance(part, Odd):
            findings.wrong(where, part.code, **part.facts)
    if len(findings.faults) > before:
        return None
    due = canonical(value)
    if due == raw:
        return value
    shared = next((at for at, (one, other) in enumerate(zip(due, raw)) if one != other), min(len(due), len(raw)))
    return _refused(findings, top, "not-canonical", at=shared)


def _check_text(text: str, where: str, findings: Findings) -> None:
    if any("\ud800" <= sign <= "\udfff" for sign in text):
        findings.wrong(where, "surrogate")
    elif not unicodedata.is_normalized("NFC", text):
        findings.wrong(where, "not-nfc")


class Tagged:
    """The hash of section 1, for a draw or for a rehearsal."""

    def __init__(self, rehearsal: bool) -> None:
        self.tag = "qingfu-draw-1-rehearsal/" if rehearsal else "qingfu-draw-1/"

    def hash(self, name: str, *parts: bytes) -> bytes:
        """``H(name, part, …)``, 32 bytes."""
        whole = sha256()
        for part in ((self.tag + name).encode("ascii"), *parts):
            whole.update(len(part).to_bytes(4, "big") + part)
        return whole.digest()

    def challenge(self, name: str, *parts: bytes) -> int:
        """``challenge(name, part, …)``, below the order of the curve."""
        return int.from_bytes(self.hash(name, *parts), "big") % N


TAGS = {False: Tagged(False), True: Tagged(True)}


def _count(number: int) -> bytes:
    return number.to_bytes(4, "big")


# --- 2. The curve ---------------------------------------------------------------------------------------------------

P = 0xFFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFF
N = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
B3 = 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B
BASE = (
    0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296,
    0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5,
)
NOWHERE = (1, 1, 0)  # infinity in Jacobian coordinates


def _root(x: int) -> int | None:
    """An even y with (x, y) on the curve. p is 3 modulo 4, so a power finds the root."""
    square = (x * x * x - 3 * x + B3) % P
    y = pow(square, (P + 1) // 4, P)
    return None if y * y % P != square else (P - y if y & 1 else y)


def _second_point() -> Point:
    counter = 0
    while True:
        x = int.from_bytes(sha256(b"qingfu-draw-1/second-point/%d" % counter).digest(), "big")
        y = _root(x) if x < P else None
        if y is not None:
            return x, y
        counter += 1


@lru_cache(maxsize=16384)
def read_point(text: str) -> Point | None:
    """The point of 66 hexadecimal characters, or None."""
    x = int(text[2:], 16)
    y = _root(x) if x < P else None
    # No point of this curve has y = 0: its order is an odd prime.
    return None if y is None else (x, P - y if text[:2] == "03" else y)


def write_point(point: Point) -> bytes:
    """33 bytes."""
    return (b"\3" if point[1] & 1 else b"\2") + point[0].to_bytes(32, "big")


def _double(a: tuple[int, int, int]) -> tuple[int, int, int]:
    x, y, z = a
    delta = z * z % P
    gamma = y * y % P
    beta = x * gamma % P
    alpha = 3 * (x - delta) * (x + delta) % P
    x3 = (alpha * alpha - 8 * beta) % P
    return x3, (alpha * (4 * beta - x3) - 8 * gamma * gamma) % P, 2 * y * z % P


def _add(a: tuple[int, int, int], b: Point) -> tuple[int, int, int]:
    x, y, z = a
    if not z:
        return b[0], b[1], 1
    zz = z * z % P
    h = (b[0] * zz - x) % P
    r = (b[1] * z * zz - y) % P
    if not h:
        return NOWHERE if r else _double(a)
    hh = h * h % P
    hhh = h * hh % P
    v = x * hh % P
    x3 = (r * r - hhh - 2 * v) % P
    return x3, (r * (v - x3) - y * hhh) % P, z * h % P


def _affine(points: Sequence[tuple[int, int, int]]) -> list[Point]:
    """Affine coordinates of points that are not infinity, with one inversion for all."""
    products = [1]
    for point in points:
        products.append(products[-1] * point[2] % P)
    inverse = pow(products[-1], -1, P)
    made = []
    for point, before in zip(reversed(points), reversed(products[:-1])):
        w = inverse * before % P
        inverse = inverse * point[2] % P
        made.append((point[0] * w * w % P, point[1] * w * w * w % P))
    return made[::-1]


@lru_cache(maxsize=4096)
def _odd_multiples(point: Point) -> tuple[Point, ...]:
    """1, 3, 5, … 15 times the point."""
    twice = _affine([_double((point[0], point[1], 1))])[0]
    row = [(point[0], point[1], 1)]
    for _ in range(7):
        row.append(_add(row[-1], twice))
    return tuple(_affine(row))


def _windows(number: int) -> Iterator[tuple[int, int]]:
    """(place, odd digit of −15 … 15) such that the digits times 2 to the place make the number."""
    place = 0
    while number:
        zeros = (number & -number).bit_length() - 1
        number >>= zeros
        place += zeros
        digit = number & 31
        if digit > 15:
            digit -= 32
        yield place, digit
        number = (number - digit) >> 5
        place += 5


def combine(*terms: tuple[int, Point]) -> Point | None:
    """The sum of number · point over all terms; None is infinity."""
    due: dict[int, list[Point]] = {}
    for number, point in terms:
        for place, digit in _windows(number % N):
            x, y = _odd_multiples(point)[abs(digit) >> 1]
            due.setdefault(place, []).append((x, y if digit > 0 else P - y))
    total = NOWHERE
    for place in range(max(due, default=-1), -1, -1):
        total = _double(total)
        for point in due.get(place, ()):
            total = _add(total, point)
    return _affine([total])[0] if total[2] else None


SECOND = _second_point()


@lru_cache(maxsize=4096)
def signature_holds(tag: Tagged, key: Point, purpose: str, message: bytes, e: int, z: int) -> bool:
    """Whether (e, z) is a signature by the key on 32 bytes."""
    witness = combine((z, SECOND), (-e, key))
    if witness is None:
        return False
    return e == tag.challenge("sign", purpose.encode(), write_point(key), write_point(witness), message)


# --- 3. to 5. and 9. Shapes: which keys and kinds a document has ----------------------------------------------------

TICKET = (re.compile(r"[A-Z0-9-]{1,20}"), "A–Z 0–9 -, 1…20")
DRAW = (re.compile(r"[A-Za-z0-9._-]{1,80}"), "A–Z a–z 0–9 . _ -, 1…80")
DIGEST = (re.compile(r"[0-9a-f]{64}"), "[0-9a-f]{64}")
POINT = (re.compile(r"0[23][0-9a-f]{64}"), "0[23][0-9a-f]{64}")
MOMENT = (
    re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z"),
    "YYYY-MM-DDTHH:MM:SS.ffffffZ",
)
DAY = (re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"), "YYYY-MM-DD")


def _blank(text: str) -> bool:
    """Whether nothing of a text can be seen: a reason of spaces is none."""
    return all(unicodedata.category(sign) in ("Zs", "Zl", "Zp", "Cc", "Cf") for sign in text)


class Shape:
    """Exact kinds and keys. Every check notes its fault and says whether there was none."""

    def __init__(self, findings: Findings) -> None:
        self.wrong = findings.wrong
        self.findings = findings

    def kind(self, value: Any, where: str, kind: str) -> bool:
        """Exactly this kind: for Python true would be an integer, here it is not."""
        due = {"object": dict, "array": list, "text": str, "integer": int, "boolean": bool, "null": type(None)}[kind]
        if type(value) is due:
            return True
        return self.wrong(where, "kind", kind_zh=KINDS[kind][0], kind_en=KINDS[kind][1])

    def keys(self, value: Any, where: str, needed: Iterable[str], optional: Iterable[str] = ()) -> bool:
        """An object with the needed keys and no others than those and the optional ones."""
        if not self.kind(value, where, "object"):
            return False
        needed = set(needed)
        missing, more = needed - value.keys(), value.keys() - needed - set(optional)
        for key in sorted(missing):
            self.wrong(where, "missing", key=key)
        for key in sorted(more):
            self.wrong(f"{where}.{key}", "unknown", key=key)
        return not missing and not more

    def text(
        self, value: Any, where: str, pattern: tuple[re.Pattern[str], str] | None = None, empty: bool = False
    ) -> bool:
        """Text; with a sign to be seen unless it may be empty; in full of the pattern."""
        if not self.kind(value, where, "text"):
            return False
        if pattern is not None:
            return bool(pattern[0].fullmatch(value)) or self.wrong(where, "pattern", rule=pattern[1])
        return empty or not _blank(value) or self.wrong(where, "empty")

    def exactly(self, value: Any, where: str, *due: Any) -> bool:
        """One of these values."""
        if any(type(value) is type(one) and value == one for one in due):
            return True
        return self.wrong(where, "value", due[0]) if len(due) == 1 else self.wrong(where, "value", list(due))

    def whole(self, value: Any, where: str, low: int, high: int = LARGEST) -> bool:
        """An integer from low to high."""
        if not self.kind(value, where, "integer"):
            return False
        return low <= value <= high or self.wrong(where, "range", low=low, high=high)

    def items(self, value: Any, where: str, length: int | None = None) -> list[tuple[str, Any]]:
        """The items of a list, each with its place; none, with a fault, if it is no list or of another length."""
        if not self.kind(value, where, "array"):
            return []
        if length is not None and len(value) != length:
            self.wrong(where, "length", due=length, got=len(value))
            return []
        return [(f"{where}[{index}]", item) for index, item in enumerate(value)]

    def some(self, value: Any, where: str) -> list[tuple[str, Any]]:
        """As ``items``, and there must be one."""
        if value == []:
            self.wrong(where, "empty")
        return self.items(value, where)

    def scalar(self, value: Any, where: str, low: int = 1) -> bool:
        """64 hexadecimal characters that mean low … n−1."""
        if not self.text(value, where, DIGEST):
            return False
        return low <= int(value, 16) < N or self.wrong(where, "range", low=low, high="n−1")

    def point(self, value: Any, where: str) -> bool:
        """A point of the curve."""
        return self.text(value, where, POINT) and (read_point(value) is not None or self.wrong(where, "no-point"))

    def proof(self, value: Any, where: str) -> bool:
        """A signature, or the proof of an opened piece: two answers, which may be 0."""
        if not self.keys(value, where, ("e", "z")):
            return False
        good = [self.scalar(value[key], f"{where}.{key}", 0) for key in ("e", "z")]
        return all(good)

    def words(self, value: Any, where: str) -> bool:
        """A list of words, each once."""
        seen: set[str] = set()
        good = type(value) is list
        for place, word in self.items(value, where):
            good = self.text(word, place) and (word not in seen or self.wrong(place, "twice", what=word)) and good
            if type(word) is str:
                seen.add(word)
        return good

    def ascending(self, listed: Sequence[tuple[str, Any]], say: Callable[[Any], str] = str) -> bool:
        """Each greater than the one before."""
        good = True
        for (_, before), (where, item) in zip(listed, listed[1:]):  # noqa: RUF007 - Python 3.8 has no pairwise
            if item == before:
                good = self.wrong(where, "twice", what=say(item))
            elif item < before:
                good = self.wrong(where, "order")
        return good


RECORD_KEYS = (
    "qingfu",
    "notice",
    "notice_digest",
    "circle",
    "threshold",
    "deals",
    "seal_digest",
    "reveals",
    "number",
    "seed",
    "result",
)
NOTICE_KEYS = (
    "qingfu",
    "scheme",
    "draw",
    "title",
    "organiser",
    "clause",
    "frozen_at",
    "rehearsal",
    "replaces",
    "number",
    "method",
    "pool",
    "excluded",
)


def check_record_shape(shape: Shape, record: Any) -> None:
    """Section 9, and every kind and key below it except the result, which is compared as a whole."""
    if not shape.keys(record, "$", RECORD_KEYS):
        return
    shape.exactly(record["qingfu"], "$.qingfu", "draw/1")
    for key in ("notice_digest", "seal_digest", "seed"):
        shape.text(record[key], f"$.{key}", DIGEST)
    check_notice_shape(shape, record["notice"], "$.notice")
    if shape.findings.faults:
        return
    notice = record["notice"]
    if notice["scheme"] == OWN:
        if check_circle_shape(shape, record):
            check_deals_shape(shape, record)
    else:
        for key in ("circle", "deals", "reveals"):
            if record[key] != [] or type(record[key]) is not list:
                shape.wrong(f"$.{key}", "scheme-empty", [])
        shape.exactly(record["threshold"], "$.threshold", 0)
    check_number_shape(shape, record["number"], notice)


def check_number_shape(shape: Shape, number: Any, notice: Any) -> None:
    """The public number of section 5. Without a value in it there would be no chance in it either."""
    if notice["number"] is None:
        if number is not None:
            shape.wrong("$.number", "number-unasked", None)
        return
    if number is None:
        shape.wrong("$.number", "number-absent")
        return
    if not shape.keys(number, "$.number", ("values",)):
        return
    sources = shape.some(number["values"], "$.number.values")
    for where, source in sources:
        for place, value in shape.some(source, where):
            shape.whole(value, place, 0)
    if notice["scheme"] == LOT and len(sources) > 1:
        shape.wrong("$.number.values", "length", due=1, got=len(sources))


def check_notice_shape(shape: Shape, notice: Any, where: str) -> None:
    """Section 3."""
    if not shape.keys(notice, where, NOTICE_KEYS):
        return
    shape.exactly(notice["qingfu"], f"{where}.qingfu", "draw-notice/1")
    shape.exactly(notice["scheme"], f"{where}.scheme", OWN, RFC3797, LOT)
    shape.text(notice["draw"], f"{where}.draw", DRAW)
    for key in ("title", "organiser"):
        shape.text(notice[key], f"{where}.{key}")
    shape.text(notice["clause"], f"{where}.clause", empty=True)
    shape.kind(notice["rehearsal"], f"{where}.rehearsal", "boolean")
    if notice["replaces"] is not None and shape.keys(notice["replaces"], f"{where}.replaces", ("draw", "reason")):
        for key in ("draw", "reason"):
            shape.text(notice["replaces"][key], f"{where}.replaces.{key}")
    _check_moments(shape, notice, where)
    _check_lists(shape, notice, where)
    if not shape.findings.faults:
        _check_method(shape, notice, f"{where}.method")


def _check_moments(shape: Shape, notice: Any, where: str) -> None:
    frozen = None
    if shape.text(notice["frozen_at"], f"{where}.frozen_at", MOMENT):
        frozen = _moment(notice["frozen_at"])
        if frozen is None:
            shape.wrong(f"{where}.frozen_at", "no-day")
    number = notice["number"]
    if number is None:
        if notice["scheme"] in (RFC3797, LOT):
            shape.wrong(f"{where}.number", "number-needed")
        return
    if not shape.keys(number, f"{where}.number", ("source", "issue", "expected")):
        return
    for key in ("source", "issue"):
        shape.text(number[key], f"{where}.number.{key}", empty=key == "issue")
    if not shape.text(number["expected"], f"{where}.number.expected", DAY):
        return
    day = _day(number["expected"])
    if day is None:
        shape.wrong(f"{where}.number.expected", "no-day")
    elif frozen is not None and notice["frozen_at"] < "9999-12-31T16" and day < (frozen + timedelta(hours=8)).date():
        # Eight hours: the day in China. What was published on the evening before is known in the morning.
        shape.wrong(f"{where}.number.expected", "number-old")


def _moment(text: str) -> datetime | None:
    try:
        return datetime(*(int(part) for part in re.split(r"[-T:.Z]", text)[:7]))  # type: ignore[arg-type]  # noqa: DTZ001 - always UTC, only compared with itself
    except ValueError:
        return None


def _day(text: str) -> date | None:
    try:
        return date(*(int(part) for part in text.split("-")))
    except ValueError:
        return None


def _entry(shape: Shape, entry: Any, where: str, needed: tuple[str, ...], optional: tuple[str, ...] = ()) -> bool:
    """An entry of the pool, of the excluded, of the takers or of the teams."""
    if not shape.kind(entry, where, "object"):
        return False
    if ("name" in entry) is ("holder" in entry):
        return shape.wrong(where, "who")
    who = "name" if "name" in entry else "holder"
    if not shape.keys(entry, where, ("ticket", who, *needed), optional):
        return False
    good = shape.text(entry["ticket"], f"{where}.ticket", TICKET)
    good &= shape.text(entry[who], f"{where}.{who}", DIGEST if who == "holder" else None)
    for key in ("level", "most"):
        if key in entry:
            good &= shape.whole(entry[key], f"{where}.{key}", 0)
    if "reason" in entry:
        good &= shape.text(entry["reason"], f"{where}.reason")
    return good & (_marks(shape, entry["marks"], f"{where}.marks") if "marks" in entry else True)


def _marks(shape: Shape, marks: Any, where: str) -> bool:
    if not shape.kind(marks, where, "object"):
        return False
    good = True
    for word, mark in marks.items():
        # Sorting other keys differs from language to language.
        good &= word.isascii() or shape.wrong(where, "key-ascii", key=word)
        good &= shape.text(mark, f"{where}.{word}", empty=True)
    return good


def _entries(
    shape: Shape, value: Any, where: str, needed: tuple[str, ...] = (), optional: tuple[str, ...] = ()
) -> list[str]:
    """The tickets of a list of entries, if the list is in order."""
    listed = shape.items(value, where)
    good = [_entry(shape, entry, place, needed, optional) for place, entry in listed]
    if not all(good):
        return []
    tickets = [(f"{place}.ticket", entry["ticket"]) for place, entry in listed]
    return [ticket for _, ticket in tickets] if shape.ascending(tickets) else []


# What the entries of the pool carry for each method: (needed, possible).
CARRIED: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "pick": ((), ()),
    "share": (("marks",), ()),
    "match": ((), ("marks",)),
    "allot": (("level",), ("marks",)),
}


def _check_lists(shape: Shape, notice: Any, where: str) -> None:
    method = notice["method"]
    kind = method.get("kind") if type(method) is dict else None
    if type(kind) is not str or kind not in CARRIED:
        shape.wrong(f"{where}.method", "value", {"kind": list(CARRIED)})
        return
    if notice["scheme"] != OWN and kind != "pick":
        shape.wrong(f"{where}.method.kind", "scheme-method", "pick")
    if notice["pool"] == []:
        shape.wrong(f"{where}.pool", "empty")
    pool = _entries(shape, notice["pool"], f"{where}.pool", *CARRIED[kind])
    listed = set(pool)
    for index, ticket in enumerate(_entries(shape, notice["excluded"], f"{where}.excluded", ("reason",))):
        if ticket in listed:
            shape.wrong(f"{where}.excluded[{index}].ticket", "both-lists", ticket=ticket)
    if notice["scheme"] == RFC3797 and len(pool) > 1 << 16:
        # The running number is hashed as two bytes.
        shape.wrong(f"{where}.pool", "length", due=1 << 16, got=len(pool))


# --- 7. Methods: their keys -----------------------------------------------------------------------------------------


def _check_method(shape: Shape, notice: Any, where: str) -> None:
    {"pick": _check_pick, "share": _check_share, "match": _check_match, "allot": _check_allot}[
        notice["method"]["kind"]
    ](shape, notice, where)


def _check_pick(shape: Shape, notice: Any, where: str) -> None:
    method = notice["method"]
    if shape.keys(method, where, ("kind", "take")):
        shape.whole(method["take"], f"{where}.take", 1, 1 if notice["scheme"] == LOT else len(notice["pool"]))


def _check_share(shape: Shape, notice: Any, where: str) -> None:
    method = notice["method"]
    if not shape.keys(method, where, ("kind", "by", "parts", "of", "least")):
        return
    if shape.whole(method["of"], f"{where}.of", 1):
        shape.whole(method["parts"], f"{where}.parts", 1, method["of"])
    shape.whole(method["least"], f"{where}.least", 0)
    if method["by"] == []:
        shape.wrong(f"{where}.by", "empty")
    if shape.words(method["by"], f"{where}.by"):
        _check_marked(shape, notice, method["by"])


def _check_marked(shape: Shape, notice: Any, words: Iterable[str]) -> None:
    for word in words:
        for index, entry in enumerate(notice["pool"]):
            if word not in entry.get("marks", ()):
                shape.wrong(f"$.notice.pool[{index}]", "no-mark", word=word)


def _check_match(shape: Shape, notice: Any, where: str) -> None:
    method = notice["method"]
    if not shape.keys(method, where, ("kind", "rounds", "apart_by", "takers", "ties")):
        return
    shape.whole(method["rounds"], f"{where}.rounds", 1)
    shape.words(method["apart_by"], f"{where}.apart_by")
    takers = set(_entries(shape, method["takers"], f"{where}.takers", (), ("marks", "most")))
    targets = {entry["ticket"] for entry in notice["pool"]}
    pairs = []
    for place, tie in shape.items(method["ties"], f"{where}.ties"):
        if not shape.keys(tie, place, ("reason", "taker", "target")):
            continue
        shape.text(tie["reason"], f"{place}.reason")
        for key, known in (("taker", takers), ("target", targets)):
            if shape.text(tie[key], f"{place}.{key}", TICKET) and tie[key] not in known:
                shape.wrong(f"{place}.{key}", "nowhere", ticket=tie[key])
        pairs.append((place, (tie["target"], tie["taker"])))
    if not shape.findings.faults:
        shape.ascending(pairs, "/".join)


def _check_allot(shape: Shape, notice: Any, where: str) -> None:
    method = notice["method"]
    if not shape.keys(method, where, ("kind", "classes", "balance", "together", "apart", "teams", "avoid", "later")):
        return
    if method["classes"] == []:
        shape.wrong(f"{where}.classes", "empty")
    shape.words(method["classes"], f"{where}.classes")
    if shape.words(method["balance"], f"{where}.balance"):
        _check_marked(shape, notice, method["balance"])
    shape.whole(method["later"], f"{where}.later", 0, MOST_VALUES)
    teams = _entries(shape, method["teams"], f"{where}.teams")
    if shape.findings.faults:
        return
    if teams and len(teams) != len(method["classes"]):
        shape.wrong(f"{where}.teams", "length", due=len(method["classes"]), got=len(teams))
    pupils = {entry["ticket"] for entry in notice["pool"]}
    group_of = _check_together(shape, method, pupils, where)
    _check_pairs(shape, method["apart"], f"{where}.apart", pupils, pupils)
    _check_pairs(shape, method["avoid"], f"{where}.avoid", pupils, set(teams))
    if shape.findings.faults:
        return
    for index, (one, other) in enumerate(method["apart"]):
        if one >= other:
            shape.wrong(f"{where}.apart[{index}]", "order")
        if one in group_of and group_of[one] == group_of.get(other):
            shape.wrong(f"{where}.apart[{index}]", "one-group")


def _check_together(shape: Shape, method: Any, pupils: set[str], where: str) -> dict[str, int]:
    largest = len(pupils) // len(method["classes"])
    group_of: dict[str, int] = {}
    groups = shape.items(method["together"], f"{where}.together")
    for number, (place, group) in enumerate(groups):
        members = shape.items(group, place)
        if len(members) < 2 or len(members) > largest:
            shape.wrong(place, "range", low=2, high=largest)
        good = [shape.text(ticket, spot, TICKET) for spot, ticket in members]
        if not all(good):
            continue
        shape.ascending(members)
        for spot, ticket in members:
            if ticket not in pupils:
                shape.wrong(spot, "nowhere", ticket=ticket)
            if group_of.setdefault(ticket, number) != number:
                shape.wrong(spot, "group-shared", ticket=ticket)
    if not shape.findings.faults:
        shape.ascending(groups, "/".join)
    return group_of


def _check_pairs(shape: Shape, value: Any, where: str, ones: set[str], others: set[str]) -> None:
    pairs = shape.items(value, where)
    for place, pair in pairs:
        members = shape.items(pair, place, 2)
        for (spot, ticket), known in zip(members, (ones, others)):
            if shape.text(ticket, spot, TICKET) and ticket not in known:
                shape.wrong(spot, "nowhere", ticket=ticket)
    if not shape.findings.faults:
        shape.ascending(pairs, "/".join)


# --- 4. and 5. Circle, deals and reveals: their shapes --------------------------------------------------------------


def check_circle_shape(shape: Shape, record: Any) -> bool:
    """Members, unique by name and key, and a threshold they can reach."""
    members = shape.some(record["circle"], "$.circle")
    if len(members) > MOST_MEMBERS:
        shape.wrong("$.circle", "range", low=1, high=MOST_MEMBERS)
        return False
    for where, member in members:
        if shape.keys(member, where, ("key", "name", "proof", "role")):
            shape.point(member["key"], f"{where}.key")
            shape.text(member["name"], f"{where}.name")
            shape.proof(member["proof"], f"{where}.proof")
            shape.exactly(member["role"], f"{where}.role", "organiser", "witness")
    if shape.findings.faults:
        return False
    for key in ("key", "name"):
        seen: set[str] = set()
        for where, member in members:
            if member[key] in seen:
                shape.wrong(f"{where}.{key}", "twice", what=member[key])
            seen.add(member[key])
    return shape.whole(record["threshold"], "$.threshold", 1, len(members))


def check_deals_shape(shape: Shape, record: Any) -> None:
    """Deals in ascending order, and one reveal for each."""
    size, needed = len(record["circle"]), record["threshold"]
    before = -1
    deals = shape.some(record["deals"], "$.deals")
    for where, deal in deals:
        if not shape.keys(deal, where, ("by", "commitments", "pieces", "challenge", "answers", "signature")):
            continue
        if shape.whole(deal["by"], f"{where}.by", before + 1, size - 1):
            before = deal["by"]
        for key, length in (("commitments", needed), ("pieces", size)):
            for place, point in shape.items(deal[key], f"{where}.{key}", length):
                shape.point(point, place)
        for place, answer in shape.items(deal["answers"], f"{where}.answers", size):
            shape.scalar(answer, place, 0)
        shape.scalar(deal["challenge"], f"{where}.challenge", 0)
        shape.proof(deal["signature"], f"{where}.signature")
    if shape.findings.faults:
        return
    for (where, reveal), deal in zip(shape.items(record["reveals"], "$.reveals", len(deals)), record["deals"]):
        _check_reveal_shape(shape, reveal, where, deal["by"], size, needed)


def _check_reveal_shape(shape: Shape, reveal: Any, where: str, by: int, size: int, needed: int) -> None:
    alone = type(reveal) is dict and "share" in reveal
    if not shape.keys(reveal, where, ("by", "share" if alone else "pieces")):
        return
    shape.exactly(reveal["by"], f"{where}.by", by)
    if alone:
        shape.scalar(reveal["share"], f"{where}.share")
        return
    before = -1
    for place, piece in shape.items(reveal["pieces"], f"{where}.pieces", needed):
        if not shape.keys(piece, place, ("of", "point", "proof")):
            continue
        if shape.whole(piece["of"], f"{place}.of", before + 1, size - 1):
            before = piece["of"]
        shape.point(piece["point"], f"{place}.point")
        shape.proof(piece["proof"], f"{place}.proof")


def check_anchor_shape(shape: Shape, anchor: Any, top: str) -> None:
    """What was posted at the door (section 4)."""
    if not shape.keys(anchor, top, ("qingfu", "draw", "rehearsal", "title", "notice", "seal", "shares")):
        return
    shape.exactly(anchor["qingfu"], f"{top}.qingfu", "draw-anchor/1")
    shape.text(anchor["draw"], f"{top}.draw", DRAW)
    shape.text(anchor["title"], f"{top}.title")
    shape.kind(anchor["rehearsal"], f"{top}.rehearsal", "boolean")
    for key in ("notice", "seal"):
        shape.text(anchor[key], f"{top}.{key}", DIGEST)
    for place, share in shape.items(anchor["shares"], f"{top}.shares"):
        shape.text(share, place, DIGEST)


# --- 4. and 5. Circle, deals, seal, reveal, seed: their meaning -----------------------------------------------------


@dataclass(frozen=True)
class Circle:
    """The circle of a record, read: everything its proofs are checked against."""

    tag: Tagged
    digest: bytes
    members: tuple[tuple[str, str, Point], ...]  # (name, role, key)
    needed: int


def notice_digest(tag: Tagged, notice: Any) -> bytes:
    """Section 3."""
    return tag.hash("notice", canonical(notice))


def circle_digest(tag: Tagged, notice_hash: bytes, record: Any) -> bytes:
    """Section 4."""
    return tag.hash("circle", notice_hash, canonical(record["circle"]), _count(record["threshold"]))


def share_hash(tag: Tagged, circle_hash: bytes, deal: Any) -> bytes:
    """Section 4: of the whole deal, its signature included."""
    return tag.hash("share", circle_hash, canonical(deal))


def _point(text: str) -> Point:
    point = read_point(text)
    if point is None:
        raise ValueError("checked as a point before")
    return point


def _scalar(text: str) -> int:
    return int(text, 16)


def check_members(findings: Findings, tag: Tagged, notice_hash: bytes, members: Any) -> None:
    """Every member joined this draw, under this name and in this role, with its own key."""
    for index, member in enumerate(members):
        said = tag.hash("member", notice_hash, member["name"].encode(), member["role"].encode())
        e, z = _scalar(member["proof"]["e"]), _scalar(member["proof"]["z"])
        if not signature_holds(tag, _point(member["key"]), "join", said, e, z):
            findings.wrong(f"$.circle[{index}].proof", "join", name=member["name"])


@lru_cache(maxsize=1024)
def deal_holds(
    circle: Circle, by: int, commitments: tuple[str, ...], pieces: tuple[str, ...], answers: str, c: int
) -> bool:
    """Whether every piece is the one the commitments promise. ``answers``: the scalars, one after the other."""
    parts = [bytes.fromhex(point) for point in commitments]
    terms = [_point(point) for point in commitments]
    for index, (piece, (_, _, key)) in enumerate(zip(pieces, circle.members)):
        answer = _scalar(answers[64 * index : 64 * index + 64])
        x = combine(*((pow(index + 1, power, N), term) for power, term in enumerate(terms)))
        if x is None:
            return False
        u, v = combine((answer, BASE), (c, x)), combine((answer, key), (c, _point(piece)))
        if u is None or v is None:
            return False
        parts += [write_point(x), bytes.fromhex(piece), write_point(u), write_point(v)]
    return c == circle.tag.challenge("deal", circle.digest, _count(by), *parts)


def check_deals(findings: Findings, circle: Circle, deals: Any) -> None:
    """The circle can open every deal, and every deal is its dealer's own."""
    for index, deal in enumerate(deals):
        name, _, key = circle.members[deal["by"]]
        answers, c = "".join(deal["answers"]), _scalar(deal["challenge"])
        if not deal_holds(circle, deal["by"], tuple(deal["commitments"]), tuple(deal["pieces"]), answers, c):
            findings.wrong(f"$.deals[{index}]", "deal-proof")
        body = {part: value for part, value in deal.items() if part != "signature"}
        said = circle.tag.hash("deal-body", circle.digest, canonical(body))
        e, z = _scalar(deal["signature"]["e"]), _scalar(deal["signature"]["z"])
        if not signature_holds(circle.tag, key, "deal", said, e, z):
            findings.wrong(f"$.deals[{index}].signature", "deal-signature", name=name)


def opened(findings: Findings, circle: Circle, deal: Any, reveal: Any, where: str) -> Point | None:
    """The point S of a deal, from its dealer or from the circle; None with a fault."""
    if "share" in reveal:
        share = _scalar(reveal["share"])
        if combine((share, BASE)) != _point(deal["commitments"][0]):
            findings.wrong(f"{where}.share", "share")
            return None
        return combine((share, SECOND))
    good = True
    for index, piece in enumerate(reveal["pieces"]):
        e, z = _scalar(piece["proof"]["e"]), _scalar(piece["proof"]["z"])
        if not opening_holds(circle, deal["by"], piece["of"], deal["pieces"][piece["of"]], piece["point"], e, z):
            name = circle.members[piece["of"]][0]
            good = findings.wrong(f"{where}.pieces[{index}]", "open-proof", name=name)
    return _joined(reveal["pieces"]) if good else None


@lru_cache(maxsize=4096)
def opening_holds(circle: Circle, by: int, of: int, piece: str, point: str, e: int, z: int) -> bool:
    """Whether the member ``of`` opened its own piece with the key it joined with."""
    key, y, p = circle.members[of][2], _point(piece), _point(point)
    first, second = combine((z, SECOND), (e, key)), combine((z, p), (e, y))
    if first is None or second is None:
        return False
    parts = (_count(by), _count(of), write_point(key), bytes.fromhex(piece), bytes.fromhex(point))
    return e == circle.tag.challenge("open", circle.digest, *parts, write_point(first), write_point(second))


def _joined(pieces: Any) -> Point | None:
    places = [piece["of"] + 1 for piece in pieces]
    terms = []
    for place, piece in zip(places, pieces):
        over = under = 1
        for other in places:
            if other != place:
                over = over * other % N
                under = under * (other - place) % N
        terms.append((over * pow(under, -1, N), _point(piece["point"])))
    return combine(*terms)


# --- 6. Chance ------------------------------------------------------------------------------------------------------


class Stream:
    """The words of one label under one seed."""

    def __init__(self, tag: Tagged, seed: bytes, label: str) -> None:
        self.tag, self.seed, self.label = tag, seed, label.encode()
        self.block = 0
        self.words: list[int] = []

    def word(self) -> int:
        """The next word, 0 … 2³²−1."""
        if not self.words:
            block = self.tag.hash("stream", self.seed, self.label, self.block.to_bytes(8, "big"))
            self.block += 1
            self.words = [int.from_bytes(block[at : at + 4], "big") for at in range(28, -4, -4)]
        return self.words.pop()

    def below(self, m: int) -> int:
        """0 … m−1, each as likely as another; for 1 no word is taken."""
        if m == 1:
            return 0
        limit = (1 << 32) - (1 << 32) % m
        word = self.word()
        while word >= limit:
            word = self.word()
        return word % m

    def shuffle(self, items: Iterable[Any]) -> list[Any]:
        """A new list of the items in drawn order."""
        row = list(items)
        for i in range(len(row) - 1):
            j = i + self.below(len(row) - i)
            row[i], row[j] = row[j], row[i]
        return row


class Chance:
    """All streams of one seed; the same label goes on where it stopped."""

    def __init__(self, tag: Tagged, seed: bytes) -> None:
        self.tag, self.seed = tag, seed
        self.streams: dict[str, Stream] = {}

    def __call__(self, label: str) -> Stream:
        if label not in self.streams:
            self.streams[label] = Stream(self.tag, self.seed, label)
        return self.streams[label]


# --- 7.1 and 7.2 Pick and share -------------------------------------------------------------------------------------


def replay_pick(chance: Chance, notice: Any) -> Any:
    """7.1."""
    order = chance("order").shuffle(entry["ticket"] for entry in notice["pool"])
    return {"chosen": order[: notice["method"]["take"]], "order": order}


def replay_share(chance: Chance, notice: Any) -> Any:
    """7.2."""
    method = notice["method"]
    strata: dict[Cell, list[str]] = {}
    for entry in notice["pool"]:
        marks = tuple(entry["marks"][word] for word in method["by"])
        strata.setdefault(marks, []).append(entry["ticket"])
    drawn = []
    for marks, tickets in strata.items():
        order = chance("order/" + canonical(list(marks)).decode()).shuffle(tickets)
        take = max(method["least"], -(-len(tickets) * method["parts"] // method["of"]))
        drawn.append({"chosen": order[:take], "marks": list(marks), "order": order})
    return {"strata": drawn}


# --- 7.3 Match ------------------------------------------------------------------------------------------------------


def _bits(mask: int) -> Iterator[int]:
    """The places of the ones, lowest first."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


class Match:
    """Targets and takers by their drawn order; sets of either are bit masks, so that order costs nothing."""

    def __init__(self, chance: Chance, notice: Any) -> None:
        method = notice["method"]
        self.chance, self.rounds = chance, method["rounds"]
        self.targets = chance("match/targets").shuffle(notice["pool"])
        self.takers = chance("match/takers").shuffle(method["takers"])
        # Without the word there is no limit.
        self.most = [taker.get("most", LARGEST) for taker in self.takers]
        self.load = [0] * len(self.takers)
        self.allowed = self._allowed(method)
        self.has = [0] * len(self.targets)  # target: its takers
        self.of = [0] * len(self.takers)  # taker: its targets

    def _allowed(self, method: Any) -> list[int]:
        place = {taker["ticket"]: index for index, taker in enumerate(self.takers)}
        barred = {target["ticket"]: 0 for target in self.targets}
        for tie in method["ties"]:
            barred[tie["target"]] |= 1 << place[tie["taker"]]
        for word in method["apart_by"]:
            with_mark: dict[str, int] = {}
            for index, taker in enumerate(self.takers):
                if word in taker.get("marks", ()):
                    mark = taker["marks"][word]
                    with_mark[mark] = with_mark.get(mark, 0) | 1 << index
            for target in self.targets:
                if word in target.get("marks", ()):
                    barred[target["ticket"]] |= with_mark.get(target["marks"][word], 0)
        everybody = (1 << len(self.takers)) - 1
        return [everybody & ~barred[target["ticket"]] for target in self.targets]

    def replay(self) -> Any:
        """Steps 2 to 4 and the result."""
        # Checked before rounds, which a file may name as large as it likes, cost any time.
        if any(bin(mask).count("1") < self.rounds for mask in self.allowed):
            raise NoAnswer
        self._hand_out()
        while self._hand_over():
            pass
        if any(load > most for load, most in zip(self.load, self.most)):
            raise NoAnswer
        return self._result(self._rounds())

    def _hand_out(self) -> None:
        """Step 2."""
        ties = self.chance("match/ties")
        for target in range(len(self.targets)):
            for _ in range(self.rounds):
                free = list(_bits(self.allowed[target] & ~self.has[target]))
                free = [taker for taker in free if self.load[taker] < self.most[taker]] or free
                least = min(self.load[taker] for taker in free)
                free = [taker for taker in free if self.load[taker] == least]
                self._give(target, free[ties.below(len(free))])

    def _give(self, target: int, taker: int) -> None:
        self.has[target] ^= 1 << taker
        self.of[taker] ^= 1 << target
        self.load[taker] += 1 if self.has[target] >> taker & 1 else -1

    def _hand_over(self) -> bool:
        """Step 3, one path: whether there was one."""
        load, most = self.load, self.most
        for source in sorted(range(len(load)), key=lambda a: (load[a] <= most[a], -load[a], a)):
            path = self._path(source)
            if path:
                for giver, target, receiver in path:
                    self._give(target, giver)
                    self._give(target, receiver)
                return True
        return False

    def _path(self, source: int) -> list[tuple[int, int, int]]:
        """The steps from the source to the first taker with room, breadth-first; empty if there is none."""
        over = self.load[source] > self.most[source]
        fits = 0
        for taker, (load, most) in enumerate(zip(self.load, self.most)):
            if load < most and (over or load <= self.load[source] - 2):
                fits |= 1 << taker
        seen, came, waiting = 1 << source, {}, deque([source] if fits else [])
        while waiting:
            giver = waiting.popleft()
            for target in _bits(self.of[giver]):
                fresh = self.allowed[target] & ~self.has[target] & ~seen
                seen |= fresh
                for receiver in _bits(fresh):
                    came[receiver] = (giver, target)
                    if fits >> receiver & 1:
                        return _back(came, source, receiver)
                    waiting.append(receiver)
        return []

    def _rounds(self) -> list[tuple[int, int, int]]:
        """Step 4: (round, target, taker)."""
        edges = [(taker, target) for taker, mask in enumerate(self.of) for target in _bits(mask)]
        colours = Colouring(edges, len(self.targets), self.rounds).colours()
        stands = self.chance("match/rounds").shuffle(range(self.rounds))
        return [(stands[colour], target, taker) for colour, (taker, target) in zip(colours, edges)]

    def _result(self, stand: list[tuple[int, int, int]]) -> Any:
        tables: list[list[list[str]]] = [[] for _ in range(self.rounds)]
        loads = [[0] * self.rounds for _ in self.takers]
        for number, target, taker in stand:
            tables[number].append([self.targets[target]["ticket"], self.takers[taker]["ticket"]])
            loads[taker][number] += 1
        told = [[taker["ticket"], sum(row), *row] for taker, row in zip(self.takers, loads)]
        return {"loads": sorted(told), "rounds": [sorted(table) for table in tables]}


def _back(came: dict[int, tuple[int, int]], source: int, last: int) -> list[tuple[int, int, int]]:
    path = []
    while last != source:
        giver, target = came[last]
        path.append((giver, target, last))
        last = giver
    return path[::-1]


class Colouring:
    """Edges (taker, target) and, at every part of a taker and every target, which edge has which colour there."""

    def __init__(self, edges: list[tuple[int, int]], targets: int, rounds: int) -> None:
        self.target = [target for _, target in edges]
        self.part: list[int] = []
        nth, part = 0, -1
        for index, (taker, _) in enumerate(edges):
            nth = nth + 1 if index and edges[index - 1][0] == taker else 0
            part += nth % rounds == 0
            self.part.append(part)
        self.at_part = [[-1] * rounds for _ in range(part + 1)]
        self.at_target = [[-1] * rounds for _ in range(targets)]

    def colours(self) -> list[int]:
        """A colour for each edge, such that no part and no target has one twice."""
        for edge, (part, target) in enumerate(zip(self.part, self.target)):
            mine, its = self.at_part[part], self.at_target[target]
            colour = next((c for c, (one, other) in enumerate(zip(mine, its)) if one < 0 and other < 0), -1)
            if colour < 0:
                colour, other = its.index(-1), mine.index(-1)
                self._exchange(self._path(part, colour, other), colour, other)
            mine[colour] = its[colour] = edge
        colours = [-1] * len(self.part)
        for row in self.at_part:
            for colour, edge in enumerate(row):
                if edge >= 0:
                    colours[edge] = colour
        return colours

    def _path(self, part: int, first: int, second: int) -> list[int]:
        """The edges from a part on, coloured first, second, first …"""
        path: list[int] = []
        edge = self.at_part[part][first]
        while edge >= 0:
            path.append(edge)
            # The first colour leads from a part to a target, the second from there to a part.
            edge = self.at_target[self.target[edge]][second] if len(path) % 2 else self.at_part[self.part[edge]][first]
        return path

    def _exchange(self, path: list[int], first: int, second: int) -> None:
        for nth, edge in enumerate(path):
            self._colour(edge, second if nth % 2 else first, -1)
        for nth, edge in enumerate(path):
            self._colour(edge, first if nth % 2 else second, edge)

    def _colour(self, edge: int, colour: int, now: int) -> None:
        self.at_part[self.part[edge]][colour] = self.at_target[self.target[edge]][colour] = now


def replay_match(chance: Chance, notice: Any) -> Any:
    """7.3."""
    return Match(chance, notice).replay()


# --- 7.4 Allot ------------------------------------------------------------------------------------------------------


class Shelf:
    """The singles of one cell in one class, arranged for finding the best exchange.

    ``levels`` ascending with ``first``, the first place of each, hold those whom nobody must be apart from; an exchange
    of two of them is always fit, and of equal ones the first place wins. ``bound`` are the places of the others.
    """

    def __init__(self) -> None:
        self.places: dict[int, int] = {}
        self.levels: list[int] = []
        self.first: list[int] = []
        self.bound: list[int] = []

    def put(self, place: int, level: int, bound: bool) -> None:
        """One pupil; in order of places."""
        if bound:
            self.bound.append(place)
        else:
            self.places.setdefault(level, place)

    def close(self) -> None:
        """All are there."""
        self.levels = sorted(self.places)
        self.first = [self.places[level] for level in self.levels]


class Allot:
    """Pupils 0 … N−1 in pool order, classes 0 … K−1; a class is a row of places."""

    def __init__(self, chance: Chance, notice: Any) -> None:
        method, pool = notice["method"], notice["pool"]
        self.chance, self.method = chance, method
        self.tickets = [entry["ticket"] for entry in pool]
        self.level = [entry["level"] for entry in pool]
        self.count = len(method["classes"])
        self.q, self.r = divmod(len(pool), self.count)
        self.size = [self.q + 1 if c < self.r else self.q for c in range(self.count)]
        self.number = {ticket: index for index, ticket in enumerate(self.tickets)}
        self._read_cells(method["balance"], pool)
        self.foes: dict[int, set[int]] = {}
        for one, other in method["apart"]:
            self.foes.setdefault(self.number[one], set()).add(self.number[other])
            self.foes.setdefault(self.number[other], set()).add(self.number[one])
        self.groups = [[self.number[ticket] for ticket in group] for group in method["together"]]
        self.grouped = {pupil for group in self.groups for pupil in group}
        self.home = [-1] * len(pool)
        self.place = [-1] * len(pool)
        self.rows: list[list[int]] = [[] for _ in range(self.count)]
        self.shelves: list[dict[int, Shelf] | None] = [None] * self.count

    def _read_cells(self, words: list[str], pool: Any) -> None:
        """Numbers of cells and values by first appearance, and the values of each cell."""
        values: dict[tuple[str, str], int] = {}
        for word in words:
            for entry in pool:
                values.setdefault((word, entry["marks"][word]), len(values))
        cells: dict[Cell, int] = {}
        self.cell = []
        for entry in pool:
            marks = tuple(entry["marks"][word] for word in words)
            self.cell.append(cells.setdefault(marks, len(cells)))
        self.values = len(values)
        self.has = [frozenset(values[word, mark] for word, mark in zip(words, marks)) for marks in cells]

    def replay(self) -> Any:
        """Steps 1 to 8."""
        order = self.chance("allot/rank").shuffle(range(len(self.tickets)))
        self.rank = [0] * len(order)
        for rank, pupil in enumerate(order):
            self.rank[pupil] = rank
        self._place_groups()
        self._place_singles()
        for row in self.rows:
            for place, pupil in enumerate(row):
                self.place[pupil] = place
        self._keep_apart()
        self._even_counts()
        self._even_levels()
        return self._result()

    # Placing.

    def _room(self, c: int) -> int:
        return self.size[c] - len(self.rows[c])

    def _fresh(self, stream: Stream) -> list[int]:
        rooms: list[int] = stream.shuffle(c for c in range(self.count) if self._room(c) > 0)
        return rooms

    def _clashes(self, pupil: int, c: int, leaving: int = -1) -> bool:
        return any(self.home[foe] == c and foe != leaving for foe in self.foes.get(pupil, ()))

    def _put(self, pupil: int, c: int) -> None:
        self.home[pupil] = c
        self.rows[c].append(pupil)

    def _place_groups(self) -> None:
        """Step 2."""
        stream = self.chance("allot/groups")
        turn: list[int] = []
        for group in sorted(self.groups, key=lambda group: min(self.rank[pupil] for pupil in group)):
            found = self._group_class(group, turn)
            if found < 0:
                turn = self._fresh(stream)
                found = self._group_class(group, turn)
            if found < 0:
                found = next((c for c in turn if self._room(c) >= len(group)), -1)
            if found < 0:
                found = max(range(self.count), key=lambda c: (self._room(c), -c))
            for pupil in group:
                self._put(pupil, found)
            turn = [c for c in turn if c != found]

    def _group_class(self, group: list[int], turn: list[int]) -> int:
        for c in turn:
            if self._room(c) >= len(group) and not any(self._clashes(pupil, c) for pupil in group):
                return c
        return -1

    def _place_singles(self) -> None:
        """Step 3."""
        stream = self.chance("allot/deal")
        turn: list[int] = []
        singles = [pupil for pupil in range(len(self.tickets)) if pupil not in self.grouped]
        for pupil in sorted(singles, key=lambda one: (self.cell[one], -self.level[one], self.rank[one])):
            turn = turn or self._fresh(stream)
            at = next((at for at, c in enumerate(turn) if not self._clashes(pupil, c)), 0)
            self._put(pupil, turn.pop(at))

    # Exchanging.

    def _fit(self, x: int, y: int) -> bool:
        a, b = self.home[x], self.home[y]
        return not self._clashes(x, b, leaving=y) and not self._clashes(y, a, leaving=x)

    def _exchange(self, x: int, y: int) -> None:
        a, b = self.home[x], self.home[y]
        self.rows[a][self.place[x]], self.rows[b][self.place[y]] = y, x
        self.place[x], self.place[y] = self.place[y], self.place[x]
        self.home[x], self.home[y] = b, a
        self.shelves[a] = self.shelves[b] = None

    def _keep_apart(self) -> None:
        """Step 4."""
        pairs = []
        for pair in self.method["apart"]:
            one, other = sorted((self.number[ticket] for ticket in pair), key=self.rank.__getitem__)
            if self.home[one] == self.home[other]:
                pairs.append((self.rank[one], self.rank[other], one, other))
        for _, _, one, other in sorted(pairs):
            movable = [pupil for pupil in (one, other) if pupil not in self.grouped]
            if self.home[one] == self.home[other] and movable:
                partner = self._partner(movable[0])
                if partner >= 0:
                    self._exchange(movable[0], partner)

    def _partner(self, x: int) -> int:
        for own in (True, False):
            for step in range(1, self.count):
                for y in self.rows[(self.home[x] + step) % self.count]:
                    if y not in self.grouped and (not own or self.cell[y] == self.cell[x]) and self._fit(x, y):
                        return y
        return -1

    def _shelf(self, c: int) -> dict[int, Shelf]:
        shelves = self.shelves[c]
        if shelves is None:
            shelves = {}
            for place, pupil in enumerate(self.rows[c]):
                if pupil not in self.grouped:
                    shelf = shelves.setdefault(self.cell[pupil], Shelf())
                    shelf.put(place, self.level[pupil], pupil in self.foes)
            for shelf in shelves.values():
                shelf.close()
            self.shelves[c] = shelves
        return shelves

    def _nearest(self, a: int, b: int, cells: tuple[int, int], aim: int, weight: int) -> tuple[int, int, int] | None:
        """The least (|aim − (level x − level y)·weight|, place of x, place of y) over the fit exchanges of "
        "two cells."""
        xs, ys = self._shelf(a)[cells[0]], self._shelf(b)[cells[1]]
        best: tuple[int, int, int] | None = None
        for level, place in zip(xs.levels, xs.first):
            # Only the two levels on either side of the ideal can be the best.
            at = bisect_right(ys.levels, level + -aim // weight)
            for near in range(max(at - 1, 0), min(at + 1, len(ys.levels))):
                found = (abs(aim - (level - ys.levels[near]) * weight), place, ys.first[near])
                best = found if best is None else min(best, found)
        if xs.bound or ys.bound:
            found_bound = self._nearest_bound(a, b, cells, aim, weight)
            best = min((one for one in (best, found_bound) if one is not None), default=None)
        return best

    def _nearest_bound(
        self, a: int, b: int, cells: tuple[int, int], aim: int, weight: int
    ) -> tuple[int, int, int] | None:
        """The same where one of the two has somebody to be apart from: one by one."""
        best: tuple[int, int, int] | None = None
        xs, ys = (
            [pupil for pupil in self.rows[c] if self.cell[pupil] == cell and pupil not in self.grouped]
            for c, cell in zip((a, b), cells)
        )
        for x in xs:
            for y in ys if x in self.foes else (y for y in ys if y in self.foes):
                found = (abs(aim - (self.level[x] - self.level[y]) * weight), self.place[x], self.place[y])
                if (best is None or found < best) and self._fit(x, y):
                    best = found
        return best

    def _even_counts(self) -> None:
        """Step 5."""
        self.held = [[0] * self.count for _ in range(self.values)]
        for pupil, c in enumerate(self.home):
            for value in self.has[self.cell[pupil]]:
                self.held[value][c] += 1
        aside: set[int] = set()
        while True:
            value = next((v for v, row in enumerate(self.held) if v not in aside and max(row) - min(row) >= 2), -1)
            if value < 0:
                return
            if self._exchange_for_count(value) or self._move_for_count(value):
                aside.clear()
            else:
                aside.add(value)

    def _exchange_for_count(self, value: int) -> bool:
        for a, b in _class_pairs(self.held[value], 1):
            found = self._best_change(a, b, value)
            if found is not None:
                self._exchange_counted(*found)
                return True
        return False

    def _best_change(self, a: int, b: int, value: int) -> tuple[int, int] | None:
        more = [row[a] - row[b] for row in self.held]
        changes: dict[int, list[tuple[int, int]]] = {}
        for x in self._shelf(a):
            for y in self._shelf(b):
                if value in self.has[x] and value not in self.has[y]:
                    change = sum(2 * (1 - more[v]) for v in self.has[x] - self.has[y])
                    change += sum(2 * (1 + more[v]) for v in self.has[y] - self.has[x])
                    if change < 0:
                        changes.setdefault(change, []).append((x, y))
        for change in sorted(changes):
            found = [one for cells in changes[change] for one in [self._nearest(a, b, cells, 0, 1)] if one is not None]
            if found:
                _, place_x, place_y = min(found)
                return self.rows[a][place_x], self.rows[b][place_y]
        return None

    def _exchange_counted(self, x: int, y: int) -> None:
        a, b = self.home[x], self.home[y]
        self._count_over(x, a, b)
        self._count_over(y, b, a)
        self._exchange(x, y)

    def _count_over(self, pupil: int, out: int, into: int) -> None:
        for value in self.has[self.cell[pupil]]:
            self.held[value][out] -= 1
            self.held[value][into] += 1

    def _move_for_count(self, value: int) -> bool:
        for a, b in _class_pairs(self.held[value], 1):
            x = self._best_move(a, b, value) if len(self.rows[a]) == len(self.rows[b]) + 1 else -1
            if x >= 0:
                self._count_over(x, a, b)
                del self.rows[a][self.place[x]]
                self._put(x, b)
                for c in (a, b):
                    self.shelves[c] = None
                    for place, pupil in enumerate(self.rows[c]):
                        self.place[pupil] = place
                return True
        return False

    def _best_move(self, a: int, b: int, value: int) -> int:
        more = [row[a] - row[b] for row in self.held]
        best = (0, -1, -1)  # a change below 0 is asked for
        for place, x in enumerate(self.rows[a]):
            values = self.has[self.cell[x]]
            if x not in self.grouped and value in values and not self._clashes(x, b):
                best = min(best, (sum(2 * (1 - more[v]) for v in values), place, x))
        return best[2]

    def _even_levels(self) -> None:
        """Step 6."""
        if not self.q:
            return
        sizes = [len(row) for row in self.rows]
        self.weight, gap = [1] * self.count, 1
        if min(sizes) < max(sizes):
            self.weight, gap = [self.q if size > self.q else self.q + 1 for size in sizes], self.q
        self.means = [sum(self.level[pupil] for pupil in row) * w for row, w in zip(self.rows, self.weight)]
        total = [sum(row) for row in self.held]
        self.least = [number // self.count for number in total]
        self.greatest = [-(-number // self.count) for number in total]
        # A class pair that had nothing is not asked again before one of the two has changed.
        self.asked: dict[tuple[int, int, bool], tuple[int, int]] = {}
        self.changed = [0] * self.count
        while self._exchange_for_level(gap, same=True) or self._exchange_for_level(gap, same=False):
            pass

    def _exchange_for_level(self, gap: int, same: bool) -> bool:
        for a, b in _class_pairs(self.means, gap):
            state = (self.changed[a], self.changed[b])
            if self.asked.get((a, b, same)) == state:
                continue
            found = self._best_level(a, b, same)
            if found is None:
                self.asked[a, b, same] = state
                continue
            step = self.level[found[0]] - self.level[found[1]]
            self.means[a] -= step * self.weight[a]
            self.means[b] += step * self.weight[b]
            self.changed[a] += 1
            self.changed[b] += 1
            self._exchange_counted(*found)
            return True
        return False

    def _best_level(self, a: int, b: int, same: bool) -> tuple[int, int] | None:
        aim, weight = self.means[a] - self.means[b], self.weight[a] + self.weight[b]
        best = (aim, -1, -1)  # what remains must be less than what is
        for x in self._shelf(a):
            for y in self._shelf(b):
                if x == y if same else x != y and self._stays_even(a, b, x, y):
                    found = self._nearest(a, b, (x, y), aim, weight)
                    if found is not None and found < best:
                        best = found
        return None if best[0] == aim else (self.rows[a][best[1]], self.rows[b][best[2]])

    def _stays_even(self, a: int, b: int, x: int, y: int) -> bool:
        """Whether an exchange of cell x in A for cell y in B leaves the two as even as numbers allow."""
        for values, step in ((self.has[x] - self.has[y], -1), (self.has[y] - self.has[x], 1)):
            for value in values:
                row, least, greatest = self.held[value], self.least[value], self.greatest[value]
                if not (least <= row[a] + step <= greatest and least <= row[b] - step <= greatest):
                    return False
        return True

    # Steps 7 and 8.

    def _result(self) -> Any:
        labels = self.chance("allot/labels").shuffle(self.method["classes"])
        teams = self._teams()
        made = {
            label: {"label": label, "team": team, "tickets": sorted(self.tickets[pupil] for pupil in row)}
            for label, team, row in zip(labels, teams, self.rows)
        }
        unmet = [
            pair for pair in self.method["apart"] if self.home[self.number[pair[0]]] == self.home[self.number[pair[1]]]
        ]
        return {
            "classes": [made[label] for label in self.method["classes"]],
            "later": [labels[c] for c in self._later()],
            "unmet": unmet + [pair for pair in self.method["avoid"] if self._meets(pair, teams)],
        }

    def _meets(self, pair: Any, teams: Sequence[str | None]) -> bool:
        met: bool = teams[self.home[self.number[pair[0]]]] == pair[1]
        return met

    def _teams(self) -> Sequence[str | None]:
        tickets = [team["ticket"] for team in self.method["teams"]]
        if not tickets:
            return [None] * self.count
        stream = self.chance("allot/teams")
        for _ in range(1000):
            drawn = stream.shuffle(tickets)
            if not any(self._meets(pair, drawn) for pair in self.method["avoid"]):
                break
        return drawn

    def _later(self) -> list[int]:
        stream = self.chance("allot/later")
        smallest = min(len(row) for row in self.rows)
        seats: list[int] = stream.shuffle(c for c, row in enumerate(self.rows) if len(row) == smallest)
        while len(seats) < self.method["later"]:
            seats += stream.shuffle(range(self.count))
        return seats[: self.method["later"]]


def _class_pairs(amount: list[int], gap: int) -> Iterator[tuple[int, int]]:
    """The pairs (A, B) of steps 5 and 6 in turn, while the amount of A is more than ``gap`` above that of B."""
    high, low = amount.index(max(amount)), amount.index(min(amount))
    if amount[high] - amount[low] <= gap:
        return
    yield high, low
    others = [c for c in range(len(amount)) if c not in (high, low)]
    for c in sorted(others, key=lambda c: (amount[c], c)):
        if amount[high] - amount[c] > gap:
            yield high, c
    for c in sorted(others, key=lambda c: (-amount[c], c)):
        if amount[c] - amount[low] > gap:
            yield c, low


def replay_allot(chance: Chance, notice: Any) -> Any:
    """7.4."""
    return Allot(chance, notice).replay()


# --- 11. Other schemes ----------------------------------------------------------------------------------------------


def replay_rfc3797(number: Any, notice: Any) -> Any:
    """RFC 3797: MD5 is the scheme's, not our choice."""
    key = "".join(".".join(str(value) for value in sorted(source)) + "./" for source in number["values"]).encode()
    left = [entry["ticket"] for entry in notice["pool"]]
    order, digests = [], []
    for index in range(len(left)):
        around = index.to_bytes(2, "big")
        digest = md5(around + key + around).hexdigest().upper()  # noqa: S324
        order.append(left.pop(int(digest, 16) % len(left)))
        digests.append(digest)
    return {"chosen": order[: notice["method"]["take"]], "digests": digests, "order": order}


def replay_lot(number: Any, notice: Any) -> Any:
    """One draw by SHA-256."""
    text = ".".join(f"{value:02d}" for value in sorted(number["values"][0])) + "./"
    digest = sha256(text.encode()).hexdigest()
    ticket = notice["pool"][int(digest, 16) % len(notice["pool"])]["ticket"]
    return {"chosen": [ticket], "digests": [digest], "order": [ticket]}


def replay(tag: Tagged, seed: bytes, record: Any) -> Any:
    """The result that follows from the notice, the number and the seed; NoAnswer if there is none."""
    notice = record["notice"]
    if notice["scheme"] == RFC3797:
        return replay_rfc3797(record["number"], notice)
    if notice["scheme"] == LOT:
        return replay_lot(record["number"], notice)
    methods = {"pick": replay_pick, "share": replay_share, "match": replay_match, "allot": replay_allot}
    return methods[notice["method"]["kind"]](Chance(tag, seed), notice)


# --- 10. What a verifier says ---------------------------------------------------------------------------------------


class Examination:
    """One record, from its bytes to the verdict. A stage with faults ends it where the next would only repeat them."""

    def __init__(self) -> None:
        self.findings = Findings()
        self.notes: list[Note] = []
        self.facts: dict[str, Any] = {}
        self.record: Any = None
        self.proven = False

    def run(self, raw: bytes, anchor_raw: bytes | None) -> None:
        """Every check of the specification."""
        record = read_document(raw, "$", self.findings)
        anchor = self._anchor(anchor_raw)
        if record is None:
            return
        shape = Shape(self.findings)
        before = len(self.findings.faults)
        check_record_shape(shape, record)
        if len(self.findings.faults) > before:
            return
        self.record = record
        notice = record["notice"]
        tag = TAGS[notice["rehearsal"]]
        digests = self._digests(tag, record)
        self._tell(notice, digests)
        self._compare_digests(record, digests, anchor)
        seed = None
        if not self.findings.faults:
            seed = self._seed(tag, record, digests)
        self._result(tag, record, seed)
        if anchor_raw is None:
            self.note("compare")

    def note(self, code: str, **facts: Any) -> None:
        """Something to know."""
        self.notes.append(Note(code, facts))

    def _anchor(self, raw: bytes | None) -> Any:
        if raw is None:
            return None
        findings = Findings()
        anchor = read_document(raw, "anchor:$", findings)
        # Also of a file that says null: nothing was compared with it, and it must not count as an anchor.
        if type(anchor) is dict and anchor.get("qingfu") != "draw-anchor/1":
            findings.wrong("anchor:$.qingfu", "not-anchor", "draw-anchor/1")
        if not findings.faults:
            check_anchor_shape(Shape(findings), anchor, "anchor:$")
        self.findings.faults += findings.faults
        return None if findings.faults else anchor

    def _digests(self, tag: Tagged, record: Any) -> dict[str, Any]:
        """The digests that follow from the content, as bytes.

        What rests on the notice's digest is computed from the one that stands there: of a changed notice only the
        notice is reported then, and the rest keeps its own places.
        """
        notice, stated = notice_digest(tag, record["notice"]), bytes.fromhex(record["notice_digest"])
        if record["notice"]["scheme"] != OWN:
            return {"notice": notice, "seal": tag.hash("seal", stated), "shares": []}
        circle = circle_digest(tag, stated, record)
        shares = [share_hash(tag, circle, deal) for deal in record["deals"]]
        return {"notice": notice, "circle": circle, "seal": tag.hash("seal", stated, circle, *shares), "shares": shares}

    def _compare_digests(self, record: Any, digests: Any, anchor: Any) -> None:
        wrong = self.findings.wrong
        for key, name in (("notice_digest", "notice"), ("seal_digest", "seal")):
            if record[key] != digests[name].hex():
                wrong(f"$.{key}", "digest", digests[name].hex())
        if anchor is None:
            return
        posted = (
            ("notice", "$.notice_digest", record["notice_digest"]),
            ("seal", "$.seal_digest", record["seal_digest"]),
            *((key, f"$.notice.{key}", record["notice"][key]) for key in ("draw", "title", "rehearsal")),
        )
        for key, where, value in posted:
            if anchor[key] != value:
                wrong(where, "posted", anchor[key])
        shares = [share.hex() for share in digests["shares"]]
        if len(shares) != len(anchor["shares"]):
            wrong("$.deals", "length", due=len(anchor["shares"]), got=len(shares))
        for index, (share, due) in enumerate(zip(shares, anchor["shares"])):
            if share != due:
                wrong(f"$.deals[{index}]", "posted-share", due=due, got=share)

    def _seed(self, tag: Tagged, record: Any, digests: Any) -> bytes | None:
        """Proofs, reveals and the seed of section 5; None if one of them fails."""
        wrong = self.findings.wrong
        contributions: list[bytes] = []
        if record["notice"]["scheme"] == OWN:
            points = self._open(tag, record, digests)
            for share, point in zip(digests["shares"], points):
                if point is None:
                    return None
                contributions.append(tag.hash("contribution", share, write_point(point)))
        seed = tag.hash("seed", digests["notice"], digests["seal"], *contributions, canonical(record["number"]))
        if record["seed"] != seed.hex():
            wrong("$.seed", "digest", seed.hex())
        self._judge_chance(record)
        return seed

    def _open(self, tag: Tagged, record: Any, digests: Any) -> list[Point | None]:
        members = tuple((one["name"], one["role"], _point(one["key"])) for one in record["circle"])
        circle = Circle(tag, digests["circle"], members, record["threshold"])
        check_members(self.findings, tag, digests["notice"], record["circle"])
        check_deals(self.findings, circle, record["deals"])
        points = [
            opened(self.findings, circle, deal, reveal, f"$.reveals[{index}]")
            for index, (deal, reveal) in enumerate(zip(record["deals"], record["reveals"]))
        ]
        absent = [members[one["by"]][0] for one in record["reveals"] if "pieces" in one]
        if absent:
            self.note("opened-by-others", names="、".join(absent))
        return points

    def _judge_chance(self, record: Any) -> None:
        """Whether something that the organiser did not hold is in the seed."""
        notice = record["notice"]
        roles = [member["role"] for member in record["circle"]]
        witnessed = any(roles[deal["by"]] == "witness" for deal in record["deals"])
        held = roles.count("organiser")
        # With as many keys as open a share, the organiser reads the witnesses' before it deals its own.
        if witnessed and held >= record["threshold"]:
            witnessed = False
            self.note("organiser-could-open", held=held, needed=record["threshold"])
        self.proven = witnessed or notice["number"] is not None
        others = len(roles) - held
        stopping = others < record["threshold"] and any(roles[deal["by"]] == "organiser" for deal in record["deals"])
        if self.proven and stopping:
            self.note("organiser-could-stop", needed=record["threshold"], others=others)
        if notice["number"] is not None:
            self.note("check-number", **notice["number"], values=_short(record["number"]["values"]))

    def _result(self, tag: Tagged, record: Any, seed: bytes | None) -> None:
        """The replay. If the seed could not be derived, from the one that stands there: to show what else differs."""
        method, stated = record["notice"]["method"], record["result"]
        later = stated.get("later") if type(stated) is dict and method["kind"] == "allot" else None
        if type(later) is list and len(later) != method["later"]:
            # Before a file can ask for more seats than it lists.
            self.findings.wrong("$.result.later", "length", due=method["later"], got=len(later))
            return
        if seed is None:
            self.note("not-examined")
        try:
            due = replay(tag, seed or bytes.fromhex(record["seed"]), record)
        except NoAnswer:
            self.findings.wrong("$.notice.method", "no-answer")
            return
        compare(self.findings, stated, due, "$.result")
        if method["kind"] == "allot" and due["unmet"]:
            self.note("unmet", count=len(due["unmet"]))

    def _tell(self, notice: Any, digests: Any) -> None:
        record = self.record
        reasons: dict[str, int] = {}
        for entry in notice["excluded"]:
            reasons[entry["reason"]] = reasons.get(entry["reason"], 0) + 1
        dealers = {deal["by"] for deal in record["deals"]}
        told = ("draw", "title", "organiser", "clause", "scheme", "frozen_at", "rehearsal", "replaces", "number")
        self.facts.update({key: notice[key] for key in told})
        self.facts["method"] = notice["method"]["kind"]
        self.facts["pool"] = len(notice["pool"])
        self.facts["excluded"] = {"count": len(notice["excluded"]), "reasons": reasons}
        self.facts["circle"] = [
            {"name": member["name"], "role": member["role"], "dealt": index in dealers}
            for index, member in enumerate(record["circle"])
        ]
        self.facts["threshold"] = record["threshold"]
        self.facts["digests"] = {
            name: [one.hex() for one in value] if type(value) is list else value.hex()
            for name, value in digests.items()
        }
        self.note("check-time", at=notice["frozen_at"])
        if notice["replaces"] is not None:
            self.note("replaces", **notice["replaces"])
        if notice["scheme"] != OWN:
            self.note("modulo")

    def verdict(self, anchored: bool) -> Verdict:
        """The word of section 10."""
        if self.findings.faults or self.record is None:
            word = REJECTED
        elif self.record["notice"]["rehearsal"]:
            word = REHEARSAL
        elif not anchored:
            word = CONSISTENT
        else:
            word = RANDOM if self.proven else REPLAYABLE
        return Verdict(word, tuple(self.findings.faults), tuple(self.notes), self.facts)


def compare(findings: Findings, stated: Any, due: Any, where: str) -> None:
    """Every place where a result differs from the replay, with what should stand there."""
    if type(stated) is not type(due):
        findings.wrong(where, "result", due)
    elif type(due) is dict:
        _compare_objects(findings, stated, due, where)
    elif type(due) is list:
        if len(stated) != len(due):
            findings.wrong(where, "length", due=len(due), got=len(stated))
        for index, (one, other) in enumerate(zip(stated, due)):
            compare(findings, one, other, f"{where}[{index}]")
    elif stated != due:
        findings.wrong(where, "result", due)


def _compare_objects(findings: Findings, stated: Any, due: Any, where: str) -> None:
    for key in sorted(due.keys() | stated.keys()):
        if key not in due:
            findings.wrong(f"{where}.{key}", "unknown", key=key)
        elif key not in stated:
            findings.wrong(where, "missing", key=key)
        else:
            compare(findings, stated[key], due[key], f"{where}.{key}")


def verify(record_bytes: bytes, anchor_bytes: bytes | None = None) -> Verdict:
    """The verdict on a record, compared with what was posted at the door if that is given. Never raises."""
    return _examined(record_bytes, anchor_bytes).verdict(anchored=anchor_bytes is not None)


def _examined(record_bytes: bytes, anchor_bytes: bytes | None) -> Examination:
    examination = Examination()
    try:
        examination.run(record_bytes, anchor_bytes)
    except Enough:
        pass
    except Exception as failure:  # noqa: BLE001 - whatever a hostile file finds here must not look like a verdict
        examination.findings.faults.append(Fault("$", "own-failure", {"why": type(failure).__name__}))
    return examination


# --- 8. Tickets and people ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Slip:
    """What a family's slip proves. ``state``: holds, other (somebody else stands there), public, or nowhere."""

    state: str
    ticket: str
    places: tuple[tuple[str, str], ...]  # (Chinese, English), one for each place in the result


SLIPS = {
    "holds": (
        "票据属实：冻结的名单上，{ticket} 号就是此人。",
        "The slip holds: the frozen list had this person at {ticket}.",
    ),
    "other": (
        "票据不符：{ticket} 号在冻结的名单上不是此人，或者盐值、身份写法有误（须与票据逐字相同）。",
        (
            "The slip does not hold: at {ticket} the frozen list has somebody else, or salt or identity are not "
            "exactly as on "
            "the slip."
        ),
    ),
    "public": (
        "{ticket} 号在名单上用的是公开的名称，不需要票据。",
        "Ticket {ticket} stands in the list under a public name; no slip is needed.",
    ),
    "nowhere": ("名单上没有 {ticket} 号。", "No list has a ticket {ticket}."),
}


def check_slip(record_bytes: bytes, ticket: str, salt: str, identity: str) -> Slip | None:
    """Section 8 for a record that holds; None if it cannot be read. ``salt``: hexadecimal, ``identity``: its text."""
    examination = _examined(record_bytes, None)
    if examination.record is None or examination.findings.faults:
        return None
    record = examination.record
    notice, method = record["notice"], record["notice"]["method"]
    lists = (notice["pool"], notice["excluded"], method.get("takers", ()), method.get("teams", ()))
    entries = [entry for entry_list in lists for entry in entry_list if entry["ticket"] == ticket]
    if not entries:
        return Slip("nowhere", ticket, ())
    holders = {entry["holder"] for entry in entries if "holder" in entry}
    if not holders:
        return Slip("public", ticket, tuple(_places(record, ticket)))
    if not _opens(notice, holders, ticket, salt, identity):
        return Slip("other", ticket, ())
    return Slip("holds", ticket, tuple(_places(record, ticket)))


def _opens(notice: Any, holders: set[str], ticket: str, salt: str, identity: str) -> bool:
    try:
        salted = bytes.fromhex(salt)
    except ValueError:
        return False
    # Typed on another system, the same name may come in another form of Unicode.
    forms = {identity, unicodedata.normalize("NFC", identity)}
    tag = TAGS[notice["rehearsal"]]
    return len(salted) == 16 and any(
        tag.hash("holder", ticket.encode(), salted, form.encode("utf-8", "replace")).hex() in holders for form in forms
    )


def _places(record: Any, ticket: str) -> Iterator[tuple[str, str]]:
    """In which class or at which place a ticket came."""
    for entry in record["notice"]["excluded"]:
        if entry["ticket"] == ticket:
            yield f"未进入抽取，理由：{entry['reason']}", f"excluded, because: {entry['reason']}"
            return
    kind, result = record["notice"]["method"]["kind"], record["result"]
    if kind == "match":
        yield from _match_places(result, ticket)
    elif kind == "allot":
        yield from _class_places(result, ticket)
    else:
        for row in result.get("strata", [result]):
            if ticket in row["order"]:
                yield _order_place(row, ticket)


def _match_places(result: Any, ticket: str) -> Iterator[tuple[str, str]]:
    for number, table in enumerate(result["rounds"], 1):
        for target, taker in table:
            if ticket in (target, taker):
                yield f"第 {number} 轮：{taker} → {target}", f"round {number}: {taker} → {target}"


def _class_places(result: Any, ticket: str) -> Iterator[tuple[str, str]]:
    for row in result["classes"]:
        if ticket in row["tickets"] or ticket == row["team"]:
            label, size = row["label"], len(row["tickets"])
            yield f"班级：{label}（{size} 人）", f"class {label} ({size} pupils)"


def _order_place(row: Any, ticket: str) -> tuple[str, str]:
    place, whole = row["order"].index(ticket) + 1, len(row["order"])
    chosen = ticket in row["chosen"]
    group_zh = f"{'、'.join(row['marks'])}组" if "marks" in row else ""
    group_en = f"in group {', '.join(row['marks'])}: " if "marks" in row else ""
    return (
        f"{group_zh}第 {place} 位（共 {whole} 位），{'中签' if chosen else '未中签，按此顺序递补'}",
        f"{group_en}place {place} of {whole}, {'chosen' if chosen else 'not chosen; next in this order'}",
    )


# --- Faces: text, JSON, command line --------------------------------------------------------------------------------

LABELS = {
    "title": ("名称", "Title"),
    "draw": ("编号", "Draw"),
    "organiser": ("组织者", "Organiser"),
    "clause": ("依据", "Clause"),
    "frozen_at": ("名单冻结", "List frozen"),
    "method": ("方法", "Method"),
    "pool": ("参加抽取", "In the pool"),
    "excluded": ("未进入抽取", "Excluded"),
    "circle": ("见证圈", "Circle"),
    "faults": ("错误", "Faults"),
    "notes": ("说明", "Notes"),
    "door": ("门口公告应有的摘要", "Digests the notice at the door must show"),
    "notice": ("名单", "notice"),
    "seal": ("封存", "seal"),
    "share": ("份额", "share"),
    "expected": ("应为", "should be"),
    "slip": ("票据", "Slip"),
    "no-slip": ("记录不成立，票据无从核对。", "The record does not hold; a slip proves nothing with it."),
    "unreadable": ("无法读取文件“{name}”：{why}", "Cannot read “{name}”: {why}"),
}
METHODS = {
    "pick": ("抽取", "pick"),
    "share": ("分层抽取", "share of every group"),
    "match": ("配对", "match"),
    "allot": ("均衡编班", "allot to classes"),
}


def _short(value: Any) -> str:
    text = value if type(value) is str else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 100 else text[:99] + "…"


def _plain(text: str) -> str:
    """Text of a stranger's file, made unable to steer a terminal or to turn the direction of a line."""
    return "".join(
        sign
        if sign == "\n" or unicodedata.category(sign) not in ("Cc", "Cf", "Cs", "Zl", "Zp")
        else f"\\u{ord(sign):04x}"
        for sign in text
    )


def as_text(verdict: Verdict, lang: str, slip: Sequence[str] = ()) -> str:
    """The verdict for a parent, line by line."""
    en = lang == "en"
    words = VERDICTS[verdict.verdict]
    lines = [f"{'Verdict' if en else '结论'}: {words[2 if en else 0]}", words[3 if en else 1], ""]
    lines += _fact_lines(verdict.facts, lang)
    if verdict.faults:
        lines += ["", f"{LABELS['faults'][en]} ({len(verdict.faults)}):"]
        for fault in verdict.faults:
            lines.append(f"  {fault.where}: {fault.text(lang)}")
            if fault.expected is not ABSENT:
                lines.append(f"      {LABELS['expected'][en]}: {_short(fault.expected)}")
    if verdict.notes:
        lines += ["", f"{LABELS['notes'][en]}:", *(f"  - {note.text(lang)}" for note in verdict.notes)]
    if any(note.code == "compare" for note in verdict.notes):
        lines += ["", *_door_lines(verdict.facts["digests"], lang)]
    if slip:
        lines += ["", f"{LABELS['slip'][en]}:", *(f"  {line}" for line in slip)]
    # A line break inside a stranger's text would let it write lines of its own.
    return "\n".join(_plain(line.replace("\n", "\\n")) for line in lines) + "\n"


def _fact_lines(facts: Mapping[str, Any], lang: str) -> list[str]:
    en = lang == "en"
    if not facts:
        return []
    gap = ": " if en else "："
    keys = ("title", "draw", "organiser", "clause", "frozen_at")
    lines = [LABELS[key][en] + gap + facts[key] for key in keys if facts[key]]
    lines.append(f"{LABELS['method'][en]}{gap}{METHODS[facts['method']][en]} ({facts['scheme']})")
    lines.append(f"{LABELS['pool'][en]}{gap}{facts['pool']}")
    lines.append(f"{LABELS['excluded'][en]}{gap}{facts['excluded']['count']}")
    lines += [f"  - {reason}{gap}{count}" for reason, count in sorted(facts["excluded"]["reasons"].items())]
    if facts["circle"]:
        size = len(facts["circle"])
        needed = (
            f"{facts['threshold']} of {size} can open" if en else f"{size} 人中任何 {facts['threshold']} 人可合力打开"
        )
        lines.append(f"{LABELS['circle'][en]} ({needed}){gap}")
        lines += [f"  - {member['name']} ({_role(member, en)})" for member in facts["circle"]]
    return lines


def _role(member: Mapping[str, Any], en: bool) -> str:
    role = {"organiser": ("组织者", "organiser"), "witness": ("见证人", "witness")}[member["role"]][en]
    if member["dealt"]:
        return role + (", gave a share" if en else "，提供了份额")
    return role


def _door_lines(digests: Mapping[str, Any], lang: str) -> list[str]:
    en = lang == "en"
    lines = [f"{LABELS['door'][en]}:", f"  {LABELS['notice'][en]}  {digests['notice']}"]
    lines.append(f"  {LABELS['seal'][en]}  {digests['seal']}")
    lines += [f"  {LABELS['share'][en]} {number}  {share}" for number, share in enumerate(digests["shares"], 1)]
    return lines


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="verify_draw.py",
        description="检验一次抽取的记录。Check the record of a draw.",
        epilog="exit code: 0 holds 成立, 1 rejected 不予认可, 2 cannot read 无法读取, 3 rehearsal 演练",
    )
    parser.add_argument("record", metavar="RECORD", help="the published record 公布的记录")
    parser.add_argument("--anchor", metavar="NOTICE", help="what was posted at the door 门口张贴的公告（文件）")
    parser.add_argument(
        "--slip", nargs=3, metavar=("TICKET", "SALT", "IDENTITY"), help="check a family's slip 核对票据"
    )
    parser.add_argument("--json", action="store_true", help="one JSON object 输出 JSON")
    parser.add_argument("--lang", choices=("zh", "en"), default=_language(), help="language 语言")
    return parser.parse_args(argv)


def _language() -> str:
    said = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    return "en" if said.lower().startswith("en") else "zh"


def _bytes(name: str) -> bytes:
    with open(name, "rb") as file:
        # One more than permitted shows that there is more; the rest is never read.
        return file.read(MOST_BYTES + 1)


def _slip_lines(slip: Slip | None, lang: str) -> list[str]:
    en = lang == "en"
    if slip is None:
        return [LABELS["no-slip"][en]]
    return [SLIPS[slip.state][en].format(ticket=slip.ticket), *(place[en] for place in slip.places)]


def main(argv: Sequence[str] | None = None) -> int:
    """The command; the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    asked = _arguments(argv)
    try:
        name = asked.record
        record = _bytes(name)
        name = asked.anchor
        anchor = None if name is None else _bytes(name)
    except (OSError, ValueError) as error:
        why = LABELS["unreadable"][asked.lang == "en"].format(name=name, why=getattr(error, "strerror", None) or error)
        sys.stderr.write(_plain(why) + "\n")
        return 2
    verdict = verify(record, anchor)
    slip, lines = None, []
    if asked.slip:
        slip = check_slip(record, *asked.slip) if verdict.verdict != REJECTED else None
        lines = _slip_lines(slip, asked.lang)
    if asked.json:
        told = verdict.as_json(asked.lang)
        if asked.slip:
            told["slip"] = {"state": slip.state if slip else "no-record", "says": lines}
        sys.stdout.write(json.dumps(told) + "\n")
    else:
        sys.stdout.write(as_text(verdict, asked.lang, lines))
    failed = bool(asked.slip) and (slip is None or slip.state == "other" or slip.state == "nowhere")
    return verdict.exit_code or (1 if failed else 0)


if __name__ == "__main__":
    sys.exit(main())
