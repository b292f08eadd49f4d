"""Reading: a filled-in table as rows, all that is wrong at once, all that is doubtful as questions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from qingfu.base.errors import CellsMerged, ColumnTwice, DataFault, FiledEmpty, NoHeadings, NoKeyColumn, StoodBefore
from qingfu.base.words import N_, Translate, say
from qingfu.papers.content import cleaned
from qingfu.papers.filings.books import sheets_of
from qingfu.papers.filings.cells import Cell, Sheet, address
from qingfu.papers.filings.classes import KnownClass
from qingfu.papers.filings.desk import Desk, Spot, Unsettled
from qingfu.papers.filings.headings import Headings, heading, headings_of
from qingfu.papers.filings.outcome import SHOWN, Read, Row, Typed
from qingfu.papers.filings.values import said
from qingfu.papers.filings.wording import CLASSES_SHEET, NOTES_SHEET
from qingfu.rules.tables import Table

STRANGER = N_("Column “{column}” ({cell}) is none of this table; it was passed over.")
OTHER_SHEET = N_("Sheet “{sheet}” holds no such table; it was passed over.")
HIDDEN_SHEET = N_("Sheet “{sheet}” is hidden; it was passed over.")
ROWS_ASIDE = N_("Row {row} of sheet “{sheet}” (“{text}”) is a note or a total; it was passed over.")
UNREPORTED = N_("No column “{column}”: it counts as not reported.")
GIVEN = N_("Where “{column}” is not filled in, it is {value}.")
_ASIDE = re.compile(
    r"(填表|填报|制表|审核|审批|负责人|校长签|备注|说明|注[:：]|联系|单位\(盖|单位（盖|合计|总计|小计|共计)"
)


def read_rows(
    content: bytes,
    file_name: str,
    table: Table,
    *,
    classes: Sequence[KnownClass],
    term: str | None,
    translate: Translate,
    answers: Mapping[str, str] | None = None,
    given: Mapping[str, str] | None = None,
    subjects_known: Sequence[str] = (),
) -> Read:
    """The rows of an .xlsx or .csv; never raises for what stands in it: whatever is wrong is a fault in the outcome.

    ``term`` fills empty cells of the column of that name, ``given`` those of any other key, such as the school.
    ``answers`` are what was answered to the doubts of an earlier reading, by their ids.
    """
    file = cleaned(file_name)
    known = dict(given or {}) | ({"term": term} if term else {})
    desk = Desk(file, classes, answers or {}, known, subjects_known)
    try:
        sheets = sheets_of(content, file)
    except DataFault as refused:
        return Read(faults=(refused,))
    return read_sheets(desk, sheets, table, translate)


def read_sheets(desk: Desk, sheets: Sequence[Sheet], table: Table, translate: Translate) -> Read:
    """The rows of all sheets that hold the table."""
    found = list(_holding(desk, sheets, table, translate))
    if not found:
        columns = tuple(heading(one.name, table) for one in table.columns)
        desk.wrong(NoHeadings(file=desk.file, columns=columns))
        return Read(faults=desk.faults, notes=tuple(desk.notes))
    filing = _Filing(desk, table)
    for sheet, headings in found:
        filing.take(sheet, headings)
    if not filing.rows and not desk.faults:
        desk.wrong(FiledEmpty(file=desk.file))
    rows = () if desk.faults else tuple(filing.rows)
    return Read(rows, desk.faults, desk.doubts, tuple(desk.notes))


def _holding(
    desk: Desk, sheets: Sequence[Sheet], table: Table, translate: Translate
) -> Iterator[tuple[Sheet, Headings]]:
    own = {translate(title)[:31] for title in (NOTES_SHEET, CLASSES_SHEET)}
    for sheet in sheets:
        if not sheet.rows or sheet.title in own:
            continue
        if sheet.hidden:
            desk.note(say(HIDDEN_SHEET, sheet=sheet.title))
        elif (headings := headings_of(sheet, table, translate)) is not None:
            yield sheet, headings
        else:
            desk.note(say(OTHER_SHEET, sheet=sheet.title))


class _Filing:
    """The rows that were taken so far, and where each identity stood first."""

    def __init__(self, desk: Desk, table: Table) -> None:
        self.desk, self.table = desk, table
        self.rows: list[Row] = []
        self.stood: dict[tuple[Typed, ...], tuple[str, int]] = {}

    def take(self, sheet: Sheet, headings: Headings) -> None:
        """All rows of one sheet below its headings."""
        self._columns(sheet, headings)
        self._merged(sheet, headings)
        for number in sorted(row for row in sheet.rows if row > headings.row):
            cells = sheet.rows[number]
            if not any(place in cells for place in headings.places.values()):
                continue
            first = said(cells[min(cells)])
            if _ASIDE.match(first) or _repeats(cells, headings):
                self.desk.note(say(ROWS_ASIDE, row=number, sheet=sheet.title, text=first[:SHOWN]))
            else:
                self._row(sheet, headings, number, cells)

    def _columns(self, sheet: Sheet, headings: Headings) -> None:
        """What the headings themselves leave to say."""
        desk = self.desk
        for text, place in headings.strangers:
            desk.note(say(STRANGER, column=text[:SHOWN], cell=address(headings.row, place)))
        for text, place in headings.twice:
            cell = address(headings.row, place)
            desk.wrong(ColumnTwice(file=desk.file, sheet=sheet.title, cell=cell, row=headings.row, column=text))
        for column in self.table.columns:
            called = heading(column.name, self.table)
            if column.name in desk.given:
                desk.note(say(GIVEN, column=called, value=desk.given[column.name]))
            elif column.name in headings.places:
                continue
            elif column.kind == "key" or column.name in self.table.identity:
                desk.wrong(NoKeyColumn(file=desk.file, sheet=sheet.title, row=headings.row, column=called))
            else:
                desk.note(say(UNREPORTED, column=called))

    def _merged(self, sheet: Sheet, headings: Headings) -> None:
        places = set(headings.places.values())
        for area in sheet.merged:
            if area.bottom <= headings.row or area.top > sheet.last_row:
                continue
            first = sheet.rows.get(area.top, {})
            if first and _ASIDE.match(said(first[min(first)])):
                continue
            if places & set(range(area.left, min(area.right, sheet.last_column) + 1)):
                cell = address(area.top, area.left)
                self.desk.wrong(
                    CellsMerged(file=self.desk.file, sheet=sheet.title, cell=cell, row=area.top, value=area.shown)
                )

    def _row(self, sheet: Sheet, headings: Headings, number: int, cells: Mapping[int, Cell]) -> None:
        values: dict[str, Typed] = {}
        settled = True
        for column in self.table.columns:
            place = headings.places.get(column.name)
            if place is None:
                values[column.name] = self.desk.given.get(column.name)
                continue
            spot = Spot(sheet.title, number, address(number, place), headings.texts[column.name])
            value = self.desk.value(cells.get(place), column, self.table, spot)
            if isinstance(value, Unsettled):
                settled = settled and column.name not in self.table.identity
                value = None
            values[column.name] = value
        if settled:
            self._once(sheet, headings, number, values)
        self.rows.append(Row(number, values, sheet.title))

    def _once(self, sheet: Sheet, headings: Headings, number: int, values: Mapping[str, Typed]) -> None:
        """A row about what another row is about is a fault that names both."""
        identity = tuple(values[name] for name in self.table.identity)
        before = self.stood.setdefault(identity, (sheet.title, number))
        if before == (sheet.title, number):
            return
        place = min(headings.places[name] for name in self.table.identity if name in headings.places)
        other = address(before[1], place)
        columns = tuple(heading(name, self.table) for name in self.table.identity)
        self.desk.wrong(
            StoodBefore(
                file=self.desk.file, sheet=sheet.title, row=number, cell=address(number, place),
                value=" · ".join(str(part) for part in identity), columns=columns,
                other=other if before[0] == sheet.title else f"{before[0]} {other}",
            )
        )  # fmt: skip


def _repeats(cells: Mapping[int, Cell], headings: Headings) -> bool:
    """Whether a row is the headings again, as on the second page of a print."""
    same = [place for name, place in headings.places.items()
            if place in cells and cells[place].text.strip() == headings.texts[name]]  # fmt: skip
    return len(same) > 1
