"""Errors of files of school data: file, row, column, what stands there and what to write instead."""

from __future__ import annotations

from collections.abc import Iterable

from qingfu.base.errors.deciding import NotFound
from qingfu.base.errors.root import QingfuError
from qingfu.base.errors.uploads import Hostile
from qingfu.base.words import N_, Translate, as_they_are, fill

INSTEAD = N_("Write instead: {suggestion}.")
ROW, COLUMN = N_("row {row}"), N_("column {column}")
CELL = N_("sheet “{sheet}”, cell {cell}")
MORE = N_("{fault} And {count} more like it in this column.")


class DataFault(Hostile):
    """One fault in one place. ``row`` counts as a spreadsheet does, the names of the columns being row 1; 0 = the file.

    ``column`` is the name as the file writes it; ``sheet`` and ``cell`` (as C7) stand where a workbook has them;
    ``unsaid`` says on the last example how many more there are.
    """

    code = "QF-DATA"
    says = N_("This cannot be read: “{value}”.")
    do = N_("Correct the file and check again.")

    def __init__(
        self,
        *,
        file: str,
        row: int = 0,
        column: str = "",
        value: object = None,
        instead: str | None = None,
        unsaid: int = 0,
        sheet: str = "",
        cell: str = "",
        clause: str | None = None,
        **facts: object,
    ) -> None:
        super().__init__(clause=clause, file=file, row=row, column=column, value=value, **facts)
        self.file, self.row, self.column, self.value = file, row, column, value
        self.instead, self.unsaid, self.sheet, self.cell = instead, unsaid, sheet, cell

    def place(self, translate: Translate = as_they_are) -> str:
        """Where: the file, the cell or the row, and the column, as far as there are any."""
        row = fill(ROW, {"row": self.row}, translate) if self.row else ""
        if self.cell:
            row = fill(CELL, {"sheet": self.sheet, "cell": self.cell}, translate)
        column = fill(COLUMN, {"column": self.column}, translate) if self.column else ""
        return " ".join(part for part in (self.file, row, column) if part)

    def next_step(self, translate: Translate = as_they_are) -> str:
        """The suggestion where there is one, then what to do next."""
        return fill(INSTEAD, {"suggestion": self.instead}, translate) if self.instead else super().next_step(translate)

    def text(self, translate: Translate = as_they_are) -> str:
        """The place, then the paragraph."""
        said = f"{self.place(translate)}: {super().text(translate)}"
        return fill(MORE, {"fault": said, "count": self.unsaid}, translate) if self.unsaid else said


class DataMissing(DataFault):
    """Facts: tables."""

    code = "QF-DATA-NONE"
    says = N_("The folder holds no file that the limits read; they read: {tables}.")
    do = N_("Put them there under these names, as .csv or .parquet.")


class FileUnknown(DataFault):
    """A note, no fault: a file that is named like no table."""

    code = "QF-DATA-FILE-UNKNOWN"
    says = N_("No table is called so; the file is passed over.")
    do = N_("Nothing need be done.")


class DataTwice(DataFault):
    """Facts: table, files."""

    code = "QF-DATA-TWICE"
    says = N_("The table {table} is there more than once: {files}.")
    do = N_("Keep the one that holds and take the others out of the folder.")


class DataKind(DataFault):
    """A file of a kind that is not read."""

    code = "QF-DATA-KIND"
    says = N_("Tables are read from .csv and .parquet only.")
    do = N_("Open it and save it as CSV (UTF-8) under the same name.")


class DataContent(DataFault):
    """Facts: kind (a Word)."""

    code = "QF-DATA-CONTENT"
    says = N_("The content is not what the ending says: this is {kind}.")
    do = N_("Open it in the program that made it and save it as CSV (UTF-8); a new ending changes no content.")


class DataUnreadable(DataFault):
    """Facts: problem (a Word)."""

    code = "QF-DATA-UNREADABLE"
    says = N_("The file cannot be read: {problem}.")
    do = N_("Save it again as CSV (UTF-8) from the program that made it.")


class DataEmpty(DataFault):
    """Not even the names of the columns are there."""

    code = "QF-DATA-EMPTY"
    says = N_("The file is empty.")
    do = N_("Write the names of the columns in the first row; if nothing happened, leave it at that row.")


class DataHeader(DataFault):
    """Facts: found (the row in which the names stand, 0 = nowhere), columns."""

    code = "QF-DATA-HEADER"
    says = N_("The first row does not hold the names of the columns; they stand in row {found}.")
    do = N_("Delete the rows above it: titles and notes belong in another file.")


class DataHeaderMissing(DataFault):
    """Facts: columns."""

    code = "QF-DATA-NO-HEADER"
    says = N_("The first row names no column of this table.")
    do = N_("Write the names of the columns in the first row, with commas between: {columns}.")


class ColumnMissing(DataFault):
    """Facts: says (a Word), limits."""

    code = "QF-DATA-COLUMN"
    says = N_("The column {column} ({says}) is missing; these limits need it: {limits}.")
    do = N_("Add the column; an empty cell means: not reported.")


class ColumnTwice(DataFault):
    """Two columns that mean the same."""

    code = "QF-DATA-COLUMN-TWICE"
    says = N_("Two columns are called so.")
    do = N_("Keep the one that holds.")


class ColumnUnknown(DataFault):
    """A note, no fault."""

    code = "QF-DATA-COLUMN-UNKNOWN"
    says = N_("This table knows no such column; it is passed over.")
    do = N_("Nothing need be done.")


class ColumnType(DataFault):
    """Facts: expected."""

    code = "QF-DATA-TYPE"
    says = N_("The column holds {value}; expected: {expected}.")
    do = N_("Write the file again with that type.")


class NotADay(DataFault):
    """A text that is no day as 2024-03-05."""

    code = "QF-DATA-DAY"
    says = N_("“{value}” is not a day.")
    do = N_("Write the day as 2024-03-05.")


class NotANumber(DataFault):
    """Anything but a whole number."""

    code = "QF-DATA-NUMBER"
    says = N_("“{value}” is not a whole number.")
    do = N_("Write the digits only, without unit; leave the cell empty if it is not known.")


class Negative(DataFault):
    """A number below nought."""

    code = "QF-DATA-NEGATIVE"
    says = N_("“{value}” is negative.")
    do = N_("Write what it was, or leave the cell empty if it is not known.")


class Excess(DataFault):
    """Facts: most."""

    code = "QF-DATA-MOST"
    says = N_("“{value}” cannot be; at most {most}.")
    do = N_("Write what it was, or leave the cell empty if it is not known.")


class NotAmong(DataFault):
    """Facts: among."""

    code = "QF-DATA-WORD"
    says = N_("“{value}” never stands in this column.")
    do = N_("Write one of: {among}.")


class NotYesNo(DataFault):
    """Neither yes nor no."""

    code = "QF-DATA-YES-NO"
    says = N_("“{value}” is neither yes nor no.")
    do = N_("Write true or false, 是 or 否; leave the cell empty if it is not known.")


class NotAClock(DataFault):
    """No time of day."""

    code = "QF-DATA-CLOCK"
    says = N_("“{value}” is not a time of day.")
    do = N_("Write it as 8:20.")


class FailedFormula(DataFault):
    """What a spreadsheet leaves of a formula."""

    code = "QF-DATA-FORMULA"
    says = N_("“{value}” is a formula, or what is left of one that failed.")
    do = N_("Copy the column, paste it as values, and save the file again.")


class KeyEmpty(DataFault):
    """Nothing says what the row is about."""

    code = "QF-DATA-KEY"
    says = N_("Nothing stands here, so nobody knows what the row is about.")
    do = N_("Fill the cell or delete the row.")


class RowTwice(DataFault):
    """Facts: other (a row), columns."""

    code = "QF-DATA-DUPLICATE"
    says = N_("“{value}” stands in row {other} too; {columns} together may stand only once.")
    do = N_("Keep one of the rows.")


class RowBroken(DataFault):
    """Facts: found, expected (numbers of cells)."""

    code = "QF-DATA-ROW"
    says = N_("The row has {found} cells, the first row has {expected}.")
    do = N_("Put a cell that holds a comma or a line end in quotation marks, or save the file again as CSV.")


class NotChecked(DataFault):
    """A note, no fault. Facts: rows, most."""

    code = "QF-DATA-NOT-CHECKED"
    says = N_("{rows} rows: whether one stands there twice was not checked (only up to {most}).")
    do = N_("Make sure of it where the file is made.")


class ClassUnknown(DataFault):
    """A note, no fault. Facts: count, some."""

    code = "QF-DATA-CLASS"
    says = N_("{count} classes are not in the table of classes, such as {some}; their grade is not known.")
    do = N_("Add them to the table of classes.")


class ReadAs(DataFault):
    """A note, no fault. Facts: encoding."""

    code = "QF-DATA-ENCODING"
    says = N_("The file is not UTF-8 and was read as {encoding}.")
    do = N_("Nothing need be done if the Chinese in it is shown right.")


class FaultyData(QingfuError):
    """Files with faults, the first of each kind in ``errors``; nothing was judged."""

    code = "QF-DATA-FAULTY"
    says = N_("The files have {count} faults; nothing was judged.")
    do = N_("Correct them and check again.")

    def __init__(self, errors: Iterable[DataFault], *, clause: str | None = None) -> None:
        self.errors: tuple[DataFault, ...] = tuple(errors)
        self.total = sum(1 + one.unsaid for one in self.errors)
        super().__init__(clause=clause, count=self.total)


class NoSuchFinding(NotFound):
    """Facts: finding, known."""

    code = "QF-FINDING"
    says = N_("No limit can be meant by “{finding}”.")
    do = N_("Write it as the check shows it, such as: {known}.")
