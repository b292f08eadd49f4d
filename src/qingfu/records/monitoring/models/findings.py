"""Findings and how they end; limits a bureau sets beside a plan; what the public asks of a school."""

from __future__ import annotations

from django.db import models

from qingfu.records.monitoring.models.classes import SchoolClass
from qingfu.records.people.models import Kept, Organ, Person
from qingfu.records.plans.models import Edition, Term
from qingfu.records.problems.models import Problem


class LimitOrder(Kept):
    """The bureau's order about one limit of a plan, from a day on: another bound, a limit of another pack beside the
    plan, or (`written` empty) the plan's own words again. The latest order that has begun counts."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    limit = models.CharField(max_length=80)
    source = models.CharField(max_length=60, blank=True)
    # As text: of several rows of a bound the last one that meets decides, and JSONB forgets their order.
    written = models.TextField(blank=True)
    clause = models.CharField(max_length=80, blank=True)
    says = models.CharField(max_length=300, blank=True)
    reason = models.CharField(max_length=300)
    from_on = models.DateField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "monitoring_limit_order"
        indexes = [models.Index(fields=["bureau", "edition", "limit"], name="monitoring_limit_order_of")]


class Judgement(Kept):
    """When the whole of a term was last judged by a plan, and how many groups broke a limit."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    violating = models.PositiveIntegerField()

    class Meta:
        db_table = "monitoring_judgement"
        constraints = [models.UniqueConstraint(fields=["bureau", "edition", "term"], name="monitoring_judgement_once")]


class Finding(Kept):
    """One group that breaks one limit in one term. `key` names the group, `keys` are its cells in the limit's order.

    `value`, `counted`, `missing` and `bound` are as `rules.findings.Finding` has them, from the last time it was seen.
    """

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="+")
    limit = models.CharField(max_length=100)
    key = models.CharField(max_length=200)
    keys = models.JSONField()
    organ = models.ForeignKey(Organ, null=True, on_delete=models.PROTECT, related_name="+")
    school_class = models.ForeignKey(
        SchoolClass, null=True, db_column="class_id", on_delete=models.PROTECT, related_name="+"
    )
    day = models.DateField(null=True)
    value = models.IntegerField(null=True)
    counted = models.IntegerField()
    missing = models.IntegerField()
    bound = models.IntegerField(null=True)
    state = models.CharField(max_length=10, default="open")
    found_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    asked_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300, blank=True)
    until = models.DateField(null=True)
    granted_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    problem = models.ForeignKey(Problem, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "monitoring_finding"
        constraints = [
            models.UniqueConstraint(
                fields=["bureau", "edition", "term", "limit", "key"], name="monitoring_finding_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="problem") | models.Q(problem__isnull=False),
                name="monitoring_finding_problem",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="excepted")
                | models.Q(until__isnull=False, granted_by__isnull=False, asked_by__isnull=False),
                name="monitoring_finding_excepted",
            ),
        ]
        indexes = [
            models.Index(fields=["bureau", "edition", "term", "state"], name="monitoring_finding_state"),
            models.Index(fields=["bureau", "organ", "state"], name="monitoring_finding_organ"),
        ]


class FindingNote(Kept):
    """What was said about a finding, by whom. Added only."""

    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="notes")
    verb = models.CharField(max_length=24)
    text = models.CharField(max_length=300, blank=True)
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "monitoring_finding_note"


class BoardText(Kept):
    """The text of a document a school shows in the first week of a term, where it is not made of what was reported."""

    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="+")
    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="+")
    document = models.CharField(max_length=20)
    text = models.CharField(max_length=4000)
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "monitoring_board_text"
        constraints = [
            models.UniqueConstraint(fields=["bureau", "organ", "term", "document"], name="monitoring_board_text_once")
        ]


class Question(Kept):
    """What somebody asked about a difference between what a school posted and what it teaches. Nobody says who asks."""

    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="+")
    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="+")
    school_class = models.ForeignKey(
        SchoolClass, null=True, db_column="class_id", on_delete=models.PROTECT, related_name="+"
    )
    text = models.CharField(max_length=300)
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=10, default="asked")
    answer = models.CharField(max_length=500, blank=True)
    answered_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "monitoring_question"
        indexes = [models.Index(fields=["bureau", "organ", "state"], name="monitoring_question_of")]
