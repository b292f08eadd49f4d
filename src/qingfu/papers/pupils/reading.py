"""Reading: a school's list of new pupils. Every fault by its cell, every doubt a question, nothing guessed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from statistics import median_low

from qingfu.base.errors import DataFault, StoodBefore
from qingfu.base.words import N_, Said, Translate, as_they_are, say
from qingfu.papers.filings.desk import Desk, Spot
from qingfu.papers.filings.outcome import SHOWN, Doubt
from qingfu.papers.filings.values.meaning import NOTHING, folded, said
from qingfu.papers.pupils import values
from qingfu.papers.pupils.headings import COLUMNS, NEXT_YEAR, Line, empty, lines_of, opened

MOST_PUPILS = 20_000
LONGEST_NAME, LONGEST_PLACE = 40, 40
# What stands where somebody has no points.
ABSENT = frozenset((*NOTHING, "缺考", "缺", "未考", "未测", "免考", "免测", "缓考", "请假", "没有成绩", "无成绩"))
_ENDS = ("镇", "乡", "街道", "街道办", "街道办事处", "办事处", "民族乡")
NO_POINTS = N_("No points stand in {where}. What counts for the balance?")
EMPTY_CELLS = N_("an empty cell")
THE_MIDDLE = N_("the middle of the list: {points}")
NOUGHT = N_("nought")
SAME_PLACE = N_("“{text}” and “{other}”: the same place?")
ONE_PLACE = N_("yes: {other}")
TWO_PLACES = N_("no, they are two: {text}")
NO_LEVELS = N_("No points stand in the list: classes are balanced by everything else.")
NO_TOWNSHIPS = N_("{count} pupils have no township; they are balanced as a group of their own.")
SAME_NAME = N_("{count} names stand there more than once, with different numbers, such as {name}.")


@dataclass(frozen=True)
class NewComer:
    """One new pupil. `level` in half points; `cell` is where the number stands."""

    number: str
    name: str
    gender: str
    township: str = ""
    level: int = 0
    special: bool = False
    cell: str = ""


@dataclass(frozen=True)
class NewComers:
    """What was read: with a fault or an open question nobody may be taken."""

    pupils: tuple[NewComer, ...] = ()
    faults: tuple[DataFault, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    notes: tuple[Said, ...] = ()

    @property
    def is_clean(self) -> bool:
        """No fault, and no question that waits for an answer."""
        return not self.faults and not self.doubts

    @property
    def fault_count(self) -> int:
        """How many faults there are, those not shown one by one included."""
        return sum(1 + fault.unsaid for fault in self.faults)


@dataclass
class _Taken:
    """A row on its way: what still depends on the whole list stands with its cell."""

    pupil: NewComer
    township: Spot | None = None
    points: Spot | None = None
    absent: str | None = None


@dataclass
class _List:
    """The pupils read so far, and where each number stood first."""

    desk: Desk
    taken: list[_Taken] = field(default_factory=list)
    stood: dict[str, str] = field(default_factory=dict)
    rows: int = 0

    def take(self, line: Line) -> None:
        """One row."""
        self.rows += 1
        desk, cells = self.desk, line.cells
        number = values.number(desk, cells.get("number"), line.spot("number"))
        name = values.name(desk, cells.get("name"), line.spot("name"), most=LONGEST_NAME)
        gender = values.gender(desk, cells.get("gender"), line.spot("gender"))
        found = _Taken(NewComer(number or "", name or "", gender or "m"))
        self._place(line, found)
        self._points(line, found)
        self._need(line, found)
        if number is not None:
            self._once(line, number)
        # Also one with a fault: what the whole list asks is asked together with it.
        found.pupil = replace(found.pupil, cell=f"{line.sheet} {line.spot('number').cell}")
        self.taken.append(found)

    def _place(self, line: Line, found: _Taken) -> None:
        if "township" not in line.cells:
            return
        spot, cell = line.spot("township"), line.cells["township"]
        text = "" if folded(cell) in NOTHING else "".join(said(cell).split())
        if values.trouble(self.desk, cell, spot) or not text:
            return
        place = values.line(self.desk, text, spot, most=LONGEST_PLACE)
        found.pupil, found.township = replace(found.pupil, township=place or ""), spot

    def _points(self, line: Line, found: _Taken) -> None:
        if "level" not in line.heads.places:
            return
        spot, cell = line.spot("level"), line.cells.get("level")
        text = folded(cell) if cell else ""
        found.points = spot
        if cell is None or text in ABSENT or not text:
            found.absent = said(cell)[:SHOWN] if cell else ""
        elif not values.trouble(self.desk, cell, spot):
            found.pupil = replace(found.pupil, level=values.points(self.desk, cell, spot) or 0)

    def _need(self, line: Line, found: _Taken) -> None:
        if "special" in line.heads.places:
            need = values.special(self.desk, line.cells.get("special"), line.spot("special"))
            found.pupil = replace(found.pupil, special=bool(need))

    def _once(self, line: Line, number: str) -> None:
        spot = line.spot("number")
        here = f"{line.sheet} {spot.cell}"
        before = self.stood.setdefault(number, here)
        if before != here:
            self.desk.fault(StoodBefore, spot, value=number, facts={"other": before, "columns": (spot.heading,)})


def read_pupils(
    content: bytes, file_name: str, *, answers: Mapping[str, str] | None = None, translate: Translate = as_they_are
) -> NewComers:
    """The new pupils of an .xlsx or .csv, at most 20,000; never raises for what stands in it.

    `answers` are what was answered to the doubts of an earlier reading, by their ids.
    """
    desk = opened(file_name, answers or {})
    found = _List(desk)
    for line in lines_of(desk, content, COLUMNS, most=MOST_PUPILS, translate=translate):
        found.take(line)
    if not found.rows and not desk.faults:
        empty(desk)
    _settle_points(desk, found.taken)
    _settle_places(desk, found.taken)
    if desk.faults or desk.doubts:
        return NewComers((), desk.faults, desk.doubts, tuple(desk.notes))
    pupils = tuple(one.pupil for one in found.taken)
    return NewComers(pupils, (), (), (*desk.notes, *_to_mind(pupils)))


def _settle_points(desk: Desk, taken: Sequence[_Taken]) -> None:
    """Whoever has no points counts as the middle or as nought, as the office says; not asked where nobody has any."""
    known = [one.pupil.level for one in taken if one.points and one.absent is None]
    if not known:
        return
    middle = median_low(known)
    for one in taken:
        if one.absent is None or one.points is None:
            continue
        where = one.absent or say(EMPTY_CELLS)
        shown = f"{middle // 2}{'.5' if middle % 2 else ''}"
        candidates = (("middle", say(THE_MIDDLE, points=shown)), ("nought", say(NOUGHT)))
        asks = say(NO_POINTS, where=where)
        answer = values.asked(desk, "level", one.absent, asks, candidates, one.points)
        one.pupil = replace(one.pupil, level=middle if answer == "middle" else 0)


def _settle_places(desk: Desk, taken: Sequence[_Taken]) -> None:
    """城关 and 城关镇 would be balanced as two places: asked."""
    names = {one.pupil.township for one in taken if one.pupil.township}
    longer = {name: other for name in names for end in _ENDS if (other := name + end) in names}
    for one in taken:
        text = one.pupil.township
        if text in longer and one.township is not None:
            other = longer[text]
            candidates = ((other, say(ONE_PLACE, other=other)), (text, say(TWO_PLACES, text=text)))
            asks = say(SAME_PLACE, text=text, other=other)
            answer = values.asked(desk, "township", text, asks, candidates, one.township)
            one.pupil = replace(one.pupil, township=answer or text)


def _to_mind(pupils: Sequence[NewComer]) -> Iterator[Said]:
    if not any(one.level for one in pupils):
        yield say(NO_LEVELS)
    nowhere = sum(not one.township for one in pupils)
    if 0 < nowhere < len(pupils):
        yield say(NO_TOWNSHIPS, count=nowhere)
    twice = [name for name, count in Counter(one.name for one in pupils).items() if count > 1]
    if twice:
        yield say(SAME_NAME, count=len(twice), name=twice[0])


@dataclass(frozen=True)
class ClassesNow:
    """A later class list: the class of every pupil by number."""

    classes: Mapping[str, str] = field(default_factory=dict)
    faults: tuple[DataFault, ...] = ()
    notes: tuple[Said, ...] = ()

    @property
    def fault_count(self) -> int:
        """How many faults there are, those not shown one by one included."""
        return sum(1 + fault.unsaid for fault in self.faults)


def read_classes(content: bytes, file_name: str, *, translate: Translate = as_they_are) -> ClassesNow:
    """Who is in which class now, as next year's list says it: 学号 and 班级."""
    desk = opened(file_name, {})
    classes: dict[str, str] = {}
    stood: dict[str, str] = {}
    for line in lines_of(desk, content, NEXT_YEAR, most=MOST_PUPILS, translate=translate):
        number = values.number(desk, line.cells.get("number"), line.spot("number"))
        cell = line.cells.get("class")
        wrong = cell is not None and values.trouble(desk, cell, line.spot("class"))
        label = None if wrong else values.line(desk, said(cell) if cell else "", line.spot("class"), most=LONGEST_NAME)
        if number is None or label is None:
            continue
        here = f"{line.sheet} {line.spot('number').cell}"
        if stood.setdefault(number, here) != here:
            spot = line.spot("number")
            desk.fault(StoodBefore, spot, value=number, facts={"other": stood[number], "columns": (spot.heading,)})
        classes[number] = "".join(label.split())
    if not classes and not desk.faults:
        empty(desk)
    return ClassesNow({} if desk.faults else classes, desk.faults, tuple(desk.notes))
