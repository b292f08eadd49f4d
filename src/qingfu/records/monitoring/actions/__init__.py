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
from qingfu.records.monitoring.actions.judging import Judged, judge
from qingfu.records.monitoring.actions.ordering import draft_bound, order_limit, set_beside
from qingfu.records.monitoring.actions.terms import file_classes, promote_classes, set_term

__all__ = [
    "Judged", "ask_classes", "ask_exception", "draft_bound", "file_classes", "file_rows", "grant_exception", "judge",
    "open_problem", "order_limit", "promote_classes", "refuse_exception", "return_to_reporter", "set_beside",
    "set_term", "stand_by", "take_back",
]  # fmt: skip
