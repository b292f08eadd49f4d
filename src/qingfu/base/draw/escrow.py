"""Shares that any k members of the circle can open, and that everybody can check before they do.

The share lies in pieces, one under each member's key, with a proof that every piece is right (publicly verifiable
secret sharing after Schoenmakers). Who dealt may walk out: nothing is lost, and nobody gains a choice.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from qingfu.base.canon import canonical
from qingfu.base.draw.curve import BASE, SECOND, N, Point, combine, evaluated, multiply, packed, unpacked
from qingfu.base.draw.hashing import Domain, count
from qingfu.base.draw.keys import Secrets, Signature, answers, challenge, number, scalar, sign, signed, some


@dataclass(frozen=True)
class Table:
    """Where shares are dealt: the domain, the digest of the circle, its keys, how many open a share."""

    domain: Domain
    circle: bytes
    keys: tuple[Point, ...]
    threshold: int


@dataclass(frozen=True)
class Deal:
    """One member's share, given out in pieces (draw-record.md, 4)."""

    by: int
    commitments: tuple[Point, ...]
    pieces: tuple[Point, ...]
    challenge: int
    answers: tuple[int, ...]
    signature: Signature

    def body(self) -> dict[str, object]:
        """All of it but the signature."""
        return {
            "by": self.by,
            "commitments": [packed(point).hex() for point in self.commitments],
            "pieces": [packed(point).hex() for point in self.pieces],
            "challenge": scalar(self.challenge),
            "answers": [scalar(answer) for answer in self.answers],
        }

    def document(self) -> dict[str, object]:
        return {**self.body(), "signature": self.signature.document()}

    @cached_property
    def written(self) -> bytes:
        """The whole of it in canonical form."""
        return canonical(self.document())

    @staticmethod
    def of(document: dict[str, object]) -> Deal:
        """Read back; ValueError, KeyError or TypeError where it is not a deal."""
        by = document["by"]
        if type(by) is not int or set(document) != _WORDS:
            raise ValueError(document)
        return Deal(
            by=by,
            commitments=_points(document["commitments"]),
            pieces=_points(document["pieces"]),
            challenge=number(document["challenge"]),
            answers=tuple(number(text) for text in _texts(document["answers"])),
            signature=Signature.of(document["signature"]),  # type: ignore[arg-type]  # it judges what it reads
        )


_WORDS = {"by", "commitments", "pieces", "challenge", "answers", "signature"}


def _texts(value: object) -> list[str]:
    if not isinstance(value, list):
        raise TypeError(value)
    return value


def _points(value: object) -> tuple[Point, ...]:
    return tuple(_point(text) for text in _texts(value))


def _point(text: object) -> Point:
    if not isinstance(text, str):
        raise TypeError(text)
    return some(unpacked(text))


def deal(table: Table, *, by: int, secret: int, secrets: Secrets) -> tuple[Deal, int]:
    """A share in pieces, dealt by the member ``by`` with its key's ``secret``; and the share itself."""
    coefficients = [secrets() for _ in range(table.threshold)]
    places = range(1, len(table.keys) + 1)
    values = [_at(coefficients, place) for place in places]
    once = [secrets() for _ in places]
    unsigned = Deal(
        by=by,
        commitments=tuple(some(multiply(part, BASE)) for part in coefficients),
        pieces=tuple(some(multiply(value, key)) for value, key in zip(values, table.keys, strict=True)),
        challenge=0,
        answers=(),
        signature=Signature(0, 0),
    )
    marks = [(some(multiply(w, BASE)), some(multiply(w, key))) for w, key in zip(once, table.keys, strict=True)]
    c = _challenge(table, unsigned, [some(multiply(value, BASE)) for value in values], marks)
    proven = replace(
        unsigned, challenge=c, answers=tuple((w - value * c) % N for w, value in zip(once, values, strict=True))
    )
    made = replace(proven, signature=sign(table.domain, "deal", secret, _body_digest(table, proven), secrets))
    return made, coefficients[0]


def _at(coefficients: list[int], place: int) -> int:
    value = 0
    for part in reversed(coefficients):
        value = (value * place + part) % N
    return value


def stands(table: Table, one: Deal) -> bool:
    """Whether its dealer signed it, and any ``threshold`` members can open it."""
    size = len(table.keys)
    if not 0 <= one.by < size or (len(one.pieces), len(one.answers)) != (size, size):
        return False
    if len(one.commitments) != table.threshold or not answers(one.challenge, *one.answers):
        return False
    if not signed(table.domain, "deal", table.keys[one.by], _body_digest(table, one), one.signature):
        return False
    return _pieces_right(table, one)


def _pieces_right(table: Table, one: Deal) -> bool:
    values, marks = [], []
    for place, (key, piece, answer) in enumerate(zip(table.keys, one.pieces, one.answers, strict=True), start=1):
        value = evaluated(one.commitments, place)
        if value is None:
            return False
        mark = combine(((answer, BASE), (one.challenge, value))), combine(((answer, key), (one.challenge, piece)))
        if mark[0] is None or mark[1] is None:
            return False
        values.append(value)
        marks.append((mark[0], mark[1]))
    return _challenge(table, one, values, marks) == one.challenge


def _challenge(table: Table, one: Deal, values: list[Point], marks: list[tuple[Point, Point]]) -> int:
    parts = [packed(point) for point in one.commitments]
    for value, piece, (first, second) in zip(values, one.pieces, marks, strict=True):
        parts += [packed(value), packed(piece), packed(first), packed(second)]
    return challenge(table.domain, "deal", table.circle, count(one.by), *parts)


def _body_digest(table: Table, one: Deal) -> bytes:
    return table.domain.hash("deal-body", table.circle, canonical(one.body()))


def share_hash(table: Table, one: Deal) -> bytes:
    """What the dealer is bound to."""
    return table.domain.hash("share", table.circle, one.written)


@dataclass(frozen=True)
class Opening:
    """A piece taken out of its key by the member ``of``, with the proof that nothing else was put in its place."""

    of: int
    point: Point
    proof: Signature

    def document(self) -> dict[str, object]:
        return {"of": self.of, "point": packed(self.point).hex(), "proof": self.proof.document()}

    @staticmethod
    def read(document: dict[str, object]) -> Opening:
        """Read back; ValueError, KeyError or TypeError where it is not an opening."""
        of = document["of"]
        if type(of) is not int or set(document) != {"of", "point", "proof"}:
            raise ValueError(document)
        proof: dict[str, object] = document["proof"]  # type: ignore[assignment]  # it judges what it reads
        return Opening(of=of, point=_point(document["point"]), proof=Signature.of(proof))


def open_piece(table: Table, one: Deal, *, of: int, secret: int, secrets: Secrets) -> Opening:
    """The piece of ``one`` that lies under the key of the member ``of``."""
    piece = one.pieces[of]
    point = some(multiply(pow(secret, -1, N), piece))
    once = secrets()
    e = _of_opening(table, one, of, point, (some(multiply(once, SECOND)), some(multiply(once, point))))
    return Opening(of=of, point=point, proof=Signature(e, (once - e * secret) % N))


def opened_rightly(table: Table, one: Deal, opening: Opening) -> bool:
    """Whether the piece is what lay under that member's key."""
    e, z = opening.proof.e, opening.proof.z
    if not 0 <= opening.of < len(table.keys) or not answers(e, z):
        return False
    first = combine(((z, SECOND), (e, table.keys[opening.of])))
    second = combine(((z, opening.point), (e, one.pieces[opening.of])))
    if first is None or second is None:
        return False
    return _of_opening(table, one, opening.of, opening.point, (first, second)) == e


def _of_opening(table: Table, one: Deal, of: int, point: Point, marks: tuple[Point, Point]) -> int:
    named = (packed(table.keys[of]), packed(one.pieces[of]), packed(point), packed(marks[0]), packed(marks[1]))
    return challenge(table.domain, "open", table.circle, count(one.by), count(of), *named)


def share_fits(one: Deal, share: int) -> bool:
    """Whether ``share`` is the one that was dealt."""
    return 0 < share < N and multiply(share, BASE) == one.commitments[0]


def point_of_share(share: int) -> Point:
    return some(multiply(share, SECOND))


def point_of_pieces(openings: tuple[Opening, ...]) -> Point:
    """The same point, from any ``threshold`` openings."""
    places = [opening.of + 1 for opening in openings]
    terms = tuple((_weight(places, place), opening.point) for place, opening in zip(places, openings, strict=True))
    return some(combine(terms))


def _weight(places: list[int], place: int) -> int:
    over, under = 1, 1
    for other in places:
        if other != place:
            over, under = over * other % N, under * (other - place) % N
    return over * pow(under, -1, N) % N
