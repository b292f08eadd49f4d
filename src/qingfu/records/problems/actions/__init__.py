"""The verbs of the ledger."""

from qingfu.records.problems.actions.finding import find
from qingfu.records.problems.actions.planning import move_deadline, plan_rectification
from qingfu.records.problems.actions.reporting import reply, report_done
from qingfu.records.problems.actions.verifying import revisit, send_back, strike_off

__all__ = [
    "find", "move_deadline", "plan_rectification", "reply", "report_done", "revisit", "send_back", "strike_off",
]  # fmt: skip
