"""The plan itself: its head, clauses, parties, scopes, phases, and what stands above it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Discriminator, Field, Tag, model_validator

from qingfu.base.words import N_
from qingfu.packfile.words.when import When
from qingfu.packfile.words.word import ClauseNumber, Key, OneOrMore, Period, Text, Thing, Word

OrganKind = Literal["authority", "leading-group", "office", "committee", "department", "school", "township", "superior"]


class Dated(Word):
    """A date with its certainty; a month alone means the whole month."""

    value: Text
    certainty: Literal["given", "assumed"] = "given"


def _dated(value: object) -> str:
    return "~open" if isinstance(value, str) else "~dated"


OpenOrDated = Annotated[
    Annotated[Dated, Tag("~dated")] | Annotated[Literal["open"], Tag("~open")], Discriminator(_dated)
]


class PlanPeriod(Word):
    from_: Dated
    until: OpenOrDated


class Issuer(Word):
    party: Key
    division: Annotated[str, Field(pattern=r"^\d{6}(\d{3})?$")] | None = None


class LooksBack(Word):
    """整治对象与范围: who is looked at, and since when (P04)."""

    clause: OneOrMore
    says: Text
    units: OneOrMore
    since: Dated | None = None


class SchoolTerm(Word):
    """A school term the plan counts by; the bureau may replace it."""

    id: Text
    from_: Text
    until: Text
    certainty: Literal["given", "assumed"] = "assumed"


class Plan(Word):
    id: Key
    title: Text
    kind: Literal["plan", "practice"] = Field(default="plan", description="practice: a report of practice, not a plan")
    topic: Text = Field(description="what the plan is about; plans of one topic may be compared")
    language: Literal["zh-Hans", "en"] = "zh-Hans"
    issuer: Issuer
    document_number: Text | None = None
    issued: Text
    period: PlanPeriod
    source: Text = Field(description="what document this pack was written from, and where it stands")
    scope: LooksBack | None = None
    basis: tuple[Text, ...] = Field(default=(), description="依据文件: the documents above the plan (P03)")
    damaged: tuple[Text, ...] = ()
    terms: tuple[SchoolTerm, ...] = ()
    in_short: Text = Field(description="one paragraph for the reader who has ninety seconds")


class Clause(Word):
    """A clause of the source, in our own words, under the source's own number.

    `sentences` are the indexes of the source skeleton that this clause covers. A clause under which nothing runs says
    why; `awaits-room` is derived, never written.
    """

    id: ClauseNumber
    of: Text | None = Field(default=None, description="the skeleton section, where the id has a suffix")
    heading: Text | None = None
    says: Text
    sentences: tuple[int, ...] = Field(min_length=1)
    runs_nothing: Literal["aim", "basis", "elsewhere", "missing-text", "declined"] | None = None
    because: Text | None = Field(default=None, description="required with runs-nothing: why, in a sentence")

    @model_validator(mode="after")
    def _says_why(self) -> Clause:
        if self.runs_nothing and not self.because:
            raise ValueError(N_("runs-nothing needs because: the reason, in a sentence"))
        return self


class Member(Word):
    """A seat in an organ: its title in the plan, who takes it, and what kind of member that is."""

    id: Key
    title: Text
    who: Text
    kind: Text | None = None


class Party(Word):
    """主体: the plan's own name for who acts. The bureau seats it on an organ of its register."""

    clause: OneOrMore
    says: Text
    organ: Text | None = None
    kind: OrganKind | None = None
    any: OrganKind | None = None
    titled: Text | None = Field(default=None, description="only posts with this title act (a party inside an organ)")
    seated_in: Key | None = None
    of_case: Literal["applicant", "school", "owner"] | None = None
    sees: Literal["own", "all"] = "own"
    members: tuple[Member, ...] = ()
    kinds: tuple[Text, ...] = Field(default=(), description="kinds of member a committee must hold")

    @model_validator(mode="after")
    def _one_way(self) -> Party:
        if sum(x is not None for x in (self.organ, self.any, self.of_case)) != 1:
            raise ValueError(N_("a party is exactly one of: organ, any, of-case"))
        return self


class Scope(Thing):
    """范围: units below and around the bureau that a duty or deadline tells apart."""

    each: OrganKind | Literal["teaching-group", "class", "teacher", "parent"]
    of: Text | None = None
    level: Literal["province", "city", "county", "town"] | None = None
    titled_any: tuple[Text, ...] = ()


class Phase(Thing):
    """阶段: may overlap; a duty's own date wins over its phase; a phase opens nothing."""

    from_: Dated | None = None
    until: OpenOrDated
    outputs: tuple[Text, ...] = ()


class Under(Thing):
    """A relation to a superior's plan."""

    relation: Literal["takes-from", "derives", "merges"]
    document: Text
    number: Text | None = None
    certainty: Literal["given", "assumed"] = "given"


class Link(Thing):
    """What the plan ties to something else, such as an assessment: recorded, never computed."""

    feeds: Text


class Advisory(Word):
    """A later or higher rule: shown on the desk, never silently applied."""

    about: Text = Field(description="an object, as lists.whitelist, or a clause")
    kind: Literal["superseded", "superseded-in-part", "in-tension"]
    source: Text
    since: Text | None = None
    says: Text


class Cap(Word):
    """A figure of a later notice that the burden report stands beside the plan's own."""

    counts: Literal["items", "activities"]
    per: Literal["bureau", "school"]
    window: Literal["calendar-year", "school-year", "semester"]
    at_most: int


__all__ = [
    "Advisory", "Cap", "Clause", "Dated", "Issuer", "Link", "LooksBack", "Member", "OrganKind", "Party", "Period",
    "Phase", "Plan", "PlanPeriod", "SchoolTerm", "Scope", "Under", "When",
]  # fmt: skip
