"""What can go wrong with the folder of a draw and with a key; the draw's own errors stand in base/errors."""

from __future__ import annotations

from qingfu.base.errors import Invalid, Twice, WrongState
from qingfu.base.words import N_


class BadFolder(Invalid):
    """A file of the folder is missing, damaged or of another draw. Facts: file."""

    code = "QF-DRAW-FOLDER"
    says = N_("This is not the folder of a draw, or this file in it is damaged: {file}.")
    do = N_("Copy the folder again from somebody who has it, and compare the digest with the notice at the door.")


class BadKey(Invalid):
    """A key file that cannot be used. Facts: file, problem."""

    code = "QF-DRAW-KEY"
    says = N_("The key file cannot be used: {file}: {problem}.")
    do = N_("A key file belongs to one member of one draw, lies outside the folder, and nobody else ever has it.")


class StepTaken(Twice):
    """The file of this act is there. Facts: file."""

    code = "QF-DRAW-STEP-TAKEN"
    says = N_("This was done already: {file}.")
    do = N_("Go on with the next step; no step of a draw is taken twice.")


class StepEarly(WrongState):
    """Another act comes before this one. Facts: command."""

    code = "QF-DRAW-STEP-EARLY"
    says = N_("Another step comes first: {command}.")
    do = N_("Take that step, then this one again.")


class NoRecord(Invalid):
    """The file is no record that holds. Facts: file."""

    code = "QF-DRAW-NO-RECORD"
    says = N_("This is not the record of a draw, or it does not hold: {file}.")
    do = N_("Verify it with “qingfu draw verify”, which names every fault, and save the record again.")
