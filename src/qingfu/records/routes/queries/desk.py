"""Which cases concern an actor: what waits for him, what he may read, and on what he could act."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from qingfu.base.actor import Actor
from qingfu.base.clock import day_of
from qingfu.packfile import course
from qingfu.packfile.words.moves import Step
from qingfu.records.plans.queries import InForce, parties_of, plans_in_force, sees_all
from qingfu.records.routes.models import Act, Opinion, Panelist, Run, Turn
from qingfu.records.routes.queries.told import days_left, is_late
from qingfu.records.routes.queries.views import CaseRow
from qingfu.records.routes.states import DECISIONS

# Kinds of organ that do the daily work of the bureau side; a leading group is not asked to seat panels.
DAILY = frozenset({"office", "authority"})


@dataclass(frozen=True)
class Seat:
    """An actor in one plan: which parties he fills, and the steps of every route."""

    plan: InForce
    parties: frozenset[str]
    bureau_side: bool
    daily: bool
    steps: Mapping[str, tuple[Step, ...]]

    def step(self, route: str, key: str) -> Step:
        """A step by its route and id."""
        return next(step for step in self.steps[route] if step.id == key)

    def decides(self, step: Step) -> bool:
        """Whether one of the actor's parties decides in this step."""
        return step.by in self.parties and bool(DECISIONS & set(step.verbs))


def seats_of(actor: Actor) -> dict[int, Seat]:
    """The actor's seat in every plan in force, by edition."""
    found = {}
    for plan in plans_in_force(actor):
        parties = parties_of(actor, plan)
        kinds = {plan.pack.parties[key].kind for key in parties if plan.pack.parties[key].sees == "all"}
        steps = {route: course.steps_of(plan.pack, route) for route in plan.pack.routes}
        found[plan.edition] = Seat(plan, parties, sees_all(actor, plan), bool(kinds & DAILY), steps)
    return found


def visible(actor: Actor, seats: Mapping[int, Seat]) -> Q:
    """Cases this actor may know of: the same rule as `case_of`, said to the database."""
    may = Q(organ=actor.organ) if actor.organ is not None else Q(pk__in=[])
    if actor.kind == "person":
        sat = Panelist.objects.filter(turn__run=OuterRef("pk"), person=actor.person)
        given = Opinion.objects.filter(turn__run=OuterRef("pk"), person=actor.person)
        may |= Q(Exists(sat)) & ~Q(Exists(sat.exclude(stepped_aside=""))) | Q(Exists(given))
    for edition, seat in seats.items():
        if seat.bureau_side:
            may |= Q(edition=edition)
            continue
        for route, steps in seat.steps.items():
            mine = [step.id for step in steps if seat.decides(step)]
            if mine:
                here = Turn.objects.filter(run=OuterRef("pk"), step__in=mine)
                may |= Q(edition=edition, route=route) & Q(Exists(here))
    return may


def waiting_at(actor: Actor, seats: Mapping[int, Seat]) -> Q:
    """Running cases on which the actor might have to act; `verbs_of` then says whether he has to."""
    may = Q(state="returned", organ=actor.organ)
    open_panel = Panelist.objects.filter(
        turn__run=OuterRef("pk"), turn__closed_at=None, person=actor.person, stepped_aside=""
    )
    may |= Q(state="at") & Q(Exists(open_panel))
    for edition, seat in seats.items():
        for route, steps in seat.steps.items():
            mine = [s.id for s in steps if seat.decides(s) or (seat.daily and "opine" in s.verbs)]
            if mine:
                may |= Q(state="at", edition=edition, route=route, step__in=mine) & ~Q(organ=actor.organ)
    return may


def rows_of(actor: Actor, seats: Mapping[int, Seat], runs: QuerySet[Run], at: datetime | None) -> tuple[CaseRow, ...]:
    """The rows of these runs with what the actor could do; three queries however many there are."""
    open_turns = Turn.objects.filter(closed_at=None).prefetch_related(
        Prefetch("acts", Act.objects.order_by("id")), Prefetch("panel", Panelist.objects.select_related("post"))
    )
    found = list(runs.select_related("organ").prefetch_related(Prefetch("turns", open_turns)))
    turns = [turn.id for run in found for turn in run.turns.all()]
    counted = Opinion.objects.filter(turn__in=turns).values_list("turn").annotate(n=Count("id"))
    mine = set(Opinion.objects.filter(turn__in=turns, person=actor.person).values_list("turn", flat=True))
    today = day_of(at) if at else None
    given = dict(counted)
    return tuple(_row(actor, seats.get(run.edition_id), run, given, mine, today) for run in found)


def _row(
    actor: Actor, seat: Seat | None, run: Run, given: Mapping[int, int], mine: Iterable[int], today: date | None
) -> CaseRow:
    turn = next(iter(run.turns.all()), None)
    step = seat.step(run.route, run.step) if seat else None
    acting = seat.steps[run.route][0] if seat and run.state == "returned" else step
    due = turn.due_on if turn else None
    running = run.state in ("at", "returned")
    return CaseRow(
        id=run.id,
        number=run.number,
        title=run.title,
        kind=run.kind,
        edition=run.edition_id,
        route=run.route,
        organ_name=run.organ.name,
        state=run.state,
        step=run.step,
        step_says=step.says if step else run.step,
        whose=seat.plan.pack.parties[acting.by].says if seat and acting and running else "",
        clause="、".join(step.clause or seat.plan.pack.routes[run.route].clause) if seat and step else "",
        due_on=due,
        working_days_left=days_left(due, today),
        late=is_late(due, today),
        opened_at=turn.opened_at if turn else run.opened_at,
        verbs=_verbs(actor, seat, run, turn, given, mine, today) if seat and step else (),
    )


def _verbs(
    actor: Actor, seat: Seat, run: Run, turn: Turn | None, given: Mapping[int, int], mine: Iterable[int],
    today: date | None,
) -> tuple[str, ...]:  # fmt: skip
    if run.organ_id == actor.organ:
        return ("resubmit",) if run.state == "returned" else ()
    if turn is None or run.state != "at":
        return ()
    step = seat.step(run.route, run.step)
    if "opine" in step.verbs:
        return _panel_verbs(actor, seat, step, turn, given, mine, today)
    me = {actor.person, actor.acting_for} - {None}
    acted = any(me & {act.person_id, act.acting_for_id} for act in turn.acts.all())
    return tuple(verb for verb in step.verbs if verb in DECISIONS) if seat.decides(step) and not acted else ()


def _panel_verbs(
    actor: Actor, seat: Seat, step: Step, turn: Turn, given: Mapping[int, int], mine: Iterable[int],
    today: date | None,
) -> tuple[str, ...]:  # fmt: skip
    seated = [member for member in turn.panel.all() if not member.stepped_aside]
    asked = actor.acting_for is None and any(member.person_id == actor.person for member in seated)
    if asked and turn.id not in mine:
        return ("opine",)
    if not seat.daily:
        return ()
    kinds = {member.post.member_kind for member in seated}
    if len(seated) < course.needed(step, "opine") or set(step.panel_kinds) - kinds:
        return ("appoint_panel",)
    return ("close_panel",) if is_late(turn.due_on, today) and given.get(turn.id, 0) else ()


def steps_done(seats: Mapping[int, Seat], run: Run, step: str) -> str:
    """What the plan calls a step; its id where the plan is no longer in force."""
    seat = seats.get(run.edition_id)
    return seat.step(run.route, step).says if seat else step
