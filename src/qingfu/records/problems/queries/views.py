"""What a page is given of the ledger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from qingfu.base.terms import Explanation
from qingfu.records.forms.queries import FileView
from qingfu.records.plans.queries import InForce
from qingfu.records.problems.models import Problem
from qingfu.records.problems.states import TO_PUT_RIGHT


@dataclass(frozen=True)
class ProblemRow:
    """A line of the ledger. `late` is derived: still to be put right after its day."""

    id: int
    number: str
    edition: int
    title: str
    kind: str
    kind_says: str
    conduct: str
    conduct_says: str
    clause: str
    owner: int
    owner_name: str
    state: str
    at_once: bool
    source: str
    found_on: date
    measure: str
    standard: str
    deadline: date | None
    moved_from: date | None
    late: bool
    responsible: str
    times_reopened: int
    revisit_on: date | None
    closed_at: datetime | None


@dataclass(frozen=True)
class PlannedView:
    """Measure, deadline and the rest were set; what they were is kept of the last time only."""

    by: str
    at: datetime
    measure: str
    deadline: date | None


@dataclass(frozen=True)
class ReplyView:
    """The owner's own words."""

    text: str
    by: str
    at: datetime


@dataclass(frozen=True)
class RectificationView:
    """What was reported as done in one round, with its evidence."""

    round: int
    text: str
    by: str
    via: str
    at: datetime
    files: tuple[FileView, ...]


@dataclass(frozen=True)
class VerificationView:
    """Struck off or sent back, by somebody else."""

    round: int
    verdict: str
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True)
class RevisitView:
    """回头看: holds or relapsed."""

    on: date
    verdict: str
    note: str
    by: str
    at: datetime


@dataclass(frozen=True)
class DeadlineMoveView:
    """A deadline that was moved: old day, new day, why."""

    was: date | None
    now: date
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True)
class ProblemView:
    """The whole story of a line, and what this actor may do with it.

    `found_by` and `from_task` are shown to the bureau side only. `bound` says that the actor may not verify because he
    did the work or is bound to those who did. `why` explains the deadline where the plan gave it.
    """

    row: ProblemRow
    detail: str
    happened: str
    found_by: str
    from_task: int | None
    round: int
    why: Explanation | None
    planned: tuple[PlannedView, ...]
    replies: tuple[ReplyView, ...]
    rectifications: tuple[RectificationView, ...]
    verifications: tuple[VerificationView, ...]
    revisits: tuple[RevisitView, ...]
    moves: tuple[DeadlineMoveView, ...]
    verbs: tuple[str, ...]
    bound: bool


def row_view(row: Problem, plan: InForce, day: date) -> ProblemRow:
    """The view of a row whose owner and responsible person are loaded."""
    kind = plan.pack.problem_kinds.get(row.kind)
    conduct = plan.pack.conduct.get(row.conduct)
    return ProblemRow(
        id=row.id, number=row.number, edition=row.edition_id, title=row.title, kind=row.kind,
        kind_says=kind.says if kind else "", conduct=row.conduct, conduct_says=conduct.says if conduct else "",
        clause=row.clause, owner=row.owner_id, owner_name=row.owner.name, state=row.state, at_once=row.at_once,
        source=row.source, found_on=row.found_on, measure=row.measure, standard=row.standard, deadline=row.deadline,
        moved_from=row.moved_from,
        late=row.state in TO_PUT_RIGHT and row.deadline is not None and row.deadline < day,
        responsible=row.responsible.name if row.responsible else row.responsible_name,
        times_reopened=row.times_reopened, revisit_on=row.revisit_on, closed_at=row.closed_at,
    )  # fmt: skip
