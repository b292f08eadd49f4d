"""Plan editions: the frozen pack, its filled blanks, who sits where, official texts, moved dates; school terms."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

from qingfu.records.people.models import Kept, Organ, Person


class Edition(Kept):
    """One plan of one bureau. `content` is the pack's canonical form; once in force it never changes."""

    pack = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    content = models.BinaryField()
    state = models.CharField(max_length=12, default="draft")
    in_force_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)

    class Meta:
        db_table = "plans_edition"
        constraints = [
            models.UniqueConstraint(
                fields=["bureau", "pack"], condition=~Q(state="ended"), name="plans_edition_one_open"
            )
        ]


class Filling(Kept):
    """A blank of the pack, filled by the bureau. `path` as the reader prints it."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="fillings")
    path = models.CharField(max_length=160)
    value = models.CharField(max_length=200)
    by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "plans_filling"
        constraints = [models.UniqueConstraint(fields=["bureau", "edition", "path"], name="plans_filling_once")]


class Seat(Kept):
    """Which organ fills a party of the plan."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="seats")
    party = models.CharField(max_length=60)
    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "plans_seat"
        constraints = [models.UniqueConstraint(fields=["bureau", "edition", "party"], name="plans_seat_once")]


class OfficialText(Kept):
    """The exact words of a clause, entered by the bureau from its own document."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="+")
    clause = models.CharField(max_length=40)
    text = models.TextField()

    class Meta:
        db_table = "plans_official_text"
        constraints = [models.UniqueConstraint(fields=["bureau", "edition", "clause"], name="plans_official_text_once")]


class Reschedule(Kept):
    """A leader's "move it to the 25th": the old and the new day, and why. Rows are added, never changed."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="reschedules")
    target = models.CharField(max_length=100)
    was = models.DateField(null=True)
    now = models.DateField()
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "plans_reschedule"
        indexes = [models.Index(fields=["bureau", "edition", "target"], name="plans_reschedule_target")]


class Term(Kept):
    """A school term of the bureau; `year` is the calendar year in which its school year begins.

    Every plan counts by these terms, in place of those its pack assumed, so that a fact is reported once for all plans.
    """

    name = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    from_on = models.DateField()
    until_on = models.DateField()

    class Meta:
        db_table = "plans_term"
        constraints = [
            models.UniqueConstraint(fields=["bureau", "name"], name="plans_term_name"),
            models.CheckConstraint(condition=Q(until_on__gt=F("from_on")), name="plans_term_ends_after_it_begins"),
            ExclusionConstraint(
                name="plans_term_one_at_a_time",
                expressions=[
                    ("bureau", RangeOperators.EQUAL),
                    (
                        Func("from_on", "until_on", Value("[]"), function="daterange", output_field=DateRangeField()),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]
