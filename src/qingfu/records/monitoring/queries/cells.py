"""Cells: whether a value is one that its column may hold; the register judges whatever way a report came."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from qingfu.base.words import N_
from qingfu.rules.tables import Column

NOT_WHOLE = N_("Write a whole number, not below 0.")
TOO_MUCH = N_("At most {most}.")
NOT_YES_NO = N_("Answer yes or no.")
NOT_A_DAY = N_("Write a day.")
NOT_AMONG = N_("Choose one of these: {among}.")
NO_WORD = N_("Write a word of at most {most} characters.")
LONGEST_WORD = 20
END_OF_DAY = 24 * 60


@dataclass(frozen=True)
class CellFault:
    """What is wrong with a cell, as an English msgid and its facts."""

    says: str
    facts: dict[str, object] = field(default_factory=dict)


def cell_of(column: Column, value: object) -> tuple[object, CellFault | None]:
    """The value as the column holds it, None where nothing was reported; or what is wrong with it."""
    if value is None or value == "":
        return None, None
    if column.kind in ("whole", "clock"):
        return _number(column, value)
    if column.kind == "yes-no":
        return (value, None) if isinstance(value, bool) else (None, CellFault(NOT_YES_NO))
    if column.kind == "day":
        return (value, None) if type(value) is date else (None, CellFault(NOT_A_DAY))
    return _word(column, value)


def _number(column: Column, value: object) -> tuple[object, CellFault | None]:
    most = column.most if column.most is not None else END_OF_DAY if column.kind == "clock" else 32_767
    if type(value) is not int or value < 0:
        return None, CellFault(NOT_WHOLE)
    return (value, None) if value <= most else (None, CellFault(TOO_MUCH, {"most": most}))


def _word(column: Column, value: object) -> tuple[object, CellFault | None]:
    text = str(value).strip()
    if column.among and text not in column.among:
        return None, CellFault(NOT_AMONG, {"among": "、".join(column.among)})
    if len(text) > LONGEST_WORD:
        return None, CellFault(NO_WORD, {"most": LONGEST_WORD})
    return text or None, None
