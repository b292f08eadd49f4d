"""Runs of a route, the turns of their steps, and what was done in each turn.

A run carries its own kind, title, canonical bytes and digest, and never a pointer upward.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from qingfu.records.forms.models import Answer
from qingfu.records.people.models import Kept, Organ, Person, Post
from qingfu.records.plans.models import Edition


class Run(Kept):
    """One case on its way. `version` grows with every resubmission; `digest` is that of `content`."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    route = models.CharField(max_length=60)
    kind = models.CharField(max_length=16)
    number = models.CharField(max_length=24)
    title = models.CharField(max_length=120)
    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="+")
    content = models.BinaryField()
    digest = models.CharField(max_length=64)
    version = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=12, default="at")
    step = models.CharField(max_length=60)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "routes_run"
        constraints = [models.UniqueConstraint(fields=["bureau", "number"], name="routes_run_number")]
        indexes = [models.Index(fields=["bureau", "state", "step"], name="routes_run_state")]


class Turn(Kept):
    """One visit of a run to a step. At most one turn of a run is open."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="turns")
    step = models.CharField(max_length=60)
    version = models.PositiveIntegerField()
    opened_at = models.DateTimeField()
    due_on = models.DateField(null=True)
    closed_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=12, blank=True)

    class Meta:
        db_table = "routes_turn"
        constraints = [
            models.UniqueConstraint(
                fields=["bureau", "run"], condition=Q(closed_at__isnull=True), name="routes_turn_one_open"
            )
        ]


class Panelist(Kept):
    """A member asked for an opinion in a turn. Who steps aside says why; the row stays."""

    turn = models.ForeignKey(Turn, on_delete=models.CASCADE, related_name="panel")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    stepped_aside = models.CharField(max_length=200, blank=True)

    class Meta:
        db_table = "routes_panelist"
        constraints = [models.UniqueConstraint(fields=["bureau", "turn", "person"], name="routes_panelist_once")]


class Act(Kept):
    """One person's verb in a turn, on the digest he was shown. Added only; one act for a person in a turn."""

    turn = models.ForeignKey(Turn, on_delete=models.CASCADE, related_name="acts")
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    acting_for = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    via = models.CharField(max_length=8, default="self")
    verb = models.CharField(max_length=12)
    reason = models.TextField(blank=True)
    note = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)
    decides = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        db_table = "routes_act"
        constraints = [
            models.UniqueConstraint(fields=["bureau", "turn", "person"], name="routes_act_one_each"),
            models.UniqueConstraint(
                fields=["bureau", "turn"], condition=Q(decides=True), name="routes_act_one_decision"
            ),
        ]


class Opinion(Kept):
    """An expert's opinion: never changed once handed in, unseen by all until the panel closes."""

    turn = models.ForeignKey(Turn, on_delete=models.CASCADE, related_name="opinions")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        db_table = "routes_opinion"
        constraints = [models.UniqueConstraint(fields=["bureau", "turn", "person"], name="routes_opinion_once")]


class Addendum(Kept):
    """A correction added to an opinion; the opinion itself stays."""

    opinion = models.ForeignKey(Opinion, on_delete=models.CASCADE, related_name="addenda")
    text = models.TextField()
    at = models.DateTimeField()

    class Meta:
        db_table = "routes_addendum"
