"""Which rooms of the register exist today, and which objects of a pack wait for theirs."""

from __future__ import annotations

from qingfu.packfile.words.moves import Draw, Monitor
from qingfu.packfile.words.pack import KINDS, Pack

BUILT = frozenset({
    "plans", "forms", "duties", "lists", "affairs", "routes", "problems", "disclosures", "monitoring", "draws",
})  # fmt: skip
AWAITING = frozenset({"clues", "visits", "sanctions", "documents"})


def room_of(kind: str) -> str:
    """The room that runs objects of this kind."""
    return next(one.room for one in KINDS if one.key == kind)


def is_built(kind: str) -> bool:
    """Whether that room exists; `runs` says whether it runs a certain object."""
    return room_of(kind) in BUILT


def runs(pack: Pack, kind: str, key: str) -> bool:
    """Whether an object of a pack runs, whatever room stands.

    Of monitoring the figures of the weakest pupils do; of draws those from a pool the register knows, and placements.
    """
    thing = pack.things(kind).get(key)
    if isinstance(thing, Monitor):
        return thing.share is not None
    if isinstance(thing, Draw):
        return thing.pool is not None or thing.kind == "allot"
    return is_built(kind)
