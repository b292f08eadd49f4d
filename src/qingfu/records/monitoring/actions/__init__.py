"""What schools and the bureau's office do in this room."""

from qingfu.records.monitoring.actions.asking import ask_classes
from qingfu.records.monitoring.actions.ending import (
    ask_exception,
    grant_exception,
    open_problem,
    refuse_exception,
    return_to_reporter,
    stand_by,
)
from qingfu.records.monitoring.actions.filing import file_rows, take_back
from qingfu.records.monitoring.actions.judging import Judged, judge, judge_what_changed
from qingfu.records.monitoring.actions.ordering import draft_bound, order_limit, set_beside
from qingfu.records.monitoring.actions.posting import post_board, write_document
from qingfu.records.monitoring.actions.questioning import answer_question, ask_school, set_aside
from qingfu.records.monitoring.actions.terms import file_classes, promote_classes, set_term
from qingfu.records.monitoring.actions.watching import file_watched

__all__ = [
    "Judged", "answer_question", "ask_classes", "ask_exception", "ask_school", "draft_bound", "file_classes",
    "file_rows", "file_watched", "grant_exception", "judge", "judge_what_changed", "open_problem", "order_limit",
    "post_board", "promote_classes", "refuse_exception", "return_to_reporter", "set_aside", "set_beside", "set_term",
    "stand_by", "take_back", "write_document",
]  # fmt: skip
