"""Open enrolment: the announcement of a school year, each school's area, its result, and changes of areas.

No child stands here: numbers only. What the public sees is a frozen copy in `disclosures`.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from qingfu.records.forms.models import File
from qingfu.records.people.models import Kept, Organ, Person
from qingfu.records.plans.models import Edition


class EnrolmentYear(Kept):
    """招生公告 of one school year (by its first year). `times` are maps of what, from and until (ISO days)."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    times = models.JSONField(default=list)
    conditions = models.TextField(blank=True)
    where = models.TextField(blank=True)
    papers = models.TextField(blank=True)
    online = models.TextField(blank=True)
    state = models.CharField(max_length=10, default="draft")
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "enrolment_year"
        constraints = [models.UniqueConstraint(fields=["bureau", "edition", "year"], name="enrolment_year_once")]


class Catchment(Kept):
    """学区: the area of a school in words, its planned places, the children expected. `posted`: as published last."""

    announcement = models.ForeignKey(EnrolmentYear, on_delete=models.CASCADE, related_name="catchments")
    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="+")
    area = models.TextField(blank=True)
    places = models.PositiveIntegerField(null=True)
    expected = models.PositiveIntegerField(null=True)
    posted = models.TextField(blank=True)

    class Meta:
        db_table = "enrolment_catchment"
        constraints = [
            models.UniqueConstraint(fields=["bureau", "announcement", "organ"], name="enrolment_catchment_once")
        ]


class EnrolmentResult(Kept):
    """招生结果 of one school in one year, in numbers. `grounds`: maps of ground and number, of those from elsewhere."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    places = models.PositiveIntegerField()
    registered = models.PositiveIntegerField()
    within = models.PositiveIntegerField()
    otherwise = models.PositiveIntegerField()
    grounds = models.JSONField(default=list)
    refused = models.PositiveIntegerField()
    refused_within = models.PositiveIntegerField()
    note = models.CharField(max_length=400, blank=True)
    on_behalf = models.CharField(max_length=60, blank=True)
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "enrolment_result"
        constraints = [
            models.UniqueConstraint(fields=["bureau", "edition", "organ", "year"], name="enrolment_result_once"),
            models.CheckConstraint(
                condition=Q(registered=F("within") + F("otherwise") + F("refused")), name="enrolment_result_sum"
            ),
            models.CheckConstraint(condition=Q(refused_within__lte=F("refused")), name="enrolment_result_part"),
        ]


class CatchmentChange(Kept):
    """片区调整: an act of its own. `year` is the first school year it is for, `effect_on` its first day."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    why = models.CharField(max_length=400)
    effect_on = models.DateField()
    notice_on = models.DateField(null=True)
    places = models.CharField(max_length=400, blank=True)
    transition_until = models.DateField(null=True)
    transition = models.CharField(max_length=400, blank=True)
    state = models.CharField(max_length=10, default="draft")
    dropped_because = models.CharField(max_length=300, blank=True)
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "enrolment_change"
        constraints = [
            models.CheckConstraint(
                condition=Q(transition_until=None) | Q(transition_until__gte=F("effect_on")),
                name="enrolment_change_transition",
            ),
        ]


class ChangedArea(Kept):
    """The area of one school before and after a change; before is read from what was published."""

    change = models.ForeignKey(CatchmentChange, on_delete=models.CASCADE, related_name="areas")
    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="+")
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)

    class Meta:
        db_table = "enrolment_changed_area"
        constraints = [models.UniqueConstraint(fields=["bureau", "change", "organ"], name="enrolment_changed_once")]


class ParentsMeeting(Kept):
    """A meeting with parents' representatives: a number and what was said, no name. Added only."""

    change = models.ForeignKey(CatchmentChange, on_delete=models.PROTECT, related_name="meetings")
    name = models.CharField(max_length=120)
    held_on = models.DateField()
    parents = models.PositiveIntegerField()
    said = models.CharField(max_length=600)
    answered = models.CharField(max_length=600)
    paper = models.ForeignKey(File, null=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "enrolment_meeting"
        constraints = [models.CheckConstraint(condition=Q(parents__gt=0), name="enrolment_meeting_parents")]
