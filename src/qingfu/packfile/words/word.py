"""What every object of a pack has in common.

Keys are written with hyphens in YAML (`hand-in`), with underscores in Python.
Unknown keys are refused, so that a misspelt key never passes as an absent one.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator

from qingfu.base.words import N_

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$")]
ClauseNumber = Text
# The units packs count in, for the catalogue; a pack may use others, which are then shown as it writes them.
UNITS = (
    N_("minute"), N_("hour"), N_("day"), N_("working-day"), N_("week"), N_("month"), N_("item"), N_("opinion"),
    N_("person"), N_("school"), N_("activity"), N_("time"),
)  # fmt: skip
Regime = Literal["督导", "行政检查", "行政处罚", "处分", "组织处理"]


def _hyphenated(name: str) -> str:
    return name.rstrip("_").replace("_", "-")


class Word(BaseModel):
    """A frozen, strictly keyed part of a pack."""

    model_config = ConfigDict(frozen=True, extra="forbid", alias_generator=_hyphenated, populate_by_name=True)


def _listed(value: object) -> object:
    return [value] if isinstance(value, str) else value


_one_or_more = BeforeValidator(_listed, json_schema_input_type=str | list[str])
Clauses = Annotated[tuple[ClauseNumber, ...], _one_or_more, Field(min_length=1)]
OneOrMore = Annotated[tuple[Text, ...], _one_or_more, Field(min_length=1)]


class Period(Word):
    """From–until; `until: open` is a standing rule with no end."""

    from_: Text | None = None
    until: Text | None = None
    certainty: Literal["given", "assumed"] = "given"


class Thing(Word):
    """An object of the pack: it names the clause or clauses it comes from, and says itself in Chinese."""

    clause: Clauses
    says: Text
    valid: Period | None = None
    proves: tuple[Text, ...] = Field(
        default=(), description="ids of the mechanism catalogue that this object is an instance of"
    )


class Quantity(Word):
    """A number of the plan: given by the source, assumed by us, or a named blank the bureau fills.

    Exactly one of `value` and `blank` is there. Numbers are whole; the unit is never implied.
    """

    value: int | None = None
    blank: Text | None = Field(default=None, description="what the bureau must decide, in its words")
    unit: Text | None = None
    certainty: Literal["given", "blank", "assumed"] = "given"
    least: int | None = Field(default=None, description="smallest value a bureau may fill in")
    most: int | None = Field(default=None, description="largest value a bureau may fill in")

    @model_validator(mode="before")
    @classmethod
    def _blank_is_a_certainty(cls, data: object) -> object:
        if isinstance(data, dict) and "blank" in data and "certainty" not in data:
            return {**data, "certainty": "blank"}
        return data

    @model_validator(mode="after")
    def _one_of_both(self) -> Quantity:
        if (self.value is None) == (self.blank is None):
            raise ValueError(N_("write either value or blank, not both and not neither"))
        if (self.certainty == "blank") != (self.blank is not None):
            raise ValueError(N_("certainty blank belongs to a blank, given and assumed to a value"))
        return self

    @property
    def is_open(self) -> bool:
        return self.value is None


class Entry(Word):
    """A text of the plan that may be a blank: a telephone number, an address, a name."""

    text: Text | None = None
    blank: Text | None = None
    certainty: Literal["given", "blank", "assumed"] = "given"

    @model_validator(mode="before")
    @classmethod
    def _blank_is_a_certainty(cls, data: object) -> object:
        if isinstance(data, dict) and "blank" in data and "certainty" not in data:
            return {**data, "certainty": "blank"}
        return data

    @model_validator(mode="after")
    def _one_of_both(self) -> Entry:
        if (self.text is None) == (self.blank is None):
            raise ValueError(N_("write either text or blank, not both and not neither"))
        return self
