"""How a draw lives: only forward. It is run once, or becomes void with a reason before it was run.

Roles: the organiser, whose organ holds the draw or who acts for the bureau; the member, who is in the circle; the
called, whose ticket was drawn.
"""

from __future__ import annotations

from qingfu.base.states import Move, Table
from qingfu.base.words import N_

_ORGANISER = frozenset({"organiser"})
_MEMBER = frozenset({"member"})
_ANYBODY = frozenset({"organiser", "witness"})

DRAW = Table(
    name="draw",
    initial="frozen",
    rows=(
        Move("frozen", "join", "frozen", _ANYBODY),
        Move("frozen", "close_circle", "dealing", _ORGANISER),
        Move("dealing", "give", "dealing", _MEMBER),
        Move("dealing", "seal", "sealed", _ORGANISER),
        Move("sealed", "reveal", "sealed", _MEMBER),
        Move("sealed", "open_for", "sealed", _MEMBER),
        Move("sealed", "tell_number", "sealed", _ORGANISER),
        Move("sealed", "run", "drawn", _ORGANISER),
        *(Move(state, "void", "void", _ORGANISER) for state in ("frozen", "dealing", "sealed")),
        Move("drawn", "call", "drawn", _ORGANISER),
        Move("drawn", "take_back", "drawn", _ORGANISER),
        Move("drawn", "step_back", "drawn", frozenset({"called"})),
        Move("drawn", "substitute", "drawn", _ORGANISER),
    ),
    final=frozenset({"void"}),
)

# What a call came to. Whoever is lost is followed by the next ticket of the same draw.
LOST = ("unreachable", "refused", "absent", "unfit")
# What was noted by mistake is taken back: the ticket waits again.
TAKEN_BACK = "taken-back"
OUTCOMES = ("reached", "tried", *LOST)

WORDS = (
    N_("draw"), N_("frozen"), N_("dealing"), N_("sealed"), N_("drawn"), N_("void"),
    N_("join"), N_("close_circle"), N_("give"), N_("seal"), N_("reveal"), N_("open_for"), N_("tell_number"),
    N_("run"), N_("call"), N_("take_back"), N_("step_back"), N_("called"), N_("substitute"), N_("organiser"),
    N_("member"), N_("witness"),
    N_("reached"), N_("tried"), N_("unreachable"), N_("refused"), N_("absent"), N_("unfit"),
)  # fmt: skip
