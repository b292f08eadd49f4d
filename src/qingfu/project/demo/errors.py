"""What a demonstration refuses."""

from __future__ import annotations

from qingfu.base.errors import SetUp, WrongState
from qingfu.base.words import N_


class NotADemo(SetUp):
    """A real bureau lives in the database. Facts: bureau."""

    code = "QF-DEMO-REAL"
    says = N_("This database holds a bureau that is no demonstration: {bureau}.")
    do = N_("Give the demonstration a folder of its own: qingfu demo --data FOLDER")


class NotOurs(SetUp):
    """--fresh on a database that is not the embedded one."""

    code = "QF-DEMO-FRESH"
    says = N_("--fresh empties the embedded database only; DATABASE_URL names another one.")
    do = N_("Empty that database yourself, or start without DATABASE_URL.")


class NoWayBack(WrongState):
    """The demonstration's clock goes forward only. Facts: day, today."""

    code = "QF-DEMO-NO-WAY-BACK"
    says = N_("The demonstration stands at {today}; it cannot go back to {day}.")
    do = N_("Choose a later day, or begin again with: qingfu demo --fresh")


class NoSuchPersona(WrongState):
    """Nobody of that name can be chosen today. Facts: persona."""

    code = "QF-DEMO-PERSONA"
    says = N_("Nobody called “{persona}” can be chosen today.")
    do = N_("Choose one from the list; some come in on a later day.")
