"""Keys of a circle and what is signed with them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from qingfu.base.draw import curve
from qingfu.base.draw.curve import SECOND, N, Point, combine, packed
from qingfu.base.draw.hashing import Domain, count

# A secret number from 1 to N - 1; where it comes from is a parameter.
Secrets = Callable[[], int]


@dataclass(frozen=True)
class Signature:
    """Two scalars that only the holder of the key can make for a purpose and a message."""

    e: int
    z: int

    def document(self) -> dict[str, str]:
        return {"e": scalar(self.e), "z": scalar(self.z)}

    @staticmethod
    def of(document: Mapping[str, object]) -> Signature:
        """Read back; ValueError, KeyError or TypeError where it is not a signature."""
        if set(document) != {"e", "z"}:
            raise ValueError(document)
        return Signature(number(document["e"]), number(document["z"]))


def scalar(value: int) -> str:
    """64 hexadecimal characters."""
    return f"{value:064x}"


def number(text: object) -> int:
    """What 64 hexadecimal characters say; ValueError where they are something else."""
    if not isinstance(text, str) or len(text) != 64 or not set(text) <= set("0123456789abcdef"):
        raise ValueError(text)
    return int(text, 16)


def key_of(secret: int) -> Point:
    """The public key of a secret number."""
    return some(curve.multiply(secret, SECOND))


def some(point: Point | None) -> Point:
    """The point; ValueError at infinity, which never stands in a document."""
    if point is None:
        raise ValueError("infinity")
    return point


def challenge(domain: Domain, name: str, *parts: bytes) -> int:
    return int.from_bytes(domain.hash(name, *parts), "big") % N


def answers(*values: int) -> bool:
    """Whether all lie in 0 … n−1: a proof has one writing only."""
    return all(0 <= value < N for value in values)


def drawn_from(domain: Domain, secret: int, circle: bytes) -> Secrets:
    """Secrets that follow from a key and a circle: who deals again on another machine deals the same."""
    made = _own(domain, secret, circle)
    return lambda: next(made)


def _own(domain: Domain, secret: int, circle: bytes) -> Iterator[int]:
    step = 0
    while True:
        # Twice as long as n, so that what is left by the division favours nobody.
        parts = [domain.hash("own", secret.to_bytes(32, "big"), circle, count(2 * step + half)) for half in (0, 1)]
        yield int.from_bytes(b"".join(parts), "big") % (N - 1) + 1
        step += 1


def sign(domain: Domain, purpose: str, secret: int, message: bytes, secrets: Secrets) -> Signature:
    """A signature on 32 bytes for one purpose; it serves for no other."""
    once = secrets()
    e = _of_signature(domain, purpose, key_of(secret), key_of(once), message)
    return Signature(e, (once + e * secret) % N)


def signed(domain: Domain, purpose: str, key: Point, message: bytes, signature: Signature) -> bool:
    """Whether the holder of ``key`` signed ``message`` for ``purpose``."""
    if not answers(signature.e, signature.z):
        return False
    point = combine(((signature.z, SECOND), (N - signature.e, key)))
    return point is not None and _of_signature(domain, purpose, key, point, message) == signature.e


def _of_signature(domain: Domain, purpose: str, key: Point, point: Point, message: bytes) -> int:
    return challenge(domain, "sign", purpose.encode("ascii"), packed(key), packed(point), message)
