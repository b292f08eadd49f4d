"""Draws that wait for whoever holds them: who has joined, what is missing, how many are still to be called."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import BooleanField, Count, Exists, F, Func, OuterRef, Q, QuerySet

from qingfu.base.actor import Actor
from qingfu.records.draws.models import Call, Dealing, Draw, DrawRecord, Member, Reveal, Secret
from qingfu.records.draws.queries.calls import strata_of
from qingfu.records.draws.queries.rights import may_hold
from qingfu.records.draws.states import LOST
from qingfu.records.journal.queries import reading
from qingfu.records.plans.queries import is_office

# How many a record draws, by its digest: what is drawn never changes, and a record may hold a hundred thousand.
_DRAWN: dict[str, int] = {}


@dataclass(frozen=True)
class WaitingDraw:
    """A draw with what its next step waits for. `circle`: all in it; `missing`: shares neither told nor opened.

    `calls`: how many in turn are still to be called once it was run.
    """

    id: int
    number: str
    title: str
    kind: str
    state: str
    at: datetime
    circle: int = 0
    witnesses: int = 0
    dealt: int = 0
    missing: int = 0
    lacks_number: bool = False
    calls: int = 0


def waiting(actor: Actor) -> tuple[WaitingDraw, ...]:
    """The draws this actor holds that are not void, the latest first, those that were run too.

    Rehearsals wait for nobody. A constant number of queries, one where there is nothing.
    """
    with reading(actor):
        if not may_hold(actor):
            return ()
        shown = list(_held(actor).defer("notice", "anchor").annotate(named=_names_a_number()).order_by("-frozen_at"))
        counted = _counted([one.id for one in shown if one.state != "drawn"])
        missing = _missing({one.id: one.threshold for one in shown if one.state == "sealed"})
        calls = _calls([one.id for one in shown if one.state == "drawn" and one.kind in ("pick", "share")])
        return tuple(
            WaitingDraw(
                id=one.id, number=one.number, title=one.title, kind=one.kind, state=one.state,
                at=one.drawn_at or one.sealed_at or one.frozen_at, **counted.get(one.id, {}),
                missing=missing.get(one.id, 0), lacks_number=bool(one.named) and one.values is None,
                calls=calls.get(one.id, 0),
            )
            for one in shown
        )  # fmt: skip


def _held(actor: Actor) -> QuerySet[Draw]:
    """As `roles_in` says it of one row."""
    mine = Q(organ=actor.organ)
    if is_office(actor):
        mine |= ~Q(organ__kind="school")
    return Draw.objects.filter(mine, rehearsal=False).exclude(state="void")


def _names_a_number() -> Func:
    """Whether the notice names a public number, without reading the whole of it."""
    template = "position('\"number\":null'::bytea in %(expressions)s) = 0"
    return Func(F("notice"), template=template, output_field=BooleanField())


def _counted(draws: list[int]) -> dict[int, dict[str, int]]:
    if not draws:
        return {}
    rows = Member.objects.filter(draw__in=draws).values_list("draw")
    circles = rows.annotate(circle=Count("id"), witnesses=Count("id", filter=Q(role="witness")))
    dealt = dict(Dealing.objects.filter(draw__in=draws).values_list("draw").annotate(Count("id")))
    return {
        draw: {"circle": circle, "witnesses": witnesses, "dealt": dealt.get(draw, 0)}
        for draw, circle, witnesses in circles
    }


def _missing(thresholds: Mapping[int, int]) -> dict[int, int]:
    """Shares that nobody told, that too few opened, and that are not kept here to be told when it is run."""
    if not thresholds:
        return {}
    told = Reveal.objects.filter(dealing=OuterRef("id"), document__has_key="share")
    kept = Secret.objects.filter(member=OuterRef("member"))
    open_still = Dealing.objects.filter(~Exists(told), ~Exists(kept), draw__in=list(thresholds))
    found: dict[int, int] = {}
    for draw, opened in open_still.annotate(opened=Count("reveals")).values_list("draw", "opened"):
        found[draw] = found.get(draw, 0) + (opened < thresholds[draw])
    return found


def _calls(draws: list[int]) -> dict[int, int]:
    """How many in turn are neither reached nor lost."""
    if not draws:
        return {}
    digests = dict(DrawRecord.objects.filter(draw__in=draws).values_list("draw", "digest"))
    later = Call.objects.filter(ticket=OuterRef("ticket"), id__gt=OuterRef("id"))
    last = Call.objects.filter(~Exists(later), ticket__draw__in=draws)
    reached = dict(last.filter(outcome="reached").values_list("ticket__draw").annotate(Count("id")))
    # What is known to be done is not read again.
    due = [draw for draw in draws if _DRAWN.get(digests.get(draw, "")) != reached.get(draw, 0)]
    outcomes: dict[int, dict[str, str]] = {draw: {} for draw in due}
    for draw, ticket, outcome in last.filter(ticket__draw__in=due).values_list(
        "ticket__draw", "ticket__ticket", "outcome"
    ):
        outcomes[draw][ticket] = outcome
    records = DrawRecord.objects.filter(draw__in=due).values_list("draw", "digest", "content")
    return {draw: _left(digest, bytes(content), outcomes[draw]) for draw, digest, content in records}


def _left(digest: str, content: bytes, outcomes: Mapping[str, str]) -> int:
    drawn = strata_of(json.loads(content)["result"])
    _DRAWN[digest] = sum(chosen for _, chosen, _ in drawn)
    return sum(_left_of(chosen, order, outcomes) for _, chosen, order in drawn)


def _left_of(chosen: int, order: Iterable[str], outcomes: Mapping[str, str]) -> int:
    said = [outcomes.get(ticket, "") for ticket in order]
    lost = sum(outcome in LOST for outcome in said)
    return min(chosen, len(said) - lost) - said.count("reached")
