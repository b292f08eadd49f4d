"""How an announcement of a school year and a change of areas live.

Roles: the office, which is the bureau side of the plan that orders them.
"""

from __future__ import annotations

from qingfu.base.states import Move, Table
from qingfu.base.words import N_

_OFFICE = frozenset({"office"})
WRITING = ("write_announcement", "set_catchment", "bring_catchments")

ANNOUNCEMENT = Table(
    name="enrolment",
    initial="draft",
    rows=(
        *(Move(state, verb, state, _OFFICE) for state in ("draft", "published") for verb in WRITING),
        Move("draft", "publish_announcement", "published", _OFFICE),
        Move("published", "publish_announcement", "published", _OFFICE),
    ),
)

CHANGE = Table(
    name="catchment-change",
    initial="draft",
    rows=(
        *(
            Move(state, verb, state, _OFFICE)
            for state in ("draft", "announced")
            for verb in ("plan_transition", "add_meeting")
        ),
        Move("draft", "announce_change", "announced", _OFFICE),
        # Announced again in more places: every notice stays, the first day counts.
        Move("announced", "announce_change", "announced", _OFFICE),
        Move("draft", "put_in_effect", "decided", _OFFICE),
        Move("announced", "put_in_effect", "decided", _OFFICE),
        Move("draft", "drop_change", "dropped", _OFFICE),
        Move("announced", "drop_change", "dropped", _OFFICE),
    ),
    final=frozenset({"decided", "dropped"}),
)

WORDS = (
    N_("enrolment"), N_("catchment-change"), N_("published"), N_("announced"), N_("decided"), N_("dropped"),
    N_("write_announcement"), N_("set_catchment"), N_("bring_catchments"), N_("publish_announcement"),
    N_("plan_transition"), N_("add_meeting"), N_("announce_change"), N_("put_in_effect"), N_("drop_change"),
    N_("office"),
)  # fmt: skip
