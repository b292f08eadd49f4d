"""Queries of routes: one case, and the lists of cases that concern an actor."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from qingfu.base.actor import Actor
from qingfu.records.journal.queries import Page, reading
from qingfu.records.routes.models import Act, Opinion, Run
from qingfu.records.routes.queries.case import case_of
from qingfu.records.routes.queries.desk import rows_of, seats_of, steps_done, visible, waiting_at
from qingfu.records.routes.queries.panels import PanelWanted, panel_wanted
from qingfu.records.routes.queries.together import WaitingCase, WaitingTogether, waiting_together
from qingfu.records.routes.queries.told import told
from qingfu.records.routes.queries.views import (
    ActView,
    AddendumView,
    CaseRow,
    DoneRow,
    MemberView,
    OpinionView,
    PanelView,
    RunView,
    StepView,
    TurnView,
    VerbView,
)

__all__ = [
    "ActView", "AddendumView", "CaseRow", "DoneRow", "MemberView", "OpinionView", "PanelView", "PanelWanted", "RunView",
    "StepView", "TurnView", "VerbView", "WaitingCase", "WaitingTogether", "cases", "done_by", "panel_wanted", "run",
    "run_by_number", "to_decide", "waiting_for_others", "waiting_together",
]  # fmt: skip

PAGE = 30
MOST_DONE = 100


def run(actor: Actor, run: int, *, at: datetime | None = None) -> RunView:
    """One case as the actor may read it; raises NotFound. Without `at`, nothing is said about days left."""
    with reading(actor):
        return told(case_of(actor, run), at)


def run_by_number(actor: Actor, number: str, *, at: datetime | None = None) -> RunView:
    """One case by its number; raises NotFound."""
    with reading(actor):
        found = Run.objects.filter(number=number).values_list("id", flat=True).first()
        return told(case_of(actor, found or 0), at)


def to_decide(actor: Actor, at: datetime) -> tuple[CaseRow, ...]:
    """Cases on which the actor has to act, the most pressing first; `verbs` says with what."""
    with reading(actor):
        seats = seats_of(actor)
        runs = Run.objects.filter(waiting_at(actor, seats)).order_by("id")
        rows = [row for row in rows_of(actor, seats, runs, at) if row.verbs]
        return tuple(sorted(rows, key=lambda row: (row.due_on is None, row.due_on or at.date(), row.id)))


def waiting_for_others(actor: Actor, *, at: datetime | None = None) -> tuple[CaseRow, ...]:
    """Running cases the actor has handed in or had a hand in, and that now wait for somebody else."""
    with reading(actor):
        seats = seats_of(actor)
        acted = Act.objects.filter(Q(person=actor.person) | Q(acting_for=actor.person), turn__run=OuterRef("pk"))
        opined = Opinion.objects.filter(turn__run=OuterRef("pk"), person=actor.person)
        mine = Q(organ=actor.organ) | Q(Exists(acted)) | Q(Exists(opined))
        runs = Run.objects.filter(mine, visible(actor, seats), state__in=("at", "returned")).order_by("-id")
        return tuple(row for row in rows_of(actor, seats, runs, at) if not row.verbs)


def cases(
    actor: Actor, *, state: str = "", text: str = "", kind: str = "", page: int = 1, at: datetime | None = None
) -> Page[CaseRow]:
    """Every case the actor may know of, newest first; `text` looks in number, title and the applicant's name."""
    with reading(actor):
        seats = seats_of(actor)
        wanted = Q()
        if state:
            wanted &= Q(state=state)
        if kind:
            wanted &= Q(kind=kind)
        if text:
            wanted &= Q(number__icontains=text) | Q(title__icontains=text) | Q(organ__name__icontains=text)
        runs = Run.objects.filter(wanted, visible(actor, seats)).order_by("-id")
        number = max(page, 1)
        part = runs[(number - 1) * PAGE : number * PAGE]
        return Page(rows_of(actor, seats, part, at), runs.count(), number, PAGE)


def done_by(actor: Actor) -> tuple[DoneRow, ...]:
    """What this person last did in cases, newest first; what was typed in from paper is the typist's too."""
    with reading(actor):
        seats = seats_of(actor)
        mine = Q(person=actor.person) | Q(note__typed_by=actor.person)
        acts = Act.objects.filter(mine).select_related("turn__run").order_by("-id")[:MOST_DONE]
        opinions = Opinion.objects.filter(person=actor.person).select_related("turn__run").order_by("-id")[:MOST_DONE]
        said = [(act.turn, act.verb, act.via, act.at) for act in acts]
        said += [(opinion.turn, "opine", "self", opinion.at) for opinion in opinions]
        rows = (
            DoneRow(t.run_id, t.run.number, t.run.title, t.run.kind, steps_done(seats, t.run, t.step), verb, via, when)
            for t, verb, via, when in said
        )
        return tuple(sorted(rows, key=lambda row: row.at, reverse=True)[:MOST_DONE])
