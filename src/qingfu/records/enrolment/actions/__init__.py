"""Verbs of open enrolment."""

from qingfu.records.enrolment.actions.announcing import open_year, set_catchment, write_announcement
from qingfu.records.enrolment.actions.changing import (
    add_meeting,
    announce_change,
    drop_change,
    open_change,
    plan_transition,
)
from qingfu.records.enrolment.actions.deciding import put_in_effect
from qingfu.records.enrolment.actions.publishing import publish_announcement
from qingfu.records.enrolment.actions.resulting import publish_result
from qingfu.records.enrolment.actions.sheets import take_catchments

__all__ = [
    "add_meeting", "announce_change", "drop_change", "open_change", "open_year", "plan_transition",
    "publish_announcement", "publish_result", "put_in_effect", "set_catchment", "take_catchments",
    "write_announcement",
]  # fmt: skip
