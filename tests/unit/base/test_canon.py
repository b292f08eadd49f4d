"""The canonical form: one form per content, and a clear refusal of what it cannot say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import Enum
from uuid import UUID

import pytest

from qingfu.base.canon import canonical, digest
from qingfu.base.errors import Unsayable


class Colour(Enum):
    RED = "red"


@dataclass(frozen=True)
class Opinion:
    text: str
    day: date


def test_keys_are_sorted_and_nothing_is_padded() -> None:
    assert canonical({"b": 1, "a": [True, None]}) == b'{"a":[true,null],"b":1}'


def test_text_is_utf8_in_composed_form() -> None:
    assert canonical("e\u0301 减负") == '"\u00e9 减负"'.encode()


def test_days_instants_and_numbers_have_one_form() -> None:
    china = timezone(timedelta(hours=8))
    instant = datetime(2024, 7, 16, 8, 0, tzinfo=china)
    assert canonical(instant) == canonical(instant.astimezone(UTC)) == b'"2024-07-16T00:00:00.000000Z"'
    assert canonical(date(2024, 7, 16)) == b'"2024-07-16"'
    assert canonical(Decimal("3.10")) == canonical(Decimal("3.1")) == b'"3.1"'
    assert canonical(Decimal("1E+2")) == b'"100"'
    assert canonical(Decimal("-0.0")) == b'"0"'
    assert canonical(UUID(int=0)) == b'"00000000-0000-0000-0000-000000000000"'
    assert canonical(Colour.RED) == b'"red"'


def test_a_dataclass_is_the_map_of_its_fields() -> None:
    assert canonical(Opinion("好", date(2024, 8, 1))) == canonical({"day": date(2024, 8, 1), "text": "好"})


@pytest.mark.parametrize(
    ("value", "where"),
    [
        ({"a": [1.5]}, "$.a[0]"),
        ({1: "a"}, "$"),
        (b"bytes", "$"),
        ({"x": {1, 2}}, "$.x"),
        (datetime(2024, 7, 16), "$"),  # noqa: DTZ001 - a naive instant is the point
        (Decimal("NaN"), "$"),
        ("\ud800", "$"),
        ({"e\u0301": 1, "\u00e9": 2}, "$.\u00e9"),
        (Opinion, "$"),
    ],
)
def test_what_has_no_exact_form_is_refused_with_its_place(value: object, where: str) -> None:
    with pytest.raises(Unsayable) as caught:
        canonical(value)
    assert caught.value.facts["where"] == where


def test_the_digest_is_the_one_any_other_tool_computes() -> None:
    # printf '{"a":1}' | sha256sum
    assert digest({"a": 1}) == "015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862"
