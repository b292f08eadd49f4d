"""When something is due: the typed shapes of a date in a plan. Meaning lives in `base.terms`."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Discriminator, Field, Tag

from qingfu.packfile.words.word import Quantity, Text, Word

OnRestDay = Literal["keep", "next", "previous"]
IfLate = Literal["flag", "refuse"]
Each = Literal["month", "quarter", "half-year", "year", "semester", "school-year"]


class OnDate(Word):
    """A day the source prints: `2024-07-30`, or a month (`2024-08`), which means its last day."""

    date: Annotated[str, Field(pattern=r"^\d{4}-\d{2}(-\d{2})?$")]
    certainty: Literal["given", "assumed"] = "given"
    includes_day: bool = True
    on_rest_day: OnRestDay = "keep"
    if_late: IfLate = "flag"


class UndatedDay(Word):
    """A day the source leaves open; the bureau fills it before the plan is put in force."""

    blank: Text
    includes_day: bool = True
    on_rest_day: OnRestDay = "keep"
    if_late: IfLate = "flag"


class Window(Word):
    """From–until inside a recurring period, as `05-10`."""

    from_: Annotated[str, Field(pattern=r"^\d{2}-\d{2}$")]
    until: Annotated[str, Field(pattern=r"^\d{2}-\d{2}$")]


class Recurs(Word):
    """Every month, quarter, half-year, year or semester; the month counts inside the period."""

    each: Each
    month: int | None = None
    day: int | Literal["last"] = "last"
    override: dict[str, Window] = Field(default_factory=dict)
    certainty: Literal["given", "assumed"] = "given"
    on_rest_day: OnRestDay = "keep"
    if_late: IfLate = "flag"


class AtLeast(Word):
    """At least so many times in each period."""

    at_least: int
    per: Literal["month", "quarter", "semester", "year"]
    within: Literal["term", "year", "phase"] = "year"
    certainty: Literal["given", "assumed"] = "given"


class Before(Word):
    """So long before an event: the last day on which it is still in time."""

    before: Text
    amount: Quantity
    includes_day: bool = True
    if_late: IfLate = "flag"


class After(Word):
    """So long after an event."""

    after: Text
    amount: Quantity
    includes_day: bool = True
    on_rest_day: OnRestDay = "keep"
    if_late: IfLate = "flag"


class At(Word):
    """At the event itself."""

    at: Text


class Standing(Word):
    """Standing: from a day on, with no end (常态开展)."""

    standing: Literal["true"] | bool = True
    from_: Text | None = None


# A tag starts with ~, which no key can, so that an error's path tells tags and keys apart.
_SHAPES = ("date", "blank", "each", "at-least", "before", "after", "at", "standing")
_TAGS: dict[type[Word], str] = {
    OnDate: "~date", UndatedDay: "~blank", Recurs: "~each", AtLeast: "~at-least", Before: "~before",
    After: "~after", At: "~at", Standing: "~standing",
}  # fmt: skip


def _shape(value: object) -> str | None:
    if isinstance(value, dict):
        return next((f"~{key}" for key in _SHAPES if key in value or key.replace("-", "_") in value), None)
    return next((tag for kind, tag in _TAGS.items() if isinstance(value, kind)), None)


When = Annotated[
    Annotated[OnDate, Tag("~date")]
    | Annotated[UndatedDay, Tag("~blank")]
    | Annotated[Recurs, Tag("~each")]
    | Annotated[AtLeast, Tag("~at-least")]
    | Annotated[Before, Tag("~before")]
    | Annotated[After, Tag("~after")]
    | Annotated[At, Tag("~at")]
    | Annotated[Standing, Tag("~standing")],
    Discriminator(_shape),
]
