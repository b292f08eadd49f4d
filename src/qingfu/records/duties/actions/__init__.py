"""Verbs of the duty table."""

from qingfu.records.duties.actions.handing_in import hand_in, hand_in_by_link, send_link, tick_off
from qingfu.records.duties.actions.judging import accept, give_back, waive
from qingfu.records.duties.actions.moving import move_duty, move_task
from qingfu.records.duties.actions.opening import lay_out_anew, lay_out_tasks, let_pass, open_for_event, open_tasks

__all__ = [
    "accept", "give_back", "hand_in", "hand_in_by_link", "lay_out_anew", "lay_out_tasks", "let_pass", "move_duty",
    "move_task", "open_for_event", "open_tasks", "send_link", "tick_off", "waive",
]  # fmt: skip
