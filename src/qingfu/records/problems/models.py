"""The one ledger: problems, their rectification, verification, re-visits, and the owner's replies."""

from __future__ import annotations

from django.db import models

from qingfu.records.duties.models import Task
from qingfu.records.forms.models import File
from qingfu.records.people.models import Kept, Organ, Person
from qingfu.records.plans.models import Edition


class Problem(Kept):
    """One line. `standard` says when it counts as put right; `times_reopened` counts relapses of the same line."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=24)
    kind = models.CharField(max_length=60, blank=True)
    conduct = models.CharField(max_length=60, blank=True)
    clause = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=200)
    detail = models.TextField(blank=True)
    owner = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=16)
    from_task = models.ForeignKey(Task, null=True, on_delete=models.PROTECT, related_name="+")
    found_on = models.DateField()
    happened = models.CharField(max_length=60, blank=True)
    found_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    at_once = models.BooleanField(default=False)
    state = models.CharField(max_length=12, default="found")
    measure = models.TextField(blank=True)
    standard = models.TextField(blank=True)
    deadline = models.DateField(null=True)
    moved_from = models.DateField(null=True)
    responsible = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    responsible_name = models.CharField(max_length=40, blank=True)
    round = models.PositiveSmallIntegerField(default=1)
    times_reopened = models.PositiveSmallIntegerField(default=0)
    revisit_on = models.DateField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "problems_problem"
        constraints = [models.UniqueConstraint(fields=["bureau", "number"], name="problems_problem_number")]
        indexes = [
            models.Index(fields=["bureau", "state", "deadline"], name="problems_problem_state"),
            models.Index(fields=["bureau", "owner", "state"], name="problems_problem_owner"),
        ]


class Rectification(Kept):
    """What the owner reports as done, in one round."""

    problem = models.ForeignKey(Problem, on_delete=models.CASCADE, related_name="rectifications")
    round = models.PositiveSmallIntegerField()
    text = models.TextField()
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    via = models.CharField(max_length=8, default="self")
    at = models.DateTimeField()

    class Meta:
        db_table = "problems_rectification"


class Evidence(Kept):
    """A file that stands under a report of rectification."""

    rectification = models.ForeignKey(Rectification, on_delete=models.CASCADE, related_name="evidence")
    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "problems_evidence"
        constraints = [
            models.UniqueConstraint(fields=["bureau", "rectification", "file"], name="problems_evidence_once")
        ]


class Verification(Kept):
    """Somebody else looked: struck off, or sent back with a reason. One for each round."""

    problem = models.ForeignKey(Problem, on_delete=models.CASCADE, related_name="verifications")
    round = models.PositiveSmallIntegerField()
    verdict = models.CharField(max_length=12)
    reason = models.TextField(blank=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "problems_verification"
        constraints = [
            models.UniqueConstraint(fields=["bureau", "problem", "round"], name="problems_verification_once")
        ]


class Revisit(Kept):
    """回头看: does it hold, or has it come back."""

    problem = models.ForeignKey(Problem, on_delete=models.CASCADE, related_name="revisits")
    on = models.DateField()
    verdict = models.CharField(max_length=12)
    note = models.TextField(blank=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "problems_revisit"


class Reply(Kept):
    """The owner's own words, beside the finding. Added only."""

    problem = models.ForeignKey(Problem, on_delete=models.CASCADE, related_name="replies")
    text = models.TextField()
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "problems_reply"


class DeadlineMove(Kept):
    """A deadline that was moved: the old and the new day, and why. Added only."""

    problem = models.ForeignKey(Problem, on_delete=models.CASCADE, related_name="moves")
    was = models.DateField(null=True)
    now = models.DateField()
    reason = models.CharField(max_length=300)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "problems_deadline_move"
