"""Questions to draws."""

from qingfu.records.draws.queries.calls import call_list
from qingfu.records.draws.queries.ceremony import ceremony
from qingfu.records.draws.queries.matched import Load, MatchView, Party, Proposal, Replaced, Seat, matching, proposal
from qingfu.records.draws.queries.matchings import (
    NO_TIE,
    TAKERS,
    TARGETS,
    TOWN,
    WORKS_THERE,
    Bar,
    Expected,
    Impossible,
    own_places,
    require_matcher,
    require_ties,
    takers_of,
    targets_of,
    tried,
)
from qingfu.records.draws.queries.pools import MARKS, NO_POOL, WORDS, Pool, listed, pool, pools_for
from qingfu.records.draws.queries.rights import may_hold, require_holder
from qingfu.records.draws.queries.telling import behind_door, draw, draws, slips, tickets
from qingfu.records.draws.queries.ticketing import Tied
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
from qingfu.records.draws.queries.waiting import WaitingDraw, waiting
from qingfu.records.draws.queries.witnessing import Missing, WitnessState, witness_state

__all__ = [
    "MARKS",
    "NO_POOL",
    "NO_TIE",
    "TAKERS",
    "TARGETS",
    "TOWN",
    "WORDS",
    "WORKS_THERE",
    "Bar",
    "CallLine",
    "CallList",
    "CallView",
    "Candidate",
    "Coverage",
    "DrawRow",
    "DrawView",
    "Expected",
    "Impossible",
    "Load",
    "MatchView",
    "MemberView",
    "Missing",
    "Party",
    "Pool",
    "Proposal",
    "Replaced",
    "Seat",
    "TicketView",
    "Tied",
    "WaitingDraw",
    "WitnessState",
    "behind_door",
    "call_list",
    "ceremony",
    "draw",
    "draws",
    "listed",
    "matching",
    "may_hold",
    "own_places",
    "pool",
    "pools_for",
    "proposal",
    "require_holder",
    "require_matcher",
    "require_ties",
    "slips",
    "takers_of",
    "targets_of",
    "tickets",
    "tried",
    "waiting",
    "witness_state",
]  # fmt: skip
