"""The tables of the room: classes and what was reported of them, limits set beside a plan, findings, questions."""

from qingfu.records.monitoring.models.classes import Asking, Filing, SchoolClass
from qingfu.records.monitoring.models.facts import (
    FACTS,
    Aid,
    AskedClass,
    Combined,
    DaySchedule,
    Evening,
    Exam,
    ExtraLesson,
    Fact,
    Homework,
    Lesson,
)
from qingfu.records.monitoring.models.findings import (
    BoardText,
    Finding,
    FindingNote,
    Judgement,
    LimitOrder,
    Question,
)
from qingfu.records.monitoring.models.watched import Watched

__all__ = [
    "FACTS", "Aid", "AskedClass", "Asking", "BoardText", "Combined", "DaySchedule", "Evening", "Exam", "ExtraLesson",
    "Fact", "Filing", "Finding", "FindingNote", "Homework", "Judgement", "Lesson", "LimitOrder", "Question",
    "SchoolClass", "Watched",
]  # fmt: skip
