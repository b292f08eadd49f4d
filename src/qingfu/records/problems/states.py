"""How a line of the ledger lives. A relapse reopens the same line; nothing deletes one.

Roles: the owner's organ; the keeper, who fills the party that keeps the ledger; at-once, the owner or the keeper of a
line that is to be put right at once (立行立改) and needs no plan before; the verifier, who keeps the ledger, or, where
the keeper is the owner, anybody else on the bureau side. That the verifier is somebody else than whoever did the work
is judged beside this table.
"""

from __future__ import annotations

from qingfu.base.states import Move, Table
from qingfu.base.words import N_

OPEN = ("found", "planned", "reported", "sent-back", "reopened")
TO_PUT_RIGHT = ("found", "planned", "sent-back", "reopened")
JUDGING = frozenset({"strike_off", "send_back", "revisit_holds", "revisit_relapsed"})

_OWNER = frozenset({"owner"})
_KEEPER = frozenset({"keeper"})
_EITHER = frozenset({"owner", "keeper"})
_AT_ONCE = frozenset({"at-once"})
_VERIFIER = frozenset({"verifier"})

PROBLEM = Table(
    name="problem",
    initial="found",
    rows=(
        *(Move(state, "plan_rectification", "planned", _EITHER) for state in TO_PUT_RIGHT),
        Move("found", "report_done", "reported", _AT_ONCE),
        Move("planned", "report_done", "reported", _EITHER),
        Move("sent-back", "report_done", "reported", _EITHER),
        Move("reopened", "report_done", "reported", _AT_ONCE),
        Move("reported", "strike_off", "struck-off", _VERIFIER),
        Move("reported", "send_back", "sent-back", _VERIFIER),
        Move("struck-off", "revisit_holds", "struck-off", _VERIFIER),
        Move("struck-off", "revisit_relapsed", "reopened", _VERIFIER),
        *(Move(state, "move_deadline", state, _KEEPER) for state in OPEN),
        *(Move(state, "reply", state, _OWNER) for state in (*OPEN, "struck-off")),
    ),
)

# The words of the table, and of what stands beside it, as they are said to people.
WORDS = (
    N_("found"), N_("planned"), N_("reported"), N_("sent-back"), N_("struck-off"), N_("reopened"),
    N_("plan_rectification"), N_("report_done"), N_("strike_off"), N_("send_back"), N_("revisit_holds"),
    N_("revisit_relapsed"), N_("move_deadline"), N_("reply"),
    N_("owner"), N_("keeper"), N_("at-once"), N_("verifier"),
    N_("census"), N_("hotline"), N_("visit"), N_("office"), N_("revisit"), N_("holds"), N_("relapsed"),
)  # fmt: skip
