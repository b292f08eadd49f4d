"""What the register tells about campus affairs, their activities and evaluations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from qingfu.packfile.course import Remark
from qingfu.records.forms.queries import AnswerView
from qingfu.records.lists.queries import ListingView
from qingfu.records.people.queries import OrganView
from qingfu.records.routes.queries import RunView


@dataclass(frozen=True)
class FlagView:
    """Conduct that somebody judged to be there; `clause` and `family` are the plan's own."""

    conduct: str
    says: str
    clause: str
    family: str
    gravity: str
    step_says: str
    person_name: str
    note: str
    at: datetime


@dataclass(frozen=True)
class EvaluationView:
    """绩效评估 of a listing in a year; `exit` is the way off the list that the verdict led to."""

    id: int
    listing: int
    title: str
    evaluation: str
    says: str
    year: int
    verdict: str
    verdict_says: str
    exit: str
    reason: str
    person_name: str
    answer: int | None
    at: datetime


@dataclass(frozen=True)
class AffairRow:
    """An affair in a list. `listing_state` is empty until it is on a list."""

    id: int
    edition: int
    run: int
    number: str
    title: str
    department: int
    department_name: str
    span: str
    route: str
    route_says: str
    criterion: str
    criterion_says: str
    state: str
    step_says: str
    starts_on: date | None
    ends_on: date | None
    listing: int | None
    listing_state: str
    flags: int


@dataclass(frozen=True)
class ActivityRow:
    """An activity in a list; `schools` counts where it goes."""

    id: int
    run: int
    number: str
    listing: int
    listing_title: str
    department: int
    department_name: str
    title: str
    mode_says: str
    starts_on: date
    ends_on: date
    state: str
    step_says: str
    schools: int


@dataclass(frozen=True)
class AffairView:
    """An affair with its case, its form, what was flagged, where it is listed and how it was judged.

    `red_lines` are what the answers alone point to; nobody has judged them. The `may_…` fields are this actor's.
    """

    row: AffairRow
    mode_says: str
    theme: str
    criterion_clause: str
    answer: AnswerView
    run: RunView
    listing: ListingView | None
    flags: tuple[FlagView, ...]
    red_lines: tuple[Remark, ...]
    evaluations: tuple[EvaluationView, ...]
    activities: tuple[ActivityRow, ...]
    may_reapply: bool
    may_flag: bool
    may_plan_activity: bool
    evaluations_open: tuple[str, ...]

    @property
    def id(self) -> int:
        """The affair's key."""
        return self.row.id


@dataclass(frozen=True)
class ActivityView:
    """An activity with its case, its form and its schools."""

    row: ActivityRow
    answer: AnswerView
    run: RunView
    schools: tuple[OrganView, ...]

    @property
    def id(self) -> int:
        """The activity's key."""
        return self.row.id


@dataclass(frozen=True)
class EvaluationDue:
    """A listing that the actor's party has not judged this year; `due_on` is None where the plan leaves it open."""

    listing: int
    title: str
    organ_name: str
    evaluation: str
    says: str
    clause: str
    due_on: date | None
    late: bool
