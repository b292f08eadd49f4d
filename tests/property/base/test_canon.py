"""One content, one form: whatever the order of keys or the composition of characters."""

from __future__ import annotations

import json
import unicodedata
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from qingfu.base.canon import canonical, digest

letters = st.text(st.characters(exclude_categories=["Cs"]))
scalars = st.none() | st.booleans() | st.integers() | letters
values = st.recursive(
    scalars, lambda parts: st.lists(parts) | st.dictionaries(st.text("abcé减负"), parts), max_leaves=20
)


def turned(value: object) -> object:
    """The same content with every map filled in reverse and every text decomposed."""
    if isinstance(value, dict):
        pairs = [(unicodedata.normalize("NFD", key), turned(part)) for key, part in value.items()]
        return dict(reversed(pairs))
    if isinstance(value, list):
        return tuple(turned(part) for part in value)
    return unicodedata.normalize("NFD", value) if isinstance(value, str) else value


@given(values)
def test_order_of_keys_and_composition_of_characters_do_not_matter(value: object) -> None:
    assert canonical(turned(value)) == canonical(value)


@given(values)
def test_the_form_is_json_and_stays_itself_when_read_and_written_again(value: object) -> None:
    form = canonical(value)
    assert canonical(json.loads(form)) == form


@given(values, values)
def test_other_content_has_another_digest(one: object, other: object) -> None:
    assert (canonical(one) == canonical(other)) == (digest(one) == digest(other))


@given(st.integers(), st.integers())
def test_numbers_never_fall_together(one: int, other: int) -> None:
    assert (canonical([one]) == canonical([other])) == (one == other)


@given(st.datetimes(datetime(1950, 1, 1), datetime(2200, 1, 1)), st.integers(-12, 12))  # noqa: DTZ001 - made aware below
def test_an_instant_has_one_form_in_every_time_zone(naive: datetime, hours: int) -> None:
    at = naive.replace(tzinfo=UTC)
    assert canonical(at) == canonical(at.astimezone(timezone(timedelta(hours=hours))))


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4), st.integers(0, 5))
def test_trailing_zeros_do_not_change_a_decimal(number: Decimal, zeros: int) -> None:
    padded = Decimal(f"{number:f}" + "0" * zeros)
    assert canonical(padded) == canonical(number)
    assert Decimal(json.loads(canonical(number))) == number
