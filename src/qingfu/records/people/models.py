"""Bureaus, organs, persons, posts. Accounts and bureaus stand outside the tenants; everything else is `Kept`."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Func, Q, Value


class Bureau(models.Model):
    """The tenant: an education authority at any level. Public knowledge only, so it stands outside the tenants."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=80)
    short_name = models.CharField(max_length=20)
    level = models.CharField(max_length=8, default="county")

    class Meta:
        db_table = "people_bureau"


class Kept(models.Model):
    """A row that belongs to one bureau; row-level security keeps it there."""

    bureau = models.ForeignKey(Bureau, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class AccountManager(BaseUserManager["Account"]):
    """Accounts are made by invitation only, in `people.actions`."""


class Account(AbstractBaseUser):
    """A key to the door. What may be done behind it comes from posts, never from the account."""

    name = models.CharField(max_length=60, unique=True)
    is_active = models.BooleanField(default=True)
    language = models.CharField(max_length=8, default="zh-hans")
    large_type = models.BooleanField(default=False)

    USERNAME_FIELD = "name"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = AccountManager()

    class Meta:
        db_table = "people_account"


class Belonging(models.Model):
    """Which person of which bureau an account opens: read before a bureau is chosen, so outside the tenants."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    bureau = models.ForeignKey(Bureau, on_delete=models.CASCADE, related_name="+")
    person = models.BigIntegerField()

    class Meta:
        db_table = "people_belonging"
        constraints = [
            models.UniqueConstraint(fields=["bureau", "person"], name="people_belonging_person"),
            models.UniqueConstraint(fields=["bureau", "account"], name="people_belonging_account"),
        ]


class OneTimeLink(models.Model):
    """An invitation or a password reset, handed over in person. Only the token's digest is kept."""

    token_digest = models.CharField(max_length=64, unique=True)
    purpose = models.CharField(max_length=8)
    bureau = models.ForeignKey(Bureau, on_delete=models.CASCADE, related_name="+")
    person = models.BigIntegerField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "people_one_time_link"


class ApiKey(models.Model):
    """A key with which a unit's own program reports for it; read before a bureau is known, so outside the tenants.

    Only the digest is kept. `person` made it and answers for what comes with it.
    """

    token_digest = models.CharField(max_length=64, unique=True)
    bureau = models.ForeignKey(Bureau, on_delete=models.CASCADE, related_name="+")
    organ = models.BigIntegerField()
    person = models.BigIntegerField()
    post = models.BigIntegerField()
    name = models.CharField(max_length=40)
    made_at = models.DateTimeField()
    used_on = models.DateField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "people_api_key"
        indexes = [models.Index(fields=["bureau", "organ"], name="people_api_key_of")]


class Organ(Kept):
    """An authority, leading group, office, committee, department, school, township, or a superior body."""

    kind = models.CharField(max_length=16)
    name = models.CharField(max_length=80)
    short_name = models.CharField(max_length=30)
    code = models.CharField(max_length=24)
    sort_key = models.CharField(max_length=200)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    level = models.CharField(max_length=8, default="county")
    stage = models.CharField(max_length=24, blank=True)
    active_from = models.DateField(null=True)
    active_until = models.DateField(null=True)

    class Meta:
        db_table = "people_organ"
        constraints = [
            models.UniqueConstraint(fields=["bureau", "code"], name="people_organ_code"),
            models.UniqueConstraint(fields=["bureau", "kind", "name"], name="people_organ_name"),
        ]


class OrganDivision(Kept):
    """The division code an organ has had, and when: codes change."""

    organ = models.ForeignKey(Organ, on_delete=models.CASCADE, related_name="divisions")
    code = models.CharField(max_length=9)
    from_on = models.DateField()
    until_on = models.DateField(null=True)

    class Meta:
        db_table = "people_organ_division"
        constraints = [
            models.UniqueConstraint(fields=["bureau", "organ", "from_on"], name="people_organ_division_once")
        ]


class Person(Kept):
    """One natural person in one bureau, with or without an account."""

    name = models.CharField(max_length=40)
    sort_key = models.CharField(max_length=120)
    account = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        db_table = "people_person"
        constraints = [
            models.UniqueConstraint(fields=["bureau", "account"], name="people_person_account"),
        ]


class Post(Kept):
    """A post in an organ. `member_kind` is the kind of committee member; `administers` may keep the register."""

    organ = models.ForeignKey(Organ, on_delete=models.CASCADE, related_name="posts")
    title = models.CharField(max_length=60)
    member_kind = models.CharField(max_length=30, blank=True)
    administers = models.BooleanField(default=False)

    class Meta:
        db_table = "people_post"
        constraints = [
            models.UniqueConstraint(fields=["bureau", "organ", "title"], name="people_post_title"),
        ]


class Holding(Kept):
    """Who holds a post, from when to when (both days included). Never two at once."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="holdings")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="holdings")
    from_on = models.DateField()
    until_on = models.DateField(null=True)

    class Meta:
        db_table = "people_holding"
        constraints = [
            ExclusionConstraint(
                name="people_holding_one_at_a_time",
                expressions=[
                    ("bureau", RangeOperators.EQUAL),
                    ("post", RangeOperators.EQUAL),
                    (
                        Func("from_on", "until_on", Value("[]"), function="daterange", output_field=DateRangeField()),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            )
        ]


class Delegation(Kept):
    """A holder lets somebody act in the post for a period (both days included)."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="+")
    giver = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    taker = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    from_on = models.DateField()
    until_on = models.DateField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "people_delegation"
        constraints = [
            models.CheckConstraint(condition=~Q(giver=models.F("taker")), name="people_delegation_not_to_oneself"),
            models.CheckConstraint(
                condition=Q(until_on__gte=models.F("from_on")), name="people_delegation_ends_after_it_begins"
            ),
        ]
