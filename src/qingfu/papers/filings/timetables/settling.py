"""Settling: the subjects of one cell by their names in the register, or the questions that are left."""

from __future__ import annotations

from dataclasses import dataclass, replace

from qingfu.base.words import N_, Said, say
from qingfu.papers.filings.desk import Desk, Spot
from qingfu.papers.filings.outcome import SHOWN, Candidate, Doubt, doubt_id
from qingfu.papers.filings.subjects import subject_meant
from qingfu.papers.filings.timetables.lessons import EACH_OTHER_WEEK, EACH_WEEK, Heard, Part, heard
from qingfu.papers.filings.values.meaning import Taken

SHARED = N_("“{text}”: how do they share the period?")
NO_SUBJECT = N_("No subject stands here. Which one is taught?")
MORE_STANDS = N_("Beside “{text}” something else stands here. Is that the subject?")
TURNS, BOTH, ONLY = "turns", "both", "only:"
_TURNS_SAYS = N_("each of them every other week")
_BOTH_SAYS = N_("all of them every week")
_ONLY_SAYS = N_("{subject} only, every week")


@dataclass(frozen=True)
class Settled:
    """The lessons of one cell as (subject, lessons in two weeks), what to show, and the ids of open doubts."""

    lessons: tuple[tuple[str, int], ...] = ()
    shown: str = ""
    pause: str = ""
    doubts: tuple[str, ...] = ()


def lessons_of(text: str, desk: Desk, spot: Spot) -> Settled:
    """What the cell says; open questions are kept on the desk."""
    said = heard(text, desk.subjects)
    if said.pause or not said.parts:
        return Settled(pause=said.pause)
    open_doubts: list[str] = []
    named: list[tuple[str, int]] = []
    for part in said.parts:
        subject = _subject(part, desk, spot, open_doubts)
        if subject is not None:
            named.append((subject, part.fortnight))
    if len(named) < len(said.parts):
        return Settled(shown=said.shown or "…", doubts=tuple(dict.fromkeys(open_doubts)))
    lessons = tuple(named)
    if said.unclear:
        shared = _shared(said, lessons, desk, spot, open_doubts)
        if shared is None:
            return Settled(shown=said.shown, doubts=tuple(open_doubts))
        lessons = shared
    return Settled(_added(lessons), "/".join(dict.fromkeys(subject for subject, _ in lessons)))


def _subject(part: Part, desk: Desk, spot: Spot, open_doubts: list[str]) -> str | None:
    """The subject of a part, or None with its doubt kept."""
    shown = part.text[:SHOWN]
    meant = subject_meant(part.text, desk.subjects) if part.text else None
    if isinstance(meant, Taken) and part.certain:
        return str(meant.value)
    candidates: tuple[Candidate, ...]
    if meant is None:
        asks, candidates = say(NO_SUBJECT), tuple((one, one) for one in desk.subjects)
    elif isinstance(meant, Taken):
        asks, candidates = say(MORE_STANDS, text=shown), ((str(meant.value), str(meant.value)),)
    else:
        asks, candidates = meant.asks, meant.candidates
    # Without a subject nothing tells one cell from another but its place.
    key = shown if meant is not None else f"{spot.sheet} {spot.cell}"
    certain = "" if part.certain else "…"
    doubt = Doubt(
        id=doubt_id("subject", key, certain), where=spot.cell, text=f"{shown}{certain}", asks=asks,
        candidates=candidates, presumed=candidates[0][0] if candidates and meant is not None else None,
    )  # fmt: skip
    return _answer(doubt, desk, spot, open_doubts)


def _answer(doubt: Doubt, desk: Desk, spot: Spot, open_doubts: list[str]) -> str | None:
    """The answered subject: a candidate, or another one that the register or the written table knows."""
    answer = desk.answers.get(doubt.id, "").strip()
    if answer:
        if answer in dict(doubt.candidates) or answer in desk.subjects:
            return answer
        if isinstance(typed := subject_meant(answer, desk.subjects), Taken):
            return str(typed.value)
    desk.asked(replace(doubt, refused=answer[:SHOWN]), spot)
    open_doubts.append(doubt.id)
    return None


def _shared(
    said: Heard, lessons: tuple[tuple[str, int], ...], desk: Desk, spot: Spot, open_doubts: list[str]
) -> tuple[tuple[str, int], ...] | None:
    """How several subjects share one period, by the answer; None where it is open."""
    subjects = tuple(dict.fromkeys(subject for subject, _ in lessons))
    if len(subjects) == 1:
        return lessons[:1]
    text = "/".join(subjects)
    says: list[tuple[str, str | Said]] = [(TURNS, say(_TURNS_SAYS))] if len(subjects) == 2 else []
    says.append((BOTH, say(_BOTH_SAYS)))
    says += [(f"{ONLY}{one}", say(_ONLY_SAYS, subject=one)) for one in subjects]
    doubt = Doubt(
        id=doubt_id("shared", text), where=spot.cell, text=said.shown[:SHOWN], asks=say(SHARED, text=text),
        candidates=tuple(says), presumed=TURNS if len(subjects) == 2 else None,
    )  # fmt: skip
    answer = desk.answered(doubt, spot)
    if answer is None:
        open_doubts.append(doubt.id)
        return None
    if answer.startswith(ONLY):
        return ((answer.removeprefix(ONLY), EACH_WEEK),)
    return tuple((one, EACH_OTHER_WEEK if answer == TURNS else EACH_WEEK) for one in subjects)


def _added(lessons: tuple[tuple[str, int], ...]) -> tuple[tuple[str, int], ...]:
    """One row for each subject: 单 and 双 of the same one make a whole lesson."""
    added: dict[str, int] = {}
    for subject, fortnight in lessons:
        added[subject] = min(EACH_WEEK, added.get(subject, 0) + fortnight)
    return tuple(added.items())
