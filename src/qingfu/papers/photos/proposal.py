"""Proposal: a photographed timetable put to the recognition that reads sheets, with every doubt that a photo adds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from qingfu.papers.filings.cells import Cell, Sheet
from qingfu.papers.filings.classes import KnownClass, class_meant, classes_within, designation
from qingfu.papers.filings.numerals import plain
from qingfu.papers.filings.outcome import ClassGrid, Doubt, GridCell, Read
from qingfu.papers.filings.subjects import is_like_subject
from qingfu.papers.filings.timetables import read_laid_out
from qingfu.papers.filings.timetables.labels import Label, label_of, pause_in, weekday_of
from qingfu.papers.filings.values.meaning import NOTHING
from qingfu.papers.photos.grids import Grid, Line, grid_of
from qingfu.papers.photos.questions import NO_LESSON, NONE, Asked
from qingfu.papers.photos.words import Words

Place = tuple[int, int]
Known = Mapping[Place, str]
NOTHING_FILED: Known = {}


@dataclass(frozen=True)
class Proposal:
    """What a photograph seems to say. `places` are the (weekday, period) a question is about, by its id."""

    read: Read
    places: Mapping[str, tuple[Place, ...]] = field(default_factory=dict)

    @property
    def grid(self) -> ClassGrid:
        """The timetable as it was read; what is in question bears the ids of its doubts."""
        return self.read.preview[0] if self.read.preview else ClassGrid("", "", "")


def proposed(
    words: Words,
    *,
    of: KnownClass,
    classes: Sequence[KnownClass],
    term: str,
    subjects_known: Sequence[str],
    answers: Mapping[str, str] | None = None,
    filed: Known = NOTHING_FILED,
    corrected: Known = NOTHING_FILED,
) -> Proposal:
    """The posted timetable of a class by what was read on a photograph of it; raises PhotoUnclear.

    Rows may be taken only where ``read.is_clean``. ``filed`` are the lessons reported before: they are offered as
    answers, never taken for the answer; ``corrected`` ones (NONE: no lesson) stand instead of what was read. A title
    of another class, a heading, number or lesson that is unsure, and a place between lessons where nothing was read:
    each is a question.
    """
    grid = grid_of(words)
    asked = Asked(subjects_known, answers or {})
    _title(grid, of, classes, asked)
    said = dict(_cells(grid, _days(grid, asked), _periods(grid, asked), asked, (filed, corrected)))
    said |= {place: text for place, text in corrected.items() if text != NONE}
    read = _recognised(said, of, term, asked)
    dropped = {
        (cell.weekday, cell.period) for one in read.preview for cell in one.cells
        if any(asked.answers.get(doubt) == NONE for doubt in cell.doubts)
    }  # fmt: skip
    if dropped:
        said = {place: text for place, text in said.items() if place not in dropped}
        read = _recognised(said, of, term, asked)
    return _together(read, of, asked)


def _title(grid: Grid, of: KnownClass, classes: Sequence[KnownClass], asked: Asked) -> None:
    """A title that names another class is asked about; without one the choice made on the page holds."""
    for title in grid.titles:
        found, named = classes_within(title, classes), designation(title)
        if of in found or (named and class_meant(named, [of]) == of):
            return
        if found or named:
            asked.title(found[0].name if found else named, of.name)
            return


def _days(grid: Grid, asked: Asked) -> list[int]:
    """The weekday of each column; 0 where it waits for an answer and nothing is likely."""
    found: list[int] = []
    last = 0
    for number, heading in enumerate(grid.days, 1):
        weekday = weekday_of(heading.text) or 0
        if not heading.sure or weekday != last + 1:
            likely = weekday if weekday > last else last + 1
            answer = asked.weekday(number, heading.text, last=last, presumed=likely)
            weekday = likely if answer is None else answer
        weekday = weekday if weekday <= 7 else 0
        found.append(weekday)
        last = weekday or last
    return found


def _periods(grid: Grid, asked: Asked) -> list[int]:
    """The period of each line, counted on where the afternoon begins again at 1; 0 for a line without lessons."""
    found: list[int] = []
    last = added = 0
    for number, line in enumerate(grid.lines, 1):
        label = label_of(head.text for head in line.heads)
        if label.pause or (label.number is None and not _is_taught(line, asked.subjects)):
            found.append(0)
            continue
        if label.number == 1 and last and len(set(grid.sections)) > 1:
            added = last
        period = _period(number, line, label, added, last, asked)
        if label.number == 1 and last and period > 1:
            added = period - 1
        found.append(period)
        last = period or last
    return found


def _period(number: int, line: Line, label: Label, added: int, last: int, asked: Asked) -> int:
    period = (label.number or 0) + added
    numbered = [head for head in line.heads if label_of([head.text]).number is not None]
    if label.number is not None and period == last + 1 and all(head.sure for head in numbered):
        return period
    text = " ".join(head.text for head in line.heads)
    lessons = [one.text for one in line.cells if one.text][:3]
    likely = period if period > last and label.number else last + 1
    answer = asked.period(number, text, lessons, last=last, presumed=likely)
    return likely if answer is None else answer


def _is_taught(line: Line, known: Sequence[str]) -> bool:
    """Whether a line without number may be lessons all the same: some subject, or many different texts."""
    texts = {one.text for one in line.cells if one.text and not pause_in(one.text)}
    return len(texts) > 2 or any(is_like_subject(part, known) for text in texts for part in text.split())


def _cells(
    grid: Grid, days: Sequence[int], periods: Sequence[int], asked: Asked, told: tuple[Known, Known]
) -> Iterator[tuple[Place, str]]:
    """What each place says for sure, or by an answer; ``told``: what was filed before, and what was corrected."""
    filed, corrected = told
    for line, period in zip(grid.lines, periods, strict=True):
        taught = [one for one in line.cells if not _is_blank(one.text) and not pause_in(one.text)]
        for weekday, cell in zip(days, line.cells, strict=True):
            place = (weekday, period)
            if not weekday or not period or place in corrected or (_is_blank(cell.text) and not taught):
                continue
            text: str | None = "" if _is_blank(cell.text) else cell.text
            if not text or not cell.sure:
                others = [one for one in (filed.get(place, ""),) if one]
                text = asked.lesson(place, text or "", others)
            if text:
                yield place, text


def _is_blank(text: str) -> bool:
    """A stroke on a photograph may be the edge of a table: it does not say that there is no lesson."""
    return not text or plain(text).casefold() in NOTHING or not any(sign.isalnum() for sign in text) or text == "一"


def _recognised(said: Known, of: KnownClass, term: str, asked: Asked) -> Read:
    """The places laid out as a sheet of one class, read as such a sheet is."""
    rows: dict[int, dict[int, Cell]] = {1: {1: Cell("节次")}}
    rows[1] |= {weekday + 1: Cell(f"星期{'一二三四五六日'[weekday - 1]}") for weekday in range(1, 8)}
    for weekday, period in said:
        rows.setdefault(period + 1, {1: Cell(f"第{period}节")})[weekday + 1] = Cell(said[weekday, period])
    sheet = Sheet(of.name, {number: rows[number] for number in sorted(rows)})
    return read_laid_out(
        (sheet,), classes=(of,), term=term, record="posted", subjects_known=asked.subjects, answers=asked.answers
    )


def _together(read: Read, of: KnownClass, asked: Asked) -> Proposal:
    """The sheet's questions and the photograph's, each with its places; whatever was read may be no lesson."""
    grid = next(iter(read.preview), ClassGrid(of.code, of.name, of.name))
    places: dict[str, tuple[Place, ...]] = dict(asked.places)
    for cell in grid.cells:
        for one in cell.doubts:
            places[one] = (*places.get(one, ()), (cell.weekday, cell.period))
    doubts = [*(_may_be_none(one) if one.id in places else one for one in read.doubts), *asked.doubts.values()]
    open_cells = [
        GridCell(*place, asked.doubts[key].text, "", (key,)) for key, some in asked.places.items() for place in some
    ]
    cells = (*grid.cells, *open_cells)
    whole = replace(
        grid, cells=cells, weekdays=tuple(sorted({one.weekday for one in cells})),
        periods=tuple(range(1, max((one.period for one in cells), default=0) + 1)),
    )  # fmt: skip
    return Proposal(replace(read, doubts=tuple(doubts), preview=(whole,)), places)


def _may_be_none(doubt: Doubt) -> Doubt:
    """What was read here and is no subject may be a stain; it is never itself the likely answer."""
    presumed = doubt.presumed if doubt.presumed != plain(doubt.text) else None
    return replace(doubt, candidates=(*doubt.candidates, NO_LESSON), presumed=presumed)
