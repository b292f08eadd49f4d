"""Opening a deed in a tenant, writing journal rows in its transaction, sealing the committed ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from django.db import connections, transaction
from django.db.models import Max

from qingfu.base import chain
from qingfu.base.actor import Actor
from qingfu.base.errors import Twice
from qingfu.base.once import said_under
from qingfu.records.journal.models import Entry, Seal
from qingfu.records.journal.queries import as_record, enter_tenant, entered, forget

# An entry may commit after a younger one. The sealer looks this far back every time, and all the way once a day.
LOOK_BACK = 5_000


@contextmanager
def deed(actor: Actor) -> Iterator[None]:
    """One transaction in the actor's bureau. An inner deed joins the outer one; the outermost commits for good."""
    if entered("default") == actor.bureau:
        yield
        return
    with transaction.atomic(durable=True), enter_tenant(actor.bureau, "default"):
        yield


def record(
    actor: Actor,
    *,
    verb: str,
    subject: str,
    subject_id: int,
    digest: str = "",
    client_id: UUID | None = None,
    at: datetime,
) -> int:
    """Write one journal row; must be called inside a deed. Returns the row's id."""
    forget(subject)
    return Entry.objects.create(
        bureau=actor.bureau,
        at=at,
        actor_kind=actor.kind,
        person=actor.person,
        post=actor.post,
        acting_for=actor.acting_for,
        via=actor.via,
        verb=verb,
        subject=subject,
        subject_id=subject_id,
        digest=digest,
        client_id=client_id,
        said=said_under(client_id),
    ).id


def first_answer(actor: Actor, client_id: UUID | None, *, subject: str = "") -> int | None:
    """Not twice: the subject id that this actor's client id has already led to, if any.

    Waits for another transaction that carries the same client id, so that of two at once the second sees the first.
    Raises Twice when the form said something else the first time, or was about another kind of `subject`: that is a
    second act, and not a repeat.
    """
    if client_id is None:
        return None
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"{actor.bureau}:{client_id}"])
    mine = Entry.objects.filter(client_id=client_id, person=actor.person, actor_kind=actor.kind)
    first = mine.values_list("subject_id", "said", "subject").first()
    if first is None:
        return None
    said = said_under(client_id)
    if (said and first[1] and said != first[1]) or (subject and first[2] != subject):
        raise Twice
    return first[0]


def seal(bureau: int, *, whole: bool = False) -> int:
    """Chain all committed, unsealed rows of one bureau; returns how many. Only one sealer works at a time."""
    actor = Actor.clock(bureau)
    with deed(actor):
        with connections["default"].cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(7, %s)", [bureau])
        last = Seal.objects.order_by("-n").first()
        n, prev = (last.n, last.digest) if last else (0, chain.BEGINNING)
        furthest = Seal.objects.aggregate(Max("entry"))["entry__max"] or 0
        since = 0 if whole else furthest - LOOK_BACK
        sealed = Seal.objects.filter(entry__gt=since).values("entry")
        rows = Entry.objects.filter(id__gt=since).exclude(id__in=sealed).order_by("id")
        links = []
        for row in rows:
            n += 1
            made = chain.link(n, prev, as_record(row))
            links.append(Seal(bureau=bureau, n=n, entry=row.id, prev=prev, digest=made.digest))
            prev = made.digest
        Seal.objects.bulk_create(links, batch_size=1_000)
        return len(links)


def record_many(actor: Actor, *, verb: str, subject: str, subject_ids: Iterable[int], at: datetime) -> None:
    """One journal row for each subject, in one statement: the clock opens sixty tasks at a time."""
    Entry.objects.bulk_create(
        Entry(
            bureau=actor.bureau, at=at, actor_kind=actor.kind, person=actor.person, post=actor.post,
            acting_for=actor.acting_for, via=actor.via, verb=verb, subject=subject, subject_id=subject_id,
        )
        for subject_id in subject_ids
    )  # fmt: skip
