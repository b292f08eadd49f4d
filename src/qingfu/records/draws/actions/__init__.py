"""Verbs of draws."""

from qingfu.records.draws.actions.calling import call, forget_contacts
from qingfu.records.draws.actions.freezing import Frozen, freeze
from qingfu.records.draws.actions.running import run, tell_number, void
from qingfu.records.draws.actions.witnessing import close_circle, give, join, open_for, open_missing, reveal, seal
from qingfu.records.draws.queries.views import Candidate

__all__ = [
    "Candidate", "Frozen", "call", "close_circle", "forget_contacts", "freeze", "give", "join", "open_for",
    "open_missing", "reveal", "run", "seal", "tell_number", "void",
]  # fmt: skip
