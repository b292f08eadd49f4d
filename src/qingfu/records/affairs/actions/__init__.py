"""Verbs of affairs."""

from qingfu.records.affairs.actions.activities import plan_activity, replan_activity
from qingfu.records.affairs.actions.applying import apply, reapply
from qingfu.records.affairs.actions.judging import evaluate, flag
from qingfu.records.affairs.actions.listing import list_affair

__all__ = ["apply", "evaluate", "flag", "list_affair", "plan_activity", "reapply", "replan_activity"]
