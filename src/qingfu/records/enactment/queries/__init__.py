"""The plan alive, panels that were drawn, and the draws that wait for whoever holds them."""

from qingfu.records.enactment.queries.alive import (
    ClauseAlive,
    Figure,
    PhaseAlive,
    PlanPage,
    ThingAlive,
    plan_page,
)
from qingfu.records.enactment.queries.panels import DrawnFor, DrawnPanel, drawn_for, drawn_panels
from qingfu.records.enactment.queries.waiting import DrawsWaiting, DrawWaits, draws_waiting

__all__ = [
    "ClauseAlive", "DrawWaits", "DrawnFor", "DrawnPanel", "DrawsWaiting", "Figure", "PhaseAlive", "PlanPage",
    "ThingAlive", "drawn_for", "drawn_panels", "draws_waiting", "plan_page",
]  # fmt: skip
