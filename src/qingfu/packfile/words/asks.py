"""What asks something of people: forms, duties, intakes, problem kinds, the policy of the ledger."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from qingfu.base.words import N_
from qingfu.packfile.words.when import When
from qingfu.packfile.words.word import Entry, Key, OneOrMore, Quantity, Regime, Text, Thing, Word

# What an answer means to the register. A closed list: rooms read answers by meaning, never by item id.
Meaning = Literal[
    "title", "criterion", "basis", "theme", "scope", "organisation", "effect", "appraisal", "starts", "ends",
    "schools", "mode", "charges-money", "in-curriculum", "uses-apps", "takes-teachers-away", "counts-participation",
    "minutes-per-teacher", "pupils", "teachers", "necessity", "fitness", "worth", "recommends", "reason",
    "problem", "problem-kind", "flag", "happened", "owner", "place", "measure", "standard", "deadline", "person",
    "result", "evidence", "satisfaction", "verdict", "note", "count", "consent",
]  # fmt: skip
AnswerKind = Literal[
    "text", "long-text", "yes-no", "choice", "choices", "number", "date", "criterion", "flags", "schools", "organ",
    "files", "rows",
]  # fmt: skip
Worth = Literal["aspect", "judgement"]


class Only(Word):
    """Shown and required only when an earlier item has this answer."""

    item: Key
    is_: Text


class Item(Word):
    """One question of a form or one line of a checklist."""

    id: Key
    asks: Text
    hint: Text | None = None
    answer: AnswerKind = "text"
    means: Meaning | None = None
    options: dict[Key, Text] = Field(default_factory=dict)
    required: bool = True
    weight: Literal["key", "plain"] = "plain"
    worth: Worth | None = Field(default=None, description="one of the aspects or judgements an expert must speak to")
    least: int | None = None
    most: int | None = None
    unit: Text | None = None
    only: Only | None = None
    evidence: bool = Field(default=False, description="a file may be attached to this item")
    items: tuple[Item, ...] = Field(default=(), description="the columns, when the answer is rows")

    @model_validator(mode="after")
    def _shape(self) -> Item:
        if self.answer in ("choice", "choices") and not self.options:
            raise ValueError(N_("a choice needs options"))
        if (self.answer == "rows") != bool(self.items):
            raise ValueError(N_("rows need items, and only rows have them"))
        if any(item.answer == "rows" for item in self.items):
            raise ValueError(N_("rows inside rows cannot be filled in by a person"))
        return self


class Form(Thing):
    """表单 / 检查要点: what is asked. One kind, two uses."""

    intro: Text | None = None
    minutes: Quantity
    items: tuple[Item, ...] = Field(min_length=1)


class Duty(Thing):
    """任务: something to hand in, or something to do with nothing to hand in.

    `hand-in` names a form. Without it, `does` says the act and `proof` what is asked as evidence of it: nothing,
    a tick, a note, or a paper.
    """

    who: OneOrMore
    for_each: Text | None = None
    to: Key | None = None
    hand_in: Text | None = None
    does: Literal["hold", "study", "tell", "check", "publish", "set-up", "write", "return"] | None = None
    proof: Literal["none", "tick", "note", "paper"] | None = None
    opens_on: When | None = None
    due: When
    due_for: dict[Key, When] = Field(default_factory=dict, description="another date for a scope")
    phase: Key | None = None
    covers_since: Text | None = None
    opens: Literal["problems"] | None = None
    rolls_up: Key | None = Field(default=None, description="the duty whose hand-ins this one sums up")
    minutes: Quantity | None = None
    counts_as: Literal["report", "meeting", "visit", "activity", "form"] | None = None
    accepted_by: Literal["person", "receipt"] = Field(
        default="person", description="receipt: done once handed in; person: somebody at `to` accepts or returns it"
    )

    @model_validator(mode="after")
    def _shape(self) -> Duty:
        if (self.hand_in is None) == (self.does is None):
            raise ValueError(N_("a duty either hands in a form or does something: write hand-in or does"))
        if self.does is not None and self.proof is None:
            raise ValueError(N_("a duty with nothing to hand in says its proof: none, tick, note or paper"))
        return self


class Channel(Word):
    kind: Literal["phone", "mail", "box", "leaders-mailbox", "site", "media", "letter"]
    at: Entry


class Intake(Thing):
    """受理渠道: where people may tell us, who keeps it, and whom it must never reach."""

    keeper: Key
    channels: tuple[Channel, ...] = Field(min_length=1)
    never_to: Literal["reported-unit"] = "reported-unit"
    opens: Literal["problems"] = "problems"


class ProblemKind(Thing):
    """问题类型: a kind of line in the ledger, with its standard and its deadline where the plan gives them."""

    standard: Text | None = None
    deadline: When | None = None
    deadline_for: dict[Key, When] = Field(default_factory=dict)
    at_once: bool = Field(default=False, description="立行立改: to be put right at once (P15)")
    conduct: Key | None = None


class ProblemsPolicy(Thing):
    """How the one ledger is kept: what a line needs, who closes it, when it is looked at again."""

    row_needs: tuple[Literal["measure", "standard", "deadline", "person"], ...]
    closed_by: Literal["another-person"] = "another-person"
    kept_by: Key
    revisit_after: Quantity


class Measure(Thing):
    """处置措施: what may be decided about somebody; awaits its room."""

    target: Text
    decides: Key | None = None
    reply: Quantity | None = Field(default=None, description="how long the other side has to answer")
    regime: Regime = "督导"
    exposes: bool = Field(default=False, description="曝光: names somebody in public")
    needs: tuple[Text, ...] = Field(default=(), description="what must be there first, in the plan's words")
    safeguards: tuple[Literal["decision", "de-identification", "legal-review"], ...] = Field(
        default=(), description="exposure needs all three before a plan can be put in force"
    )


class Counting(Word):
    count: Text
    per: Text
    at_least: int | Quantity
    window: Quantity


class Proposal(Thing):
    """What the register may propose, with counted reasons; a person decides."""

    when: Counting
    propose: Text
    decides: Key | None = None
