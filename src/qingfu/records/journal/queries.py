"""Reading in a tenant; the head of the chain; the story of a subject; the whole journal for a verifier."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db import connections, transaction
from django.db.models import Count

from qingfu.base.actor import Actor
from qingfu.records.journal.models import Entry, Seal

T = TypeVar("T")

_entered: ContextVar[dict[str, int] | None] = ContextVar("qingfu_entered", default=None)
_memory: ContextVar[dict[str, dict[Hashable, Any]] | None] = ContextVar("qingfu_memory", default=None)


def entered(using: str) -> int | None:
    """The bureau this connection is in at the moment, if any."""
    return (_entered.get() or {}).get(using)


@contextmanager
def enter_tenant(bureau: int, using: str) -> Iterator[None]:
    """Set the bureau for the transaction that is open: local to it, so that pooled connections leak nothing."""
    already = entered(using)
    if already is not None and already != bureau:
        raise AssertionError("one transaction belongs to one bureau")
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT set_config('app.bureau', %s, true)", [str(bureau)])
    token = _entered.set({**(_entered.get() or {}), using: bureau})
    memory = _memory.set({})
    try:
        yield
    finally:
        _memory.reset(memory)
        _entered.reset(token)
    # After an error the transaction is rolled back, and the setting with it; asking it anything would hide that error.
    if connections[using].in_atomic_block and not connections[using].needs_rollback:
        with connections[using].cursor() as cursor:
            cursor.execute("SELECT set_config('app.bureau', '', true)")


def remembered(subject: str, key: Hashable, make: Callable[[], T]) -> T:
    """What `make` gives, made once while a bureau is entered; `forget` or a journal row about the subject ends it."""
    memory = _memory.get()
    if memory is None:
        return make()
    known = memory.setdefault(subject, {})
    if key not in known:
        known[key] = make()
    value: T = known[key]
    return value


def forget(subject: str) -> None:
    """Whatever is remembered of a subject is read anew from here on."""
    (_memory.get() or {}).pop(subject, None)


@contextmanager
def reading(actor: Actor, using: str = "default") -> Iterator[None]:
    """One read in the actor's bureau; an inner one joins the outer. Faces open one for each page."""
    if entered(using) == actor.bureau:
        yield
        return
    with transaction.atomic(using=using), enter_tenant(actor.bureau, using):
        yield


@dataclass(frozen=True)
class Told:
    """One journal row as a page shows it."""

    at: datetime
    verb: str
    person: int | None
    acting_for: int | None
    via: str
    digest: str


@dataclass(frozen=True)
class Head:
    """The head of the chain: `n:digest`, and how many rows wait to be sealed."""

    n: int
    digest: str
    waiting: int

    @property
    def text(self) -> str:
        """As printed on the leader's page."""
        return f"{self.n}:{self.digest}" if self.n else ""


def as_record(row: Entry) -> dict[str, object]:
    """The record of an entry that is chained: what an offline verifier recomputes the digest from."""
    return {
        "id": row.id,
        "bureau": row.bureau,
        "at": row.at.astimezone(UTC).isoformat(),
        "actor": row.actor_kind,
        "person": row.person,
        "post": row.post,
        "acting_for": row.acting_for,
        "via": row.via,
        "verb": row.verb,
        "subject": row.subject,
        "subject_id": row.subject_id,
        "digest": row.digest,
    }


def head(actor: Actor) -> Head:
    """The chain's present head in the actor's bureau."""
    with reading(actor):
        last = Seal.objects.order_by("-n").first()
        waiting = Entry.objects.count() - (last.n if last else 0)
        return Head(last.n, last.digest, waiting) if last else Head(0, "", waiting)


def story(actor: Actor, *, subject: str, subject_id: int) -> tuple[Told, ...]:
    """What was done to one subject, oldest first."""
    with reading(actor):
        rows = Entry.objects.filter(subject=subject, subject_id=subject_id).order_by("id")
        return tuple(Told(r.at, r.verb, r.person, r.acting_for, r.via, r.digest) for r in rows)


def was_sent(actor_kind: str, client_id: UUID | None) -> bool:
    """Whether somebody without a person, such as the holder of a link, has done something under this client id."""
    return (
        client_id is not None and Entry.objects.filter(client_id=client_id, actor_kind=actor_kind, person=None).exists()
    )


def tallied(actor: Actor, *, since: datetime, until: datetime) -> dict[str, int]:
    """How often each verb was done in a time, by verb; never by person."""
    with reading(actor):
        rows = Entry.objects.filter(at__gt=since, at__lte=until).values_list("verb").annotate(n=Count("id"))
        return dict(rows.order_by("verb"))


def exported(actor: Actor) -> Iterator[dict[str, object]]:
    """Every sealed row in order, as the offline verifier reads it: n, entry, prev, digest."""
    with reading(actor):
        seals = list(Seal.objects.order_by("n").values("n", "entry", "prev", "digest"))
        entries = {row.id: as_record(row) for row in Entry.objects.filter(id__in=[s["entry"] for s in seals])}
        for seal in seals:
            yield {"n": seal["n"], "entry": entries[seal["entry"]], "prev": seal["prev"], "digest": seal["digest"]}


Row = TypeVar("Row")


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Part of a longer list: `number` counts from 1, `total` counts all rows."""

    rows: tuple[Row, ...]
    total: int
    number: int
    size: int

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // self.size))
