"""A plan comes into force, and a day begins."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from qingfu.base.actor import Actor
from qingfu.base.clock import day_of
from qingfu.records.duties.actions import lay_out_anew, lay_out_tasks, let_pass, open_tasks
from qingfu.records.enactment.actions.disclosing import disclose, refresh_progress
from qingfu.records.journal.actions import deed, first_answer, record
from qingfu.records.lists.actions import expire
from qingfu.records.monitoring import actions as monitoring
from qingfu.records.monitoring.queries import TermView
from qingfu.records.plans import actions as plans
from qingfu.records.plans.queries import InForce, in_force, plans_in_force

# What the public may see from the first day: the plan itself, where to tell us, the schools' own pages, how it goes.
AT_ONCE = ("plan", "channels", "schools", "progress")


def put_in_force(actor: Actor, *, edition: int, on: date, client_id: UUID | None = None, at: datetime) -> InForce:
    """Put an edition in force: its tasks are laid out, today's are opened, and what is public is disclosed."""
    with deed(actor):
        if (first := first_answer(actor, client_id, subject="edition")) is not None:
            return in_force(actor, first)
        plan = plans.put_in_force(actor, edition=edition, on=on, client_id=client_id, at=at)
        clock = Actor.clock(actor.bureau)
        lay_out_tasks(clock, plan=plan, at=at)
        open_tasks(clock, at=at)
        for key, disclosure in plan.pack.disclosures.items():
            if disclosure.shows in AT_ONCE:
                disclose(actor, plan=plan, key=key, at=at)
        return plan


def set_term(
    actor: Actor, *, name: str, year: int, from_on: date, until_on: date, asked_a_day: int = 0, term: int | None = None,
    client_id: UUID | None = None, at: datetime,
) -> TermView:  # fmt: skip
    """Set a school term, or change one; what the plans in force lay out by terms and has not opened is laid out anew.

    A plan that came into force before counted by the terms its pack assumed. Raises Invalid as `monitoring.set_term`.
    """
    with deed(actor):
        clock = Actor.clock(actor.bureau)
        before = {plan.edition: plan for plan in plans_in_force(clock)}
        view = monitoring.set_term(
            actor, name=name, year=year, from_on=from_on, until_on=until_on, asked_a_day=asked_a_day, term=term,
            client_id=client_id, at=at,
        )  # fmt: skip
        for plan in plans_in_force(clock):
            if plan.terms != before[plan.edition].terms:
                lay_out_anew(clock, before=before[plan.edition], plan=plan, at=at)
        open_tasks(clock, at=at)
        return view


def open_the_day(*, bureau: int, at: datetime) -> int:
    """What the clock does in one bureau when a day begins; doing it again the same day changes nothing.

    Lays out the tasks of the coming weeks, opens those whose day has come, lets pass those that asked for nothing,
    expires listings, shows the public how the plan goes, and asks a few classes for their homework. Returns how many
    tasks opened.
    """
    clock = Actor.clock(bureau)
    with deed(clock):
        for plan in plans_in_force(clock):
            lay_out_tasks(clock, plan=plan, at=at)
        opened = open_tasks(clock, at=at)
        for plan in plans_in_force(clock):
            let_pass(clock, plan=plan, at=at)
            expire(clock, plan=plan, on=day_of(at), at=at)
            refresh_progress(clock, plan=plan, at=at)
        monitoring.ask_classes(clock, at=at)
        if opened:
            record(clock, verb="enactment.open_the_day", subject="bureau", subject_id=bureau, at=at)
        return opened
