"""Errors of school data filed by sheet: sheet, cell, what stands there and what to write instead."""

from __future__ import annotations

from qingfu.base.errors.schooldata import DataFault
from qingfu.base.words import N_


class FiledKind(DataFault):
    """A file of a kind that is not read. Facts: kind (a Word)."""

    code = "QF-FILED-KIND"
    says = N_("This is {kind}; school data is read from .xlsx and .csv.")
    do = N_("Open it, choose “Save as” and the type “Excel workbook (.xlsx)”, and hand in that file.")


class FiledBroken(DataFault):
    """Facts: problem (a Word)."""

    code = "QF-FILED-BROKEN"
    says = N_("The file cannot be read: {problem}.")
    do = N_("Open it, take off any password, save it again as .xlsx and hand in that file.")


class FiledHuge(DataFault):
    """Facts: most (megabytes)."""

    code = "QF-FILED-HUGE"
    says = N_("The file, packed or unpacked, is larger than a table of a school can be (at most {most} MB).")
    do = N_("Copy the filled rows only into a new sheet, without pictures, and hand in that file.")


class FiledLong(DataFault):
    """Facts: most."""

    code = "QF-FILED-ROWS"
    says = N_("There are more than {most} filled rows.")
    do = N_("Hand in several files, one month or one grade in each.")


class FiledEmpty(DataFault):
    """Nothing is filled in anywhere."""

    code = "QF-FILED-EMPTY"
    says = N_("No row is filled in.")
    do = N_("Fill in the rows below the headings, save the file and hand it in again.")


class NoHeadings(DataFault):
    """Facts: columns."""

    code = "QF-FILED-HEADINGS"
    says = N_("None of the first ten rows holds the headings of this table.")
    do = N_("Use the template, or write these headings in one row: {columns}.")


class NoKeyColumn(DataFault):
    """A column without which nobody knows what a row is about."""

    code = "QF-FILED-COLUMN"
    says = N_("The column “{column}” is missing; without it nobody knows what a row is about.")
    do = N_("Add the column and fill it in every row.")


class CellsMerged(DataFault):
    """Cells merged below the headings."""

    code = "QF-FILED-MERGED"
    says = N_("The cells {value} are merged; each row must say for itself what it is about.")
    do = N_("Unmerge them and fill every row.")


class NoResult(DataFault):
    """A formula that was never calculated."""

    code = "QF-FILED-FORMULA"
    says = N_("The formula here was never calculated, so there is no value.")
    do = N_("Open the file, let it calculate, save it; or paste the column as values.")


class StoodBefore(DataFault):
    """Facts: other (a cell), columns."""

    code = "QF-FILED-TWICE"
    says = N_("“{value}” stands in {other} too; {columns} together may stand only once.")
    do = N_("Keep one of the two rows.")


class LostDigits(DataFault):
    """A long number that the workbook keeps as a number, without its last digits."""

    code = "QF-FILED-DIGITS"
    says = N_("“{value}”: the workbook took this for an amount; the last digits are lost or not to be trusted.")
    do = N_("Make the column a text column, enter the numbers again from where they came, and save the file.")


class NotAName(DataFault):
    """Facts: most (characters)."""

    code = "QF-FILED-TEXT"
    says = N_("“{value}” is longer than {most} characters or holds signs that cannot be read.")
    do = N_("Write it shorter, in ordinary characters, on one line.")


class SeveralNames(DataFault):
    """Two children in one cell."""

    code = "QF-FILED-SEVERAL"
    says = N_("“{value}” seems to name more than one pupil.")
    do = N_("Give every pupil a row of its own; that they are twins is entered after the list is taken.")


class NotALevel(DataFault):
    """Facts: most (points)."""

    code = "QF-FILED-LEVEL"
    says = N_("“{value}” is no level: points from 0 to {most}, in whole or half points.")
    do = N_("Write points such as 87.5; leave the whole column empty where there are none.")


class TooDoubtful(DataFault):
    """Facts: most."""

    code = "QF-FILED-DOUBTS"
    says = N_(
        "More than {most} different texts in it could mean several things; nobody can answer that many questions."
    )
    do = N_("Use the template, and choose classes and words from its lists.")


class NoTimetable(DataFault):
    """A sheet in which no timetable is seen."""

    code = "QF-TIMETABLE"
    says = N_("No timetable is seen here: there is neither a row nor a column of weekdays that goes with periods.")
    do = N_("Write the weekdays in one row and the periods in one column, or use the template of the table.")


class ClassTwice(DataFault):
    """Facts: other (a cell)."""

    code = "QF-TIMETABLE-CLASS"
    says = N_("The class {value} has a timetable in {other} too.")
    do = N_("Keep the one that holds.")


class PeriodUnclear(DataFault):
    """A line of lessons of which nobody knows the period."""

    code = "QF-TIMETABLE-PERIOD"
    says = N_("Lessons stand here, but which period of the day it is is not said.")
    do = N_("Write the number of the period at the head of the line, such as 第3节.")


class PeriodAgain(DataFault):
    """A period that another line of the day has too."""

    code = "QF-TIMETABLE-AGAIN"
    says = N_("The period “{value}” stands twice in one day.")
    do = N_("Number the periods of a day from 1 to the last, or write 上午 and 下午 before them.")
