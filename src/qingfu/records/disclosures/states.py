"""How a disclosure lives. What was shown once is never changed; it can only stop being shown, and that is seen."""

from __future__ import annotations

from datetime import datetime

from qingfu.base.states import Move, Table
from qingfu.base.words import N_

PUBLISHER = frozenset({"publisher"})

DISCLOSURE = Table(
    name="disclosure",
    initial="shown",
    rows=(
        Move("shown", "replace", "replaced", PUBLISHER),
        Move("shown", "withdraw", "withdrawn", PUBLISHER),
        Move("replaced", "withdraw", "withdrawn", PUBLISHER),
    ),
    final=frozenset({"withdrawn"}),
)

# The words of the table as they are said to people.
WORDS = (N_("shown"), N_("replaced"), N_("withdrawn"), N_("replace"), N_("withdraw"), N_("publisher"))


def state_of(*, replaced_at: datetime | None, withdrawn_at: datetime | None) -> str:
    """The state a row is in, by its two instants."""
    return "withdrawn" if withdrawn_at else "replaced" if replaced_at else "shown"
