"""What a verb of a route is called, and in one line what it would bring about."""

from __future__ import annotations

from qingfu.base.words import N_, Said, say
from qingfu.packfile import course
from qingfu.packfile.words.moves import Step
from qingfu.records.routes.models import Turn
from qingfu.records.routes.queries.case import Case
from qingfu.records.routes.queries.views import VerbView
from qingfu.records.routes.states import DECISIONS, NEEDS_REASON, RUN

LABELS = {
    "submit": N_("Hand in"),
    "opine": N_("Give an opinion"),
    "pass": N_("Pass"),
    "approve": N_("Approve"),
    "return": N_("Return to the applicant"),
    "refuse": N_("Refuse"),
    "record": N_("Record the filing"),
    "publish": N_("Publish"),
    "resubmit": N_("Hand in again"),
    "withdraw": N_("Withdraw"),
    "appoint_panel": N_("Appoint the panel"),
    "step_aside": N_("Step aside"),
    "excuse": N_("Excuse a member"),
    "close_panel": N_("Close the panel"),
    "add_addendum": N_("Add a correction"),
}
GOES_ON = N_("The case goes on to: {step}.")
ENDS = N_("The case is finished.")
COUNTS = N_("Counts as one of {needed} agreeing persons; then: {step}.")
EFFECTS = {
    "opine": N_("Cannot be changed afterwards; nobody sees it until the panel closes."),
    "return": N_("The applicant may change the form and hand it in again."),
    "refuse": N_("The case ends here; the applicant reads the reason."),
    "publish": N_("It enters the list and is shown to the public at once."),
    "resubmit": N_("The new form goes on its way again from: {step}."),
    "withdraw": N_("The case ends; its record stays."),
    "appoint_panel": N_("These members are asked for their opinions: {step}."),
    "step_aside": N_("You give no opinion in this case; the reason stays on record."),
    "excuse": N_("The member gives no opinion in this case; the reason stays on record."),
    "close_panel": N_("No further opinion is taken; the opinions become readable."),
    "add_addendum": N_("Stands beside your opinion, which stays as it is."),
}


def verbs_for(found: Case) -> tuple[VerbView, ...]:
    """Every verb this actor may do now, in the order of the table."""
    possible = RUN.verbs(found.row.state, found.roles())
    turn = found.turn
    return tuple(
        VerbView(verb, say(LABELS[verb]), _effect(found, verb), needs_reason=verb in NEEDS_REASON)
        for verb in possible
        if turn is None or _fits(found, turn, verb)
    )


def _fits(found: Case, turn: Turn, verb: str) -> bool:
    step = found.step(turn.step)
    if verb in DECISIONS:
        return verb in step.verbs and not acted_already(found, turn)
    if verb == "appoint_panel":
        return "opine" in step.verbs
    if verb in ("opine", "step_aside"):
        mine = any(found.is_me(member) for member in turn.panel.all())
        return mine and not any(found.is_mine(opinion) for opinion in turn.opinions.all())
    if verb == "excuse":
        seated = sum(not member.stepped_aside for member in turn.panel.all())
        return "opine" in step.verbs and seated > found.opinions_in.get(turn.id, 0)
    if verb == "close_panel":
        return "opine" in step.verbs and found.opinions_in.get(turn.id, 0) > 0
    if verb == "add_addendum":
        return any(found.is_mine(opinion) for t in found.turns for opinion in t.opinions.all())
    return True


def acted_already(found: Case, turn: Turn) -> bool:
    """Whether this natural person has had a hand in this turn: as himself, as delegate, or through a delegate."""
    me = {found.actor.person, found.actor.acting_for} - {None}
    return any(me & {act.person_id, act.acting_for_id} for act in turn.acts.all())


def _effect(found: Case, verb: str) -> Said:
    if verb == "resubmit":
        return say(EFFECTS[verb], step=found.steps[1].says)
    if verb == "appoint_panel":
        return say(EFFECTS[verb], step=found.now.says)
    if verb in EFFECTS:
        return say(EFFECTS[verb])
    following = next_step(found, found.now)
    needed = course.needed(found.now, verb)
    if needed > 1:
        return say(COUNTS, needed=needed, step=following.says if following else say(ENDS))
    return say(GOES_ON, step=following.says) if following else say(ENDS)


def agree_needed(step: Step) -> int:
    """How many different natural persons must pass or approve."""
    return max((course.needed(step, verb) for verb in step.verbs if verb != "opine"), default=1)


def next_step(found: Case, step: Step) -> Step | None:
    """The step after this one, or None after the last."""
    place = [s.id for s in found.steps].index(step.id)
    return found.steps[place + 1] if place + 1 < len(found.steps) else None
