"""How the placement of one year's new classes lives: collected, frozen, placed.

Roles: the school, whose pupils they are; nobody else may know their names.
"""

from __future__ import annotations

from qingfu.base.states import Move, Table
from qingfu.base.words import N_

_SCHOOL = frozenset({"school"})

PLACEMENT = Table(
    name="placement",
    initial="collecting",
    rows=(
        *(
            Move("collecting", verb, "collecting", _SCHOOL)
            for verb in ("bring_roster", "choose_classes", "tie", "untie", "name_teams", "rehearse")
        ),
        Move("collecting", "freeze_list", "frozen", _SCHOOL),
        Move("frozen", "draw_classes", "placed", _SCHOOL),
        # The draw became void before it was run: the list is open again, and the next notice names the void one.
        Move("frozen", "give_up", "collecting", _SCHOOL),
        *(Move("placed", verb, "placed", _SCHOOL) for verb in ("arrive", "leave", "except_pupil")),
    ),
)

WORDS = (
    N_("placement"), N_("collecting"), N_("placed"),
    N_("bring_roster"), N_("choose_classes"), N_("tie"), N_("untie"), N_("name_teams"), N_("rehearse"),
    N_("freeze_list"),
    N_("draw_classes"), N_("give_up"), N_("arrive"), N_("leave"), N_("except_pupil"), N_("school"),
)  # fmt: skip
