"""Rolls (one list for one span) and the listings on them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from qingfu.records.people.models import Kept, Organ, Person
from qingfu.records.plans.models import Edition


class Roll(Kept):
    """名单 of one span, as 2024. The cap is kept by the database itself: `taken` never passes `cap`."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    list = models.CharField(max_length=60)
    span = models.CharField(max_length=20)
    taken = models.PositiveIntegerField(default=0)
    cap = models.PositiveIntegerField(null=True)

    class Meta:
        db_table = "lists_roll"
        constraints = [
            models.UniqueConstraint(fields=["bureau", "edition", "list", "span"], name="lists_roll_once"),
            models.CheckConstraint(condition=Q(cap__isnull=True) | Q(taken__lte=F("cap")), name="lists_roll_cap"),
        ]


class Listing(Kept):
    """One item on a roll. `card` is what the public may read; `match_key` is the title as the gate compares it."""

    roll = models.ForeignKey(Roll, on_delete=models.PROTECT, related_name="listings")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=120)
    match_key = models.CharField(max_length=120)
    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="+")
    card = models.JSONField()
    digest = models.CharField(max_length=64)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    state = models.CharField(max_length=12, default="listed")
    holds_place = models.BooleanField(default=True)

    class Meta:
        db_table = "lists_listing"
        constraints = [
            models.UniqueConstraint(fields=["bureau", "roll", "number"], name="lists_listing_number"),
        ]


class Departure(Kept):
    """调出 or 恢复: how a listing left its roll or came back, why, and who decided. Added only."""

    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="departures")
    exit = models.CharField(max_length=60, blank=True)
    verb = models.CharField(max_length=12)
    state = models.CharField(max_length=12)
    reason = models.CharField(max_length=300, blank=True)
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "lists_departure"
