"""Figures of the pupils a plan has watched: how many, never who; there is no column that could hold a name (C30)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.lookups import GreaterThanOrEqual, LessThanOrEqual

from qingfu.records.monitoring.models.facts import Told
from qingfu.records.plans.models import Term
from qingfu.rules.grades import GRADES


class Watched(Told):
    """Of one grade and term: its pupils, those with the lowest `share` per cent of the results, and how that changed.

    `before` were among the lowest in the term before; of these `gone` are it no longer, and `come` are new among them.
    All three are empty where nothing is known of the term before.
    """

    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="+")
    share = models.PositiveSmallIntegerField()
    grade = models.CharField(max_length=2)
    # Larger than a count needs: it is multiplied by the share.
    pupils = models.PositiveIntegerField()
    lowest = models.PositiveSmallIntegerField()
    helped = models.PositiveSmallIntegerField()
    before = models.PositiveSmallIntegerField(null=True)
    gone = models.PositiveSmallIntegerField(null=True)
    come = models.PositiveSmallIntegerField(null=True)

    class Meta:
        db_table = "monitoring_watched"
        constraints = [
            models.UniqueConstraint(
                fields=["bureau", "organ", "term", "share", "grade"], condition=Q(replaced_by=None),
                name="monitoring_watched_once",
            ),
            models.CheckConstraint(condition=Q(grade__in=GRADES), name="monitoring_watched_grade"),
            models.CheckConstraint(
                condition=Q(share__range=(1, 50), lowest__lte=F("pupils"), helped__lte=F("lowest")),
                name="monitoring_watched_parts",
            ),
            # The share of the pupils, rounded either way.
            models.CheckConstraint(
                condition=GreaterThanOrEqual(F("lowest") * 100, F("pupils") * F("share") - 99)
                & LessThanOrEqual(F("lowest") * 100, F("pupils") * F("share") + 99),
                name="monitoring_watched_share",
            ),
            models.CheckConstraint(
                condition=Q(before=None, gone=None, come=None)
                | Q(
                    before__isnull=False, gone__isnull=False, come__isnull=False, gone__lte=F("before"),
                    come__lte=F("lowest"), lowest=F("before") - F("gone") + F("come"),
                ),
                name="monitoring_watched_change",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["bureau", "share", "term", "organ"], name="monitoring_watched_term")]
