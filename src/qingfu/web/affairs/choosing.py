"""Choosing the plan and the route of an application: what each is for, how early, when, and whether there is room."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.http import HttpResponse
from django.urls import reverse
from django.utils.safestring import SafeString

from qingfu.packfile.course import list_of, steps_of
from qingfu.packfile.due import collecting, latest_day_to_apply
from qingfu.packfile.words.moves import Route
from qingfu.records.forms.queries import draft, drafts_saved
from qingfu.records.lists.queries import places_left
from qingfu.records.people.queries import OrganView, organs
from qingfu.records.plans.queries import InForce, plans_in_force, sees_all
from qingfu.web.desk import Desk, page
from qingfu.web.parties import applicant_in
from qingfu.web.spoken import clauses_of, sentence
from qingfu.web.words import calendar

# How far ahead the first possible day of an affair is looked for.
A_YEAR = 366


@dataclass(frozen=True)
class Choice:
    """One route somebody may apply by."""

    says: str
    what_for: str
    clause: tuple[str, ...]
    href: str
    lead: SafeString | None
    earliest: date | None
    window: tuple[date, date] | None
    shut: bool
    list_says: str
    left: int | None
    cap: int | None
    steps: tuple[str, ...]
    minutes: int | None
    saved_at: datetime | None


@dataclass(frozen=True)
class PlanChoice:
    """A plan in force with its routes."""

    plan: InForce
    choices: tuple[Choice, ...]
    clauses: dict[str, str]


@dataclass(frozen=True)
class Begun:
    """An application that was begun and not handed in."""

    says: str
    href: str
    saved_at: datetime


@page("cases")
def choose(desk: Desk) -> HttpResponse:
    """Every route the reader may apply by; the bureau side enters from paper for a department."""
    held = plans_in_force(desk.actor)
    plans = [plan for plan in held if applicant_in(desk.actor, plan)]
    departments: tuple[OrganView, ...] = ()
    behalf = ""
    if not plans:
        plans = [plan for plan in held if sees_all(desk.actor, plan)]
        departments = organs(desk.actor, kinds=["department"]) if plans else ()
        behalf = desk.request.GET.get("for", "")
    chosen = next((organ for organ in departments if str(organ.id) == behalf), None)
    return desk.show(
        "affairs/choose.html", departments=departments, chosen=chosen, ready=chosen is not None or not departments,
        plans=[_plan(desk, plan, chosen.id if chosen else None) for plan in plans],
    )  # fmt: skip


def _plan(desk: Desk, plan: InForce, organ: int | None) -> PlanChoice:
    routes = [(key, route) for key, route in plan.pack.routes.items() if route.of == "affair"]
    found = tuple(_choice(desk, plan, key, route, organ) for key, route in routes)
    return PlanChoice(plan, found, clauses_of(plan.pack))


def subject(edition: int, route: str, organ: int | None) -> str:
    """What the draft of an application is kept under."""
    return f"apply:{edition}:{route}" + (f":{organ}" if organ else "")


def begun(desk: Desk, plans: Iterable[InForce]) -> tuple[Begun, ...]:
    """The applications of one's own that were begun and not handed in, the last one first."""
    ways = {
        subject(plan.edition, key, None): (plan.edition, key, route.says)
        for plan in plans
        if applicant_in(desk.actor, plan)
        for key, route in plan.pack.routes.items()
        if route.of == "affair"
    }
    saved = sorted(drafts_saved(desk.actor, ways).items(), key=lambda one: one[1], reverse=True)
    return tuple(
        Begun(ways[key][2], reverse("apply-form", args=[ways[key][0], ways[key][1]]), when) for key, when in saved
    )


def _choice(desk: Desk, plan: InForce, key: str, route: Route, organ: int | None) -> Choice:
    pack, steps = plan.pack, steps_of(plan.pack, route)
    window = collecting(route, desk.today, calendar(), plan.terms)
    due = latest_day_to_apply(pack, route, None, calendar())
    entered = list_of(pack, route)
    caps = [cap.at_most.value for cap in entered[1].caps if cap.counts == "items"] if entered else []
    begun = draft(desk.actor, subject(plan.edition, key, organ))
    form = pack.forms[(steps[0].form or "").removeprefix("forms.")]
    return Choice(
        says=route.says,
        what_for=next((clause.says for clause in pack.clauses if clause.id == route.clause[0]), ""),
        clause=route.clause,
        href=reverse("apply-form", args=[plan.edition, key]) + (f"?for={organ}" if organ else ""),
        lead=sentence(due.explanation.rule) if due else None,
        earliest=_earliest(desk, plan, route) if due else None,
        window=window,
        shut=bool(window) and not window[0] <= desk.today <= window[1] if window else False,
        list_says=entered[1].says if entered else "",
        left=places_left(desk.actor, plan=plan, list=entered[0], on=desk.today) if entered else None,
        cap=caps[0] if caps else None,
        steps=tuple(step.says for step in steps),
        minutes=form.minutes.value,
        saved_at=begun.saved_at if begun else None,
    )


def _earliest(desk: Desk, plan: InForce, route: Route) -> date | None:
    """The first day an affair may start if it is applied for today."""
    days = (desk.today + timedelta(days=n) for n in range(A_YEAR))
    found = ((day, latest_day_to_apply(plan.pack, route, day, calendar())) for day in days)
    return next((day for day, due in found if due and due.day and due.day >= desk.today), None)
