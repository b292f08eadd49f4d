"""How an item stands on a list. Which exits there are, the pack says; where each leads, this table.

Roles: a decider fills the party that approves for the list or evaluates it; a keeper is on the bureau side of the
plan; the clock lets listings run out.
"""

from __future__ import annotations

from qingfu.base.states import Move, Table
from qingfu.packfile.words.moves import Exit

DESK = frozenset({"decider", "keeper"})
CLOCK = frozenset({"clock"})

LISTING = Table(
    name="listing",
    initial="listed",
    rows=(
        Move("listed", "pause", "paused", DESK),
        Move("listed", "rectify", "rectifying", DESK),
        Move("listed", "revoke", "revoked", DESK),
        Move("listed", "clear", "cleared", DESK),
        Move("listed", "expire", "expired", CLOCK),
        Move("paused", "come_back", "listed", DESK),
        Move("paused", "rectify", "rectifying", DESK),
        Move("paused", "revoke", "revoked", DESK),
        Move("paused", "clear", "cleared", DESK),
        Move("paused", "expire", "expired", CLOCK),
        Move("rectifying", "come_back", "listed", DESK),
        Move("rectifying", "revoke", "revoked", DESK),
        Move("rectifying", "clear", "cleared", DESK),
        Move("rectifying", "expire", "expired", CLOCK),
    ),
    final=frozenset({"revoked", "cleared", "expired"}),
)

_NAMED = {"rectify": "rectify", "clear": "clear"}


def verb_of(way: Exit) -> str:
    """The table's verb for an exit of the pack: one that can be taken back pauses, one for good revokes."""
    return _NAMED.get(way.id, "pause" if way.returns else "revoke")
