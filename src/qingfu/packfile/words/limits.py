"""Limits and their parameters, as a pack writes them; what they mean is in `qingfu.rules`."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Discriminator, Field, Tag

from qingfu.base.words import N_
from qingfu.packfile.words.word import OneOrMore, Quantity, Text, Thing, Word

_CLOCK = re.compile(r"^([01]?\d|2[0-3]):([0-5]\d)$")
_WHOLE = re.compile(r"^-?\d{1,9}$")


def whole(text: str) -> int | None:
    """A whole number, or a time of day as minutes since midnight; None where the text is neither."""
    if clock := _CLOCK.match(text):
        return int(clock[1]) * 60 + int(clock[2])
    return int(text) if _WHOLE.match(text) else None


def _number(value: object) -> object:
    """A bare number is a given quantity; a time of day is minutes since midnight."""
    if isinstance(value, str) and whole(value) is not None:
        return {"value": whole(value)}
    if isinstance(value, dict) and isinstance(value.get("value"), str) and whole(value["value"]) is not None:
        return {**value, "value": whole(value["value"])}
    return value


Number = Annotated[Quantity, BeforeValidator(_number, json_schema_input_type=int | str | dict[str, Any])]


def _known(value: object) -> object:
    if isinstance(value, str) and whole(value) is None:
        raise ValueError(N_("there is no such parameter"))
    return value


def _bound(value: object) -> str:
    """Which of the two is written; what raises here is not caught by pydantic."""
    table = isinstance(value, dict) and "value" not in value and "blank" not in value
    return "~each" if table else "~one"


# One number for all, or a table by grades; a parameter's name stands for its table.
Bound = Annotated[
    Annotated[Number, Tag("~one")] | Annotated[dict[str, Number], Tag("~each")],
    Discriminator(_bound),
    BeforeValidator(_known),
]
# A cell is text until the column it is held against says what it is.
Test = Text | tuple[Text, ...] | dict[Literal["at-least", "at-most"], Text]


class Same(Word):
    """Two records that must be equal: rows differ in ``column``, are matched by ``by``, counted in ``of``."""

    column: Text
    one: Text
    other: Text
    by: OneOrMore
    of: Text


class Limit(Thing):
    """限额: what data can measure, one shape of five: measure, never, each, same, apart."""

    reads: Text = Field(description="the table it reads")
    where: dict[str, Test] = Field(default_factory=dict, description="conditions on its rows; all must hold")
    per: OneOrMore = Field(description="what makes a group: columns of the table or of its class")
    measure: dict[str, str] | None = Field(default=None, description="sum, mean, most, least, distinct, or count: rows")
    at_most: Bound | None = None
    at_least: Bound | None = None
    exactly: Bound | None = None
    never: dict[str, Test] | None = Field(default=None, description="a forbidden fact")
    each: Text | None = Field(default=None, description="presence: the column whose items are required")
    needs: dict[str, Bound] | None = Field(default=None, description="presence: at least so much of each item")
    fixes: dict[str, Bound] | None = Field(default=None, description="presence: exactly so much of each item")
    same: Same | None = Field(default=None, description="two records that must be equal")
    apart: Text | None = Field(default=None, description="the column of days that must lie apart")
    unit: Text | None = None
    tolerance: int = Field(default=0, ge=0, description="what is overlooked, in the unit")
    expects: Text | None = Field(default=None, description="the table of those who must have reported")


class Parameter(Thing):
    """参数: a number or table of numbers that limits of this pack, or of others, take by its name."""

    unit: Text
    value: Number | dict[str, Bound]
