"""Digests of a draw: every hash names what it is for, and a rehearsal's never equal the draw's."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from qingfu.base.canon import canonical


@dataclass(frozen=True)
class Domain:
    """Where digests belong: to a draw, or to a rehearsal (docs/explanation/draw-record.md, 1)."""

    rehearsal: bool = False

    def hash(self, name: str, *parts: bytes) -> bytes:
        """32 bytes; every part is preceded by its length, so that parts cannot flow into each other."""
        made = sha256()
        for part in (self._tag(name), *parts):
            made.update(len(part).to_bytes(4, "big"))
            made.update(part)
        return made.digest()

    def document(self, name: str, document: object) -> bytes:
        """The digest of a document's canonical bytes."""
        return self.hash(name, canonical(document))

    def _tag(self, name: str) -> bytes:
        return f"qingfu-draw-1{'-rehearsal' if self.rehearsal else ''}/{name}".encode("ascii")


def count(number: int) -> bytes:
    """A count or an index: 4 bytes, big-endian."""
    return number.to_bytes(4, "big")
