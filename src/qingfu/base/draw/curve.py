"""Points of NIST P-256, by whole numbers; not hardened against timing, secrets here live for one draw."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from hashlib import sha256

P = 0xFFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFF
N = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
_B = 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B
BASE = (
    0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296,
    0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5,
)

# None is the point at infinity.
Point = tuple[int, int]
# x/z², y/z³; z = 0 is the point at infinity.
_Jacobian = tuple[int, int, int]
_NOWHERE: _Jacobian = (1, 1, 0)


def multiply(scalar: int, point: Point) -> Point | None:
    """``scalar`` times ``point``; None is infinity."""
    return combine(((scalar, point),))


def combine(terms: tuple[tuple[int, Point], ...]) -> Point | None:
    """The sum of all scalar·point, with one run of doublings; None is infinity."""
    scalars = [scalar % N for scalar, _ in terms]
    tables = [_multiples(point) for _, point in terms]
    made = _NOWHERE
    for shift in range(_top(scalars), -4, -4):
        for _ in range(4):
            made = _double(made)
        for scalar, table in zip(scalars, tables, strict=True):
            digit = scalar >> shift & 15
            if digit:
                made = _add(made, table[digit])
    return _flat(made)


def evaluated(points: Sequence[Point], place: int) -> Point | None:
    """The sum of place to the power j times the j-th point: where a polynomial stands whose coefficients they hide."""
    made = _NOWHERE
    for point in reversed(points):
        made = _add(_few(place, made), (*point, 1))
    return _flat(made)


def _few(times: int, point: _Jacobian) -> _Jacobian:
    """A small multiple, bit by bit."""
    made = _NOWHERE
    for shift in range(times.bit_length() - 1, -1, -1):
        made = _double(made)
        if times >> shift & 1:
            made = _add(made, point)
    return made


def _top(scalars: list[int]) -> int:
    return (max(scalar.bit_length() for scalar in scalars) + 3) // 4 * 4 - 4


# The base points and the keys of a circle come again and again; what strangers send must not fill the memory.
@lru_cache(maxsize=1024)
def _multiples(point: Point) -> tuple[_Jacobian, ...]:
    made: list[_Jacobian] = [_NOWHERE, (*point, 1)]
    for _ in range(14):
        made.append(_add(made[-1], made[1]))
    return tuple(made)


def _double(point: _Jacobian) -> _Jacobian:
    x, y, z = point
    if not z or not y:
        return _NOWHERE
    square = y * y % P
    s = 4 * x * square % P
    zz = z * z % P
    m = 3 * (x - zz) * (x + zz) % P
    across = (m * m - 2 * s) % P
    return across, (m * (s - across) - 8 * square * square) % P, 2 * y * z % P


def _add(a: _Jacobian, b: _Jacobian) -> _Jacobian:
    if not a[2] or not b[2]:
        return b if not a[2] else a
    az, bz = a[2] * a[2] % P, b[2] * b[2] % P
    u, v = a[0] * bz % P, b[0] * az % P
    s, t = a[1] * bz * b[2] % P, b[1] * az * a[2] % P
    if u == v:
        return _double(a) if s == t else _NOWHERE
    h, r = v - u, t - s
    hh = h * h % P
    hhh, first = h * hh % P, u * hh % P
    x = (r * r - hhh - 2 * first) % P
    return x, (r * (first - x) - s * hhh) % P, h * a[2] * b[2] % P


def _flat(point: _Jacobian) -> Point | None:
    x, y, z = point
    if not z:
        return None
    back = pow(z, -1, P)
    return x * back * back % P, y * back * back * back % P


def packed(point: Point) -> bytes:
    """33 bytes: the sign of y, then x."""
    return bytes((2 + (point[1] & 1),)) + point[0].to_bytes(32, "big")


def unpacked(text: str) -> Point | None:
    """The point of 66 hexadecimal characters; None where it is not one of the curve."""
    if len(text) != 66 or text[:2] not in ("02", "03") or not set(text) <= set("0123456789abcdef"):
        return None
    x = int(text[2:], 16)
    y = _root(x) if x < P else None
    if y is None:
        return None
    return x, y if y & 1 == int(text[1]) & 1 else P - y


def _root(x: int) -> int | None:
    square = (x * x * x - 3 * x + _B) % P
    y = pow(square, (P + 1) // 4, P)
    return y if y * y % P == square else None


def _candidates() -> Iterator[int]:
    counter = 0
    while True:
        yield int.from_bytes(sha256(f"qingfu-draw-1/second-point/{counter}".encode("ascii")).digest(), "big")
        counter += 1


def _second() -> Point:
    for x in _candidates():
        y = _root(x) if x < P else None
        if y is not None:
            return x, y if y & 1 == 0 else P - y
    raise AssertionError


# Nobody knows its relation to BASE: whoever knows a·BASE learns nothing of a·SECOND.
SECOND = _second()
