"""P-256 against published points and against the school-book rule."""

from __future__ import annotations

from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qingfu.base.draw.curve import BASE, SECOND, N, P, Point, combine, evaluated, multiply, packed, unpacked
from qingfu.base.draw.keys import some

# SEC 1 compressed points k·G as other libraries give them.
KNOWN = {
    1: "036b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296",
    2: "037cf27b188d034f7e8a52380304b51ac3c08969e277f21b35a60b48fc47669978",
    3: "025ecbe4d1a6330a44c8f7ef951d4bf165e6c6b721efada985fb41661bc6e7fd6c",
    112233445566778899: "03339150844ec15234807fe862a86be77977dbfb3ae3d96f4c22795513aeaab82f",
    29852220098221261079183923314599206100666902414330245206392788703677545185283: (
        "029eace8f4b071e677c5350b02f2bb2b384aae89d58aa72ca97a170572e0fb222f"
    ),
    N - 1: "026b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296",
}
scalars = st.integers(1, N - 1)


def school_book(a: Point | None, b: Point | None) -> Point | None:
    """The sum by chord and tangent, with a division each time."""
    if a is None or b is None:
        return a or b
    if a[0] == b[0] and (a[1] + b[1]) % P == 0:
        return None
    over, under = (3 * a[0] * a[0] - 3, 2 * a[1]) if a == b else (b[1] - a[1], b[0] - a[0])
    slope = over * pow(under, -1, P)
    x = (slope * slope - a[0] - b[0]) % P
    return x, (slope * (a[0] - x) - a[1]) % P


def slowly(scalar: int, point: Point) -> Point | None:
    made: Point | None = None
    for bit in f"{scalar:b}":
        made = school_book(school_book(made, made), point if bit == "1" else None)
    return made


@pytest.mark.parametrize("scalar", KNOWN)
def test_known_multiples_come_out(scalar: int) -> None:
    point = multiply(scalar, BASE)
    assert point is not None
    assert packed(point).hex() == KNOWN[scalar]
    assert unpacked(KNOWN[scalar]) == point


@settings(max_examples=25)
@given(scalars, scalars)
def test_sums_are_those_of_the_school_book(a: int, b: int) -> None:
    assert multiply(a, SECOND) == slowly(a, SECOND)
    assert combine(((a, BASE), (b, SECOND))) == school_book(slowly(a, BASE), slowly(b, SECOND))


@given(scalars)
def test_what_is_taken_away_again_leaves_nothing(a: int) -> None:
    assert combine(((a, BASE), (N - a, BASE))) is None
    assert multiply(N, BASE) is None
    assert multiply(0, BASE) is None
    assert multiply(a + N, BASE) == multiply(a, BASE)


def test_equal_points_are_doubled_in_a_sum() -> None:
    assert combine(((1, BASE), (1, BASE))) == multiply(2, BASE)


@settings(max_examples=50)
@given(scalars)
def test_a_point_is_read_back_from_its_66_characters(a: int) -> None:
    point = multiply(a, BASE)
    assert point is not None
    assert unpacked(packed(point).hex()) == point
    other = ("03" if packed(point)[0] == 2 else "02") + packed(point).hex()[2:]
    assert unpacked(other) == (point[0], P - point[1])


@pytest.mark.parametrize(
    "text",
    ["", "02", KNOWN[1].upper(), "04" + KNOWN[1][2:], KNOWN[1] + "00", f"02{P:064x}", "02" + "g" * 64, "02" + " " * 64],
)  # fmt: skip
def test_what_is_no_point_is_not_read(text: str) -> None:
    assert unpacked(text) is None


def test_an_x_without_a_square_is_no_point() -> None:
    readable = [x for x in range(1, 60) if unpacked(f"02{x:064x}") is not None]
    assert 10 < len(readable) < 50


def test_the_second_point_follows_from_its_name_alone() -> None:
    b = 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B
    for counter in range(100):
        x = int.from_bytes(sha256(b"qingfu-draw-1/second-point/" + str(counter).encode()).digest(), "big")
        square = (x**3 - 3 * x + b) % P
        if x < P and pow(square, (P - 1) // 2, P) == 1:
            break
    assert SECOND[0] == x
    assert SECOND[1] ** 2 % P == square
    assert SECOND[1] % 2 == 0


def test_a_polynomial_over_points_stands_where_its_powers_say() -> None:
    points = [some(multiply(number, BASE)) for number in (7, 11, 13, 17)]
    for place in (1, 2, 31, 60):
        powers = tuple((place**power, point) for power, point in enumerate(points))
        assert evaluated(points, place) == combine(powers)
    # 7 + 11·2 + … comes to nothing where the parts cancel each other.
    assert evaluated([some(multiply(N - 2, BASE)), BASE], 2) is None
    assert evaluated([BASE], 5) == BASE
