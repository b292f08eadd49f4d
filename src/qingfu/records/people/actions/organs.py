"""Organs enter and leave the register."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from qingfu.base.actor import Actor
from qingfu.base.clock import day_of
from qingfu.base.errors import AlreadyThere, NotFound
from qingfu.records.journal.actions import deed, first_answer, record
from qingfu.records.people.actions.judging import check_shape
from qingfu.records.people.models import Organ, OrganDivision
from qingfu.records.people.queries import OrganView, organ_view, require_keeper, sort_key


def add_organ(
    actor: Actor,
    *,
    kind: str,
    name: str,
    short_name: str = "",
    code: str = "",
    level: str = "county",
    stage: str = "",
    division: str | None = None,
    parent: int | None = None,
    client_id: UUID | None = None,
    at: datetime,
) -> OrganView:
    """Enter an organ; `code` is its short code (made from the kind and a number if empty)."""
    with deed(actor):
        if (first := first_answer(actor, client_id, subject="organ")) is not None:
            return organ_view(Organ.objects.get(id=first))
        require_keeper(actor)
        check_shape({"name": name, "short-name": short_name, "code": code, "stage": stage, "division": division or ""})
        try:
            with transaction.atomic():
                row = Organ.objects.create(
                    bureau_id=actor.bureau, kind=kind, name=name, short_name=short_name or name,
                    code=code or _next_code(kind), sort_key=sort_key(name), level=level, stage=stage,
                    parent_id=parent, active_from=day_of(at),
                )  # fmt: skip
        except IntegrityError as error:
            raise AlreadyThere(what=name) from error
        if division:
            OrganDivision.objects.create(bureau_id=actor.bureau, organ=row, code=division, from_on=date(1949, 10, 1))
        record(actor, verb="people.add_organ", subject="organ", subject_id=row.id, client_id=client_id, at=at)
        return organ_view(row)


def close_organ(actor: Actor, *, organ: int, client_id: UUID | None = None, at: datetime) -> OrganView:
    """An organ ends: it keeps its history and takes part in nothing new."""
    with deed(actor):
        if (first := first_answer(actor, client_id, subject="organ")) is not None:
            return organ_view(Organ.objects.get(id=first))
        require_keeper(actor)
        row = Organ.objects.select_for_update().filter(id=organ).first()
        if row is None:
            raise NotFound(what=str(organ))
        row.active_until = day_of(at)
        row.save(update_fields=["active_until"])
        record(actor, verb="people.close_organ", subject="organ", subject_id=row.id, client_id=client_id, at=at)
        return organ_view(row)


_LETTER = {"school": "x", "department": "b", "township": "z"}


def _next_code(kind: str) -> str:
    letter = _LETTER.get(kind, kind[:1])
    taken = set(Organ.objects.filter(code__startswith=letter).values_list("code", flat=True))
    number = len(taken) + 1
    while f"{letter}{number:03d}" in taken:
        number += 1
    return f"{letter}{number:03d}"
