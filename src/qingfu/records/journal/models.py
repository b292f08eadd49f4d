"""Rows of the journal, the chain that seals them, and who has read how far.

The bureau stands here as a plain number: the journal lies beneath the room that knows bureaus.
"""

from __future__ import annotations

from django.db import models


class Entry(models.Model):
    """One act: ids and digests only, never free text, never contact data. Nobody may change or delete a row.

    `said` is the digest of the form that came with the client id; it tells a repeat from a second act.
    """

    id = models.BigAutoField(primary_key=True)
    bureau = models.BigIntegerField(db_column="bureau_id")
    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=8)
    person = models.BigIntegerField(null=True)
    post = models.BigIntegerField(null=True)
    acting_for = models.BigIntegerField(null=True)
    via = models.CharField(max_length=8)
    verb = models.CharField(max_length=48)
    subject = models.CharField(max_length=24)
    subject_id = models.BigIntegerField()
    digest = models.CharField(max_length=64, blank=True)
    client_id = models.UUIDField(null=True)
    said = models.CharField(max_length=64, blank=True)

    class Meta:
        db_table = "journal_entry"
        indexes = [models.Index(fields=["bureau", "subject", "subject_id"], name="journal_entry_subject")]
        constraints = [
            # Not twice: a client id is used once by one actor. NULL posts of a link count as equal.
            models.UniqueConstraint(
                fields=["bureau", "client_id", "person", "actor_kind"],
                name="journal_entry_once",
                condition=models.Q(client_id__isnull=False),
                nulls_distinct=False,
            )
        ]


class Seal(models.Model):
    """A link of the chain: `n` counts from 1 without gaps in each bureau."""

    id = models.BigAutoField(primary_key=True)
    bureau = models.BigIntegerField(db_column="bureau_id")
    n = models.BigIntegerField()
    entry = models.BigIntegerField()
    prev = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        db_table = "journal_seal"
        constraints = [
            models.UniqueConstraint(fields=["bureau", "n"], name="journal_seal_gapless"),
            models.UniqueConstraint(fields=["bureau", "entry"], name="journal_seal_one_per_entry"),
        ]


class Reading(models.Model):
    """A consumer has dealt with an entry: unique, so that a crash doubles nothing."""

    id = models.BigAutoField(primary_key=True)
    bureau = models.BigIntegerField(db_column="bureau_id")
    consumer = models.CharField(max_length=32)
    entry = models.BigIntegerField()

    class Meta:
        db_table = "journal_reading"
        constraints = [models.UniqueConstraint(fields=["bureau", "consumer", "entry"], name="journal_reading_once")]
