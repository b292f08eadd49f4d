"""Plots: the stretch of a sheet that is one class's week, as a layout found it, before anything in it is judged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from qingfu.base.errors import PeriodAgain, PeriodUnclear
from qingfu.base.words import N_, Said, say
from qingfu.papers.filings.cells import Cell, Sheet, address
from qingfu.papers.filings.classes import designation
from qingfu.papers.filings.desk import Desk, Spot
from qingfu.papers.filings.outcome import SHOWN
from qingfu.papers.filings.subjects import is_like_subject
from qingfu.papers.filings.timetables.labels import Label, label_of, numbered
from qingfu.papers.filings.timetables.lessons import heard

COUNTED_ON = N_("Sheet “{sheet}”: periods of the afternoon that begin again at 1 are counted on from the morning's.")
LINE_ASIDE = N_("Sheet “{sheet}”, {cell}: no lessons and no period; the line was passed over.")
Place = tuple[int, int]


@dataclass(frozen=True)
class Slot:
    """One period of one weekday, and the cell that says what is taught."""

    weekday: int
    period: int
    place: Place


@dataclass(frozen=True)
class Plot:
    """One class's week. `titles` may name the class, the nearest first; `place` is where one would look for it.

    `whole_sheet`: the sheet holds nothing else, so that its own name may name the class. `is_line`: a line of a table
    of all classes, whose head is the class.
    """

    titles: tuple[str, ...]
    place: Place
    slots: tuple[Slot, ...]
    whole_sheet: bool = False
    is_line: bool = False


@dataclass
class Ground:
    """One sheet with its merged cells spread, and what the layouts have to say of it."""

    sheet: Sheet
    desk: Desk
    cells: Mapping[Place, Cell]
    pauses: list[str]
    layout: list[Said] = field(default_factory=list)

    def text(self, row: int, column: int) -> str:
        """What stands there, or nothing."""
        cell = self.cells.get((row, column))
        return cell.text.strip() if cell else ""

    def spot(self, place: Place) -> Spot:
        """Where it stands."""
        return Spot(self.sheet.title, place[0], address(*place))

    def told(self, said: Said) -> None:
        """Keep a word on the layout, once."""
        if said not in self.layout:
            self.layout.append(said)

    def label(self, places: Sequence[Place]) -> Label:
        """What the head of a line says."""
        return label_of(dict.fromkeys(text for place in places if (text := self.text(*place))))

    def periods(self, heads: Sequence[Sequence[Place]], lines: Sequence[Sequence[Place]]) -> list[int | None]:
        """The period of each line of one day, from its head; a pause is noted, a line nobody can place is a fault."""
        labels = [self.label(head) for head in heads]
        found = numbered(labels)
        for head, line, label, period in zip(heads, lines, labels, found, strict=True):
            if label.pause:
                self.pause(label.pause)
            elif period is None and label.number is not None:
                text = next((said for place in head if (said := self.text(*place))), "")
                self.desk.fault(PeriodAgain, self.spot(head[-1]), value=text[:SHOWN])
            elif period is None:
                self._unplaced(line)
            elif period != label.number:
                self.told(say(COUNTED_ON, sheet=self.sheet.title))
        return found

    def pause(self, word: str) -> None:
        """Keep the name of something that is no lesson."""
        if word not in self.pauses:
            self.pauses.append(word)

    def _unplaced(self, line: Sequence[Place]) -> None:
        """A line without period: a title or a pause across the week may be passed over, lessons may not."""
        texts = {place: text for place in line if (text := self.text(*place))}
        said = set(texts.values())
        for text in said:
            if pause := heard(text, self.desk.subjects).pause:
                self.pause(pause)
        taught = [place for place, text in texts.items() if _is_taught(text, self.desk)]
        if taught:
            self.desk.fault(PeriodUnclear, self.spot(taught[0]))
        elif texts and not any(designation(text) or heard(text).pause for text in said):
            # What stands there may name a teacher: only its place is told.
            self.desk.note(say(LINE_ASIDE, sheet=self.sheet.title, cell=address(*min(texts))))


def _is_taught(text: str, desk: Desk) -> bool:
    """Whether a text is a lesson rather than a title, a note or a pause."""
    return any(is_like_subject(part.text, desk.subjects) for part in heard(text, desk.subjects).parts if part.text)
