"""What is known of schools: reports, limits, findings, pictures."""

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
from qingfu.records.monitoring.queries.terms import ClassView, TermView, classes, is_office, term, term_on, terms
from qingfu.records.monitoring.queries.trying import Tried, TriedTerm, try_limit

__all__ = [
    "ClassView", "Estimate", "FilingDesk", "FilingView", "FindingGroup", "FindingRow", "FindingView", "LimitView",
    "NoteView", "OrderView", "Reported", "TableDesk", "TermView", "Tried", "TriedTerm", "classes", "estimates",
    "filing", "filing_desk", "finding", "findings", "groups", "is_office", "judging_plans", "limit", "limits",
    "limits_in_force", "reported", "term", "term_on", "terms", "try_limit",
]  # fmt: skip
