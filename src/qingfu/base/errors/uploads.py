"""Errors of files from outside: refused whole, nothing half-imported."""

from __future__ import annotations

from qingfu.base.errors.deciding import Full
from qingfu.base.errors.root import QingfuError
from qingfu.base.words import N_


class Hostile(QingfuError):
    """A file that is refused. Facts: name, reason."""

    code = "QF-FILE"
    says = N_("The file {name} is refused: {reason}.")
    do = N_("Hand in a photo, a PDF, a Word or an Excel file.")


class TooBig(Hostile):
    """Facts: name, size, most (both in megabytes)."""

    code = "QF-FILE-BIG"
    says = N_("The file {name} has {size} MB; at most {most} MB are taken.")
    do = N_("Make the photo smaller or split the document.")


class KindNotTaken(Hostile):
    """Facts: name, kind."""

    code = "QF-FILE-KIND"
    says = N_("Files of this kind are not taken: {name}.")


class OtherContent(Hostile):
    """The content is not what the name says. Facts: name."""

    code = "QF-FILE-CONTENT"
    says = N_("The content of {name} is not what its name says.")
    do = N_("Save it again from the program that made it, and hand in that file.")


class Bomb(Hostile):
    """A small file that unpacks into a huge one. Facts: name."""

    code = "QF-FILE-BOMB"
    says = N_("The file {name} unpacks into far more than it may.")


class NotReadable(Hostile):
    """Facts: name."""

    code = "QF-FILE-UNREADABLE"
    says = N_("The file {name} cannot be read; it may be damaged or locked by a password.")
    do = N_("Open it, remove the password, save it again and hand in that file.")


class PhotoUnclear(Hostile):
    """Nothing on the photograph can be told to be a timetable."""

    code = "QF-PHOTO"
    says = N_("No timetable can be made out on this photograph.")
    do = N_("Take it again: straight from the front, the whole sheet in it, no shadow, no reflection. Or type it in.")


class ReaderBusy(Full):
    """Photographs are read one at a time."""

    code = "QF-PHOTO-BUSY"
    says = N_("Another photograph is being read just now.")
    do = N_("Nothing was kept. Send it again in a minute.")


class SheetRefused(Hostile):
    """A workbook that cannot be read as a table. Facts: name, sheet, cell."""

    code = "QF-SHEET"
    says = N_("The table in {name} cannot be read.")
    do = N_("Use the template, and paste values only.")


class MergedCells(SheetRefused):
    """Facts: name, sheet, cells."""

    code = "QF-SHEET-MERGED"
    says = N_("Merged cells in “{sheet}”: {cells}. Nothing was imported.")
    do = N_("Unmerge them and fill every row, then hand in the file again.")


class Formulas(SheetRefused):
    """Facts: name, sheet, cells."""

    code = "QF-SHEET-FORMULA"
    says = N_("Formulas in “{sheet}”: {cells}. Nothing was imported.")
    do = N_("Copy, paste as values, then hand in the file again.")


class ColumnsDiffer(SheetRefused):
    """Facts: name, missing, unknown."""

    code = "QF-SHEET-COLUMNS"
    says = N_("The columns differ from the template. Missing: {missing}. Unknown: {unknown}.")
    do = N_("Download the template again and fill it without changing its first row.")


class RowsFaulty(SheetRefused):
    """Facts: name, rows."""

    code = "QF-SHEET-ROWS"
    says = N_("Some rows cannot be taken: {rows}. Nothing was imported.")
    do = N_("Correct the rows marked in the preview and hand in the file again.")
