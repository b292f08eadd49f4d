"""Verbs of routes."""

from qingfu.records.routes.actions.deciding import decide
from qingfu.records.routes.actions.opening import open_run, resubmit, withdraw
from qingfu.records.routes.actions.opinions import add_addendum, opine
from qingfu.records.routes.actions.panel import appoint_panel, close_panel, excuse, hold_panel, step_aside

__all__ = [
    "add_addendum", "appoint_panel", "close_panel", "decide", "excuse", "hold_panel", "open_run", "opine", "resubmit",
    "step_aside", "withdraw",
]  # fmt: skip
