"""A due date that explains itself, remembers where it was moved from and counts what is left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from qingfu.base.days import Period
from qingfu.base.errors import BadTerm
from qingfu.base.errors.root import UNDER
from qingfu.base.words import N_, Said, Translate, Word, as_they_are, fill, paragraph, say
from qingfu.base.workdays import Workdays

Events = Mapping[str, date | datetime]
Within = tuple[date, date] | None

COUNTED_FROM = N_("Counted from: {event}, {day}.")
COVERS = N_("For the time from {start} to {end}.")
SKIPPED = N_("Days skipped: {days}.")
SKIPPED_DAY = N_("{day} ({reason})")
PROVISIONAL = N_("Provisional: the notice on holidays is not entered yet, so the day may change.")
MOVED = N_("Moved from {old} to {new} by {by}: {reason}.")

NO_END = N_("No last day.")
WAITS = N_("Waits for: {event}.")
TODAY = N_("Last day: today.")
LEFT = N_("Working days left: {count}.")
REST_ONLY = N_("Last day: {day}; no working day left.")
OVER = N_("Late by {count} working days.")
OVER_REST = N_("Late; the last day was {day}.")


@dataclass(frozen=True)
class Explanation:
    """Why the day is this day: ``rule`` is a sentence still to be translated.

    ``start_event`` and ``start_day`` say what it is counted from; ``skipped`` holds each
    rest day that was stepped over with its reason; ``provisional`` means that a year
    without a notice decided the day; ``warnings`` are for the desk.
    """

    rule: Said
    clause: str | None = None
    start_event: str | None = None
    start_day: date | None = None
    skipped: tuple[tuple[date, Said], ...] = ()
    provisional: bool = False
    warnings: tuple[Said, ...] = ()

    def text(self, translate: Translate = as_they_are) -> str:
        """The whole explanation as one paragraph."""
        sentences = [self.rule]
        if self.clause:
            sentences.append(say(UNDER, clause=self.clause))
        if self.start_event and self.start_day:
            sentences.append(say(COUNTED_FROM, event=Word(self.start_event), day=self.start_day))
        if self.skipped:
            days = [say(SKIPPED_DAY, day=day, reason=reason) for day, reason in self.skipped]
            sentences.append(say(SKIPPED, days=tuple(days)))
        if self.provisional:
            sentences.append(say(PROVISIONAL))
        return paragraph((said.text(translate) for said in [*sentences, *self.warnings]), translate)


@dataclass(frozen=True)
class Moved:
    """One rescheduling: a leader's word, with its reason."""

    old: date | None
    new: date
    reason: str
    by: str

    def text(self, translate: Translate = as_they_are) -> str:
        """Old day, new day, who and why."""
        facts = {"old": self.old, "new": self.new, "by": self.by, "reason": self.reason}
        return fill(MOVED, facts, translate)


@dataclass(frozen=True)
class DueDate:
    """The last day that is in time; ``None`` where there is no end or the event is not known yet.

    ``opens``: first day of the time it is for. ``occurrence``: key of this date among those
    of its term, stable for ever ("2024-Q3"; "once"). ``times``: how often by then.
    ``moment``: the exact instant where hours are counted. ``waits_for``: the event that is
    still missing.
    """

    day: date | None
    explanation: Explanation
    occurrence: str = "once"
    opens: date | None = None
    times: int = 1
    moment: datetime | None = None
    waits_for: str | None = None
    period: Period | None = None
    moves: tuple[Moved, ...] = ()

    @property
    def original_day(self) -> date | None:
        """The day the rule gave, before anybody moved it."""
        return self.moves[0].old if self.moves else self.day

    def moved_to(self, new_day: date, reason: str, by: str) -> DueDate:
        """The same date on ``new_day``, remembering the old one; a reason is required."""
        if not reason.strip():
            raise BadTerm(problem=Word(N_("a date is moved without a reason")))
        step = Moved(self.day, new_day, reason.strip(), by)
        return replace(self, day=new_day, moment=None, waits_for=None, moves=(*self.moves, step))

    def is_late(self, today: date) -> bool:
        """Whether the last day is over."""
        return self.day is not None and today > self.day

    def text(self, translate: Translate = as_they_are) -> str:
        """The explanation, the time it is for and every move."""
        parts = [self.explanation.text(translate)]
        if self.period:
            facts: dict[str, object] = {"start": self.period.start, "end": self.period.end}
            parts.append(fill(COVERS, facts, translate))
        parts += [move.text(translate) for move in self.moves]
        return paragraph(parts, translate)


@dataclass(frozen=True)
class Left:
    """What is left: working days after today up to the last day (negative: since it), and in words."""

    working_days: int | None
    late: bool
    words: Said

    def text(self, translate: Translate = as_they_are) -> str:
        """One short sentence for a list or a chat message."""
        return self.words.text(translate)


def window(due: DueDate, today: date, calendar: Workdays) -> Left:
    """How much time is left until ``due``, in working days; today itself is not counted."""
    if due.day is None:
        words = say(WAITS, event=Word(due.waits_for)) if due.waits_for else say(NO_END)
        return Left(None, late=False, words=words)
    if due.day == today:
        return Left(0, late=False, words=say(TODAY))
    if due.is_late(today):
        late_by = calendar.between(due.day, today)
        words = say(OVER, count=late_by) if late_by else say(OVER_REST, day=due.day)
        return Left(-late_by, late=True, words=words)
    left = calendar.between(today, due.day)
    return Left(left, late=False, words=say(LEFT, count=left) if left else say(REST_ONLY, day=due.day))
