"""Questions to placements."""

from qingfu.records.placement.queries.caps import Cap, cap_of
from qingfu.records.placement.queries.comparing import Reshuffle, compared
from qingfu.records.placement.queries.rehearsing import (
    RehearsalRow,
    Rehearsed,
    rehearsals,
    rehearsed,
    require_rehearsal,
)
from qingfu.records.placement.queries.rights import is_reader, require_reader
from qingfu.records.placement.queries.telling import changes_after, placement, placement_row, placements
from qingfu.records.placement.queries.views import (
    Balance,
    ChangeView,
    ClassView,
    PlacementRow,
    PlacementView,
    PupilView,
    TeamView,
    TieView,
)

__all__ = [
    "Balance", "Cap", "ChangeView", "ClassView", "PlacementRow", "PlacementView", "PupilView", "RehearsalRow",
    "Rehearsed", "Reshuffle", "TeamView", "TieView", "cap_of", "changes_after", "compared", "is_reader", "placement",
    "placement_row", "placements", "rehearsals", "rehearsed", "require_reader", "require_rehearsal",
]  # fmt: skip
