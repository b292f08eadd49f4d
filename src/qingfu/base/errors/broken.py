"""Errors of things that must never be wrong: the journal's chain, records, tables, shipped data."""

from __future__ import annotations

from qingfu.base.errors.root import QingfuError
from qingfu.base.words import N_


class Broken(QingfuError):
    """Evidence or shipped data does not hold together. Facts: what."""

    code = "QF-BROKEN"
    says = N_("This does not hold together: {what}.")
    do = N_("Stop and keep everything as it is; call whoever looks after the installation.")


class ChainBroken(Broken):
    """The journal's chain fails at ``row``. Facts: row."""

    code = "QF-CHAIN"
    says = N_("The journal does not hold at row {row}.")
    do = N_("Keep the file and the printed head; compare with the last backup.")

    def __init__(self, *, row: int, clause: str | None = None, **facts: object) -> None:
        super().__init__(clause=clause, row=row, **facts)
        self.row = row


class RowChanged(ChainBroken):
    """What the row says is not what was sealed."""

    code = "QF-CHAIN-CHANGED"
    says = N_("Row {row} of the journal was changed after it was sealed.")


class RowDropped(ChainBroken):
    """The row is gone while later ones stand."""

    code = "QF-CHAIN-DROPPED"
    says = N_("Row {row} of the journal is missing.")


class RowAdded(ChainBroken):
    """A row that was never sealed there, or stands twice."""

    code = "QF-CHAIN-ADDED"
    says = N_("Row {row} of the journal was added afterwards.")


class RowMoved(ChainBroken):
    """A genuine row in another place than it was sealed in."""

    code = "QF-CHAIN-MOVED"
    says = N_("Row {row} of the journal stands in another place than it was sealed in.")


class TailCut(ChainBroken):
    """The chain ends before the printed head. Facts: row (first missing), head."""

    code = "QF-CHAIN-TAIL"
    says = N_("The journal ends before row {row}, but the printed head is {head}.")


class Rewritten(ChainBroken):
    """The chain is consistent, but not the one whose head was printed. Facts: row, head."""

    code = "QF-CHAIN-REWRITTEN"
    says = N_("The journal was written anew: row {row} is not the one of the printed head {head}.")


class BadHead(Broken):
    """A head is printed as ``n:digest``. Facts: head."""

    code = "QF-CHAIN-HEAD"
    says = N_("This is not a head of the journal: {head}.")
    do = N_("Copy it as printed: the number, a colon, 64 characters.")


class Unsayable(Broken):
    """A value that has no canonical form. Facts: where, kind."""

    code = "QF-CANON"
    says = N_("The record cannot be written down exactly: {kind} at {where}.")
    do = N_("Use text, whole numbers, decimals, days, aware instants, lists and maps only.")


class BadTable(Broken):
    """A transition table that contradicts itself. Facts: table, problem."""

    code = "QF-TABLE"
    says = N_("The table of states “{table}” contradicts itself: {problem}.")
    do = N_("Correct the table; nothing runs with it until then.")


class BadYear(Broken):
    """A year file that cannot be used. Facts: file, problem."""

    code = "QF-YEAR"
    says = N_("The calendar file {file} cannot be used: {problem}.")
    do = N_("Correct the file, or remove it: the year is then provisional.")


class BadTerm(Broken):
    """A term that contradicts itself. Facts: problem."""

    code = "QF-TERM"
    says = N_("This date rule contradicts itself: {problem}.")
    do = N_("Correct the rule in the plan pack.")


class NotForTheLog(Broken):
    """An operator event would have carried text about people. Facts: event, key."""

    code = "QF-EVENT-LOG"
    says = N_("The event {event} may not carry this: {key}.")
    do = N_("Log numbers and short tokens only; people and secrets belong in the journal.")
