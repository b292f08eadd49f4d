"""How an item stands on a list. Which exits there are, the pack says; where each leads, this table.

Roles: a decider fills the party that approves for the list or evaluates it; a keeper is on the bureau side of the
plan; the clock lets listings run out.
"""

from __future__ import annotations

from qingfu.base.states import Move, Table
from qingfu.base.words import N_
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

HOLDING = ("listed", "paused", "rectifying")


def verb_of(way: Exit) -> str:
    """The table's verb for an exit; one that the plan names otherwise pauses if it can be taken back, else clears."""
    known = {row.verb for row in LISTING.rows if row.source == "listed"} - {"expire"}
    return way.id if way.id in known else "pause" if way.returns else "clear"


# The words of the table as they are said to people.
WORDS = (
    N_("listed"), N_("paused"), N_("rectifying"), N_("revoked"), N_("cleared"), N_("expired"),
    N_("pause"), N_("rectify"), N_("revoke"), N_("clear"), N_("expire"), N_("come_back"),
    N_("decider"), N_("keeper"), N_("clock"),
)  # fmt: skip
