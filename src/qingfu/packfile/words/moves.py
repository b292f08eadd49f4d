"""What moves: lists, routes, criteria, conduct, evaluations, disclosures; and kinds whose room is not built yet."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Discriminator, Field, Tag, model_validator

from qingfu.base.words import N_
from qingfu.packfile.words.asks import Meaning
from qingfu.packfile.words.when import When
from qingfu.packfile.words.word import Key, OneOrMore, Quantity, Regime, Text, Thing, Word

Span = Literal["calendar-year", "school-year", "semester"]


class AnswerIs(Word):
    """True when the answer with this meaning has this value (yes, no, or an option)."""

    answer: Meaning
    is_: Text


class ConsentOf(Word):
    """True when this party has consented; asked as a document in the application."""

    consent_of: Key


class SimilarAffair(Word):
    """Another affair of the same or a near theme stands in the same window."""

    similar_affair_in: Span


def _condition(value: object) -> str | None:
    if isinstance(value, dict):
        keys = ("answer", "consent-of", "similar-affair-in")
        return next((f"~{key}" for key in keys if key in value or key.replace("-", "_") in value), None)
    tags: dict[type[Word], str] = {
        AnswerIs: "~answer", ConsentOf: "~consent-of", SimilarAffair: "~similar-affair-in",
    }  # fmt: skip
    return next((tag for kind, tag in tags.items() if isinstance(value, kind)), None)


Requirement = Annotated[
    Annotated[AnswerIs, Tag("~answer")] | Annotated[ConsentOf, Tag("~consent-of")], Discriminator(_condition)
]
Sign = Annotated[
    Annotated[AnswerIs, Tag("~answer")] | Annotated[SimilarAffair, Tag("~similar-affair-in")],
    Discriminator(_condition),
]


class Criterion(Thing):
    """准入标准: one way to be admissible. All its `needs` must hold; a person judges the evidence."""

    evidence: Text
    needs: tuple[Requirement, ...] = ()


class Conduct(Thing):
    """行为红线: bans and requirements that a person judges. `seen-when` only lets the form warn."""

    who: OneOrMore
    bans: Text | None = None
    requires: Text | None = None
    family: Text | None = Field(default=None, description="the plan's own heading: 无关, 无序, 无效")
    gravity: Literal["key", "plain"] = "plain"
    asked_at: tuple[Text, ...] = ()
    unless: Text | None = None
    seen_when: tuple[Sign, ...] = ()

    @model_validator(mode="after")
    def _bans_or_requires(self) -> Conduct:
        if (self.bans is None) == (self.requires is None):
            raise ValueError(N_("conduct either bans or requires: write one"))
        return self


class ListCap(Word):
    counts: Literal["items", "activities"] = "items"
    window: Span
    scope: Literal["bureau", "school"] = "bureau"
    at_most: Quantity


class Exit(Word):
    """调出: a way off the list. `stays-listed` exits (pause) can be taken back."""

    id: Key
    says: Text
    returns: bool = False


class WhiteList(Thing):
    """名单: who or what is on it, per which span, how many, how it is entered and left."""

    of: Literal["affair"] = "affair"
    per: Span
    valid_for: Literal["same", "next"] = Field(default="same", description="the span of the approval, or the next one")
    valid_until: Literal["span-end", "next-list"] = "span-end"
    caps: tuple[ListCap, ...] = ()
    admits: tuple[Key, ...] = Field(default=(), description="criteria; one of them must be met")
    entered_by: OneOrMore
    leaves_by: tuple[Exit, ...] = ()
    off_list: Literal["refuse"] = "refuse"
    off_list_clause: Text


class Need(Word):
    opinions: Quantity | None = None
    agree: Quantity | None = Field(default=None, description="how many different people must agree")


class Filing(Word):
    """上级备案: a frozen copy goes up; no row is shared."""

    level: Literal["up-1", "up-2", "same"]
    organ: Text
    certainty: Literal["given", "assumed"] = "given"


Verb = Literal["submit", "opine", "pass", "approve", "return", "refuse", "record", "publish"]


class Step(Word):
    """One step of a route: who acts, with which verbs, how many must agree, and in what time."""

    id: Key
    says: Text
    clause: OneOrMore | None = None
    by: Key
    verbs: tuple[Verb, ...] = Field(min_length=1)
    form: Text | None = None
    need: Need | None = None
    sealed: bool = Field(default=False, description="先评后看: nobody sees an opinion until the panel closes")
    panel_kinds: tuple[Text, ...] = Field(default=(), description="kinds of member the panel must hold")
    flags: tuple[Key, ...] = Field(default=(), description="conduct that the one who decides is asked about")
    time_allowed: Quantity | None = None
    to: Filing | None = None
    into: Text | None = None
    discloses: Text | None = None


class Collecting(Word):
    """The window in which applications are taken; outside it the route is closed."""

    from_: When
    until: When


class Route(Thing):
    """审批流程: a sequence of steps. `like` takes the steps of another route."""

    of: Literal["affair", "activity"]
    like: Text | None = None
    steps: tuple[Step, ...] = ()
    collects: Collecting | None = None
    batch: bool = Field(default=False, description="decided together once a year (A08)")
    due: When | None = Field(default=None, description="the latest day to apply, counted from the case's own event")

    @model_validator(mode="after")
    def _steps_or_like(self) -> Route:
        if bool(self.steps) == bool(self.like):
            raise ValueError(N_("a route has its own steps or is like another: write one"))
        return self


class Verdict(Word):
    id: Key
    says: Text
    exit: Key | None = None


class Evaluation(Thing):
    """绩效评估: what is judged, when, by whom, and which verdict leads off the list (A19, A20)."""

    of: Text
    by: Key
    due: When
    form: Text
    verdicts: tuple[Verdict, ...] = Field(min_length=1)


class Disclosure(Thing):
    """公示: what is shown to whom, where, from when, and what is hidden from it."""

    shows: Literal[
        "list", "plan", "progress", "channels", "schools", "report", "first-week", "timetable", "enrolment",
        "admissions", "rezoning", "other",
    ]  # fmt: skip
    of: Text | None = None
    audience: tuple[Literal["public", "schools", "departments"], ...] = ("public",)
    at: tuple[Literal["portal", "site", "board", "wechat"], ...] = ("portal",)
    due: When | None = None
    hides: tuple[Text, ...] = ()
    needs: tuple[Literal["notice", "transition", "parents"], ...] = Field(
        default=(), description="of a rezoning: what must stand before it takes effect"
    )
    ahead: Quantity | None = Field(
        default=None, description="of a rezoning: how long before it takes effect it is announced, in days"
    )


class Visit(Thing):
    """督导检查; awaits its room. `notice: none` means the target learns of it from nothing we show, send or log."""

    by: Text
    for_each: Text
    at_least: When | None = None
    notice: Literal["none", "given"] = "none"
    place: Literal["school", "institution", "department", "township", "dwelling"] = "school"
    methods: tuple[Text, ...] = ()
    uses: tuple[Text, ...] = ()
    opens: Literal["problems"] | None = None
    regime: Regime = "督导"
    lawful_body: Text | None = None
    at_most_a_year: Quantity | None = None


class Pairing(Thing):
    """结对 / 责任书; awaits its room."""

    a: Text
    b: Text
    per_b: Quantity | None = None
    renewed: Span | None = None


class Draw(Thing):
    """抽取: who is drawn from which pool, how many, and who is left out; the desk fills its form with it."""

    kind: Literal["panel", "sample", "team", "allot", "match"]
    from_: Text
    per: Text | None = None
    take: Quantity | None = None
    at_least_percent: Quantity | None = Field(default=None, description="of every stratum, rounded up")
    pool: Literal["schools", "experts", "staff", "roster", "problems"] | None = Field(
        default=None, description="where the list comes from; a roster is brought by whoever draws"
    )
    strata: tuple[Literal["school", "grade", "town", "stage", "organ", "title", "kind"], ...] = Field(
        default=(), description="what divides the list where a share of every part is drawn"
    )
    excludes: tuple[Text, ...] = Field(
        default=(),
        description="who must be left out, in the plan's words; offered as reasons, and counted before freezing",
    )
    takers: Literal["staff", "roster"] | None = Field(
        default=None, description="of a matching: where those come from who go to the targets of the pool"
    )
    rounds: Quantity | None = Field(default=None, description="of a matching: in how many rounds, never the same twice")
    apart_by: tuple[Literal["town"], ...] = Field(
        default=(), description="of a matching: nobody goes where he has the same mark, as his own township"
    )

    @model_validator(mode="after")
    def _matches(self) -> Draw:
        if self.kind != "match" and (self.takers or self.rounds or self.apart_by):
            raise ValueError(N_("takers, rounds and apart-by belong to a matching: write kind: match"))
        if self.kind == "match" and self.pool not in (None, "schools", "roster"):
            raise ValueError(N_("a matching goes to schools or to what a roster says: write pool: schools or roster"))
        return self


PER_CENT = "%"


class Monitor(Thing):
    """监测: figures of the weakest pupils run (C30); sentinel schools and data analysis await theirs (A21, A22)."""

    watches: Text
    by: Key
    each: Text | None = None
    from_: Text | None = None
    take: Quantity | None = Field(default=None, description="how many; with picks: weakest, per cent of the pupils")
    picks: Literal["weakest"] | None = Field(default=None, description="weakest: the pupils with the lowest results")
    stores: Literal["figures", "names"] = "figures"

    @property
    def share(self) -> int | None:
        """The lowest so many per cent of the pupils that schools give figures of; None for any other monitoring."""
        figures = self.picks == "weakest" and self.stores == "figures"
        return self.take.value if figures and self.take is not None and self.take.unit == PER_CENT else None


class Paper(Thing):
    """文书: a paper with its topics; awaits its room."""

    form: Literal["公文", "信函", "纪要", "通报", "报告", "清单"] = "公文"
    topics: tuple[Text, ...] = ()
    by: Key | None = None
