"""Course: what the steps of a route mean — who must act, when a step closes, where a case goes next.

Pure functions over small frozen values. The player of situations and the register call the same ones.
"""

from __future__ import annotations

from qingfu.packfile.course.applying import ENDS_FIRST, Applying, Remark, may_apply, readiness
from qingfu.packfile.course.likeness import ALIVE, THEME, similar, window_of
from qingfu.packfile.course.moving import (
    START,
    Outcome,
    Position,
    State,
    advance,
    needed,
    opinions_open,
    refuse_flagged,
    step_at,
    verbs,
)
from qingfu.packfile.course.steps import list_of, route_of, steps_of

__all__ = [
    "ALIVE", "ENDS_FIRST", "START", "THEME", "Applying", "Outcome", "Position", "Remark", "State", "advance", "list_of",
    "may_apply", "needed", "opinions_open", "readiness", "refuse_flagged", "route_of", "similar", "step_at", "steps_of",
    "verbs", "window_of",
]  # fmt: skip
