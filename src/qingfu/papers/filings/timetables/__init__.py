"""Timetables: the sheets that schools really have, read class by class; whatever is guessed is asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from qingfu.base.errors import ClassTwice, DataFault, FailedFormula, FiledEmpty, NoResult, NoTimetable
from qingfu.base.words import N_, Said, Translate, say
from qingfu.papers.content import cleaned
from qingfu.papers.filings.books import sheets_of
from qingfu.papers.filings.cells import Sheet, address
from qingfu.papers.filings.classes import KnownClass, class_meant, classes_within, designation
from qingfu.papers.filings.desk import Desk, Unsettled
from qingfu.papers.filings.headings import headings_of
from qingfu.papers.filings.outcome import SHOWN, ClassGrid, Doubt, GridCell, Read, Row, Typed, doubt_id
from qingfu.papers.filings.reading import HIDDEN_SHEET, OTHER_SHEET, read_sheets
from qingfu.papers.filings.timetables.layouts import plots_of
from qingfu.papers.filings.timetables.plots import Ground, Plot, Slot
from qingfu.papers.filings.timetables.settling import lessons_of
from qingfu.rules.tables import BY_NAME

WHOSE = N_("Sheet “{sheet}”, {cell}: whose timetable is this?")
WHOSE_OF = N_("Sheet “{sheet}”: its name says {one}, its title says {other}. Whose timetable is it?")
PAUSES_ASIDE = N_("These are no lessons and were passed over: {words}.")
AS_TABLE = N_("Read as a table of lessons, one in each row.")
TABLE = BY_NAME["timetable"]
# So many headings of the table make a sheet a table rather than a timetable.
_AS_TABLE = 5


def read_timetable(
    content: bytes,
    *,
    classes: Sequence[KnownClass],
    term: str,
    record: str,
    subjects_known: Sequence[str],
    translate: Translate,
    answers: Mapping[str, str] | None = None,
    file_name: str = "",
) -> Read:
    """Rows of the table ``timetable`` from a workbook laid out as schools do, or from the table's own template.

    ``record`` is planned, posted or taught. Never raises for what stands in the file: it is a fault in the outcome.
    """
    file = cleaned(file_name) if file_name else ""
    try:
        sheets = sheets_of(content, file)
    except DataFault as refused:
        return Read(faults=(refused,))
    if any(_is_table(sheet, translate) for sheet in sheets):
        desk = Desk(file, classes, answers or {}, {"term": term, "record": record}, subjects_known)
        read = read_sheets(desk, sheets, TABLE, translate)
        return Read(read.rows, read.faults, read.doubts, read.notes, (say(AS_TABLE),))
    return read_laid_out(
        sheets, classes=classes, term=term, record=record, subjects_known=subjects_known, answers=answers,
        file_name=file,
    )  # fmt: skip


def read_laid_out(
    sheets: Sequence[Sheet],
    *,
    classes: Sequence[KnownClass],
    term: str,
    record: str,
    subjects_known: Sequence[str],
    answers: Mapping[str, str] | None = None,
    file_name: str = "",
) -> Read:
    """The rows of sheets laid out as schools do, wherever the sheets came from; as ``read_timetable``."""
    desk = Desk(file_name, classes, answers or {}, {"term": term}, subjects_known)
    return _Timetables(desk, record, term).read(sheets)


def _is_table(sheet: Sheet, translate: Translate) -> bool:
    found = None if sheet.hidden else headings_of(sheet, TABLE, translate)
    return found is not None and len(found.places) >= _AS_TABLE


class _Timetables:
    """The timetables of one file, class by class."""

    def __init__(self, desk: Desk, record: str, term: str) -> None:
        self.desk, self.record, self.term = desk, record, term
        self.rows: list[Row] = []
        self.grids: list[ClassGrid] = []
        self.layout: list[Said] = []
        self.pauses: list[str] = []
        self.stood: dict[str, str] = {}

    def read(self, sheets: Sequence[Sheet]) -> Read:
        """All sheets."""
        aside = [self._sheet(sheet) for sheet in sheets if sheet.rows]
        if not any(aside) and not self.desk.faults:
            first = next((sheet for sheet in sheets if sheet.rows), None)
            kind = NoTimetable if first else FiledEmpty
            self.desk.wrong(kind(file=self.desk.file, sheet=first.title if first else "", cell="A1" if first else ""))
        if self.pauses:
            self.desk.note(say(PAUSES_ASIDE, words=tuple(self.pauses)))
        rows = () if self.desk.faults else tuple(self.rows)
        notes, layout = tuple(self.desk.notes), tuple(self.layout)
        return Read(rows, self.desk.faults, self.desk.doubts, notes, layout, tuple(self.grids))

    def _sheet(self, sheet: Sheet) -> bool:
        """Whether the sheet holds a timetable."""
        if sheet.hidden:
            self.desk.note(say(HIDDEN_SHEET, sheet=sheet.title))
            return False
        ground = Ground(sheet, self.desk, sheet.spread(), self.pauses)
        plots = [plot for plot in plots_of(ground) if plot.slots]
        self.layout += ground.layout
        if not plots:
            self.desk.note(say(OTHER_SHEET, sheet=sheet.title))
        for plot in plots:
            self._plot(ground, plot)
        return bool(plots)

    def _plot(self, ground: Ground, plot: Plot) -> None:
        whose = self._whose(ground, plot)
        if isinstance(whose, KnownClass):
            here = f"{ground.sheet.title} {address(*plot.place)}"
            before = self.stood.setdefault(whose.code, here)
            if before != here:
                self.desk.fault(ClassTwice, ground.spot(plot.place), value=whose.name, facts={"other": before})
        cells = tuple(self._cells(ground, plot, whose))
        self.grids.append(
            ClassGrid(
                code=whose.code if isinstance(whose, KnownClass) else "",
                name=whose.name if isinstance(whose, KnownClass) else ground.sheet.title,
                sheet=ground.sheet.title,
                weekdays=tuple(sorted({slot.weekday for slot in plot.slots})),
                periods=tuple(sorted({slot.period for slot in plot.slots})),
                cells=cells,
            )
        )

    def _cells(self, ground: Ground, plot: Plot, whose: KnownClass | Unsettled) -> Iterator[GridCell]:
        for slot in plot.slots:
            cell = ground.cells.get(slot.place)
            if cell is None:
                continue
            spot = ground.spot(slot.place)
            if cell.trouble:
                self.desk.fault(NoResult if cell.trouble == "pending" else FailedFormula, spot, value=cell.text)
                continue
            settled = lessons_of(cell.text, self.desk, spot)
            if settled.pause:
                ground.pause(settled.pause)
            elif settled.shown or settled.doubts:
                if isinstance(whose, KnownClass):
                    self._rows(slot, whose, settled.lessons, ground.sheet.title)
                yield GridCell(slot.weekday, slot.period, settled.shown, spot.cell, settled.doubts)

    def _rows(self, slot: Slot, whose: KnownClass, lessons: Sequence[tuple[str, int]], sheet: str) -> None:
        for subject, fortnight in lessons:
            cells: dict[str, Typed] = {
                "class": whose.code, "term": self.term, "record": self.record, "weekday": slot.weekday,
                "period": slot.period, "subject": subject, "fortnight": fortnight,
            }  # fmt: skip
            self.rows.append(Row(slot.place[0], cells, sheet))

    def _whose(self, ground: Ground, plot: Plot) -> KnownClass | Unsettled:
        """The class a plot is of: its title's, else its sheet's; where they differ or say none, it is asked."""
        titled = self._of_line(plot) if plot.is_line else self._of_block(plot)
        named = self._of_sheet(ground.sheet.title) if plot.whole_sheet else ()
        if isinstance(titled, KnownClass) and (not named or named == (titled,)):
            return titled
        if titled is None and len(named) == 1:
            return named[0]
        if isinstance(titled, Doubt) and plot.is_line:
            return self.desk.class_of(titled.text, ground.spot(plot.place))
        return self._asked(ground, plot, titled, named)

    def _of_line(self, plot: Plot) -> KnownClass | Doubt | None:
        """The class at the head of a line."""
        for title in plot.titles:
            if isinstance(meant := class_meant(title, self.desk.known), KnownClass):
                return meant
        for title in plot.titles:
            if len(found := classes_within(title, self.desk.known)) == 1:
                return found[0]
        named = next((one for title in plot.titles if (one := designation(title))), "".join(plot.titles[-1:]))
        return Doubt(id="", where="", text=named, asks=say(WHOSE))

    def _of_block(self, plot: Plot) -> KnownClass | Doubt | None:
        """The class of the nearest title that speaks of one."""
        for title in plot.titles:
            if isinstance(meant := class_meant(title, self.desk.known), KnownClass):
                return meant
            found = classes_within(title, self.desk.known)
            if len(found) == 1:
                return found[0]
            if not found and (named := designation(title)):
                return Doubt(id="", where="", text=named, asks=say(WHOSE))
        return None

    def _of_sheet(self, title: str) -> tuple[KnownClass, ...]:
        meant = class_meant(title, self.desk.known)
        return (meant,) if isinstance(meant, KnownClass) else classes_within(title, self.desk.known)

    def _asked(
        self, ground: Ground, plot: Plot, titled: KnownClass | Doubt | None, named: Sequence[KnownClass]
    ) -> KnownClass | Unsettled:
        spot, sheet = ground.spot(plot.place), ground.sheet.title
        likely = [*([titled] if isinstance(titled, KnownClass) else []), *named]
        free = [one for one in self.desk.known if one not in likely and one.code not in self.stood]
        asks = say(WHOSE, sheet=sheet, cell=spot.cell)
        if isinstance(titled, KnownClass) and named:
            asks = say(WHOSE_OF, sheet=sheet, one=named[0].name, other=titled.name)
        text = titled.text if isinstance(titled, Doubt) else sheet[:SHOWN]
        doubt = Doubt(
            id=doubt_id("whose", sheet, spot.cell), where=spot.cell, text=text, asks=asks,
            candidates=tuple((one.code, one.name) for one in (*likely, *free)),
            presumed=likely[0].code if likely else None,
        )  # fmt: skip
        answer = self.desk.answered(doubt, spot)
        chosen = next((one for one in self.desk.known if one.code == answer), None)
        return chosen or Unsettled()
