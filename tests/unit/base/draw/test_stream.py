"""Chance without bias, exactly as the specification defines it."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingfu.base.draw.hashing import Domain
from qingfu.base.draw.stream import Stream

SEED = bytes(range(32))
labels = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)


def defined_words(seed: bytes, label: str, tag: str = "qingfu-draw-1") -> Iterator[int]:
    """Section 6, written out again from the page."""
    number = 0
    while True:
        parts = (f"{tag}/stream".encode(), seed, label.encode(), number.to_bytes(8, "big"))
        block = sha256(b"".join(len(part).to_bytes(4, "big") + part for part in parts)).digest()
        yield from (int.from_bytes(block[at : at + 4], "big") for at in range(0, 32, 4))
        number += 1


def defined_below(words: Iterator[int], m: int) -> int:
    return 0 if m == 1 else next(word for word in words if word < 2**32 - 2**32 % m) % m


class Words(Stream):
    """A stream of given words."""

    def __init__(self, *words: int) -> None:
        self._words = iter(words)


@given(st.binary(min_size=32, max_size=32), labels, st.lists(st.integers(1, 2**32), max_size=40))
def test_a_stream_gives_what_the_page_defines(seed: bytes, label: str, sizes: list[int]) -> None:
    words, stream = defined_words(seed, label), Stream(Domain(), seed, label)
    assert [stream.below(size) for size in sizes] == [defined_below(words, size) for size in sizes]


@given(labels, st.integers(0, 60))
def test_a_shuffle_exchanges_places_as_the_page_says(label: str, size: int) -> None:
    words, row = defined_words(SEED, label), list(range(size))
    for i in range(size - 1):
        j = i + defined_below(words, size - i)
        row[i], row[j] = row[j], row[i]
    assert Stream(Domain(), SEED, label).shuffled(range(size)) == row


@pytest.mark.parametrize("size", [2, 3, 7, 10, 2**31 - 1, 2**31 + 1, 2**32 - 1, 2**32])
def test_the_last_incomplete_run_of_words_is_passed_over(size: int) -> None:
    fair = 2**32 // size * size
    assert Words(fair - 1).below(size) == size - 1
    beyond = (fair, 2**32 - 1) if fair < 2**32 else ()
    assert Words(*beyond, 0).below(size) == 0


def test_where_words_are_few_every_number_is_met_equally_often() -> None:
    # Taken modulo, the words from here on would give the first third of the numbers twice as often.
    size = 3 * 2**30
    assert Words(size, 2**32 - 1, 5).below(size) == 5
    assert Words(size - 1).below(size) == size - 1


def test_one_of_one_takes_no_word() -> None:
    stream = Words()
    assert stream.below(1) == 0
    assert stream.shuffled(["only"]) == ["only"]


def test_a_rehearsal_a_label_and_a_seed_each_have_words_of_their_own() -> None:
    rows = {
        tuple(Stream(Domain(rehearsal), seed, label).below(2**32) for _ in range(4))
        for rehearsal in (False, True)
        for seed in (SEED, bytes(32))
        for label in ("order", "orders")
    }
    assert len(rows) == 8
    words = defined_words(SEED, "order", "qingfu-draw-1-rehearsal")
    assert Stream(Domain(rehearsal=True), SEED, "order").below(2**32) == next(words)
