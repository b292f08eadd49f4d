"""The chain of the journal: gapless numbers, each row sealed onto the one before.

seal(n) = SHA-256 of "n:prev:entry_digest"; the first row's ``prev`` is 64 zeros. There is
no key: whoever rewrites the whole chain can make it consistent, but not with a head that
was printed and kept elsewhere. So a head is half of the evidence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import chain

from qingfu.base.canon import digest
from qingfu.base.errors import (
    BadHead,
    ChainBroken,
    Rewritten,
    RowAdded,
    RowChanged,
    RowDropped,
    RowMoved,
    TailCut,
)

BEGINNING = "0" * 64

_HEAD = re.compile(r"(\d+):([0-9a-f]{64})", re.ASCII)


@dataclass(frozen=True)
class Link:
    """One row of the seal: its number from 1, the digest of its entry, the seal before and its own."""

    n: int
    entry_digest: str
    prev: str
    digest: str


@dataclass(frozen=True)
class Sealed:
    """A link together with the entry it seals; ``entry`` is None where the entry is gone."""

    link: Link
    entry: object


def link(n: int, prev: str, entry: object) -> Link:
    """Seal ``entry`` (anything with a canonical form) as row ``n`` onto the seal ``prev``."""
    entry_digest = digest(entry)
    return Link(n, entry_digest, prev, _seal(n, prev, entry_digest))


def head_of(last: Link | None) -> str:
    """The head as printed: ``n:digest``; of an empty journal ``0:`` and 64 zeros."""
    return f"{last.n}:{last.digest}" if last else f"0:{BEGINNING}"


def read_head(text: str) -> tuple[int, str]:
    """Number and digest of a printed head; raises BadHead."""
    found = _HEAD.fullmatch(text.strip().lower())
    if not found:
        raise BadHead(head=text)
    return int(found[1]), found[2]


def verify(rows: Iterable[Link | Sealed], head: str | None = None) -> None:
    """Check the whole chain, and against the printed ``head`` where one is given.

    Returns where all is well; otherwise raises the kind of ChainBroken that names the row:
    changed, dropped, added, moved, tail cut, or rewritten. Rows sealed after the head was
    printed are welcome if they chain on. Memory is constant as long as nothing is wrong.
    """
    head_n, head_digest = read_head(head) if head is not None else (0, BEGINNING)
    last, expected = BEGINNING, 1
    coming: Iterator[Sealed] = (_sealed(row) for row in rows)
    for row in coming:
        if not _in_place(row, expected, last):
            raise _fault([row, *coming], expected, last, head_n, head_digest)
        last = row.link.digest
        if expected == head_n and last != head_digest:
            raise Rewritten(row=expected, head=head)
        expected += 1
    if expected <= head_n:
        raise TailCut(row=expected, head=head)


def _fault(rest: Sequence[Sealed], expected: int, last: str, head_n: int, head_digest: str) -> ChainBroken:
    """What happened where ``rest[0]`` should have been row ``expected`` sealed onto ``last``."""
    first = rest[0].link
    number = _sealed_as(first, expected + len(rest) + 1)
    if _follows(first, expected, last):
        return _wrong_number_or_entry(rest, expected)
    if any(_follows(row.link, expected, last) for row in rest[1:]):
        moved = number is not None and number > expected and not _repeated(rest)
        return RowMoved(row=number) if moved and number else RowAdded(row=first.n)
    if number is None:
        return RowAdded(row=first.n) if first.n > head_n > 0 else RowChanged(row=expected)
    if number > expected:
        return RowDropped(row=expected)
    if number < expected:
        return RowAdded(row=number)
    # A genuine row that hangs on another seal: the row before it was exchanged, unless it was itself.
    after = rest[1].link.prev if len(rest) > 1 else head_digest if head_n == expected else ""
    return RowChanged(row=expected - 1 if after == first.digest and expected > 1 else expected)


def _wrong_number_or_entry(rest: Sequence[Sealed], expected: int) -> ChainBroken:
    row = rest[0]
    if row.link.n != expected:
        # The seal is genuine, only the number shown is not.
        return RowMoved(row=expected)
    if row.entry is None:
        return RowDropped(row=expected)
    elsewhere = digest(row.entry)
    swapped = any(other.link.entry_digest == elsewhere for other in rest[1:])
    return RowMoved(row=expected) if swapped else RowChanged(row=expected)


def _repeated(rest: Sequence[Sealed]) -> bool:
    first = rest[0].link
    return any(row.link.digest == first.digest for row in rest[1:])


def _in_place(row: Sealed, expected: int, last: str) -> bool:
    if row.link.n != expected or not _follows(row.link, expected, last):
        return False
    return row.entry is _UNSEEN or (row.entry is not None and digest(row.entry) == row.link.entry_digest)


def _follows(found: Link, n: int, prev: str) -> bool:
    return found.prev == prev and found.digest == _seal(n, prev, found.entry_digest)


def _sealed_as(found: Link, most: int) -> int | None:
    """The number the row was sealed with, whatever number it shows; None for a changed row."""
    for n in chain((found.n,), range(1, most + 1)):
        if found.digest == _seal(n, found.prev, found.entry_digest):
            return n
    return None


def _seal(n: int, prev: str, entry_digest: str) -> str:
    return sha256(f"{n}:{prev}:{entry_digest}".encode("ascii", "backslashreplace")).hexdigest()


_UNSEEN = object()


def _sealed(row: Link | Sealed) -> Sealed:
    return row if isinstance(row, Sealed) else Sealed(row, _UNSEEN)
