"""New classes of a school: pupils, pairs and groups, teams of teachers, and every change after the draw.

Names of pupils and teachers stay in the school: no query gives them to anybody else, the bureau included.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from qingfu.records.draws.models import Draw
from qingfu.records.people.models import Kept, Organ, Person
from qingfu.records.plans.models import Edition


class Placement(Kept):
    """阳光分班 of one grade of one school in one school year. `cohort` is the year in which they began."""

    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="+")
    edition = models.ForeignKey(Edition, null=True, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    grade = models.CharField(max_length=2)
    cohort = models.PositiveSmallIntegerField()
    stage_cohort = models.CharField(max_length=8)
    classes = models.PositiveSmallIntegerField(default=0)
    cap = models.PositiveSmallIntegerField(null=True)
    clause = models.CharField(max_length=60, blank=True)
    permit = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=12, default="collecting")
    draw = models.ForeignKey(Draw, null=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()

    class Meta:
        db_table = "placement_placement"
        constraints = [
            # One draw for those who began together in one stage: a second one would be a second split.
            models.UniqueConstraint(fields=["bureau", "organ", "stage_cohort"], name="placement_once"),
        ]


class Team(Kept):
    """A team of teachers of comparable strength, drawn to a class.

    `teachers`, `seniors` of them with a middle or senior title, `years` of teaching on average; None where not told.
    """

    placement = models.ForeignKey(Placement, on_delete=models.CASCADE, related_name="teams")
    name = models.CharField(max_length=120)
    ticket = models.CharField(max_length=20, blank=True)
    teachers = models.PositiveSmallIntegerField(null=True)
    seniors = models.PositiveSmallIntegerField(null=True)
    years = models.PositiveSmallIntegerField(null=True)

    class Meta:
        db_table = "placement_team"
        constraints = [models.UniqueConstraint(fields=["bureau", "placement", "name"], name="placement_team_name")]


class Pupil(Kept):
    """A new pupil. `level` is in half points; `special` is known in the school only. `label` is the class now."""

    placement = models.ForeignKey(Placement, on_delete=models.CASCADE, related_name="pupils")
    number = models.CharField(max_length=30)
    name = models.CharField(max_length=40)
    gender = models.CharField(max_length=1)
    township = models.CharField(max_length=40, blank=True)
    level = models.PositiveIntegerField(default=0)
    special = models.BooleanField(default=False)
    ticket = models.CharField(max_length=20, blank=True)
    label = models.CharField(max_length=40, blank=True)
    # The place among those who came after the draw, from 1.
    later = models.PositiveSmallIntegerField(null=True)
    left_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "placement_pupil"
        constraints = [
            models.UniqueConstraint(fields=["bureau", "placement", "number"], name="placement_pupil_number"),
            models.UniqueConstraint(fields=["bureau", "placement", "later"], name="placement_pupil_later"),
            models.CheckConstraint(condition=Q(gender__in=("m", "f")), name="placement_pupil_gender"),
        ]


class Tie(Kept):
    """Two pupils who are to share a class, or not to: twins for instance. The reason stays in the school."""

    placement = models.ForeignKey(Placement, on_delete=models.CASCADE, related_name="ties")
    kind = models.CharField(max_length=8)
    one = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Pupil, null=True, on_delete=models.CASCADE, related_name="+")
    team = models.ForeignKey(Team, null=True, on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(max_length=120)

    class Meta:
        db_table = "placement_tie"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=("together", "apart"), other__isnull=False, team__isnull=True)
                | Q(kind="avoid", other__isnull=True, team__isnull=False),
                name="placement_tie_ends",
            ),
            models.CheckConstraint(condition=~Q(one=F("other")), name="placement_tie_two"),
            models.UniqueConstraint(
                fields=["bureau", "placement", "one", "other", "team"],
                nulls_distinct=False,
                name="placement_tie_once",
            ),
        ]


class Change(Kept):
    """What happened to a class after the draw: came later, left, or by an exception that is public. Added only."""

    pupil = models.ForeignKey(Pupil, on_delete=models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=9)
    source = models.CharField(max_length=40, blank=True)
    goal = models.CharField(max_length=40, blank=True)
    reason = models.CharField(max_length=200)
    approver = models.CharField(max_length=60, blank=True)
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "placement_change"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=("arrive", "leave")) | (Q(kind="exception") & ~Q(reason="") & ~Q(approver="")),
                name="placement_change_reason",
            ),
        ]
