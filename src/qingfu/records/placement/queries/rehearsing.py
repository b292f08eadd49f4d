"""Rehearsals of a placement: what would come out; never the draw, and never kept as one."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace

from django.db.models import QuerySet

from qingfu.base.actor import Actor
from qingfu.base.errors import NotFound
from qingfu.base.words import translator
from qingfu.records.draws.models import Draw, DrawRecord
from qingfu.records.draws.queries import tickets
from qingfu.records.journal.queries import reading
from qingfu.records.placement.models import Placement, Pupil, Team
from qingfu.records.placement.queries.rights import visible
from qingfu.records.placement.queries.telling import balances, pupil_view
from qingfu.records.placement.queries.views import Balance
from qingfu.rules.phrases import grades

KEY = "class-placement"
SHOWN = 20
_TITLE = "{year}年{organ}{grade}阳光分班"
_chinese = translator("zh-hans")


@dataclass(frozen=True)
class RehearsalRow:
    """One rehearsal: its draw, its number, where it stands."""

    draw: int
    number: str
    state: str


@dataclass(frozen=True)
class Rehearsed:
    """What a rehearsal gave: classes in order with their sizes, the balance, pairs that could not be kept (by name)."""

    labels: tuple[str, ...]
    balances: tuple[Balance, ...]
    unmet: tuple[tuple[str, ...], ...]


def title_of(row: Placement) -> str:
    """What a draw of this placement is called on its notice, which is Chinese in every interface."""
    return _TITLE.format(year=row.year, organ=row.organ.name, grade=grades((row.grade,), _chinese))[:120]


def rehearsals(actor: Actor, placement: int) -> tuple[RehearsalRow, ...]:
    """The latest rehearsals of a placement."""
    with reading(actor):
        found = _of(visible(actor, placement)).order_by("-id")[:SHOWN]
        return tuple(RehearsalRow(*one) for one in found.values_list("id", "number", "state"))


def _of(row: Placement) -> QuerySet[Draw]:
    return Draw.objects.filter(organ=row.organ_id, key=KEY, rehearsal=True, title=title_of(row))


def require_rehearsal(actor: Actor, placement: int, draw: int) -> None:
    """NotFound for a draw that is no rehearsal of this placement."""
    with reading(actor):
        if not _of(visible(actor, placement)).filter(id=draw).exists():
            raise NotFound(what=str(draw))


def rehearsed(actor: Actor, placement: int, draw: int) -> Rehearsed:
    """What came out, for the school; NotFound for another draw, one that was not run, and to everybody else."""
    with reading(actor):
        row = visible(actor, placement)
        require_rehearsal(actor, placement, draw)
        name_of = {one.ticket: one.name for one in tickets(actor, draw)}
        made = DrawRecord.objects.filter(draw=draw).values_list("content", flat=True).first()
        if made is None:
            raise NotFound(what=str(draw))
        result = json.loads(bytes(made))["result"]
        label_of = {name_of[ticket]: one["label"] for one in result["classes"] for ticket in one["tickets"]}
        pupils = [pupil_view(one) for one in Pupil.objects.filter(placement=row)]
        there = [replace(one, label=label_of.get(f"{one.name} {one.number}", "")) for one in pupils]
        teams = Team.objects.filter(placement=row).order_by("name").values_list("name", flat=True)
        name_of |= {f"T{place:02d}": name for place, name in enumerate(teams, start=1)}
        labels = tuple(one["label"] for one in result["classes"])
        unmet = tuple(tuple(name_of.get(ticket, ticket) for ticket in pair) for pair in result["unmet"])
        return Rehearsed(labels, balances(there, labels), unmet)
