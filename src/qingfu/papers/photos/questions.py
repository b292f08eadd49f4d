"""Questions: what a photograph leaves open, each with the answer that can settle it; nothing is taken for read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from qingfu.base.words import N_, Said, say
from qingfu.papers.filings.outcome import SHOWN, Candidate, Doubt, doubt_id
from qingfu.papers.filings.subjects import subject_meant
from qingfu.papers.filings.values.meaning import Taken

LOOKS = N_("This looks like “{text}”. What stands there?")
EMPTY = N_("Nothing was read here. Is there no lesson?")
WHICH_DAY = N_("Which weekday is column {number}? “{text}” was read.")
WHICH_DAY_BLANK = N_("Which weekday is column {number}? Its heading was not read.")
WHICH_PERIOD = N_("Which lesson of the day is line {number}: {lessons}? “{text}” was read.")
WHICH_PERIOD_BLANK = N_("Which lesson of the day is line {number}: {lessons}? Its number was not read.")
OTHER_CLASS = N_("The title speaks of “{text}”. Is this the timetable of {name} all the same?")
NONE, NO_LINE, YES = "-", "aside", "yes"
NONE_SAYS, NO_LINE_SAYS, YES_SAYS = N_("no lesson"), N_("these are no lessons"), N_("yes")
WEEKDAYS = (
    N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday"), N_("Saturday"), N_("Sunday"),
)  # fmt: skip
PERIOD = N_("lesson {n}")
MOST_PERIODS = 14
NO_LESSON: Candidate = (NONE, say(NONE_SAYS))


@dataclass
class Asked:
    """The questions of one photograph and what was answered to them; `places` are (weekday, period) by question."""

    subjects: Sequence[str]
    answers: Mapping[str, str]
    doubts: dict[str, Doubt] = field(default_factory=dict)
    places: dict[str, tuple[tuple[int, int], ...]] = field(default_factory=dict)

    def chosen(self, doubt: Doubt) -> str | None:
        """The answer where it is one of the candidates; else the question is kept."""
        answer = self.answers.get(doubt.id, "")
        if answer in dict(doubt.candidates):
            return answer
        self.doubts[doubt.id] = doubt
        return None

    def weekday(self, number: int, text: str, *, last: int, presumed: int | None) -> int | None:
        """Which weekday a column is of: one after the last."""
        says = WHICH_DAY if text else WHICH_DAY_BLANK
        candidates = tuple((str(n), say(name)) for n, name in enumerate(WEEKDAYS, 1) if n > last)
        return self._number("weekday", number, say(says, number=number, text=text[:SHOWN]), candidates, presumed)

    def period(self, number: int, text: str, lessons: Sequence[str], *, last: int, presumed: int | None) -> int | None:
        """Which lesson of the day a line is, one after the last; 0 where it holds no lessons."""
        said = say(
            WHICH_PERIOD if text else WHICH_PERIOD_BLANK, number=number, text=text[:SHOWN], lessons=tuple(lessons)
        )
        candidates = (
            *((str(n), say(PERIOD, n=n)) for n in range(last + 1, MOST_PERIODS + 1)), (NO_LINE, say(NO_LINE_SAYS)),
        )  # fmt: skip
        return self._number("period", number, said, candidates, presumed)

    def _number(
        self, kind: str, number: int, asks: Said, candidates: tuple[Candidate, ...], presumed: int | None
    ) -> int | None:
        doubt = Doubt(
            id=doubt_id("photo", kind, str(number)), where="", text="", asks=asks, candidates=candidates,
            presumed=str(presumed) if presumed and str(presumed) in dict(candidates) else None,
        )  # fmt: skip
        answer = self.chosen(doubt)
        return None if answer is None else 0 if answer == NO_LINE else int(answer)

    def title(self, text: str, name: str) -> None:
        """Whether a timetable with the title of another class is the one of this class."""
        doubt = Doubt(
            id=doubt_id("photo", "title", text, name), where="", text=text[:SHOWN],
            asks=say(OTHER_CLASS, text=text[:SHOWN], name=name), candidates=((YES, say(YES_SAYS)),),
        )  # fmt: skip
        self.chosen(doubt)

    def lesson(self, place: tuple[int, int], text: str, others: Sequence[str]) -> str | None:
        """What stands in a place where the signs are unsure or nothing was read; "" where it is no lesson."""
        near = subject_meant(text, self.subjects) if text else None
        likely = [str(near.value)] if isinstance(near, Taken) else [one for one, _ in near.candidates] if near else []
        names = tuple(dict.fromkeys((*likely, *others)))
        doubt = Doubt(
            id=doubt_id("photo", "lesson", *map(str, place), text), where="", text=text[:SHOWN],
            asks=say(LOOKS, text=text[:SHOWN]) if text else say(EMPTY),
            candidates=(*((one, one) for one in names if one), NO_LESSON),
            presumed=likely[0] if likely and not others else NONE if not text and not others else None,
        )  # fmt: skip
        answer = self.answers.get(doubt.id, "").strip()
        if answer == NONE:
            return ""
        if answer:
            meant = subject_meant(answer, self.subjects)
            if answer in names or answer in self.subjects or isinstance(meant, Taken):
                return str(meant.value) if isinstance(meant, Taken) else answer
        self.doubts[doubt.id] = replace(doubt, refused=answer[:SHOWN])
        self.places[doubt.id] = (place,)
        return None
