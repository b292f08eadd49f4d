"""Founding a bureau: the one act nobody inside it can do."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from qingfu.base.actor import Actor
from qingfu.base.clock import day_of
from qingfu.base.errors import AlreadyThere
from qingfu.records.journal.actions import deed, record
from qingfu.records.people.actions.organs import add_organ
from qingfu.records.people.actions.posts import add_person, add_post, hold_post
from qingfu.records.people.models import Bureau, Organ, Person, Post
from qingfu.records.people.queries import BureauView, PostView, bureau_view, organ_view


def found_bureau(
    *, slug: str, name: str, short_name: str, level: str, division: str | None, officer: str, title: str, at: datetime
) -> PostView:
    """Found a bureau with its own organ and its first officer, who keeps the register; returns the officer's post."""
    try:
        with transaction.atomic():
            bureau = Bureau.objects.create(slug=slug, name=name, short_name=short_name, level=level)
    except IntegrityError as error:
        raise AlreadyThere(what=slug) from error
    clock = Actor.clock(bureau.id)
    with deed(clock):
        record(clock, verb="people.found_bureau", subject="bureau", subject_id=bureau.id, at=at)
        founder = Actor(kind="clock", bureau=bureau.id, roles=frozenset({"clock", "administrator"}))
        organ = add_organ(
            founder, kind="authority", name=name, short_name=short_name, code="authority", level=level,
            division=division, at=at,
        )  # fmt: skip
        person = add_person(founder, name=officer, at=at)
        post = add_post(founder, organ=organ.id, title=title, administers=True, at=at)
        hold_post(founder, post=post, person=person, from_on=day_of(at), at=at)
        return _first_post(bureau_view(bureau), organ.id, person, post)


def _first_post(bureau: BureauView, organ: int, person: int, post: int) -> PostView:
    row = Post.objects.get(id=post)
    return PostView(
        id=post,
        title=row.title,
        organ=organ_view(Organ.objects.get(id=organ)),
        person=person,
        person_name=Person.objects.get(id=person).name,
        member_kind="",
        administers=True,
        bureau=bureau,
    )
