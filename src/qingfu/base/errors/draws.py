"""Errors of draws: nothing is drawn until the list, the shares and the number hold."""

from __future__ import annotations

from qingfu.base.errors.deciding import Invalid, Twice, WrongState
from qingfu.base.words import N_


class BadNotice(Invalid):
    """The list or the method cannot be frozen as it stands. Facts: where, problem."""

    code = "QF-DRAW-LIST"
    says = N_("The list cannot be frozen: {problem} ({where}).")
    do = N_("Put it right and freeze again; nothing has been posted.")


class NoMatch(Invalid):
    """No answer exists. Facts: targets, takers (tickets), needs, room (visits)."""

    code = "QF-DRAW-NO-MATCH"
    says = N_("No answer exists: {targets} need {needs} visits of {takers}, who can make {room}.")
    do = N_("Name more people, lift a tie or raise a limit; the names say where.")


class NoVisit(Invalid):
    """Nobody stands for the target in the round, so nobody is replaced there. Facts: target, round."""

    code = "QF-DRAW-NO-VISIT"
    says = N_("In round {round} nobody stands for {target}.")
    do = N_("Look at the rounds as they stand now; somebody else may have noted it already.")


class CircleClosed(WrongState):
    """The circle or the seal is closed. Facts: none."""

    code = "QF-DRAW-CLOSED"
    says = N_("This step of the draw is over.")
    do = N_("Follow the draw on the screen; your place as a witness stays.")


class BadShare(Invalid):
    """What a member sent does not hold. Facts: name."""

    code = "QF-DRAW-SHARE"
    says = N_("What {name} sent does not fit together and was not taken.")
    do = N_("Open the page again on the same phone and send it once more.")


class MemberKnown(Twice):
    """The name or the key is in the circle already. Facts: name."""

    code = "QF-DRAW-MEMBER"
    says = N_("{name} is in the circle already.")
    do = N_("Join under another name, for instance with your child's class.")


class SharesMissing(WrongState):
    """Not everything that goes into the seed is there. Facts: names."""

    code = "QF-DRAW-MISSING"
    says = N_("Still missing: {names}.")
    do = N_("Wait for them, or let the circle open the missing shares; the outcome is the same.")


class DrawnAlready(Twice):
    """A draw runs once. Facts: draw."""

    code = "QF-DRAW-ONCE"
    says = N_("Draw {draw} has been run; a draw runs once.")
    do = N_("Use its record; whoever cannot be reached is followed by the next ticket of the same draw.")


class OutcomeStands(WrongState):
    """Every share of a sealed draw has been told, so what it comes to is fixed. Facts: draw."""

    code = "QF-DRAW-STANDS"
    says = N_(
        "Every share of draw {draw} has been told: what it comes to stands, and to give it up now would be a choice."
    )
    do = N_(
        "Run it. If the list had a fault, say so beside the record; what follows from it is an exception in public."
    )


class AboveCap(Invalid):
    """A class would be larger than the plan allows. Facts: size, cap."""

    code = "QF-CLASS-CAP"
    says = N_("A class would have {size} pupils; at most {cap} are allowed.")
    do = N_("Make more classes, or enter the written permit that allows a larger class.")


class SecondSplit(WrongState):
    """Pupils who were placed once are not split again. Facts: year."""

    code = "QF-SECOND-SPLIT"
    says = N_("These pupils have been placed already; a second split is not allowed.")
    do = N_("Single changes are exceptions with a reason and an approver; the attempt has been entered as a problem.")
