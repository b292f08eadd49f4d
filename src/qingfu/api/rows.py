"""Rows: a typed model for each table of `qingfu.rules.tables`; what a program writes in a cell, and what it may not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
    StrictInt,
    StrictStr,
    StringConstraints,
    ValidationError,
    WithJsonSchema,
    create_model,
)

from qingfu.api.ground import Ground
from qingfu.base.days import read_day
from qingfu.base.errors import FieldFault, Invalid, NoSuchDay
from qingfu.base.words import N_
from qingfu.records.monitoring.actions.filing import EMPTY, MOST_ROWS, NOTHING, TOO_MANY
from qingfu.records.monitoring.queries.cells import (
    LONGEST_WORD,
    NO_WORD,
    NOT_A_DAY,
    NOT_AMONG,
    NOT_WHOLE,
    NOT_YES_NO,
    TOO_MUCH,
)
from qingfu.rules.tables import BY_NAME, CLASSES, TABLES, Column, Table

NOT_ROWS = N_("Write the rows as a list of objects.")
NO_ROW = N_("A row is an object whose names are those of the columns.")
NO_COLUMN = N_("This table has no such column.")
NOT_A_CLOCK = N_("Write a time of day, such as 7:50.")
NOT_A_CLASS = N_("Write the name of a class, or its id as a number.")
# So many faults are looked for; a program that makes more will make them again.
MOST_FAULTS = 500
LARGEST = 32_767
CLASS_NAME = 24
CLOCK = r"([01]?\d|2[0-3]):[0-5]\d"
# No text of a database can hold a NUL, and no word has a line end in it.
_ONE_LINE = r"^[^\x00-\x1f\x7f]*$"
Word_ = Annotated[StrictStr, StringConstraints(min_length=1, max_length=LONGEST_WORD, pattern=_ONE_LINE)]
ClassName = Annotated[StrictStr, StringConstraints(min_length=1, max_length=CLASS_NAME, pattern=_ONE_LINE)]
# What schools report: the classes, and every table whose rows belong to one.
REPORTED = tuple(one for one in TABLES if one.name not in (CLASSES, "sample"))


def _day(said: object) -> date:
    try:
        return read_day(str(said))
    except NoSuchDay:
        raise ValueError("day") from None


def _clock(said: object) -> int:
    if not isinstance(said, str) or not re.fullmatch(CLOCK, said, re.ASCII):
        raise ValueError("clock")
    hours, _, minutes = said.partition(":")
    return int(hours) * 60 + int(minutes)


_DAY_TYPE = Annotated[date, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
_CLOCK_TYPE = Annotated[int, BeforeValidator(_clock), WithJsonSchema({"type": "string", "pattern": f"^{CLOCK}$"})]


def _type_of(column: Column, table: Table) -> Any:
    if column.name == "class":
        return ClassName if table.name == CLASSES else StrictInt | ClassName
    if column.kind == "whole":
        return Annotated[StrictInt, Field(ge=0, le=column.most if column.most is not None else LARGEST)]
    if column.among:
        return Literal[column.among]
    return {"yes-no": StrictBool, "day": _DAY_TYPE, "clock": _CLOCK_TYPE}.get(column.kind, Word_)


@cache
def model_of(name: str) -> type[BaseModel]:
    """The model of one row of a table; a cell that is left out or null was not reported."""
    table = BY_NAME[name]
    fields: dict[str, Any] = {}
    for column in columns_of(table):
        typed = _type_of(column, table)
        needed = column.kind == "key" or column.name in table.identity or (name, column.name) == (CLASSES, "grade")
        said = Field(alias=column.name, description=column.says) if needed else Field(
            None, alias=column.name, description=column.says
        )  # fmt: skip
        fields[column.name.replace("-", "_") + "_"] = (typed if needed else typed | None, said)
    title = "".join(part.title() for part in name.split("-"))
    return create_model(f"{title}Row", __config__=ConfigDict(extra="forbid"), __doc__=table.says, **fields)


def columns_of(table: Table) -> tuple[Column, ...]:
    """The columns a program writes: the term is said once for the whole report, the school by the key."""
    return tuple(one for one in table.columns if one.name not in ("term", "school"))


def read(table: Table, sent: object, here: Ground | None = None) -> list[dict[str, object]]:
    """The rows with every cell as its column holds it; classes by their ids, where ``here`` knows them.

    Raises Invalid with the faults named `row.column`; rows count from 0.
    """
    if not isinstance(sent, list):
        raise Invalid(FieldFault("rows", NOT_ROWS))
    if len(sent) > MOST_ROWS:
        raise Invalid(FieldFault("rows", TOO_MANY, {"most": MOST_ROWS}))
    if not sent:
        raise Invalid(FieldFault("rows", NOTHING))
    model, faults, rows = model_of(table.name), list[FieldFault](), list[dict[str, object]]()
    for number, row in enumerate(sent):
        try:
            rows.append(_cells(model.model_validate(row), here))
        except ValidationError as wrong:
            faults += _faults(table, number, row, wrong)
            if len(faults) >= MOST_FAULTS:
                break
    if faults:
        raise Invalid(*faults)
    return rows


def _cells(row: BaseModel, here: Ground | None) -> dict[str, object]:
    cells = row.model_dump(by_alias=True, exclude_unset=True)
    if here is not None:
        cells["class"] = here.class_of(cells["class"])
    return cells


def _faults(table: Table, number: int, row: object, wrong: ValidationError) -> Iterator[FieldFault]:
    """One fault for each cell, in the words in which the register itself refuses it."""
    if not isinstance(row, Mapping):
        yield FieldFault(str(number), NO_ROW)
        return
    known = {one.name: one for one in columns_of(table)}
    seen: set[str] = set()
    for name in sorted(set(row) - set(known))[: len(known)]:
        yield FieldFault(f"{number}.{name[:LONGEST_WORD]}", NO_COLUMN)
    # A row of nothing but strangers is not listed name by name.
    for one in wrong.errors(include_url=False)[: 4 * len(known)] if len(row) <= 4 * len(known) else ():
        column = known.get(str(one["loc"][0])) if one["loc"] else None
        if column is not None and column.name not in seen:
            seen.add(column.name)
            yield _fault(column, number, row.get(column.name), str(one["type"]))


def _fault(column: Column, number: int, value: object, kind: str) -> FieldFault:
    place = f"{number}.{column.name}"
    if value is None or value == "":
        return FieldFault(place, EMPTY)
    if column.name == "class":
        return FieldFault(place, NOT_A_CLASS)
    if kind == "less_than_equal":
        return FieldFault(place, TOO_MUCH, {"most": column.most if column.most is not None else LARGEST})
    if column.among:
        return FieldFault(place, NOT_AMONG, {"among": column.among})
    says = {"whole": NOT_WHOLE, "yes-no": NOT_YES_NO, "day": NOT_A_DAY, "clock": NOT_A_CLOCK}.get(column.kind, NO_WORD)
    return FieldFault(place, says, {"most": LONGEST_WORD})


def told(cells: Mapping[str, object], table: Table, here: Ground) -> dict[str, object]:
    """A row that stands, as a program would write it; what was not reported is left out."""
    said: dict[str, object] = {}
    for column in columns_of(table):
        value = cells.get(column.name)
        if column.name == "class":
            value = here.names.get(int(str(value)), value)
        elif column.kind == "clock" and isinstance(value, int):
            value = f"{value // 60}:{value % 60:02d}"
        if value is not None:
            said[column.name] = value
    return said


def in_order(rows: Sequence[Mapping[str, object]]) -> list[dict[str, object]]:
    """The rows of classes as the register takes them: a class by its name."""
    return [{("name" if key == "class" else key): value for key, value in row.items()} for row in rows]
