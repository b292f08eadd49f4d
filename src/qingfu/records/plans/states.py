"""How an edition of a plan lives."""

from qingfu.base.states import Move, Table

EDITION = Table(
    name="edition",
    initial="draft",
    rows=(
        Move("draft", "put_in_force", "in-force", frozenset({"administrator"})),
        Move("draft", "set_aside", "ended", frozenset({"administrator"})),
        Move("in-force", "end", "ended", frozenset({"administrator"})),
    ),
    final=frozenset({"ended"}),
)
