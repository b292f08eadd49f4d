"""Verbs with effects in several rooms: what a pack's words order, in one transaction."""

from qingfu.records.enactment.actions.cases import decide, decide_batch, opine
from qingfu.records.enactment.actions.disclosing import disclose, refresh_progress
from qingfu.records.enactment.actions.draws import publish_draw, refresh_draw, substitute, void_draw
from qingfu.records.enactment.actions.enacting import open_the_day, put_in_force, set_term
from qingfu.records.enactment.actions.enrolment import publish_announcement, publish_result
from qingfu.records.enactment.actions.handing_in import hand_in, hand_in_by_link
from qingfu.records.enactment.actions.listing import come_back, evaluate, leave
from qingfu.records.enactment.actions.panels import (
    freeze_for_panel,
    name_panel,
    note_call,
    seat_panel,
    step_aside,
    take_back_call,
)
from qingfu.records.enactment.actions.placements import arrive, except_pupil, give_up
from qingfu.records.enactment.actions.placements import leave as leave_school
from qingfu.records.enactment.actions.school_data import (
    order_limit,
    post_first_week,
    report_classes,
    report_rows,
    set_limit_beside,
    take_back_rows,
)

__all__ = [
    "arrive", "come_back", "decide", "decide_batch", "disclose", "evaluate", "except_pupil", "freeze_for_panel",
    "give_up", "hand_in", "hand_in_by_link", "leave", "leave_school", "name_panel", "note_call", "open_the_day",
    "opine", "order_limit", "post_first_week", "publish_announcement", "publish_draw", "publish_result", "put_in_force",
    "refresh_draw", "refresh_progress", "report_classes", "report_rows", "seat_panel", "set_limit_beside", "set_term",
    "step_aside", "substitute", "take_back_call", "take_back_rows", "void_draw",
]  # fmt: skip
