"""Verbs of placements."""

from qingfu.records.placement.actions.collecting import (
    NewPupil,
    bring_roster,
    choose_classes,
    open_placement,
    tie,
    untie,
)
from qingfu.records.placement.actions.drawing import LATER_PER_CLASS, draw_classes, freeze_list, give_up, rehearse
from qingfu.records.placement.actions.following import arrive, except_pupil, leave
from qingfu.records.placement.actions.teaming import NewTeam, name_teams

__all__ = [
    "LATER_PER_CLASS", "NewPupil", "NewTeam", "arrive", "bring_roster", "choose_classes", "draw_classes",
    "except_pupil", "freeze_list", "give_up", "leave", "name_teams", "open_placement", "rehearse", "tie", "untie",
]  # fmt: skip
