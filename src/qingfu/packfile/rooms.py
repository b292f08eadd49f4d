"""Which rooms of the register exist today, and which objects of a pack wait for theirs."""

from __future__ import annotations

from qingfu.packfile.words.pack import KINDS

BUILT = frozenset({"plans", "forms", "duties", "lists", "affairs", "routes", "problems", "disclosures", "monitoring"})
AWAITING = frozenset({"clues", "visits", "draws", "sanctions", "documents"})
# Kinds that wait although the room that will run them stands.
NOT_YET = frozenset({"monitors"})


def room_of(kind: str) -> str:
    """The room that runs objects of this kind."""
    return next(one.room for one in KINDS if one.key == kind)


def is_built(kind: str) -> bool:
    """Whether that room exists, and runs objects of this kind."""
    return room_of(kind) in BUILT and kind not in NOT_YET
