"""Verbs with effects in several rooms: what a pack's words order, in one transaction."""

from qingfu.records.enactment.actions.cases import decide, decide_batch, opine
from qingfu.records.enactment.actions.disclosing import disclose, refresh_progress
from qingfu.records.enactment.actions.draws import publish_draw
from qingfu.records.enactment.actions.enacting import open_the_day, put_in_force, set_term
from qingfu.records.enactment.actions.handing_in import hand_in, hand_in_by_link
from qingfu.records.enactment.actions.listing import come_back, evaluate, leave
from qingfu.records.enactment.actions.school_data import (
    order_limit,
    post_first_week,
    report_classes,
    report_rows,
    set_limit_beside,
    take_back_rows,
)

__all__ = [
    "come_back", "decide", "decide_batch", "disclose", "evaluate", "hand_in", "hand_in_by_link", "leave",
    "open_the_day", "opine", "order_limit", "post_first_week", "publish_draw", "put_in_force", "refresh_progress",
    "report_classes", "report_rows", "set_limit_beside", "set_term", "take_back_rows",
]  # fmt: skip
