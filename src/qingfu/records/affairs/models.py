"""Campus affairs: what a department wants to bring into schools, from application to exit."""

from __future__ import annotations

from django.db import models

from qingfu.records.forms.models import Answer
from qingfu.records.lists.models import Listing
from qingfu.records.people.models import Kept, Organ, Person
from qingfu.records.plans.models import Edition
from qingfu.records.routes.models import Run


class Affair(Kept):
    """社会事务: one application of one department for one span. The upper table holds the keys."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    department = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="+")
    route = models.CharField(max_length=60)
    span = models.CharField(max_length=20)
    title = models.CharField(max_length=120)
    match_key = models.CharField(max_length=120)
    theme = models.CharField(max_length=60, blank=True)
    criterion = models.CharField(max_length=60)
    mode = models.CharField(max_length=60, blank=True)
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, related_name="+")
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="+")
    listing = models.ForeignKey(Listing, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "affairs_affair"
        constraints = [
            models.UniqueConstraint(fields=["bureau", "run"], name="affairs_affair_run"),
            models.UniqueConstraint(fields=["bureau", "listing"], name="affairs_affair_listing"),
        ]
        indexes = [models.Index(fields=["bureau", "span", "department"], name="affairs_affair_span")]


class Flag(Kept):
    """Conduct somebody saw in an affair at a step (无关/无序/无效). Added only; a person judged it."""

    affair = models.ForeignKey(Affair, on_delete=models.CASCADE, related_name="flags")
    conduct = models.CharField(max_length=60)
    step = models.CharField(max_length=60)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "affairs_flag"
        constraints = [
            models.UniqueConstraint(fields=["bureau", "affair", "conduct", "step", "person"], name="affairs_flag_once")
        ]


class Activity(Kept):
    """活动: a listed affair about to happen at schools; its plan goes through a route of its own."""

    listing = models.ForeignKey(Listing, on_delete=models.PROTECT, related_name="+")
    department = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=120)
    mode = models.CharField(max_length=60, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField()
    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, related_name="+")
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "affairs_activity"
        constraints = [models.UniqueConstraint(fields=["bureau", "run"], name="affairs_activity_run")]


class ActivitySchool(Kept):
    """A school an activity goes to."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="schools")
    school = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "affairs_activity_school"
        constraints = [
            models.UniqueConstraint(fields=["bureau", "activity", "school"], name="affairs_activity_school_once")
        ]


class Evaluation(Kept):
    """绩效评估 of a listing in a year: the verdict, and the exit it led to."""

    listing = models.ForeignKey(Listing, on_delete=models.PROTECT, related_name="+")
    evaluation = models.CharField(max_length=60)
    year = models.PositiveSmallIntegerField()
    verdict = models.CharField(max_length=60)
    reason = models.TextField(blank=True)
    answer = models.ForeignKey(Answer, null=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "affairs_evaluation"
        constraints = [
            models.UniqueConstraint(fields=["bureau", "listing", "evaluation", "year"], name="affairs_evaluation_once")
        ]
