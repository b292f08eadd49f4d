"""The words of a demonstration's data: who is in a bureau, and the dated acts they do.

The data stands beside a pack, in its folder ``demo``; nothing about a place is written in code. Organs are named by
their short name (a township by the name of its division), posts as ``organ/title``, affairs, activities and listings
by their title, problems by the name that ``as`` gave them.
"""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Annotated, Literal

from pydantic import Field, field_validator

from qingfu.base.clock import CHINA
from qingfu.packfile.words.word import Key, Text, Word
from qingfu.project.demo.enrolled import Admitted, EnrolmentArea, EnrolmentTime, ParentsHeard

Names = Annotated[tuple[Text, ...], Field(min_length=1)]
# Rows of a table come from sheets.
Answers = dict[str, str | list[str]]


class Bureau(Word):
    """The bureau of a demonstration, founded at an instant of China's civil time; best looked at on a day."""

    slug: Key
    name: Text
    short_name: Text
    level: Text
    division: Text
    officer: Text
    title: Text
    founded: datetime
    shown_on: date

    @field_validator("founded")
    @classmethod
    def _in_china(cls, value: datetime) -> datetime:
        return value.replace(tzinfo=CHINA)


class PlanFacts(Word):
    """What the bureau decides about its plan: who sits where, what stands in the blanks, from when it is in force."""

    in_force_on: date
    at: datetime
    seats: dict[Key, Text]
    blanks: dict[str, Text]

    @field_validator("at")
    @classmethod
    def _in_china(cls, value: datetime) -> datetime:
        return value.replace(tzinfo=CHINA)


class OrganLine(Word):
    """An organ with its posts (title → name) in order; the same name in one bureau is one natural person."""

    kind: Key
    name: Text | None = None
    short_name: Text | None = None
    town: Text | None = Field(default=None, description="a division below the bureau's, by name")
    division: Text | None = None
    level: Text = "county"
    stage: str = ""
    people: dict[Text, Text]
    member_kinds: dict[Text, Text] = Field(default_factory=dict)
    keeps_register: tuple[Text, ...] = ()
    accounts: Literal["yes", "no"] = "yes"

    @property
    def called(self) -> str:
        """The name by which the data refers to the organ."""
        return self.short_name or self.name or self.town or ""


class Persona(Word):
    """Somebody a visitor of the demonstration can be: an account and the post it sits in."""

    key: Key
    sign_in: Key
    label: Text
    post: Text


class SheetRow(Word):
    """A row of a table that organs hand in: ``of`` says which organs report it, ``cells`` what stands in it."""

    of: Names
    as_: Key | None = None
    cells: dict[str, str]


class Act(Word):
    """One dated act. With several targets they follow each other ``every`` so many minutes."""

    do: str
    day: date
    at: time
    every: int = 0
    who: Text | None = None

    @property
    def instant(self) -> datetime:
        """When the first target has its turn."""
        return datetime.combine(self.day, self.at, tzinfo=CHINA)

    @property
    def targets(self) -> tuple[str, ...]:
        """What it is done to, one after the other."""
        return ("",)


class OnOrgans(Act):
    """An act on the tasks of organs under a duty."""

    duty: Key
    organs: Names

    @property
    def targets(self) -> tuple[str, ...]:
        """The organs."""
        return self.organs


class OnCases(Act):
    """An act on cases, by title: the latest case of that title."""

    affair: Text | None = None
    affairs: tuple[Text, ...] = ()

    @property
    def targets(self) -> tuple[str, ...]:
        """The titles."""
        return (self.affair,) if self.affair else self.affairs


class HandIn(OnOrgans):
    """Hand in: each organ by itself, from paper typed in by ``who``, or through a one-time link made by ``who``."""

    do: Literal["hand-in"]
    by: Literal["self", "paper", "link"] = "self"
    signed: str = ""
    content: Answers = Field(default_factory=dict)
    sheets: dict[Key, Key] = Field(default_factory=dict, description="item of the form → sheet whose rows it takes")
    note: str = ""


class TickOff(OnOrgans):
    do: Literal["tick-off"]
    note: str = ""


class Accept(OnOrgans):
    do: Literal["accept"]


class GiveBack(OnOrgans):
    do: Literal["give-back"]
    reason: Text


class MoveDuty(Act):
    do: Literal["move-duty"]
    duty: Key
    to: date
    reason: Text


class Delegate(Act):
    do: Literal["delegate"]
    taker: Text
    from_: date
    until: date


class Apply(Act):
    """Apply; ``like`` takes over the answers of the act that applied under that title before."""

    do: Literal["apply"]
    route: Key
    like: Text | None = None
    content: Answers


class Reapply(OnCases):
    """Apply again after a return; answers not given stay those of the application."""

    do: Literal["reapply"]
    content: Answers


class SaveDraft(Act):
    do: Literal["save-draft"]
    subject: Text
    content: Answers


class Withdraw(OnCases):
    do: Literal["withdraw"]


class Panel(OnCases):
    do: Literal["panel"]
    members: Names


class StepAside(OnCases):
    do: Literal["step-aside"]
    reason: Text


class Opine(OnCases):
    """Give an opinion; a choice that is left out takes the first option of the form."""

    do: Literal["opine"]
    says: Answers


class Decide(OnCases):
    """Decide; ``filing-number`` may hold ``{n}``, counted up from ``count-from``."""

    do: Literal["decide"]
    verb: Key
    reason: str = ""
    flags: tuple[Key, ...] = ()
    filing_number: str = ""
    count_from: int = 1


class PlanActivity(Act):
    do: Literal["plan-activity"]
    listing: Text
    route: Key
    content: Answers


class Evaluate(Act):
    do: Literal["evaluate"]
    listing: Text
    evaluation: Key
    verdict: Key
    reason: Text
    content: Answers


class Find(Act):
    do: Literal["find"]
    as_: Key
    title: Text
    kind: Key
    owner: Text
    source: Literal["hotline", "visit", "office", "revisit"]
    happened: str = ""
    detail: str = ""


class OnProblem(Act):
    """An act on a line of the ledger; without ``who`` the owner's organ acts."""

    problem: Key


class PlanRectification(OnProblem):
    do: Literal["plan-rectification"]
    measure: Text
    standard: str = ""
    deadline: date


class Evidence(Word):
    """A small spreadsheet made for the demonstration."""

    name: Text
    lines: Names


class ReportDone(OnProblem):
    do: Literal["report-done"]
    text: Text
    evidence: tuple[Evidence, ...] = ()


class SendBack(OnProblem):
    do: Literal["send-back"]
    reason: Text


class StrikeOff(OnProblem):
    do: Literal["strike-off"]
    reason: Text


class Revisit(OnProblem):
    do: Literal["revisit"]
    verdict: Literal["holds", "relapsed"]
    note: Text


class Reply(OnProblem):
    do: Literal["reply"]
    text: Text


class MoveDeadline(OnProblem):
    do: Literal["move-deadline"]
    to: date
    reason: Text


class SetTerm(Act):
    do: Literal["set-term"]
    name: Text
    year: int
    from_: date
    until: date
    asked_a_day: int = 0


class OnSchools(Act):
    """An act of schools, by their short names, one after the other; its first post acts."""

    schools: Names

    @property
    def targets(self) -> tuple[str, ...]:
        """The schools."""
        return self.schools


class FileClasses(OnSchools):
    """So many classes of each grade; ``over`` gives single classes another number of pupils."""

    do: Literal["file-classes"]
    year: int
    classes: dict[Text, int]
    place: Literal["town", "village"]
    pupils: int
    over: dict[Text, int] = Field(default_factory=dict)


class FileTimetables(OnSchools):
    """The timetables of ``life``; ``changes`` gives a class (school/class) other subjects at ``weekday-period``."""

    do: Literal["file-timetables"]
    records: Names
    changes: dict[Text, dict[str, str]] = Field(default_factory=dict)


class FileSchedules(OnSchools):
    do: Literal["file-schedules"]
    changes: dict[Text, dict[str, int]] = Field(default_factory=dict)


class FileHomework(OnSchools):
    """Homework of every class and school day of a time; ``over`` gives a class and day so many minutes in all."""

    do: Literal["file-homework"]
    from_: date
    until: date
    over: dict[Text, dict[date, int]] = Field(default_factory=dict)


class ReportAsked(OnSchools):
    """What was asked of the schools' classes until now; every ``silent``-th class-day is not told."""

    do: Literal["report-asked"]
    silent: int


class FileFigures(OnSchools):
    """The figures of the running term, or of the one named; which pupils those are is nowhere."""

    do: Literal["file-figures"]
    share: int
    term: Text | None = None


class PreparePlacement(OnSchools):
    """New pupils, invented, as a school lists them before its classes are drawn; ``teams`` are as many as classes."""

    do: Literal["prepare-placement"]
    year: int
    grade: Text
    pupils: int
    townships: Names
    teams: Names


class PostFirstWeek(OnSchools):
    do: Literal["post-first-week"]


class AskSchool(Act):
    do: Literal["ask-school"]
    school: Text
    class_: Text
    text: Text


class AnswerQuestion(Act):
    do: Literal["answer-question"]
    school: Text
    answer: Text


class Judge(Act):
    do: Literal["judge"]


class EndFindings(Act):
    """Bring the findings of one limit and class to an end."""

    do: Literal["end-findings"]
    school: Text
    class_: Text
    limit: Key
    end: Literal["problem", "data-error", "exception", "grant"]
    text: str = ""
    until: date | None = None


class AnnounceEnrolment(Act):
    do: Literal["announce-enrolment"]
    year: int
    times: tuple[EnrolmentTime, ...] = ()
    conditions: str = ""
    where: str = ""
    papers: str = ""
    online: str = ""
    areas: dict[Text, EnrolmentArea]


class PublishAdmissions(OnSchools):
    do: Literal["publish-admissions"]
    year: int
    figures: dict[Text, Admitted]


class ChangeCatchment(Act):
    """Announced on its day; ``areas`` are the new ones by school."""

    do: Literal["change-catchment"]
    year: int
    effect_on: date
    why: Text
    areas: dict[Text, Text]
    places: Text
    until: date
    says: Text
    meeting: ParentsHeard | None = None
    decided: bool = False


AnyAct = Annotated[
    HandIn | TickOff | Accept | GiveBack | MoveDuty | Delegate | Apply | Reapply | SaveDraft | Withdraw | Panel
    | StepAside | Opine | Decide | PlanActivity | Evaluate | Find | PlanRectification | ReportDone | SendBack
    | StrikeOff | Revisit | Reply | MoveDeadline | SetTerm | FileClasses | FileTimetables | FileSchedules
    | FileHomework | ReportAsked | FileFigures | PreparePlacement | PostFirstWeek
    | AskSchool | AnswerQuestion | Judge | EndFindings | AnnounceEnrolment | PublishAdmissions | ChangeCatchment,
    Field(discriminator="do"),
]  # fmt: skip


class Life(Word):
    """What school life looks like by grades: timetables (a line is a period, Monday to Friday), schedules, homework."""

    timetables: dict[Text, tuple[Text, ...]]
    schedules: dict[Text, dict[str, int]]
    homework: dict[Text, dict[Text, int]]


class Book(Word):
    """A demonstration: a bureau, its plan, its people, and what they do on which day."""

    pack: Text
    bureau: Bureau
    plan: PlanFacts
    organs: Annotated[tuple[OrganLine, ...], Field(min_length=1)]
    personas: tuple[Persona, ...] = ()
    sheets: dict[Key, tuple[SheetRow, ...]] = Field(default_factory=dict)
    life: Life | None = None
    script: tuple[AnyAct, ...] = ()
