"""Draws that others published, written as records of ours with nothing but the standard library."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

VECTORS = Path(__file__).resolve().parents[1] / "data" / "lottery_vectors"
SALT = bytes(range(16))
Document = dict[str, Any]


@dataclass(frozen=True)
class Draw:
    """A record, what was posted of it, and the tickets its publishers drew first."""

    record: Document
    anchor: Document
    published: list[str]


def written(document: object) -> str:
    """The canonical form of a document that holds no text out of NFC."""
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(name: str, *parts: bytes, rehearsal: bool = False) -> bytes:
    """H of the specification."""
    tag = f"qingfu-draw-1{'-rehearsal' if rehearsal else ''}/{name}".encode()
    return hashlib.sha256(b"".join(len(part).to_bytes(4, "big") + part for part in (tag, *parts))).digest()


def holder(ticket: str, identity: str) -> str:
    """What stands on the list in place of a child."""
    return digest("holder", ticket.encode(), SALT, identity.encode()).hex()


def rfc3797() -> Draw:
    """The worked example of RFC 3797, section 6."""
    vector = _vector("rfc3797_example")
    pool = [_entry(number, name=name) for number, name in enumerate(vector["pool"], 1)]
    return _by_rfc(vector, pool, vector["sources_as_given"], 16)


def nomcom() -> Draw:
    """The IETF's nominating committee of 2022; its volunteers are children here, known by digests only."""
    vector = _vector("nomcom_2022")
    pool = [_entry(number, holder=holder(f"T{number:03}", f"孩子{number}")) for number in range(1, 268)]
    return _by_rfc(vector, pool, [source["values"] for source in vector["sources_as_given"]], 10)


def xsf() -> Draw:
    """The tie-break of the XMPP Standards Foundation of 2025."""
    vector = _vector("xsf_2025_tiebreak")
    pool = [_entry(number, name=name) for number, name in enumerate(vector["candidates_alphabetical"], 1)]
    chosen = pool[vector["published_result_index"]]["ticket"]
    result = {"chosen": [chosen], "digests": [vector["sha256"]], "order": [chosen]}
    return _draw("sha256-lot", pool, 1, [vector["numbers"]], result, [chosen])


def _vector(name: str) -> Document:
    read: Document = json.loads((VECTORS / f"{name}.json").read_text(encoding="utf-8"))
    return read


def _entry(number: int, **who: str) -> Document:
    return {"ticket": f"T{number:03}", **who}


def _by_rfc(vector: Document, pool: list[Document], values: list[list[int]], take: int) -> Draw:
    """The first places are as published; the vectors do not go on, so the rest is computed here."""
    left, order, digests = [entry["ticket"] for entry in pool], list[str](), list[str]()
    while left:
        count = len(order).to_bytes(2, "big")
        made = hashlib.md5(count + vector["key_string"].encode() + count, usedforsecurity=False).hexdigest()
        digests.append(made.upper())
        order.append(left.pop(int(made, 16) % len(left)))
    published = [f"T{line['selected']:03}" for line in vector["published_output"]]
    assert order[: len(published)] == published
    assert digests[: len(published)] == [line["md5"] for line in vector["published_output"]]
    result = {"chosen": order[:take], "digests": digests, "order": order}
    return _draw("rfc3797", pool, take, values, result, published)


def _draw(
    scheme: str, pool: list[Document], take: int, values: list[list[int]], result: Document, published: list[str]
) -> Draw:
    notice = {
        "qingfu": "draw-notice/1", "scheme": scheme, "draw": f"vector-{scheme}", "title": "别处公布的抽签",
        "organiser": "别处", "clause": "", "frozen_at": "2022-07-01T01:00:00.000000Z", "rehearsal": False,
        "replaces": None, "number": {"source": "彩票", "issue": "1", "expected": "2026-01-01"},
        "method": {"kind": "pick", "take": take}, "pool": pool,
        "excluded": [{"ticket": "X1", "name": "不参加的人", "reason": "已搬走"}],
    }  # fmt: skip
    frozen = digest("notice", written(notice).encode())
    seal, number = digest("seal", frozen), {"values": values}
    record = {
        "qingfu": "draw/1", "notice": notice, "notice_digest": frozen.hex(), "circle": [], "threshold": 0, "deals": [],
        "seal_digest": seal.hex(), "reveals": [], "number": number, "result": result,
        "seed": digest("seed", frozen, seal, written(number).encode()).hex(),
    }  # fmt: skip
    anchor = {
        "qingfu": "draw-anchor/1", "draw": notice["draw"], "rehearsal": False, "title": notice["title"],
        "notice": frozen.hex(), "seal": seal.hex(), "shares": [],
    }  # fmt: skip
    return Draw(record, anchor, published)
