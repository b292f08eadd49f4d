"""How a task lives. `late` is not a state: it is open or returned after its day."""

from qingfu.base.states import Move, Table

_DOERS = frozenset({"doer", "link", "typist"})
_RECEIVER = frozenset({"receiver"})

TASK = Table(
    name="task",
    initial="waiting",
    rows=(
        Move("waiting", "open", "open", frozenset({"clock"})),
        Move("open", "hand_in", "handed-in", _DOERS),
        Move("open", "tick_off", "accepted", frozenset({"doer", "typist"})),
        Move("open", "let_pass", "accepted", frozenset({"clock"})),
        Move("handed-in", "accept", "accepted", frozenset({"receiver", "clock"})),
        Move("handed-in", "give_back", "returned", _RECEIVER),
        Move("returned", "hand_in", "handed-in", _DOERS),
        Move("waiting", "waive", "waived", _RECEIVER),
        Move("open", "waive", "waived", _RECEIVER),
        Move("returned", "waive", "waived", _RECEIVER),
    ),
    final=frozenset({"accepted", "waived"}),
)
