"""What the source leaves open and what was assumed: named places the bureau fills before a plan is in force."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from qingfu.base.days import read_day
from qingfu.base.errors import FieldFault, Invalid, NotFound
from qingfu.base.words import N_
from qingfu.packfile.paths import at, name_of, parts, path_of, put, walk
from qingfu.packfile.words.pack import Pack
from qingfu.packfile.words.when import OnDate, UndatedDay
from qingfu.packfile.words.word import Entry, Quantity
from qingfu.packfile.yamltext import Path

WHOLE_NUMBER = N_("Write a whole number.")
AT_LEAST = N_("Write at least {least}.")
AT_MOST = N_("Write at most {most}.")
SOME_TEXT = N_("Write something here.")

# What never waits for a bureau: words of the pack about itself, not of the plan.
_NOT_OURS = ("situations", "advisories")


@dataclass(frozen=True)
class Blank:
    """One place the source leaves open. ``name`` is stable (`routes.annual.steps.experts.need.opinions`)."""

    name: str
    asks: str
    holds: Literal["number", "text", "day"]
    clause: str | None
    unit: str | None = None
    least: int | None = None
    most: int | None = None


@dataclass(frozen=True)
class Assumption:
    """One value we assumed where the source is damaged or silent; it shows as assumed until the bureau sets it.

    ``holds`` is empty where the place cannot be set, such as a reading of a damaged document number.
    """

    name: str
    value: str
    unit: str | None
    clause: str | None
    holds: Literal["number", "text", "day", ""] = ""


def open_blanks(pack: Pack) -> tuple[Blank, ...]:
    """Every blank still open, in the order of the pack."""
    return tuple(_blanks(pack))


def _blanks(pack: Pack) -> Iterator[Blank]:
    for path, part in _ours(pack):
        if (blank := _blank_at(pack, path, part)) is not None:
            yield blank


def _ours(pack: Pack) -> Iterator[tuple[Path, object]]:
    """Every part that a bureau may set something in, with its tree path."""
    for key, part in parts(pack):
        if key not in _NOT_OURS:
            yield from walk(part, (key,))


def _blank_at(pack: Pack, path: Path, part: object) -> Blank | None:
    if not isinstance(part, (Quantity, Entry, UndatedDay)) or part.blank is None:
        return None
    name, clause = name_of(pack, path), _clause(pack, path)
    if isinstance(part, Quantity):
        return Blank(name, part.blank, "number", clause, part.unit, part.least, part.most)
    return Blank(name, part.blank, "text" if isinstance(part, Entry) else "day", clause)


def assumptions(pack: Pack) -> tuple[Assumption, ...]:
    """Every value marked as assumed, in the order of the pack."""
    found = []
    for path, part in _ours(pack):
        if getattr(part, "certainty", None) != "assumed":
            continue
        unit = part.unit if isinstance(part, Quantity) else None
        name = name_of(pack, path)
        place = _settable(name, part)
        found.append(Assumption(name, _shown(part), unit, _clause(pack, path), place.holds if place else ""))
    return tuple(found)


def _shown(part: object) -> str:
    for field in ("value", "date", "text", "each", "at_least", "organ", "document", "id"):
        said = getattr(part, field, None)
        if said is not None:
            return str(said)
    return "–".join(str(getattr(part, field)) for field in ("from_", "until") if getattr(part, field, None))


def _clause(pack: Pack, path: Path) -> str | None:
    """The clause of the innermost object on the path that names one."""
    for length in range(len(path), 0, -1):
        if said := getattr(at(pack, path[:length]), "clause", None):
            return "、".join(said)
    return None


def take(blank: Blank, text: str) -> Quantity | Entry | OnDate:
    """What the bureau's answer is worth in the place of the blank; raises Invalid or NoSuchDay."""
    said = text.strip()
    if blank.holds == "day":
        return OnDate(date=read_day(said).isoformat())
    if not said:
        raise Invalid(FieldFault(blank.name, SOME_TEXT), clause=blank.clause)
    if blank.holds == "text":
        return Entry(text=said)
    return Quantity(value=_number(blank, said), unit=blank.unit, least=blank.least, most=blank.most)


def _number(blank: Blank, said: str) -> int:
    if not (said.isascii() and said.removeprefix("-").isdigit() and len(said) <= 9):
        raise Invalid(FieldFault(blank.name, WHOLE_NUMBER), clause=blank.clause)
    value = int(said)
    if blank.least is not None and value < blank.least:
        raise Invalid(FieldFault(blank.name, AT_LEAST, {"least": blank.least}), clause=blank.clause)
    if blank.most is not None and value > blank.most:
        raise Invalid(FieldFault(blank.name, AT_MOST, {"most": blank.most}), clause=blank.clause)
    return value


def fill(pack: Pack, name: str, text: str) -> Pack:
    """The pack with one place set by the bureau; raises NotFound for a name that stands for no such place.

    A value marked as assumed may be set in the same way: the bureau knows better.
    """
    path = path_of(pack, name)
    if path is None or not path:
        raise NotFound(what=name)
    part = at(pack, path)
    blank = _blank_at(pack, path, part) or _settable(name, part)
    if blank is None:
        raise NotFound(what=name)
    value = take(blank, text)
    if isinstance(part, (UndatedDay, OnDate)) and isinstance(value, OnDate):
        kept = {field: getattr(part, field) for field in ("includes_day", "on_rest_day", "if_late")}
        value = value.model_copy(update=kept)
    filled: Pack = put(pack, path, value)
    return filled


def _settable(name: str, part: object) -> Blank | None:
    if getattr(part, "certainty", None) != "assumed":
        return None
    if isinstance(part, Quantity):
        return Blank(name, "", "number", None, part.unit, part.least, part.most)
    if isinstance(part, Entry):
        return Blank(name, "", "text", None)
    return Blank(name, "", "day", None) if isinstance(part, OnDate) else None


def filled(pack: Pack, fills: Mapping[str, str]) -> Pack:
    """The pack with all these places set."""
    for name, text in fills.items():
        pack = fill(pack, name, text)
    return pack
