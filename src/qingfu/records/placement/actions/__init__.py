"""Verbs of placements."""

from qingfu.records.placement.actions.collecting import (
    NewPupil,
    bring_roster,
    choose_classes,
    name_teams,
    open_placement,
    tie,
    untie,
)
from qingfu.records.placement.actions.drawing import LATER_PER_CLASS, draw_classes, freeze_list, give_up, rehearse
from qingfu.records.placement.actions.following import arrive, except_pupil, leave

__all__ = [
    "LATER_PER_CLASS", "NewPupil", "arrive", "bring_roster", "choose_classes", "draw_classes", "except_pupil",
    "freeze_list", "give_up", "leave", "name_teams", "open_placement", "rehearse", "tie", "untie",
]  # fmt: skip
