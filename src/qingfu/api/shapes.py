"""Shapes: what a program sends around its rows, and what it is answered."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, SkipValidation, StrictInt, StrictStr, create_model

from qingfu.api.rows import model_of
from qingfu.base.words import N_
from qingfu.records.monitoring.actions.filing import MOST_ROWS

LONGEST = 80
_TERM_SAYS = N_("The school term, by its name or its id.")
_SCHOOL_SAYS = N_("The school, by its code, name or id; a school's own key needs none.")
_BEHALF_SAYS = N_("Who signed the paper, where the bureau reports in a school's place.")
_Text = Annotated[StrictStr, Field(max_length=LONGEST, pattern=r"^[^\x00-\x1f\x7f]*$")]


class Report(BaseModel):
    """A report of rows. `rows` are judged one by one, so that every faulty cell is named."""

    model_config = ConfigDict(extra="forbid")

    term: StrictInt | _Text = Field(description=_TERM_SAYS)
    school: _Text = Field("", description=_SCHOOL_SAYS)
    on_behalf: _Text = Field("", alias="on-behalf", description=_BEHALF_SAYS)
    rows: Any


@cache
def report_of(table: str) -> type[Report]:
    """The body of a report into a table."""
    row: Any = model_of(table)
    rows = Annotated[SkipValidation[list[row]], Field(json_schema_extra={"minItems": 1, "maxItems": MOST_ROWS})]
    named = row.__name__.removesuffix("Row")
    return create_model(f"{named}Report", __base__=Report, __doc__=row.__doc__, rows=(rows, ...))


class Term(BaseModel):
    """A school term."""

    id: int
    name: str
    year: int = Field(description=N_("The year in which the school year begins."))
    from_on: date = Field(alias="from", description=N_("The first day."))
    until_on: date = Field(alias="until", description=N_("The last day."))
    present: bool = Field(description=N_("Whether it is the term of today."))

    model_config = ConfigDict(populate_by_name=True)


class SchoolClass(BaseModel):
    """A class of a school year; what is null was not reported."""

    id: int
    name: str = Field(alias="class")
    grade: str
    place: str | None
    pupils: int | None
    experimental: bool | None
    permit: bool | None

    model_config = ConfigDict(populate_by_name=True)


class Receipt(BaseModel):
    """What was kept of a report; a repeat under the same Idempotency-Key gets the same receipt."""

    id: int
    table: str
    rows: int = Field(description=N_("How many rows it said."))
    replaced: int = Field(description=N_("How many rows said before stand no longer."))
    digest: str = Field(description=N_("The sha256 of its rows."))
    at: datetime
    to_end: int = Field(alias="to-end", description=N_("How many findings about the school wait for their end now."))

    model_config = ConfigDict(populate_by_name=True)


class StandingRow(BaseModel):
    """A row that stands, and the report that said it; `cells` may be sent again as they are."""

    id: int
    filing: int
    cells: dict[str, Any]


class Standing(BaseModel):
    """What stands of a school in a table."""

    rows: list[StandingRow]
    whole: bool = Field(description=N_("False where there are more than 5,000; ask by class or day."))


class Found(BaseModel):
    """One finding: a group of rows that breaks a limit of a plan."""

    id: int
    plan: str
    limit: str
    clause: str
    school: str | None = Field(description=N_("The school's code; null where the limit is about no single school."))
    name: str = Field(alias="class")
    day: date | None
    value: int | None
    bound: int | None
    unit: str
    says: str = Field(description=N_("The rule in one sentence."))
    state: str
    until: date | None = Field(description=N_("The last day of an exception."))
    problem: str = Field(description=N_("Its number in the ledger."))

    model_config = ConfigDict(populate_by_name=True)


class FoundPage(BaseModel):
    """Findings, up to 200 of each plan on a page."""

    rows: list[Found]
    total: int
    page: int
    pages: int


class ColumnTold(BaseModel):
    """A column: its kind, its unit, the words it may hold with what they mean."""

    name: str
    says: str
    kind: str
    unit: str | None
    most: int | None
    among: dict[str, str] | None
    required: bool


class TableTold(BaseModel):
    """A table: a row is one `row`; no two rows share `identity`."""

    name: str
    says: str
    row: str
    identity: list[str]
    restates: list[str] = Field(
        description=N_("What one report says anew as a whole: rows it leaves out stand no longer.")
    )
    columns: list[ColumnTold]
