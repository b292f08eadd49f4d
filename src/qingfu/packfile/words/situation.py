"""Situations: the pack's own tests — typed facts, typed expectations.

They are played offline by `packfile.play`, and once more against the register by the test suite.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from qingfu.base.words import N_
from qingfu.packfile.words.word import Key, Text, Word

FactVerb = Literal[
    "fill", "put-in-force", "hand-in", "accept", "return-hand-in", "waive", "reschedule",
    "apply", "opine", "pass", "approve", "return", "refuse", "record", "publish", "withdraw",
    "evaluate", "exit", "restore", "find-problem", "plan-rectification", "report-done", "verify", "send-back",
    "revisit", "relapse", "ask-at-gate",
]  # fmt: skip


class Fact(Word):
    """Something that happened on a day. Which keys are read depends on the verb; the manual has the table.

    `count` of `of` units act at once (58 of 62). `as_` names a case, problem or task for later facts. `who` is a party;
    `person` is a label that tells natural persons apart (the same label = the same person).
    """

    verb: FactVerb
    day: Text
    who: Key | None = None
    person: Text | None = None
    duty: Key | None = None
    route: Key | None = None
    step: Key | None = None
    as_: Text | None = Field(default=None, alias="as")
    answers: dict[str, str] = Field(default_factory=dict, description="by meaning, as starts: 2024-09-20")
    blank: Text | None = None
    value: Text | None = None
    kind: Key | None = None
    exit: Key | None = None
    verdict: Key | None = None
    to_day: Text | None = None
    reason: Text | None = None
    flags: tuple[Key, ...] = ()
    name: Text | None = Field(default=None, description="what the visitor at the gate says he comes for")
    count: int = 1
    of: int | None = None
    unit: Text | None = Field(default=None, description="a scope: as city-schools")


class Expect(Word):
    """What must then be so. Exactly one subject: duty, case, problem, list, gate, refused, flags, clause, phase."""

    duty: Key | None = None
    case: Text | None = None
    problem: Text | None = None
    list_: Key | None = None
    gate: Literal["admit", "refuse"] | None = None
    refused: int | None = Field(default=None, description="the fact with this number (from 1) is refused")
    phase: Key | None = None
    advisory: Text | None = None
    seated: Key | None = None
    state: Text | None = None
    step: Key | None = None
    count: int | None = None
    taken: int | None = None
    due: Text | None = None
    was_due: Text | None = None
    code: Text | None = None
    flags: tuple[Key, ...] | None = None
    name: Text | None = None
    unit: Text | None = None

    @model_validator(mode="after")
    def _one_subject(self) -> Expect:
        subjects = (self.duty, self.case, self.problem, self.list_, self.gate, self.refused, self.phase,
                    self.advisory, self.seated)  # fmt: skip
        if sum(s is not None for s in subjects) != 1:
            raise ValueError(N_("an expectation has one subject: duty, case, problem, list, gate, refused, phase …"))
        return self


class Situation(Word):
    id: Key
    proves: tuple[Text, ...] = Field(min_length=1)
    says: Text
    day: Text = Field(description="the day on which the expectations are looked at")
    blanks: dict[str, str] = Field(default_factory=dict, description="blanks filled before the first fact")
    facts: tuple[Fact, ...] = ()
    expect: tuple[Expect, ...] = Field(min_length=1)
