"""Questions to draws."""

from qingfu.records.draws.queries.calls import call_list
from qingfu.records.draws.queries.ceremony import ceremony
from qingfu.records.draws.queries.pools import MARKS, NO_POOL, WORDS, Pool, listed, pool, pools_for
from qingfu.records.draws.queries.rights import may_hold, require_holder
from qingfu.records.draws.queries.telling import behind_door, draw, draws, slips, tickets
from qingfu.records.draws.queries.views import (
    CallLine,
    CallList,
    CallView,
    Candidate,
    Coverage,
    DrawRow,
    DrawView,
    MemberView,
    TicketView,
)
from qingfu.records.draws.queries.witnessing import Missing, WitnessState, witness_state

__all__ = [
    "MARKS", "NO_POOL", "WORDS", "CallLine", "CallList", "CallView", "Candidate", "Coverage", "DrawRow", "DrawView",
    "MemberView", "Missing", "Pool", "TicketView", "WitnessState", "behind_door", "call_list", "ceremony", "draw",
    "draws", "listed", "may_hold", "pool", "pools_for", "require_holder", "slips", "tickets", "witness_state",
]  # fmt: skip
