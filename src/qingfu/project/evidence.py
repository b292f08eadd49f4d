"""The journal of every bureau, recomputed: used by ``doctor`` and after ``restore``. Django must be set up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from qingfu.base import chain
from qingfu.base.actor import Actor
from qingfu.base.canon import digest


@dataclass(frozen=True)
class Proven:
    """A bureau's chain that holds, and its head as printed."""

    bureau: str
    head: str


def verified() -> list[Proven]:
    """Recompute every bureau's chain; raises ChainBroken naming the row."""
    from qingfu.records.people.queries import bureaus

    return [Proven(bureau.name, _head(bureau.id)) for bureau in bureaus()]


def _head(bureau: int) -> str:
    rows = list(_rows(bureau))
    chain.verify(rows)
    return chain.head_of(rows[-1].link if rows else None)


def _rows(bureau: int) -> Iterator[chain.Sealed]:
    from qingfu.records.journal.queries import exported

    for row in exported(Actor.clock(bureau)):
        seal = chain.Link(int(str(row["n"])), digest(row["entry"]), str(row["prev"]), str(row["digest"]))
        yield chain.Sealed(seal, row["entry"])
