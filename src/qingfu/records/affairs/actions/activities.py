"""A listed affair is about to happen at schools: its plan goes through a route of its own (A17)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count

from qingfu.base.actor import Actor
from qingfu.base.clock import day_of
from qingfu.base.errors import FieldFault, Full, Invalid, NotAllowed, NotFound, Twice, WrongState
from qingfu.base.words import N_, Word
from qingfu.packfile import course
from qingfu.packfile.due import span_of
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
from qingfu.records.routes.actions import open_run, resubmit

NO_DAY = N_("Write the day.")
NOT_VALID_THEN = N_("The listing holds from {first} to {last}.")
NO_SCHOOL = N_("Choose at least one school.")


@dataclass(frozen=True)
class _Plan:
    """The plan of an activity as it was kept and judged."""

    kept: Kept
    starts: date
    ends: date
    schools: tuple[int, ...]


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
        judged = _judged(plan, route, row, kept, day_of(at))
        run = open_run(
            actor, plan=plan, route=route, kind="activity", title=kept.title, organ=row.organ_id,
            content=_frozen(kept, row), at=at,
        )  # fmt: skip
        made = Activity(bureau_id=actor.bureau, listing=row, department_id=row.organ_id, run_id=run.id)
        _write(actor, made, judged)
        return _done(actor, "plan_activity", made, judged, draft, client_id, at)


def replan_activity(
    actor: Actor, *, activity: int, answers: Mapping[str, Any], files: Sequence[str] = (), draft: str = "",
    client_id: UUID | None = None, at: datetime,
) -> ActivityView:  # fmt: skip
    """Hand in the corrected plan after a return. It was in time on the day of the first hand-in; caps are counted anew.

    Raises what `plan_activity` raises, and WrongState for a plan that was not returned.
    """
    with deed(actor):
        first = first_answer(actor, client_id)
        if first is not None:
            return _first(actor, first, at)
        row = Activity.objects.select_related("run").filter(id=activity).first()
        if row is None:
            raise NotFound(what=str(activity))
        told(actor, activity)
        listing, plan = _locked(actor, row.listing_id)
        route, organ = row.run.route, row.department_id
        kept = keep(actor, plan=plan, route=route, answers=answers, files=files, organ=organ, at=at)
        judged = _judged(plan, route, listing, kept, day_of(row.run.opened_at), but=row.id)
        resubmit(actor, run=row.run_id, title=kept.title, content=_frozen(kept, listing), at=at)
        _write(actor, row, judged)
        return _done(actor, "replan_activity", row, judged, draft, client_id, at)


def _done(
    actor: Actor, verb: str, row: Activity, judged: _Plan, draft: str, client_id: UUID | None, at: datetime
) -> ActivityView:
    if draft:
        drop_draft(actor, subject=draft, at=at)
    record(
        actor, verb=f"affairs.{verb}", subject="activity", subject_id=row.id, digest=judged.kept.answer.digest,
        client_id=client_id, at=at,
    )  # fmt: skip
    return told(actor, row.id, at=at)


def _judged(plan: InForce, route: str, listing: Listing, kept: Kept, handed_in: date, but: int | None = None) -> _Plan:
    starts, ends = _days(listing, plan, route, kept)
    course.may_apply(applying(plan, route, kept.said, handed_in))
    schools = _schools(plan, route, kept)
    _refuse_full_schools(plan, listing.roll.list, schools, starts, but)
    return _Plan(kept, starts, ends, schools)


def _frozen(kept: Kept, listing: Listing) -> dict[str, object]:
    about = {"listing": listing.id, "listing_title": listing.title, "listing_digest": listing.digest}
    return {**kept.content(), **about}


def _write(actor: Actor, row: Activity, judged: _Plan) -> None:
    row.title, row.mode = judged.kept.title, said_in(judged.kept.said, "mode")
    row.starts_on, row.ends_on, row.answer_id = judged.starts, judged.ends, judged.kept.answer.id
    row.save()
    ActivitySchool.objects.filter(activity=row).exclude(school__in=judged.schools).delete()
    there = set(ActivitySchool.objects.filter(activity=row).values_list("school", flat=True))
    ActivitySchool.objects.bulk_create(
        ActivitySchool(bureau_id=actor.bureau, activity=row, school_id=school)
        for school in judged.schools
        if school not in there
    )


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


def _refuse_full_schools(plan: InForce, name: str, schools: Sequence[int], starts: date, but: int | None) -> None:
    """A plan may cap the activities of one school in a span; a full school is named. `but`: one that is corrected."""
    held = plan.pack.lists[name]
    for cap in held.caps:
        if cap.counts == "activities" and cap.scope == "school" and cap.at_most.value is not None:
            _refuse_full(held.clause, cap.at_most.value, *_others(plan, cap, schools, starts, but))


def _others(
    plan: InForce, cap: ListCap, schools: Sequence[int], starts: date, but: int | None
) -> tuple[str, dict[int, int]]:
    """The span that an activity falls into, and how many others each of its schools has in it."""
    span = span_of(cap.window, starts, plan.terms)
    here = ActivitySchool.objects.filter(
        school__in=schools, activity__starts_on__range=(span.start, span.end),
        activity__run__state__in=("at", "returned", "finished"), activity__listing__roll__edition=plan.edition,
    )  # fmt: skip
    counted = here.exclude(activity=but).values_list("school").annotate(n=Count("id"))
    return span.key, dict(counted.order_by("school"))


def _refuse_full(clause: Sequence[str], most: int, window: str, counts: Mapping[int, int]) -> None:
    full = next((school for school, count in counts.items() if count >= most), None)
    if full is not None:
        name = Organ.objects.values_list("name", flat=True).get(id=full)
        raise Full(clause="、".join(clause), list=name, cap=most, window=window)
