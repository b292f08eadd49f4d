"""The plan clock's offset, and how far a demo was lived: one row, moved only in a demo."""

from __future__ import annotations

from django.db import models


class Offset(models.Model):
    """Plan time = system time + `seconds`; without the row they are the same. `lived_until` is a demo's last moment."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    seconds = models.BigIntegerField(default=0)
    lived_until = models.DateTimeField(null=True)

    class Meta:
        db_table = "almanac_offset"
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="almanac_offset_one_row")]
