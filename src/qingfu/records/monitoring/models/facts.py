"""Facts: a typed table for each table of `qingfu.rules.tables`. What was said stays; what is said anew replaces it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.db.models import Q

from qingfu.records.monitoring.models.classes import Filing, SchoolClass
from qingfu.records.people.models import Kept, Organ
from qingfu.records.plans.models import Term
from qingfu.rules.tables import BY_NAME


class Told(Kept):
    """A row some filing reported; it stands until a later filing says the same thing anew (`replaced_by`)."""

    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="+")
    filing = models.ForeignKey(Filing, on_delete=models.PROTECT, related_name="+")
    replaced_by = models.ForeignKey(Filing, null=True, on_delete=models.PROTECT, related_name="+")

    if TYPE_CHECKING:
        id: int
        objects: ClassVar[models.Manager[Any]]

    class Meta:
        abstract = True


class Fact(Told):
    """A row about one class."""

    school_class = models.ForeignKey(SchoolClass, db_column="class_id", on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True


def _walls(table: str) -> list[models.BaseConstraint]:
    """No two standing rows about the same, and no cell that its column cannot hold."""
    known = BY_NAME[table]
    label = f"monitoring_{table.replace('-', '_')}"
    same = ["bureau", *(_field(column) for column in known.identity)]
    walls: list[models.BaseConstraint] = [
        models.UniqueConstraint(fields=same, condition=Q(replaced_by=None), name=f"{label}_once")
    ]
    for column in known.columns:
        name = _field(column.name)
        if column.among:
            allowed = Q(**{f"{name}__in": column.among}) | Q(**{name: None})
        elif column.most is not None or column.kind == "clock":
            allowed = Q(**{f"{name}__lte": column.most if column.most is not None else 24 * 60}) | Q(**{name: None})
        else:
            continue
        walls.append(models.CheckConstraint(condition=allowed, name=f"{label}_{name}"))
    return walls


def _field(column: str) -> str:
    return "school_class" if column == "class" else column.replace("-", "_")


class Homework(Fact):
    """The homework of one class, day and subject."""

    day = models.DateField()
    subject = models.CharField(max_length=20)
    minutes = models.PositiveSmallIntegerField(null=True)
    written = models.BooleanField(null=True)
    rest = models.BooleanField(null=True)
    parent_marked = models.BooleanField(null=True)
    punitive = models.BooleanField(null=True)
    marked = models.BooleanField(null=True)

    class Meta:
        db_table = "monitoring_homework"
        constraints = _walls("homework")
        # By day for the county, by school for whoever reports: this is the table that grows.
        indexes = [
            models.Index(fields=["bureau", "day", "organ"], name="monitoring_homework_day"),
            models.Index(fields=["bureau", "organ", "day"], name="monitoring_homework_organ"),
        ]


class Exam(Fact):
    """One examination of one class in one subject."""

    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    subject = models.CharField(max_length=20)
    unified = models.BooleanField(null=True)
    paper = models.BooleanField(null=True)
    when = models.CharField(max_length=8, null=True)  # noqa: DJ001 # empty means: not reported
    ranked = models.BooleanField(null=True)
    entrance = models.BooleanField(null=True)

    class Meta:
        db_table = "monitoring_exam"
        constraints = _walls("exams")
        indexes = [models.Index(fields=["bureau", "term", "organ"], name="monitoring_exam_term")]


class Lesson(Fact):
    """One period of a timetable; `record`: as planned, as posted, as taught. `fortnight`: lessons in two weeks."""

    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="+")
    record = models.CharField(max_length=8)
    weekday = models.PositiveSmallIntegerField()
    period = models.PositiveSmallIntegerField()
    subject = models.CharField(max_length=20)
    fortnight = models.PositiveSmallIntegerField(null=True)

    class Meta:
        db_table = "monitoring_lesson"
        constraints = _walls("timetable")
        indexes = [models.Index(fields=["bureau", "term", "organ"], name="monitoring_lesson_term")]


class DaySchedule(Fact):
    """How one weekday of a class runs. Clocks are minutes since midnight."""

    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="+")
    weekday = models.PositiveSmallIntegerField()
    arrive = models.PositiveSmallIntegerField(null=True)
    first_lesson = models.PositiveSmallIntegerField(null=True)
    teaching = models.PositiveSmallIntegerField(null=True)
    exercise = models.PositiveSmallIntegerField(null=True)
    early_study = models.BooleanField(null=True)
    sleep = models.PositiveSmallIntegerField(null=True)

    class Meta:
        db_table = "monitoring_schedule"
        constraints = _walls("schedules")
        indexes = [models.Index(fields=["bureau", "term", "organ"], name="monitoring_schedule_term")]


class Evening(Fact):
    """Evening study of one class on one day."""

    day = models.DateField()
    periods = models.PositiveSmallIntegerField(null=True)
    day_pupils = models.BooleanField(null=True)
    teaching = models.BooleanField(null=True)

    class Meta:
        db_table = "monitoring_evening"
        constraints = _walls("evenings")
        indexes = [models.Index(fields=["bureau", "day", "organ"], name="monitoring_evening_day")]


class ExtraLesson(Fact):
    """A lesson outside the timetable."""

    day = models.DateField()
    subject = models.CharField(max_length=20)
    when = models.CharField(max_length=12, null=True)  # noqa: DJ001 # empty means: not reported
    paid = models.BooleanField(null=True)
    after_school_service = models.BooleanField(null=True)

    class Meta:
        db_table = "monitoring_extra_lesson"
        constraints = _walls("extra-lessons")
        indexes = [models.Index(fields=["bureau", "day", "organ"], name="monitoring_extra_day")]


class Aid(Fact):
    """Teaching aids ordered for one class and subject in a term."""

    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="+")
    subject = models.CharField(max_length=20)
    titles = models.PositiveSmallIntegerField(null=True)
    voluntary = models.BooleanField(null=True)
    listed = models.BooleanField(null=True)

    class Meta:
        db_table = "monitoring_aid"
        constraints = _walls("aids")
        indexes = [models.Index(fields=["bureau", "term", "organ"], name="monitoring_aid_term")]


class Combined(Fact):
    """A class whose room several grades share in a term."""

    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="+")
    grades = models.PositiveSmallIntegerField(null=True)
    pupils = models.PositiveSmallIntegerField(null=True)

    class Meta:
        db_table = "monitoring_combined"
        constraints = _walls("combined")
        indexes = [models.Index(fields=["bureau", "term", "organ"], name="monitoring_combined_term")]


class AskedClass(Kept):
    """A class that was drawn to report its homework of one day."""

    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="+")
    school_class = models.ForeignKey(SchoolClass, db_column="class_id", on_delete=models.PROTECT, related_name="+")
    day = models.DateField()

    class Meta:
        db_table = "monitoring_sample"
        constraints = [models.UniqueConstraint(fields=["bureau", "school_class", "day"], name="monitoring_sample_once")]
        indexes = [models.Index(fields=["bureau", "day", "organ"], name="monitoring_sample_day")]


FACTS: dict[str, type[Fact]] = {
    "homework": Homework,
    "exams": Exam,
    "timetable": Lesson,
    "schedules": DaySchedule,
    "evenings": Evening,
    "extra-lessons": ExtraLesson,
    "aids": Aid,
    "combined": Combined,
}
