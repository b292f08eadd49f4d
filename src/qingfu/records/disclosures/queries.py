"""What is shown, what was shown, and what is no longer shown. The public's pages read through `portal`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from django.db.models import Q, QuerySet

from qingfu.base.actor import Actor
from qingfu.base.clock import day_of
from qingfu.base.errors import Broken, NotFound
from qingfu.records.disclosures.models import Disclosure
from qingfu.records.disclosures.states import state_of
from qingfu.records.journal.queries import reading
from qingfu.records.people.queries import person_names
from qingfu.records.plans.queries import InForce, sees_all_somewhere

PORTAL = "portal"
# Whom an organ's kind makes a reader of.
_READERS = {"school": "schools", "department": "departments"}
_TRACE = (
    "id", "edition_id", "key", "shows", "title", "audience", "places", "digest", "published_at", "from_on", "until_on",
    "replaced_at", "withdrawn_at", "withdrawn_reason", "by_id",
)  # fmt: skip


@dataclass(frozen=True)
class Trace:
    """A disclosure without its content: what stood where, from when to when, and why it stands no longer."""

    id: int
    edition: int
    key: str
    shows: str
    title: str
    state: str
    audience: tuple[str, ...]
    places: tuple[str, ...]
    digest: str
    published_at: datetime
    from_on: date
    until_on: date | None
    replaced_at: datetime | None
    withdrawn_at: datetime | None
    withdrawn_reason: str
    by: str = ""


@dataclass(frozen=True)
class DisclosureView(Trace):
    """A disclosure with its frozen content, which is empty where it was withdrawn."""

    content: Mapping[str, Any] = field(default_factory=dict)


def _trace(row: Disclosure, by: str) -> dict[str, Any]:
    return {
        "id": row.id, "edition": row.edition_id, "key": row.key, "shows": row.shows, "title": row.title,
        "state": state_of(replaced_at=row.replaced_at, withdrawn_at=row.withdrawn_at),
        "audience": tuple(row.audience), "places": tuple(row.places), "digest": row.digest,
        "published_at": row.published_at, "from_on": row.from_on, "until_on": row.until_on,
        "replaced_at": row.replaced_at, "withdrawn_at": row.withdrawn_at, "withdrawn_reason": row.withdrawn_reason,
        "by": by,
    }  # fmt: skip


def trace_view(row: Disclosure, by: str = "") -> Trace:
    """The view of a row; its content is not read."""
    return Trace(**_trace(row, by))


def disclosure_view(row: Disclosure, by: str = "") -> DisclosureView:
    """The view with the frozen content, its digest compared; Broken when they differ."""
    if row.withdrawn_at is not None:
        return DisclosureView(**_trace(row, by))
    content = bytes(row.content)
    if sha256(content).hexdigest() != row.digest:
        raise Broken(what=f"disclosure {row.id}")
    return DisclosureView(**_trace(row, by), content=json.loads(content))


def _public(on: date) -> QuerySet[Disclosure]:
    """What the public has been shown by a day, on our own pages."""
    rows = Disclosure.objects.using(PORTAL)
    return rows.filter(audience__contains=["public"], places__contains=["portal"], from_on__lte=on)


def _today(shows: str, at: datetime) -> QuerySet[Disclosure]:
    """What of one kind still stands today."""
    day = day_of(at)
    rows = _public(day).filter(shows=shows, replaced_at=None, withdrawn_at=None)
    return rows.filter(Q(until_on=None) | Q(until_on__gte=day))


def shown(bureau: int, shows: str, *, part: str = "", at: datetime) -> tuple[DisclosureView, ...]:
    """What the public is shown today of one kind (list, plan, progress, channels, schools, report), newest first.

    `part`: only what stands under a key of this part, as `term-board:qxzx` has the part `qxzx`.
    """
    with reading(Actor.public(bureau), using=PORTAL):
        rows = _today(shows, at)
        rows = rows.filter(key__endswith=f":{part}") if part else rows
        return tuple(disclosure_view(row) for row in rows.order_by("-published_at", "-id"))


def parts_shown(bureau: int, shows: str, *, at: datetime) -> frozenset[str]:
    """The parts of whose keys the public is shown something of one kind today, as the codes of schools."""
    with reading(Actor.public(bureau), using=PORTAL):
        return frozenset(key.rpartition(":")[2] for key in _today(shows, at).values_list("key", flat=True))


def disclosure(bureau: int, disclosure_id: int, *, at: datetime) -> DisclosureView:
    """One disclosure as the public sees it; of a withdrawn one only the trace. Raises NotFound."""
    with reading(Actor.public(bureau), using=PORTAL):
        row = _public(day_of(at)).filter(id=disclosure_id).first()
        if row is None:
            raise NotFound(what=str(disclosure_id))
        return disclosure_view(row)


def history(bureau: int, key: str, *, edition: int | None = None, at: datetime) -> tuple[Trace, ...]:
    """Everything the public was ever shown under a key, newest first."""
    with reading(Actor.public(bureau), using=PORTAL):
        rows = _public(day_of(at)).filter(key=key).only(*_TRACE)
        rows = rows if edition is None else rows.filter(edition_id=edition)
        return tuple(trace_view(row) for row in rows.order_by("-published_at", "-id"))


def trail(actor: Actor, *, edition: int | None = None, key: str = "") -> tuple[Trace, ...]:
    """For the desk, newest first: everything for the bureau side; for others what was meant for them, without names."""
    with reading(actor):
        rows = Disclosure.objects.only(*_TRACE)
        rows = rows if edition is None else rows.filter(edition=edition)
        rows = rows.filter(key=key) if key else rows
        inside = sees_all_somewhere(actor)
        rows = rows if inside else rows.filter(audience__overlap=_audiences(actor))
        found = list(rows.order_by("-published_at", "-id"))
        names = person_names(actor, [row.by_id for row in found]) if inside else {}
        return tuple(trace_view(row, names.get(row.by_id or 0, "")) for row in found)


def standing(actor: Actor, *, key: str) -> Trace | None:
    """What stands for the public under a key of whatever plan; for rooms above, which judge the right."""
    with reading(actor):
        rows = Disclosure.objects.only(*_TRACE).filter(key=key, replaced_at=None, withdrawn_at=None)
        row = rows.filter(audience__contains=["public"]).order_by("-id").first()
        return trace_view(row) if row else None


def latest(actor: Actor, *, key: str, plan: InForce) -> DisclosureView | None:
    """What was shown last under a key of a plan, whatever became of it; for rooms above, which judge the right."""
    with reading(actor):
        row = Disclosure.objects.filter(edition=plan.edition, key=key).order_by("-published_at", "-id").first()
        return disclosure_view(row) if row else None


def desk_disclosure(actor: Actor, disclosure_id: int) -> DisclosureView:
    """One disclosure for somebody signed in; also what only schools or departments are shown. Raises NotFound."""
    with reading(actor):
        row = Disclosure.objects.filter(id=disclosure_id).first()
        inside = sees_all_somewhere(actor)
        if row is None or not (inside or set(row.audience) & set(_audiences(actor))):
            raise NotFound(what=str(disclosure_id))
        names = person_names(actor, [row.by_id]) if inside else {}
        return disclosure_view(row, names.get(row.by_id or 0, ""))


def _audiences(actor: Actor) -> list[str]:
    return ["public", *(_READERS[role] for role in sorted(actor.roles) if role in _READERS)]
