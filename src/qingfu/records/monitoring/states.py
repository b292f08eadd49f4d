"""How a finding lives. It ends as a problem of the ledger, as a data error put right, or as a dated exception.

Roles: the keeper, who is on the bureau side of the plan; the reporter, the school whose data it rests on; the approver,
on the bureau side and somebody else than whoever asked for the exception; the clock, which judges the data again.
Nobody clears a finding by hand: it clears itself when the data no longer break the limit.
"""

from __future__ import annotations

from qingfu.base.states import Move, Table
from qingfu.base.words import N_

_KEEPER = frozenset({"keeper"})
_REPORTER = frozenset({"reporter"})
_EITHER = frozenset({"keeper", "reporter"})
_APPROVER = frozenset({"approver"})
_CLOCK = frozenset({"clock"})

FINDING = Table(
    name="finding",
    initial="open",
    rows=(
        Move("open", "open_problem", "problem", _KEEPER),
        Move("open", "return_to_reporter", "returned", _KEEPER),
        Move("open", "ask_exception", "asked", _EITHER),
        Move("open", "clear", "cleared", _CLOCK),
        Move("returned", "stand_by", "open", _REPORTER),
        Move("returned", "still_found", "open", _CLOCK),
        Move("returned", "clear", "corrected", _CLOCK),
        Move("asked", "grant", "excepted", _APPROVER),
        Move("asked", "refuse", "open", _APPROVER),
        Move("asked", "clear", "cleared", _CLOCK),
        Move("excepted", "lapse", "open", _CLOCK),
        Move("excepted", "clear", "cleared", _CLOCK),
        Move("cleared", "find_again", "open", _CLOCK),
        Move("corrected", "find_again", "open", _CLOCK),
    ),
    final=frozenset({"problem"}),
)
TO_END = ("open", "returned", "asked")

QUESTION = Table(
    name="question",
    initial="asked",
    rows=(
        Move("asked", "answer", "answered", frozenset({"school"})),
        Move("asked", "set_aside", "set-aside", frozenset({"keeper"})),
    ),
    final=frozenset({"answered", "set-aside"}),
)

# The words of the tables as they are said to people.
WORDS = (
    N_("open"), N_("problem"), N_("returned"), N_("asked"), N_("excepted"), N_("cleared"), N_("corrected"),
    N_("answered"), N_("set-aside"),
    N_("open_problem"), N_("return_to_reporter"), N_("ask_exception"), N_("clear"), N_("stand_by"), N_("still_found"),
    N_("grant"), N_("refuse"), N_("lapse"), N_("find_again"), N_("answer"), N_("set_aside"),
    N_("keeper"), N_("reporter"), N_("approver"), N_("clock"), N_("school"),
)  # fmt: skip
