"""Answers, drafts and files. Bytes of a file live in the database: one backup holds everything."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from qingfu.records.people.models import Kept, Organ, Person
from qingfu.records.plans.models import Edition


class Answer(Kept):
    """What was answered to a form, once. `content` maps item ids to answers; nobody changes a row."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    form = models.CharField(max_length=60)
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    organ = models.ForeignKey(Organ, null=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    via = models.CharField(max_length=8, default="self")
    on_behalf = models.CharField(max_length=60, blank=True)
    # 先评后看: a sealed answer is seen by whoever gave it, until the room that sealed it opens it.
    sealed = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        db_table = "forms_answer"


class Draft(Kept):
    """What somebody has begun to fill in: saved as they type, gone once handed in."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    subject = models.CharField(max_length=80)
    content = models.JSONField()
    saved_at = models.DateTimeField()

    class Meta:
        db_table = "forms_draft"
        constraints = [models.UniqueConstraint(fields=["bureau", "person", "subject"], name="forms_draft_once")]


class File(Kept):
    """Evidence: an allow-listed type found by content, a random name, its sha256 in every digest that stands on it."""

    ref = models.CharField(max_length=43)
    name = models.CharField(max_length=120)
    media_type = models.CharField(max_length=80)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    organ = models.ForeignKey(Organ, null=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    answer = models.ForeignKey(Answer, null=True, on_delete=models.PROTECT, related_name="files")
    at = models.DateTimeField()

    class Meta:
        db_table = "forms_file"
        constraints = [
            models.UniqueConstraint(fields=["bureau", "ref"], name="forms_file_ref"),
            models.CheckConstraint(condition=Q(size__lte=10_485_760), name="forms_file_bounded"),
        ]


class FileContent(Kept):
    """The bytes, apart from the row that lists read."""

    file = models.ForeignKey(File, on_delete=models.CASCADE, related_name="+")
    content = models.BinaryField()

    class Meta:
        db_table = "forms_file_content"
        constraints = [models.UniqueConstraint(fields=["bureau", "file"], name="forms_file_content_once")]
