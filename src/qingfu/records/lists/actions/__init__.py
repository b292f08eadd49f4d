"""Verbs of lists."""

from qingfu.records.lists.actions.entering import enter, open_roll
from qingfu.records.lists.actions.leaving import come_back, expire, leave

__all__ = ["come_back", "enter", "expire", "leave", "open_roll"]
