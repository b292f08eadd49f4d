"""What is known of schools: reports, limits, findings, pictures."""

from qingfu.records.monitoring.queries.board import (
    DOCUMENTS,
    BoardDocument,
    BoardView,
    Document,
    QuestionView,
    board,
    questions,
)
from qingfu.records.monitoring.queries.estimating import Estimate, estimates
from qingfu.records.monitoring.queries.filings import (
    FilingDesk,
    FilingView,
    Reported,
    TableDesk,
    filing,
    filing_desk,
    reported,
)
from qingfu.records.monitoring.queries.findings import (
    FindingGroup,
    FindingRow,
    FindingView,
    NoteView,
    finding,
    findings,
    findings_of_problem,
    groups,
)
from qingfu.records.monitoring.queries.limits import (
    LimitView,
    OrderView,
    judging_plans,
    limit,
    limits,
    limits_in_force,
)
from qingfu.records.monitoring.queries.pictures import (
    Bar,
    Calendar,
    ClassDays,
    Distribution,
    Grids,
    SideBySide,
    distributions,
    grids,
    homework_calendar,
    timetables,
)
from qingfu.records.monitoring.queries.terms import ClassView, TermView, classes, term, term_on, terms
from qingfu.records.monitoring.queries.trying import Tried, TriedTerm, try_limit
from qingfu.records.monitoring.queries.waiting import (
    AskedFor,
    SchoolStanding,
    Waiting,
    WaitingFigures,
    WaitingFindings,
    schools_standing,
    waiting,
)
from qingfu.records.monitoring.queries.watching import (
    Cohort,
    Figures,
    TermFigures,
    Watch,
    WatchDesk,
    WatchedGrade,
    watch_desk,
    watch_of,
    watched_of_county,
    watched_of_school,
    watched_told,
    watches,
)
from qingfu.records.plans.queries import is_office

__all__ = [
    "DOCUMENTS", "AskedFor", "Bar", "BoardDocument", "BoardView", "Calendar", "ClassDays", "ClassView", "Cohort",
    "Distribution", "Document", "Estimate", "Figures", "FilingDesk", "FilingView", "FindingGroup", "FindingRow",
    "FindingView", "Grids", "LimitView", "NoteView", "OrderView", "QuestionView", "Reported", "SchoolStanding",
    "SideBySide", "TableDesk", "TermFigures", "TermView", "Tried", "TriedTerm", "Waiting", "WaitingFigures",
    "WaitingFindings", "Watch", "WatchDesk", "WatchedGrade", "board", "classes", "distributions", "estimates",
    "filing", "filing_desk", "finding", "findings", "findings_of_problem", "grids", "groups", "homework_calendar",
    "is_office", "judging_plans", "limit", "limits", "limits_in_force", "questions", "reported", "schools_standing",
    "term", "term_on", "terms", "timetables", "try_limit", "waiting", "watch_desk", "watch_of", "watched_of_county",
    "watched_of_school", "watched_told", "watches",
]  # fmt: skip
