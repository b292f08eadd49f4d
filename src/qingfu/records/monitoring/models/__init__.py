"""The tables of the room: classes and what was reported of them, limits set beside a plan, findings, questions."""

from qingfu.records.monitoring.models.classes import Filing, SchoolClass, Term
from qingfu.records.monitoring.models.facts import (
    FACTS,
    Aid,
    AskedClass,
    DaySchedule,
    Evening,
    Exam,
    ExtraLesson,
    Fact,
    Homework,
    Lesson,
)
from qingfu.records.monitoring.models.findings import Finding, FindingNote, LimitOrder, Question

__all__ = [
    "FACTS", "Aid", "AskedClass", "DaySchedule", "Evening", "Exam", "ExtraLesson", "Fact", "Filing", "Finding",
    "FindingNote", "Homework", "Lesson", "LimitOrder", "Question", "SchoolClass", "Term",
]  # fmt: skip
