"""Desk: where the cells of one file are judged one by one, and what is wrong or doubtful is gathered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from qingfu.base.errors import DataFault, FailedFormula, KeyEmpty, NoResult, TooDoubtful
from qingfu.base.words import N_, Said, say
from qingfu.papers.filings.cells import Cell
from qingfu.papers.filings.classes import KnownClass, class_meant
from qingfu.papers.filings.numerals import plain
from qingfu.papers.filings.outcome import SHOWN, Candidate, Doubt, Typed, doubt_id
from qingfu.papers.filings.subjects import subject_written
from qingfu.papers.filings.values import Meaning, Taken, Wrong, meant, said
from qingfu.papers.filings.values.meaning import NOTHING
from qingfu.papers.filings.values.words import shown
from qingfu.rules.phrases import WORDS
from qingfu.rules.tables import CLASSES, Column, Table

EXAMPLES, MOST_DOUBTS = 20, 200
NO_FACTS: Mapping[str, Any] = {}
OTHER_ASKS = N_("“{text}” differs from {given}. Which one holds?")
NEW_CLASS = N_("a class of its own: {text}")


@dataclass(frozen=True)
class Spot:
    """Where a cell stands: sheet, row, address, and the heading of its column."""

    sheet: str
    row: int
    cell: str
    heading: str = ""


class Unsettled:
    """What stands for a value that is wrong or waits for an answer."""


UNSETTLED = Unsettled()


@dataclass
class Desk:
    """One file on the desk. `given` are the values of columns that the caller knows, such as the term."""

    file: str
    known: Sequence[KnownClass]
    answers: Mapping[str, str]
    given: Mapping[str, str] = field(default_factory=dict)
    subjects: Sequence[str] = ()
    notes: list[Said] = field(default_factory=list)
    _faults: dict[tuple[str, str, str], list[DataFault]] = field(default_factory=dict)
    _doubts: dict[str, Doubt] = field(default_factory=dict)
    _classes: dict[str, KnownClass | Doubt] = field(default_factory=dict)

    @property
    def faults(self) -> tuple[DataFault, ...]:
        """Up to twenty of each kind in each column of a sheet; the last says how many more there are."""
        return tuple(fault for alike in self._faults.values() for fault in alike)

    @property
    def doubts(self) -> tuple[Doubt, ...]:
        """The questions that wait for an answer."""
        return tuple(self._doubts.values())

    def wrong(self, fault: DataFault) -> Unsettled:
        """Keep a fault."""
        alike = self._faults.setdefault((fault.code, fault.sheet, fault.column), [])
        if len(alike) < EXAMPLES:
            alike.append(fault)
        else:
            alike[-1].unsaid += 1
        return UNSETTLED

    def fault(
        self,
        kind: type[DataFault],
        spot: Spot,
        *,
        value: object = None,
        instead: str | None = None,
        facts: Mapping[str, Any] = NO_FACTS,
    ) -> Unsettled:
        """Keep a fault of one cell."""
        return self.wrong(
            kind(
                file=self.file, sheet=spot.sheet, row=spot.row, cell=spot.cell, column=spot.heading,
                value=value, instead=instead, **facts,
            )
        )  # fmt: skip

    def asked(self, doubt: Doubt, spot: Spot) -> Unsettled:
        """Keep a question; one that was asked before learns of another place."""
        before = self._doubts.get(doubt.id)
        if before is None and len(self._doubts) >= MOST_DOUBTS:
            if TooDoubtful.code not in {code for code, *_ in self._faults}:
                self.wrong(TooDoubtful(file=self.file, most=MOST_DOUBTS))
        elif before is None:
            self._doubts[doubt.id] = replace(doubt, where=spot.cell, sheet=spot.sheet, places=(spot.cell,))
        elif len(before.places) < EXAMPLES:
            self._doubts[doubt.id] = replace(before, places=(*before.places, spot.cell))
        else:
            self._doubts[doubt.id] = replace(before, unsaid=before.unsaid + 1)
        return UNSETTLED

    def note(self, said_: Said) -> None:
        """Keep a note, once."""
        if said_ not in self.notes:
            self.notes.append(said_)

    def value(self, cell: Cell | None, column: Column, table: Table, spot: Spot) -> Typed | Unsettled:
        """What the cell means in its column; wrong and doubtful ones are kept and UNSETTLED."""
        is_key = column.kind == "key" or column.name in table.identity
        text = said(cell) if cell else ""
        if cell is None or not text or (is_key and plain(text).casefold() in NOTHING):
            if column.name in self.given:
                return self.given[column.name]
            return self.fault(KeyEmpty, spot) if is_key else None
        if cell.trouble:
            fault = NoResult if cell.trouble == "pending" else FailedFormula
            return self.fault(fault, spot, value=text[:SHOWN])
        if column.name == "class":
            return self._class(text, spot, may_be_new=table.name == CLASSES)
        if column.name in self.given and column.kind == "key":
            return self._given(text, column.name, spot)
        value = self._settled(cell, column, spot, self._meant(cell, column))
        if column.among and isinstance(value, str) and value != self.given.get(column.name, value):
            return self._given(value, column.name, spot)
        return value

    def class_of(self, text: str, spot: Spot) -> KnownClass | Unsettled:
        """The class a text means, or UNSETTLED with the question kept."""
        meant_ = self._classes.get(text)
        if meant_ is None:
            meant_ = self._classes[text] = class_meant(text, self.known)
        if isinstance(meant_, KnownClass):
            return meant_
        answer = self.answers.get(meant_.id)
        chosen = next((one for one in self.known if one.code == answer), None)
        if chosen is not None:
            return chosen
        return self.asked(replace(meant_, refused=answer or ""), spot)

    def answered(self, doubt: Doubt, spot: Spot) -> str | None:
        """The answer to a doubt, where it is one of the candidates; else the doubt is kept."""
        answer = self.answers.get(doubt.id)
        if answer is not None and answer in dict(doubt.candidates):
            return answer
        self.asked(replace(doubt, refused=answer or ""), spot)
        return None

    def _meant(self, cell: Cell, column: Column) -> Meaning:
        if column.name == "subject":
            return subject_written(said(cell), self.subjects)
        return meant(cell, column, term=self.given.get("term"))

    def _settled(self, cell: Cell, column: Column, spot: Spot, meaning: Meaning) -> Typed | Unsettled:
        text = said(cell)[:SHOWN]
        if isinstance(meaning, Taken):
            return meaning.value
        if isinstance(meaning, Wrong):
            return self.fault(meaning.fault, spot, value=text, instead=meaning.instead, facts=meaning.facts)
        doubt = Doubt(
            id=doubt_id(column.name, text), where=spot.cell, text=text, asks=meaning.asks,
            candidates=meaning.candidates,
            presumed=meaning.candidates[0][0] if meaning.presumed and meaning.candidates else None,
        )  # fmt: skip
        if (answer := self.answers.get(doubt.id)) is None:
            return self.asked(doubt, spot)
        if answer == "" and answer in dict(meaning.candidates):
            return None
        if column.name == "subject" and (answer in dict(meaning.candidates) or answer in self.subjects):
            return answer
        again = self._meant(Cell(answer), column) if answer.strip() else meaning
        if isinstance(again, Taken):
            return again.value
        return self.asked(replace(doubt, refused=answer[:SHOWN]), spot)

    def _class(self, text: str, spot: Spot, *, may_be_new: bool) -> Typed | Unsettled:
        if not may_be_new:
            found = self.class_of(text, spot)
            return found.code if isinstance(found, KnownClass) else found
        meant_ = class_meant(text, self.known)
        if isinstance(meant_, KnownClass):
            return meant_.code
        if not self.known:
            return text
        new: Candidate = (text, say(NEW_CLASS, text=text[:SHOWN]))
        doubt = replace(meant_, candidates=(*meant_.candidates, new), presumed=meant_.presumed or text)
        return self.answered(doubt, spot) or UNSETTLED

    def _given(self, text: str, name: str, spot: Spot) -> Typed | Unsettled:
        """A value of which the caller knows what it should be."""
        given = self.given[name]
        if plain(text) == plain(given):
            return given
        labels = [shown(one) if one in WORDS else one for one in (given, text)]
        doubt = Doubt(
            id=doubt_id(name, text), where=spot.cell, text=text[:SHOWN],
            asks=say(OTHER_ASKS, text=labels[1][:SHOWN], given=labels[0]),
            candidates=((given, labels[0]), (text, labels[1])), presumed=given,
        )  # fmt: skip
        return self.answered(doubt, spot) or UNSETTLED
