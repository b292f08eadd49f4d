"""A listed affair is about to happen at schools: its plan goes through a route of its own (A17)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from qingfu.base.actor import Actor
from qingfu.base.clock import day_of
from qingfu.base.errors import FieldFault, Full, Invalid, NotAllowed, NotFound, Twice, WrongState
from qingfu.base.words import N_, Word
from qingfu.packfile import course
from qingfu.packfile.due import span_of, terms_of
from qingfu.packfile.words.moves import ListCap
from qingfu.records.affairs.actions.applying import Kept, keep
from qingfu.records.affairs.models import Activity, ActivitySchool
from qingfu.records.affairs.queries import ActivityView
from qingfu.records.affairs.queries import activity as told
from qingfu.records.affairs.queries.meaning import applying, form_of, item_with, schools_in
from qingfu.records.affairs.queries.meaning import text_of as said_in
from qingfu.records.forms.actions import drop_draft
from qingfu.records.journal.actions import deed, first_answer, record
from qingfu.records.lists.models import Listing, Roll
from qingfu.records.people.models import Organ
from qingfu.records.plans.queries import InForce, in_force, sees_all
from qingfu.records.routes.actions import open_run

NO_DAY = N_("Write the day.")
NOT_VALID_THEN = N_("The listing holds from {first} to {last}.")
NO_SCHOOL = N_("Choose at least one school.")


def plan_activity(
    actor: Actor, *, listing: int, answers: Mapping[str, Any], files: Sequence[str] = (), draft: str = "",
    client_id: UUID | None = None, at: datetime,
) -> ActivityView:  # fmt: skip
    """Hand in the plan of an activity for a listed affair, early enough before it starts.

    Raises NotAllowed (another's listing), WrongState (not listed), LeadTime, Full (a school's cap), Invalid.
    """
    with deed(actor):
        first = first_answer(actor, client_id)
        if first is not None:
            return _first(actor, first, at)
        row, plan = _locked(actor, listing)
        route = _route(plan)
        kept = keep(actor, plan=plan, route=route, answers=answers, files=files, organ=row.organ_id, at=at)
        starts, ends = _days(row, plan, route, kept)
        course.may_apply(applying(plan, route, kept.said, day_of(at)))
        schools = _schools(plan, route, kept)
        _refuse_full_schools(plan, row.roll.list, schools, starts)
        run = open_run(
            actor, plan=plan, route=route, kind="activity", title=kept.title, organ=row.organ_id,
            content={**kept.content(), "listing": row.id, "listing_title": row.title, "listing_digest": row.digest},
            at=at,
        )  # fmt: skip
        made = Activity.objects.create(
            bureau_id=actor.bureau, listing=row, department_id=row.organ_id, title=kept.title,
            mode=said_in(kept.said, "mode"), starts_on=starts, ends_on=ends, answer_id=kept.answer.id, run_id=run.id,
        )  # fmt: skip
        ActivitySchool.objects.bulk_create(
            ActivitySchool(bureau_id=actor.bureau, activity=made, school_id=school) for school in schools
        )
        if draft:
            drop_draft(actor, subject=draft, at=at)
        record(
            actor, verb="affairs.plan_activity", subject="activity", subject_id=made.id, digest=kept.answer.digest,
            client_id=client_id, at=at,
        )  # fmt: skip
        return told(actor, made.id, at=at)


def _first(actor: Actor, first: int, at: datetime) -> ActivityView:
    try:
        return told(actor, first, at=at)
    except NotFound as error:
        raise Twice from error


def _locked(actor: Actor, key: int) -> tuple[Listing, InForce]:
    """The roll is locked first: the schools' caps are counted under it."""
    found = Listing.objects.filter(id=key).values_list("roll", "roll__edition").first()
    if found is None:
        raise NotFound(what=str(key))
    list(Roll.objects.select_for_update().filter(id=found[0]))
    row = Listing.objects.select_related("roll", "organ").get(id=key)
    plan = in_force(actor, found[1])
    on_behalf = actor.via == "paper" and sees_all(actor, plan)
    if actor.organ != row.organ_id and not on_behalf:
        raise NotAllowed(verb=Word("plan_activity"), who=[row.organ.name])
    if row.state != "listed":
        raise WrongState(verb=Word("plan_activity"), state=Word(row.state), possible=[])
    return row, plan


def _route(plan: InForce) -> str:
    found = next((key for key, route in plan.pack.routes.items() if route.of == "activity"), None)
    if found is None:
        raise NotFound(what="routes")
    return found


def _days(row: Listing, plan: InForce, route: str, kept: Kept) -> tuple[date, date]:
    form = form_of(plan, route)[1]
    starts, ends = kept.starts, kept.ends or kept.starts
    item = item_with(form, "starts")
    field = item.id if item else "starts"
    if starts is None or ends is None:
        raise Invalid(FieldFault(field, NO_DAY))
    if starts < row.valid_from or (row.valid_until is not None and ends > row.valid_until):
        raise Invalid(FieldFault(field, NOT_VALID_THEN, {"first": row.valid_from, "last": row.valid_until}))
    return starts, ends


def _schools(plan: InForce, route: str, kept: Kept) -> tuple[int, ...]:
    named = schools_in(kept.said)
    if named is None:
        return tuple(Organ.objects.filter(kind="school", active_until=None).values_list("id", flat=True))
    if not named:
        item = item_with(form_of(plan, route)[1], "schools")
        raise Invalid(FieldFault(item.id if item else "schools", NO_SCHOOL))
    return named


def _refuse_full_schools(plan: InForce, name: str, schools: Sequence[int], starts: date) -> None:
    """A plan may cap the activities of one school in a span; the fullest school is named."""
    held = plan.pack.lists[name]
    for cap in held.caps:
        if cap.counts == "activities" and cap.scope == "school" and cap.at_most.value is not None:
            _refuse_full(plan, held.clause, cap, cap.at_most.value, schools, starts)


def _refuse_full(
    plan: InForce, clause: Sequence[str], cap: ListCap, most: int, schools: Sequence[int], starts: date
) -> None:
    span = span_of(cap.window, starts, terms_of(plan.pack))
    here = ActivitySchool.objects.filter(
        school__in=schools, activity__starts_on__range=(span.start, span.end),
        activity__run__state__in=("at", "returned", "finished"), activity__listing__roll__edition=plan.edition,
    )  # fmt: skip
    counts: dict[int, int] = {}
    for school in here.values_list("school", flat=True):
        counts[school] = counts.get(school, 0) + 1
    full = next((school for school, count in counts.items() if count >= most), None)
    if full is not None:
        name = Organ.objects.values_list("name", flat=True).get(id=full)
        raise Full(clause="、".join(clause), list=name, cap=most, window=span.key)
