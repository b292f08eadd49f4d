"""The ledger read: one line's story, the ledger, its counts, what waits for whom."""

from qingfu.records.problems.queries.case import evidence_file, problem, problem_after
from qingfu.records.problems.queries.inbox import Inbox, inbox
from qingfu.records.problems.queries.ledger import ProblemCount, counts, export, ledger, public_counts, titles_from_task
from qingfu.records.problems.queries.looking_back import closed
from qingfu.records.problems.queries.views import (
    DeadlineMoveView,
    PlannedView,
    ProblemRow,
    ProblemView,
    RectificationView,
    ReplyView,
    RevisitView,
    VerificationView,
)

__all__ = [
    "DeadlineMoveView", "Inbox", "PlannedView", "ProblemCount", "ProblemRow", "ProblemView", "RectificationView",
    "ReplyView", "RevisitView", "VerificationView", "closed", "counts", "evidence_file", "export", "inbox", "ledger",
    "problem", "problem_after", "public_counts", "titles_from_task",
]  # fmt: skip
