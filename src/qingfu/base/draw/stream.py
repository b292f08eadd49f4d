"""Chance that follows from a seed: whole numbers without bias, the same on every machine."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from struct import unpack
from typing import TypeVar

from qingfu.base.draw.hashing import Domain

T = TypeVar("T")
_ALL = 1 << 32


class Stream:
    """The endless row of 32-bit words that follows from ``seed`` (32 bytes) and a label."""

    def __init__(self, domain: Domain, seed: bytes, label: str) -> None:
        self._words = self._row(domain, seed, label.encode("utf-8"))

    @staticmethod
    def _row(domain: Domain, seed: bytes, label: bytes) -> Iterator[int]:
        block = 0
        while True:
            yield from unpack(">8I", domain.hash("stream", seed, label, block.to_bytes(8, "big")))
            block += 1

    def below(self, size: int) -> int:
        """A number from 0 to ``size`` - 1, each equally likely; 1 <= size <= 2**32."""
        if size == 1:
            return 0
        # The last, incomplete run of words would favour small numbers.
        fair = _ALL - _ALL % size
        for word in self._words:
            if word < fair:
                return word % size
        raise AssertionError

    def shuffled(self, things: Sequence[T]) -> list[T]:
        """A new list in drawn order, every order equally likely."""
        row = list(things)
        last = len(row)
        for place in range(last - 1):
            other = place + self.below(last - place)
            row[place], row[other] = row[other], row[place]
        return row


class Chance:
    """The streams of one draw, by label."""

    def __init__(self, domain: Domain, seed: bytes) -> None:
        self.domain = domain
        self.seed = seed

    def stream(self, label: str) -> Stream:
        return Stream(self.domain, self.seed, label)
