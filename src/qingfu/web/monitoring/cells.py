"""One cell on a form: drawn for a thumb, read as its column holds it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from unicodedata import normalize

from django.utils.translation import gettext as _

from qingfu.base.errors import FieldFault
from qingfu.base.words import N_
from qingfu.rules import phrases
from qingfu.rules.tables import Column

NOT_A_CLOCK = N_("Write a time of day, such as 8:20.")
# Facts that are so seldom true that the form asks only to tick them; unticked says: no.
FLAGS = frozenset({
    "rest", "parent-marked", "punitive", "ranked", "entrance", "early-study", "day-pupils", "teaching", "paid",
    "after-school-service", "experimental",
})  # fmt: skip
_CLOCK = re.compile(r"([01]?\d|2[0-4])[:：]?([0-5]\d)")


@dataclass(frozen=True)
class Drawn:
    """A cell as drawn: ``kind`` is number, clock, flag, yes-no, choice or word; a flag's value is "yes" or nothing."""

    name: str
    kind: str
    label: str
    value: str = ""
    unit: str = ""
    options: tuple[tuple[str, str], ...] = ()
    fault: str = ""
    row: str = ""


def drawn(column: Column, name: str, value: object, *, row: str = "", fault: str = "") -> Drawn:
    """A column drawn with a value: one that stands, or one that was typed."""
    unit = _(phrases.UNITS[column.unit]) if column.unit in phrases.UNITS else ""
    options = tuple((word, phrases.cell(word, column, _)) for word in column.among)
    return Drawn(name, kind_of(column), phrases.short(column, _), written(column, value), unit, options, fault, row)


def heading(column: Column) -> str:
    """A column over its numbers: what it is called, and in what it is counted."""
    says = phrases.short(column, _)
    if column.kind != "whole" or column.unit not in phrases.UNITS:
        return says
    return _("{what} ({unit})").format(what=says, unit=_(phrases.UNITS[column.unit]))


def kind_of(column: Column) -> str:
    """How a column is asked for."""
    if column.kind == "yes-no":
        return "flag" if column.name in FLAGS else "yes-no"
    if column.kind == "word":
        return "choice" if column.among else "word"
    return {"whole": "number", "clock": "clock"}.get(column.kind, "word")


def written(column: Column, value: object) -> str:
    """A value as the form writes it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if column.kind == "clock" and isinstance(value, int):
        return f"{value // 60:02d}:{value % 60:02d}"
    return str(value)


def read(column: Column, sent: Mapping[str, str], name: str) -> tuple[object, FieldFault | None]:
    """What was sent for a cell, None where nothing was; the register judges it. Full-width figures count as figures."""
    text = normalize("NFKC", sent.get(name, "")).strip()
    kind = kind_of(column)
    if kind == "flag":
        return text == "yes", None
    if kind == "yes-no":
        return {"yes": True, "no": False}.get(text), None
    if not text:
        return None, None
    if kind == "clock":
        found = _CLOCK.fullmatch(text)
        return (int(found[1]) * 60 + int(found[2]), None) if found else (None, FieldFault(name, NOT_A_CLOCK))
    if kind == "number":
        return (int(text) if text.isascii() and text.isdigit() and len(text) < 8 else text), None
    return sent.get(name, "").strip(), None
