"""Frozen copies of what was shown. The portal's role may read this table and nothing else of a bureau."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from qingfu.records.people.models import Kept, Person
from qingfu.records.plans.models import Edition


class Disclosure(Kept):
    """What was published where, from when to when. Withdrawing keeps the row and its digest."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=80)
    shows = models.CharField(max_length=12)
    title = models.CharField(max_length=200)
    audience = ArrayField(models.CharField(max_length=12))
    places = ArrayField(models.CharField(max_length=12))
    content = models.BinaryField()
    digest = models.CharField(max_length=64)
    published_at = models.DateTimeField()
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    replaced_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        db_table = "disclosures_disclosure"
        constraints = [
            models.UniqueConstraint(
                fields=["bureau", "edition", "key"],
                condition=Q(replaced_at=None, withdrawn_at=None),
                name="disclosures_one_at_a_time",
            )
        ]
        indexes = [models.Index(fields=["bureau", "shows", "published_at"], name="disclosures_shows")]
