"""The classes of a school year, whom the sample asks, and filings: who reported what, when, by which way."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from qingfu.records.people.models import Kept, Organ, Person
from qingfu.records.plans.models import Term
from qingfu.rules.grades import GRADES
from qingfu.rules.nodes import PLACES


class Asking(Kept):
    """How many classes of each stage report their homework on a school day of a term.

    `seed` decides which, and is told when the term is over.
    """

    term = models.ForeignKey(Term, on_delete=models.CASCADE, related_name="+")
    a_day = models.PositiveSmallIntegerField(default=0)
    seed = models.CharField(max_length=64)

    class Meta:
        db_table = "monitoring_asking"
        constraints = [models.UniqueConstraint(fields=["bureau", "term"], name="monitoring_asking_once")]


class Filing(Kept):
    """One report of one school into one table. `rows` were said; `replaced` rows said before stand no longer."""

    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="+")
    table = models.CharField(max_length=20)
    via = models.CharField(max_length=8)
    on_behalf = models.CharField(max_length=40, blank=True)
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    rows = models.PositiveIntegerField()
    replaced = models.PositiveIntegerField(default=0)
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        db_table = "monitoring_filing"
        indexes = [models.Index(fields=["bureau", "organ", "table", "at"], name="monitoring_filing_of")]


class SchoolClass(Kept):
    """A class of one school year. What is empty has not been reported."""

    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=24)
    grade = models.CharField(max_length=2)
    place = models.CharField(max_length=8, null=True)  # noqa: DJ001 # empty means: not reported
    pupils = models.PositiveSmallIntegerField(null=True)
    experimental = models.BooleanField(null=True)
    permit = models.BooleanField(null=True)
    closed = models.BooleanField(default=False)
    filing = models.ForeignKey(Filing, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "monitoring_class"
        constraints = [
            models.UniqueConstraint(fields=["bureau", "organ", "year", "name"], name="monitoring_class_name"),
            models.CheckConstraint(condition=Q(grade__in=GRADES), name="monitoring_class_grade"),
            models.CheckConstraint(condition=Q(place__in=PLACES) | Q(place=None), name="monitoring_class_place"),
        ]
        indexes = [models.Index(fields=["bureau", "year", "organ"], name="monitoring_class_of")]
