"""Tasks: one duty of the plan, for one organ, in one period."""

from __future__ import annotations

from django.db import models

from qingfu.records.forms.models import Answer
from qingfu.records.people.models import Kept, Organ, Person
from qingfu.records.plans.models import Edition


class Task(Kept):
    """What one organ must do by when. `explains` says how the day was found; `moved_from` is the day before a move."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="+")
    duty = models.CharField(max_length=60)
    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="+")
    period = models.CharField(max_length=40)
    opens_on = models.DateField()
    due_on = models.DateField(null=True)
    explains = models.JSONField(default=dict)
    moved_from = models.DateField(null=True)
    state = models.CharField(max_length=12, default="waiting")
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        db_table = "duties_task"
        constraints = [
            models.UniqueConstraint(fields=["bureau", "edition", "duty", "organ", "period"], name="duties_task_once")
        ]
        indexes = [
            models.Index(fields=["bureau", "state", "due_on"], name="duties_task_state"),
            models.Index(fields=["bureau", "organ", "state"], name="duties_task_organ"),
        ]


class HandIn(Kept):
    """One handing-in of a task, by whom and how it came: by oneself, from paper, through a one-time link."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="hand_ins")
    answer = models.ForeignKey(Answer, null=True, on_delete=models.PROTECT, related_name="+")
    note = models.TextField(blank=True)
    via = models.CharField(max_length=8, default="self")
    on_behalf = models.CharField(max_length=60, blank=True)
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()
    judged = models.CharField(max_length=12, blank=True)
    judged_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    judged_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True)

    class Meta:
        db_table = "duties_hand_in"


class TaskLink(Kept):
    """A one-time link for an organ that has no account. Only the token's digest is kept."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="+")
    token_digest = models.CharField(max_length=64)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "duties_task_link"
        constraints = [models.UniqueConstraint(fields=["bureau", "token_digest"], name="duties_task_link_token")]
