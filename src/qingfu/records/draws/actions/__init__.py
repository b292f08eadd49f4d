"""Verbs of draws."""

from qingfu.records.draws.actions.calling import call, forget_contacts, step_back, take_back
from qingfu.records.draws.actions.freezing import Frozen, freeze
from qingfu.records.draws.actions.running import run, tell_number, void
from qingfu.records.draws.actions.substituting import NO_CAUSE, NO_WHY, substitute
from qingfu.records.draws.actions.witnessing import close_circle, give, join, open_for, open_missing, reveal, seal
from qingfu.records.draws.queries.ticketing import Tied
from qingfu.records.draws.queries.views import Candidate

__all__ = [
    "NO_CAUSE", "NO_WHY", "Candidate", "Frozen", "Tied", "call", "close_circle", "forget_contacts", "freeze", "give",
    "join", "open_for", "open_missing", "reveal", "run", "seal", "step_back", "substitute", "take_back", "tell_number",
    "void",
]  # fmt: skip
