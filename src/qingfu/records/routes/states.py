"""How a case moves on its route. Which verbs a step offers, and to whom, its pack says; this table says the rest.

Roles: the applicant's organ; a decider, who fills the party of the present step; an expert, who sits on its panel;
a keeper, on the bureau side of the plan; and the course itself, when the last step is decided.
"""

from __future__ import annotations

from qingfu.base.states import Move, Table
from qingfu.base.words import N_

APPLICANT = frozenset({"applicant"})
DECIDER = frozenset({"decider"})
EXPERT = frozenset({"expert"})
KEEPER = frozenset({"keeper"})
COURSE = frozenset({"course"})

RUN = Table(
    name="run",
    initial="draft",
    rows=(
        Move("draft", "submit", "at", APPLICANT),
        Move("at", "appoint_panel", "at", KEEPER),
        Move("at", "step_aside", "at", EXPERT),
        Move("at", "excuse", "at", KEEPER),
        Move("at", "opine", "at", EXPERT),
        Move("at", "add_addendum", "at", EXPERT),
        Move("at", "close_panel", "at", KEEPER),
        Move("at", "pass", "at", DECIDER),
        Move("at", "approve", "at", DECIDER),
        Move("at", "record", "at", DECIDER),
        Move("at", "publish", "at", DECIDER),
        Move("at", "return", "returned", DECIDER),
        Move("at", "refuse", "refused", DECIDER),
        Move("at", "finish", "finished", COURSE),
        Move("at", "withdraw", "withdrawn", APPLICANT),
        Move("returned", "resubmit", "at", APPLICANT),
        Move("returned", "add_addendum", "returned", EXPERT),
        Move("returned", "withdraw", "withdrawn", APPLICANT),
    ),
    final=frozenset({"refused", "withdrawn", "finished"}),
)

# The verbs of `decide`: what a party does in its step, and what a step's need of agreement counts.
DECISIONS = frozenset({"pass", "approve", "return", "refuse", "record", "publish"})
NEEDS_REASON = frozenset({"return", "refuse"})

# The words of the table, and the outcomes of a turn, as they are said to people.
WORDS = (
    N_("draft"), N_("at"), N_("returned"), N_("refused"), N_("withdrawn"), N_("finished"),
    N_("submit"), N_("appoint_panel"), N_("step_aside"), N_("excuse"), N_("opine"), N_("add_addendum"),
    N_("close_panel"),
    N_("pass"), N_("approve"), N_("record"), N_("publish"), N_("return"), N_("refuse"), N_("finish"), N_("withdraw"),
    N_("resubmit"), N_("opined"),
    N_("applicant"), N_("decider"), N_("expert"), N_("keeper"), N_("course"),
)  # fmt: skip
