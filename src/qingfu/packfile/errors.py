"""What can be wrong with a pack beyond the families of `base.errors`: faults, hurdles, failed situations.

PackError        TooMuch · Contradiction · UnknownFile · MeaningMissing · OutsideSkeleton · NeverFinishes
│                CannotBeSeated · Circular · EndsFirst · SentenceDiffers
└─ RefusedInForce  LostText · DwellingVisit · NoLawfulBody · NoYearlyBound · KeeperReported · ExposureBare
                   ProposalBare · WeakestByName · PenaltyOnTeachers
QingfuError      ConductConfirmed · OutsideWindow · CriterionUnmet · NotReadyForForce
"""

from __future__ import annotations

from qingfu.base.errors import Late, NotAllowed, PackError, RefusedInForce, WrongState
from qingfu.base.words import N_


class TooMuch(PackError):
    """A file or folder beyond its bounds. Facts: what, most."""

    code = "QF-PACK-SIZE"
    says = N_("This is more than a pack may hold: at most {most} {what}.")
    do = N_("Split the file, or leave out what is not part of the plan.")


class Contradiction(PackError):
    """Keys that do not go together. Facts: problem."""

    code = "QF-PACK-SHAPE"
    says = N_("This does not go together: {problem}.")
    do = N_("Correct the object and run qingfu pack check again.")


class UnknownFile(PackError):
    """A YAML file whose name is no part of a pack. Facts: name."""

    code = "QF-PACK-FILE"
    says = N_("The file {name} is no part of a pack.")
    do = N_("Rename it after the kind it holds, or move it to the folder demo.")


class MeaningMissing(PackError):
    """A form lacks an answer that its use reads. Facts: form, meaning, use."""

    code = "QF-PACK-MEANING"
    says = N_("The form “{form}” has no item that means “{meaning}”, which {use} needs.")
    do = N_("Add an item to the form with this meaning (means: {meaning}).")


class OutsideSkeleton(PackError):
    """A clause covers a sentence that the source's skeleton does not have. Facts: section, sentence, most."""

    code = "QF-PACK-SENTENCE"
    says = N_("The clause covers sentence {sentence} of “{section}”, which has {most} sentences.")
    do = N_("Correct the sentences of the clause, or the section it is of.")


class NeverFinishes(PackError):
    """A route that no case can walk to its end. Facts: route, problem."""

    code = "QF-PACK-ROUTE"
    says = N_("The route “{route}” can never finish: {problem}.")
    do = N_("Correct the steps of the route.")


class CannotBeSeated(PackError):
    """A party that no organ of the register can ever be. Facts: party, problem."""

    code = "QF-PACK-SEAT"
    says = N_("The party “{party}” can never be seated: {problem}.")
    do = N_("Correct the party.")


class Circular(PackError):
    """Objects that lean on each other in a circle. Facts: circle."""

    code = "QF-PACK-CIRCLE"
    says = N_("These lean on each other in a circle: {circle}.")
    do = N_("Give one of them content of its own.")


class EndsFirst(PackError):
    """A period that ends before it begins. Facts: start, end."""

    code = "QF-PACK-PERIOD"
    says = N_("This ends ({end}) before it begins ({start}).")
    do = N_("Correct one of the two days.")


class SentenceDiffers(PackError):
    """A sentence of the skeleton that the given source text does not have. Facts: section, sentence."""

    code = "QF-PACK-SOURCE"
    says = N_("Sentence {sentence} of “{section}” is not in this source text.")
    do = N_("Check that the text is the one the pack was written from, then correct the skeleton.")


class LostText(RefusedInForce):
    """A clause whose text is lost, which the head of the plan does not own. Facts: lost."""

    code = "QF-PACK-LOST"
    says = N_("The text of the clause “{lost}” is lost, but the plan's head does not say so.")
    do = N_("Name the clause under damaged in the head of the plan, or enter its official text.")


class DwellingVisit(RefusedInForce):
    """A visit that goes to somebody's home. Facts: visit."""

    code = "QF-PACK-DWELLING"
    says = N_("The visit “{visit}” goes to a dwelling.")
    do = N_("Visits go to schools, institutions and offices; take the dwelling out.")


class NoLawfulBody(RefusedInForce):
    """A check of institutions without a body that may lawfully inspect. Facts: visit."""

    code = "QF-PACK-LAWFUL"
    says = N_("The check of institutions “{visit}” names no body that may lawfully inspect them.")
    do = N_("Name the lawful body, or make it a finding of clues that are handed to it.")


class NoYearlyBound(RefusedInForce):
    """A check of institutions without an upper bound in the year. Facts: visit."""

    code = "QF-PACK-YEARLY"
    says = N_("The check of institutions “{visit}” has no upper bound in the year.")
    do = N_("Set at most how many times a year an institution is checked.")


class KeeperReported(RefusedInForce):
    """A channel kept by those who may be reported through it. Facts: intake, keeper."""

    code = "QF-PACK-KEEPER"
    says = N_("The channel “{intake}” is kept by “{keeper}”, the unit that may be reported.")
    do = N_("Give the channel to a unit that is not the one reported.")


class ExposureBare(RefusedInForce):
    """Public exposure without its three safeguards. Facts: measure, missing."""

    code = "QF-PACK-EXPOSURE"
    says = N_("The exposure “{measure}” lacks: {missing}.")
    do = N_("Add what is missing under safeguards.")


class ProposalBare(RefusedInForce):
    """A proposal nobody decides, or that leaves no reply. Facts: proposal, missing."""

    code = "QF-PACK-PROPOSAL"
    says = N_("The proposal “{proposal}” lacks: {missing}.")
    do = N_("A person decides, and the other side may reply: add both.")


class WeakestByName(RefusedInForce):
    """The weakest pupils kept by name. Facts: what."""

    code = "QF-PACK-WEAKEST"
    says = N_("“{what}” keeps the weakest pupils by name.")
    do = N_("Keep figures only; names stay with the class teacher.")


class PenaltyOnTeachers(RefusedInForce):
    """Administrative penalties aimed at employed teachers. Facts: measure."""

    code = "QF-PACK-PENALTY"
    says = N_("The measure “{measure}” aims administrative penalties at employed teachers.")
    do = N_("For employed teachers the regime is 处分 or 组织处理.")


class NotReadyForForce(WrongState):
    """Putting in force while hurdles remain. Facts: count, hurdles."""

    code = "QF-PLAN-HURDLES"
    says = N_("The plan cannot be put in force yet: {count} things stand in the way ({hurdles}).")
    do = N_("Settle them on the plan page, then put the plan in force.")


class ConductConfirmed(NotAllowed):
    """A key conduct was confirmed, so the case cannot be passed. Facts: conduct."""

    code = "QF-CONDUCT"
    says = N_("A red line was confirmed: {conduct}. The case cannot be passed.")
    do = N_("Return it to the applicant, or refuse it.")


class OutsideWindow(Late):
    """Applications are taken in a window only. Facts: first_day, last_day, today."""

    code = "QF-WINDOW"
    says = N_("Applications are taken from {first_day} to {last_day}; today is {today}.")
    do = N_("Apply inside the window, or by the case-by-case route if the plan has one.")


class CriterionUnmet(NotAllowed):
    """No criterion named, or its conditions do not hold. Facts: criterion, missing."""

    code = "QF-CRITERION"
    says = N_("The admission criterion is not met: {criterion} ({missing}).")
    do = N_("Choose a criterion that applies and add what it asks for.")
