"""Keys: with one a unit's own program reports for it, as whoever made it, as long as he holds the post."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from qingfu.base.actor import Actor
from qingfu.base.chance import new_token
from qingfu.base.clock import day_of
from qingfu.base.errors import FieldFault, Full, Invalid, NotAllowed, NotFound
from qingfu.base.errors.keys import KeyEnded, KeyHolderGone, KeyMade, KeyRefused
from qingfu.base.words import N_, Word
from qingfu.records.journal.actions import deed, first_answer, record
from qingfu.records.journal.queries import reading
from qingfu.records.people.actions.doors import token_digest
from qingfu.records.people.models import ApiKey, Holding
from qingfu.records.people.queries import KeyView, keys, may_make_keys

# A unit has one student system, and perhaps one beside it; more than this nobody can keep an eye on.
MOST = 10
LONGEST_TOKEN = 100


@dataclass(frozen=True)
class KeyInUse:
    """An open key: its id, and who its program is to the register."""

    id: int
    actor: Actor


def make_key(actor: Actor, *, name: str, client_id: UUID | None = None, at: datetime) -> str:
    """A key for the actor's own unit; returns the token, which is kept nowhere. `name` says which program holds it.

    A repeat cannot give it again and raises KeyMade. Raises NotAllowed, Invalid, and Full beside ten open keys.
    """
    with deed(actor):
        if not may_make_keys(actor):
            who = [Word(N_("somebody of a school or of the bureau, in a post of his own"))]
            raise NotAllowed(verb=Word(N_("make a key for a program")), who=who)
        if first_answer(actor, client_id, subject="api-key") is not None:
            raise KeyMade
        label = name.strip()
        if not label or len(label) > 40:
            raise Invalid(FieldFault("name", N_("Say in a few words which program gets the key.")))
        if ApiKey.objects.filter(bureau=actor.bureau, organ=actor.organ or 0, ended_at=None).count() >= MOST:
            raise Full(list=Word(N_("open keys")), cap=MOST, window=Word(N_("one unit")))
        token = new_token()
        row = ApiKey.objects.create(
            token_digest=token_digest(token), bureau_id=actor.bureau, organ=actor.organ or 0, person=actor.person or 0,
            post=actor.post or 0, name=label, made_at=at,
        )  # fmt: skip
        record(
            actor, verb="people.make_key", subject="api-key", subject_id=row.id, client_id=client_id, at=at
        )  # fmt: skip
        return token


def end_key(actor: Actor, *, key: int, client_id: UUID | None = None, at: datetime) -> KeyView:
    """From now on the key opens nothing. Whoever sees a key may end it; one that is ended already stays as it is."""
    with deed(actor):
        seen = next((one for one in keys(actor, on=day_of(at)) if one.id == key), None)
        if seen is None:
            raise NotFound(what=str(key))
        row = ApiKey.objects.select_for_update().get(id=key)
        if first_answer(actor, client_id, subject="api-key") is None and row.ended_at is None:
            row.ended_at = at
            row.save(update_fields=["ended_at"])
            record(actor, verb="people.end_key", subject="api-key", subject_id=key, client_id=client_id, at=at)
        return next(one for one in keys(actor, on=day_of(at)) if one.id == key)


def open_with_key(*, token: str, at: datetime) -> KeyInUse:
    """Who a program is, by the key it sends. The day of its last use is kept, once a day.

    Found by its digest, which whoever guesses cannot steer: how long the search takes tells nothing.
    Raises KeyRefused, KeyEnded, KeyHolderGone.
    """
    row = ApiKey.objects.filter(token_digest=token_digest(token[:LONGEST_TOKEN])).first()
    if row is None:
        raise KeyRefused
    if row.ended_at is not None:
        raise KeyEnded(day=day_of(row.ended_at))
    today = day_of(at)
    actor = _holder(row, today)
    if row.used_on != today:
        ApiKey.objects.filter(id=row.id).update(used_on=today)
    return KeyInUse(row.id, actor)


def _holder(row: ApiKey, today: date) -> Actor:
    """The maker of a key in his post; raises KeyHolderGone where he left it, or where his unit has ended."""
    in_bureau = Actor(kind="person", bureau=row.bureau_id, person=row.person)
    with reading(in_bureau):
        standing = Q(until_on=None) | Q(until_on__gte=today)
        held = (
            Holding.objects.filter(
                standing, from_on__lte=today, post=row.post, person=row.person, post__organ=row.organ
            )
            .select_related("post__organ", "person")
            .first()
        )
        if held is None or (held.post.organ.active_until or today) < today:
            raise KeyHolderGone
        post = held.post
        # Never "administrator": a program reports and reads; it keeps no register.
        return Actor(
            kind="person", bureau=row.bureau_id, person=row.person, post=row.post, organ=row.organ, via="key",
            roles=frozenset({post.organ.kind}),
            name=held.person.name,
        )  # fmt: skip
