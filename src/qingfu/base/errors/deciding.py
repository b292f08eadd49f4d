"""Errors of a verb or a query: the act is refused, the record stands as it was."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass

from qingfu.base.errors.root import QingfuError
from qingfu.base.words import N_, Translate, as_they_are, fill


class NotAllowed(QingfuError):
    """The actor has no right to the verb. Facts: verb, who (roles that may)."""

    code = "QF-NOT-ALLOWED"
    says = N_("Your post may not do this: {verb}.")
    do = N_("Choose another of your posts, or ask somebody who may: {who}.")
    # Where nobody is named, nothing is left behind the colon.
    _do_unnamed = N_("Choose another of your posts, or ask somebody who may.")

    def next_step(self, translate: Translate = as_they_are) -> str:
        """What to do next: one sentence."""
        unnamed = self.do is NotAllowed.do and self.facts.get("who") in ([], ())
        return translate(self._do_unnamed) if unnamed else super().next_step(translate)


class SignInNeeded(NotAllowed):
    """Nobody is signed in, or the session ended."""

    code = "QF-SIGN-IN"
    says = N_("You are not signed in, or your session has ended.")
    do = N_("Sign in again; what you typed is kept in the draft.")


class SomebodyElse(NotAllowed):
    """The owner, their delegate or their delegator tried to verify the owner's work."""

    code = "QF-SOMEBODY-ELSE"
    says = N_("Whoever did the work, stands in for them or is stood in for by them may not verify it.")
    do = N_("Ask somebody who neither owns this line nor stands in for its owner.")


class Sealed(NotAllowed):
    """Opinions stay sealed for everybody, office included, until the panel closes."""

    code = "QF-SEALED"
    says = N_("The opinions are sealed until the panel closes.")
    do = N_("Wait until the panel closes; your own opinion can be added to by an addendum.")


class LinkSpent(NotAllowed):
    """A one-time link was used already or has run out."""

    code = "QF-LINK-SPENT"
    says = N_("This link has been used already or has run out.")
    do = N_("Ask the office that sent it for a fresh link.")


class DemoOnly(NotAllowed):
    """The demo's clock and persona switch do not exist outside the demo."""

    code = "QF-DEMO-ONLY"
    says = N_("This exists only in the demo.")
    do = N_("Start the demo with qingfu demo to use it.")


class NotFound(QingfuError):
    """No such record, or none that this actor may know of. Facts: what."""

    code = "QF-NOT-FOUND"
    says = N_("There is no such record, or not in your bureau: {what}.")
    do = N_("Check the address or the number, or look for it in the list.")


class NoSuchDivision(NotFound):
    """No division of that code in the shipped edition. Facts: code."""

    code = "QF-NO-SUCH-DIVISION"
    says = N_("There is no division with the code {code}.")
    do = N_("Check the code; county codes change, so an older document may carry one that is gone.")


class WrongState(QingfuError):
    """The verb does not exist in the record's state. Facts: verb, state, possible."""

    code = "QF-WRONG-STATE"
    says = N_("“{verb}” is not possible while the state is “{state}”.")
    do = N_("Reload the page; possible now: {possible}.")


class DecidedAlready(WrongState):
    """Two people decided at once; the first won. Facts: decision, by, day."""

    code = "QF-DECIDED"
    says = N_("This step was decided already: {decision}, {by}, {day}.")
    do = N_("Reload the page to see the decision; yours was not recorded.")


class OpinionGiven(WrongState):
    """A submitted opinion is immutable."""

    code = "QF-OPINION-GIVEN"
    says = N_("Your opinion was handed in and can no longer be changed.")
    do = N_("Add an addendum instead; both stay side by side.")


class NotYet(WrongState):
    """The act has its day, and it is not today. Facts: first_day, today."""

    code = "QF-NOT-YET"
    says = N_("This begins on {first_day}; today is {today}.")
    do = N_("Come back on that day, or ask the office to move the date with a reason.")


class NotInForce(WrongState):
    """The plan edition is not in force. Facts: plan."""

    code = "QF-NOT-IN-FORCE"
    says = N_("The plan is not in force: {plan}.")
    do = N_("Ask the leading group's office to put the edition in force.")


class Stale(QingfuError):
    """The decision names another digest than the record now has. Facts: seen, now."""

    code = "QF-STALE"
    says = N_("The record changed after you opened it (you saw {seen}, it is now {now}).")
    do = N_("Reload, read what changed and decide again; nothing was recorded.")


class Late(QingfuError):
    """The last day is over. Facts: last_day, today."""

    code = "QF-LATE"
    says = N_("The last day was {last_day}; today is {today}.")
    do = N_("Ask the office to move the date with a reason, or choose a later event.")


class LeadTime(Late):
    """Too near to the event. Facts: event_day, lead, last_day, today."""

    code = "QF-LEAD-TIME"
    says = N_("{event_day} is too near: {lead} ahead means {last_day} at the latest; today is {today}.")
    do = N_("Choose a later day for the event.")


class Full(QingfuError):
    """A cap is reached. Facts: list, cap, window."""

    code = "QF-LIST-FULL"
    says = N_("“{list}” is full: at most {cap} in {window}.")
    do = N_("Remove an item first, or ask the leading group whether the cap changes.")


class TooManyQuestions(QingfuError):
    """A school was asked as often as it may be asked in a day. Facts: most."""

    code = "QF-TOO-MANY-QUESTIONS"
    says = N_("This school has been asked {most} questions today.")
    do = N_("Ask again tomorrow, or telephone the education bureau.")


@dataclass(frozen=True)
class FieldFault:
    """One wrong answer: ``field`` is its key in the form, ``says`` an English msgid filled from ``facts``."""

    field: str
    says: str
    facts: Mapping[str, object] = dataclasses.field(default_factory=dict)

    def text(self, translate: Translate = as_they_are) -> str:
        """The fault in one sentence."""
        return fill(self.says, dict(self.facts), translate)


class Invalid(QingfuError):
    """Answers that cannot be taken; ``faults`` names each field."""

    code = "QF-INVALID"
    says = N_("Some answers cannot be taken as they are.")
    do = N_("Correct the marked fields and send the form again.")

    def __init__(self, *faults: FieldFault, clause: str | None = None, **facts: object) -> None:
        super().__init__(clause=clause, **facts)
        self.faults: tuple[FieldFault, ...] = faults

    def text(self, translate: Translate = as_they_are) -> str:
        """The paragraph, then one line for each faulty field."""
        lines = [f"- {fault.field}: {fault.text(translate)}" for fault in self.faults]
        return "\n".join([super().text(translate), *lines])


class NoSuchDay(Invalid):
    """A date that the calendar does not have. Facts: text."""

    code = "QF-NO-SUCH-DAY"
    says = N_("There is no such day: {text}.")
    do = N_("Write an existing day as year-month-day, for example 2024-07-30.")


class SameFile(Invalid):
    """A rectification needs evidence of its own. Facts: name."""

    code = "QF-SAME-FILE"
    says = N_("This file was handed in before: {name}.")
    do = N_("Attach the evidence for this line.")


class Twice(QingfuError):
    """The client id was used before with other content; an honest repeat gets the first answer instead."""

    code = "QF-TWICE"
    says = N_("This form was sent before with other content.")
    do = N_("Open the page afresh; what was recorded first still stands.")


class AlreadyThere(Twice):
    """A second one of what may exist once. Facts: what."""

    code = "QF-ALREADY-THERE"
    says = N_("It exists already: {what}.")
    do = N_("Open the existing record instead of making another.")


class LinkMade(Twice):
    """A repeat asks for a one-time link again, of which only the digest is kept."""

    code = "QF-LINK-MADE"
    says = N_("The link this form asked for was made; it was shown once and is kept nowhere.")
    do = N_("If it did not reach you, make another one; the earlier link then opens nothing any more.")
