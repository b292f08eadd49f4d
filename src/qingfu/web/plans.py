"""Plans: the list of editions, an edition being prepared, the plan alive clause by clause, a date moved."""

from __future__ import annotations

from functools import cache

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _

from qingfu.base.errors import FieldFault, Invalid, NotFound
from qingfu.base.words import N_
from qingfu.packfile.read import load
from qingfu.packfile.shelf import shipped
from qingfu.packfile.words.pack import Pack
from qingfu.records.duties.actions import move_duty
from qingfu.records.enactment.queries import plan_page
from qingfu.records.people.queries import require_keeper
from qingfu.records.plans import actions, queries
from qingfu.web.desk import Desk, page
from qingfu.web.past_days import new_day, warned_of
from qingfu.web.plan_setup import setup
from qingfu.web.plan_told import told
from qingfu.web.words import clause_number, day

DUTIES, PHASES = "duties.", "phases."


@page("plan")
def plan(desk: Desk) -> HttpResponse:
    """The plan in force where there is one; else, or where there are several, the list."""
    found = queries.plans_in_force(desk.actor)
    return redirect("plan-page", found[0].edition) if len(found) == 1 else redirect("plans")


@page("plan")
def plans(desk: Desk) -> HttpResponse:
    """Every edition of the bureau; keepers of the register take shipped packs in."""
    editions = queries.editions(desk.actor)
    shown = [one for one in editions if desk.keeps_register or one.state != "draft"]
    taken = {one.pack for one in editions if one.state != "ended"}
    offered = [_shipped(name) for name in shipped()] if desk.keeps_register else []
    free = [(name, pack) for name, pack in offered if pack.plan.id not in taken]
    return desk.show("plans/plans.html", editions=shown, offered=free)


@plans.act("adopt")
def adopt(desk: Desk) -> HttpResponse:
    """Take a shipped pack into the bureau as a draft; its bytes are frozen from here on."""
    name = desk.request.POST.get("pack", "")
    if name not in shipped():
        raise Invalid(FieldFault("pack", N_("Choose one of the answers that are offered.")))
    found = actions.adopt_pack(desk.actor, pack=_shipped(name)[1], client_id=desk.client_id, at=desk.at)
    said = _("The plan was taken in as a draft. Fill in what it leaves open.")
    return desk.go("plan-setup", found.edition, said=said)


@cache
def _shipped(name: str) -> tuple[str, Pack]:
    return name, load(name)


@page("plan")
def plan_view(desk: Desk, edition: int) -> HttpResponse:
    """The document, and beside each clause what it makes happen today."""
    shown = plan_page(desk.actor, edition=edition, at=desk.at)
    if shown.plan.state == "draft":
        if not desk.keeps_register:
            raise NotFound(what=str(edition))
        return redirect("plan-setup", edition)
    seats = {seat.party: seat.organ.name for seat in queries.seats_of(desk.actor, shown.plan) if seat.organ}
    entering = desk.keeps_register and "words" in desk.request.GET
    return desk.show("plans/plan.html", page=shown, told=told(shown, seats, desk.today), entering=entering)


@page("plan")
def move(desk: Desk, edition: int) -> HttpResponse:
    """Move a date of the plan: everybody concerned then sees the old and the new day."""
    shown = plan_page(desk.actor, edition=edition, at=desk.at)
    queries.require_bureau_side(desk.actor, shown.plan)
    targets = _targets(shown.plan)
    return desk.show(
        "plans/move.html", page=shown, targets=targets, target=desk.typed("target"), to=desk.typed("to"),
        reason=desk.typed("reason"), moved=_moved(shown.moved, targets), warned=warned_of(desk),
    )  # fmt: skip


def _targets(plan: queries.InForce) -> dict[str, str]:
    """What has a day that can be moved, by its place in the pack: duties and phases."""
    duties = {f"{DUTIES}{key}": duty.says for key, duty in plan.pack.duties.items()}
    return {**duties, **{f"{PHASES}{key}": phase.says for key, phase in plan.pack.phases.items()}}


def _moved(found: tuple[queries.MovedDate, ...], targets: dict[str, str]) -> list[tuple[str, queries.MovedDate]]:
    return [(targets[one.target], one) for one in reversed(found) if one.target in targets]


@move.act("move")
def move_it(desk: Desk, edition: int) -> HttpResponse:
    """The old day stays beside the new one, with the reason."""
    sent = desk.request.POST
    target, reason = sent.get("target", ""), sent.get("reason", "")
    held = queries.in_force(desk.actor, edition)
    if target not in _targets(held):
        raise Invalid(FieldFault("target", N_("Choose one of the answers that are offered.")))
    to = new_day(desk)
    if target.startswith(DUTIES):
        move_duty(
            desk.actor, edition=edition, duty=target.removeprefix(DUTIES), to=to, reason=reason,
            client_id=desk.client_id, at=desk.at,
        )  # fmt: skip
    else:
        shown = plan_page(desk.actor, edition=edition, at=desk.at)
        was = next((phase.until for phase in shown.phases if f"{PHASES}{phase.id}" == target), None)
        actions.move_date(
            desk.actor, plan=held, target=target, was=was, to=to, reason=reason, client_id=desk.client_id, at=desk.at
        )
    said = _("“{what}” was moved to {day}. Everybody concerned sees both days.")
    return desk.go("plan-page", edition, said=said.format(what=_targets(held)[target], day=day(to, desk.today)))


@page("plan")
def words(desk: Desk, edition: int) -> HttpResponse:
    """Enter the exact official text of a clause beside our wording."""
    require_keeper(desk.actor)
    held = queries.in_force(desk.actor, edition)
    clause = held.pack.clause(desk.request.GET.get("clause", ""))
    if clause is None:
        raise NotFound(what=desk.request.GET.get("clause", ""))
    entered = queries.official_texts(desk.actor, edition).get(clause.id, "")
    return desk.show(
        "plans/words.html", plan=held, clause=clause, number=clause_number(clause.id), text=desk.typed("text", entered)
    )


@words.act("enter")
def enter_words(desk: Desk, edition: int) -> HttpResponse:
    """Keep the official words."""
    clause = desk.request.GET.get("clause", "")
    text = desk.request.POST.get("text", "").strip()
    actions.enter_official_text(
        desk.actor, edition=edition, clause=clause, text=text, client_id=desk.client_id, at=desk.at
    )
    said = _("The official text of {clause} was entered.").format(clause=clause_number(clause))
    return desk.go("plan-page", edition, said=said)


urlpatterns = [
    path("plan", plan, name="plan"),
    path("plans", plans, name="plans"),
    path("plans/<int:edition>", plan_view, name="plan-page"),
    path("plans/<int:edition>/setup", setup, name="plan-setup"),
    path("plans/<int:edition>/dates", move, name="move-date"),
    path("plans/<int:edition>/words", words, name="official-words"),
]
