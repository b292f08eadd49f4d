"""Persons, posts, who holds them and who stands in."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from qingfu.base.actor import Actor
from qingfu.base.clock import day_of
from qingfu.base.errors import AlreadyThere, FieldFault, Invalid, NotAllowed, NotFound
from qingfu.base.words import N_
from qingfu.records.journal.actions import deed, first_answer, record
from qingfu.records.people.actions.judging import NAME_OF_PERSON, check_shape
from qingfu.records.people.models import Delegation, Holding, Organ, Person, Post
from qingfu.records.people.queries import require_keeper, sort_key


def add_person(actor: Actor, *, name: str, client_id: UUID | None = None, at: datetime) -> int:
    """Enter a natural person, with no account yet; returns the person's id."""
    with deed(actor):
        if (first := first_answer(actor, client_id)) is not None:
            return first
        require_keeper(actor)
        check_shape({"name": name}, name_most=NAME_OF_PERSON)
        row = Person.objects.create(bureau_id=actor.bureau, name=name, sort_key=sort_key(name, person=True))
        record(actor, verb="people.add_person", subject="person", subject_id=row.id, client_id=client_id, at=at)
        return row.id


def person_named(actor: Actor, *, name: str, at: datetime) -> int:
    """The person of this name, entered now if there is none; two of one name must be told apart by a person."""
    with deed(actor):
        require_keeper(actor)
        known = list(Person.objects.filter(name=name).values_list("id", flat=True)[:2])
        if len(known) > 1:
            raise Invalid(FieldFault("holder", N_("Several people have this name; add what tells them apart.")))
        return known[0] if known else add_person(actor, name=name, at=at)


def add_post(
    actor: Actor, *, organ: int, title: str, member_kind: str = "", administers: bool = False, holder: str = "",
    client_id: UUID | None = None, at: datetime,
) -> int:  # fmt: skip
    """Make a post in an organ, taken up at once by whoever is named as its holder; returns its id."""
    with deed(actor):
        if (first := first_answer(actor, client_id, subject="post")) is not None:
            return first
        require_keeper(actor)
        check_shape({"title": title, "member-kind": member_kind, "holder": holder})
        # A foreign key alone would also reach into another bureau.
        if not Organ.objects.filter(id=organ).exists():
            raise NotFound(what=str(organ))
        try:
            with transaction.atomic():
                row = Post.objects.create(
                    bureau_id=actor.bureau, organ_id=organ, title=title, member_kind=member_kind,
                    administers=administers,
                )  # fmt: skip
        except IntegrityError as error:
            raise AlreadyThere(what=title) from error
        record(actor, verb="people.add_post", subject="post", subject_id=row.id, client_id=client_id, at=at)
        if holder:
            take_up(actor, post=row.id, holder=holder, at=at)
        return row.id


def take_up(actor: Actor, *, post: int, holder: str, client_id: UUID | None = None, at: datetime) -> None:
    """Whoever is named takes up a post from today on, and is entered in the register if need be."""
    with deed(actor):
        if first_answer(actor, client_id, subject="post") is not None:
            return
        check_shape({"holder": holder})
        person = person_named(actor, name=holder, at=at)
        hold_post(actor, post=post, person=person, from_on=day_of(at), client_id=client_id, at=at)


def hold_post(
    actor: Actor, *, post: int, person: int, from_on: date, until_on: date | None = None,
    client_id: UUID | None = None, at: datetime,
) -> None:  # fmt: skip
    """Somebody takes up a post; two holders at once are refused by the database."""
    with deed(actor):
        if first_answer(actor, client_id, subject="post") is not None:
            return
        require_keeper(actor)
        if not Post.objects.filter(id=post).exists() or not Person.objects.filter(id=person).exists():
            raise NotFound(what=str(post))
        try:
            with transaction.atomic():
                Holding.objects.create(
                    bureau_id=actor.bureau, post_id=post, person_id=person, from_on=from_on, until_on=until_on
                )
        except IntegrityError as error:
            raise AlreadyThere(what=str(post)) from error
        record(actor, verb="people.hold_post", subject="post", subject_id=post, client_id=client_id, at=at)


def leave_post(actor: Actor, *, post: int, on: date, client_id: UUID | None = None, at: datetime) -> None:
    """The present holder leaves a post; `on` is the last day."""
    with deed(actor):
        if first_answer(actor, client_id, subject="post") is not None:
            return
        require_keeper(actor)
        row = Holding.objects.select_for_update().filter(post=post, until_on=None).first()
        if row is None:
            raise NotFound(what=str(post))
        row.until_on = on
        row.save(update_fields=["until_on"])
        record(actor, verb="people.leave_post", subject="post", subject_id=post, client_id=client_id, at=at)


def delegate(
    actor: Actor, *, post: int, taker: int, from_on: date, until_on: date, client_id: UUID | None = None, at: datetime
) -> None:
    """The holder lets somebody else act in the post for a period; only the holder or a keeper of the register may."""
    with deed(actor):
        if first_answer(actor, client_id) is not None:
            return
        holding = Holding.objects.filter(post=post, from_on__lte=until_on, until_on=None).first()
        if holding is None:
            raise NotFound(what=str(post))
        if actor.person != holding.person_id or actor.acting_for is not None:
            require_keeper(actor)
        if taker == holding.person_id or not Person.objects.filter(id=taker).exists():
            raise NotFound(what=str(taker))
        Delegation.objects.create(
            bureau_id=actor.bureau, post_id=post, giver_id=holding.person_id, taker_id=taker,
            from_on=from_on, until_on=until_on,
        )  # fmt: skip
        record(actor, verb="people.delegate", subject="post", subject_id=post, client_id=client_id, at=at)


def end_delegation(actor: Actor, *, delegation: int, client_id: UUID | None = None, at: datetime) -> None:
    """A delegation ends early; its past stays on record."""
    with deed(actor):
        if first_answer(actor, client_id, subject="post") is not None:
            return
        row = Delegation.objects.select_for_update().filter(id=delegation, ended_at=None).first()
        if row is None:
            raise NotFound(what=str(delegation))
        if actor.person not in (row.giver_id, row.taker_id) and "administrator" not in actor.roles:
            raise NotAllowed(verb="end_delegation", who=["administrator"])
        row.ended_at = at
        row.until_on = max(row.from_on, day_of(at))
        row.save(update_fields=["ended_at", "until_on"])
        record(actor, verb="people.end_delegation", subject="post", subject_id=row.post_id, client_id=client_id, at=at)
