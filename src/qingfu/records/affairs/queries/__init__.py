"""Queries of affairs: one affair, lists of them, their activities, evaluations, and the live check of a form."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from qingfu.base.actor import Actor
from qingfu.base.clock import day_of
from qingfu.base.errors import NotFound
from qingfu.packfile import course
from qingfu.packfile.course import Remark
from qingfu.records.affairs.models import Activity, ActivitySchool, Affair, Evaluation, Flag
from qingfu.records.affairs.queries.meaning import applying, by_meaning, form_of, option_says, schools_in, text_of
from qingfu.records.affairs.queries.told import (
    activity_row,
    affair_row,
    evaluation_due,
    evaluation_view,
    flag_views,
)
from qingfu.records.affairs.queries.views import (
    ActivityRow,
    ActivityView,
    AffairRow,
    AffairView,
    EvaluationDue,
    EvaluationView,
    FlagView,
)
from qingfu.records.forms.queries import Download, answer, file
from qingfu.records.journal.queries import Page, reading
from qingfu.records.lists.models import Listing
from qingfu.records.lists.queries import listing as listing_of
from qingfu.records.lists.states import HOLDING
from qingfu.records.people.models import Organ
from qingfu.records.people.queries import organ_view
from qingfu.records.plans.queries import InForce, in_force, parties_of, plans_in_force
from qingfu.records.routes.models import Run
from qingfu.records.routes.queries import RunView
from qingfu.records.routes.queries import run as run_of
from qingfu.records.routes.queries.desk import seats_of, visible

__all__ = [
    "ActivityRow", "ActivityView", "AffairRow", "AffairView", "EvaluationDue", "EvaluationView", "FlagView",
    "activities", "activity", "activity_of_run", "affair", "affair_of_listing", "affair_of_run", "affairs",
    "attachment", "evaluations", "live_check", "public_card", "to_evaluate",
]  # fmt: skip

PAGE = 30


def live_check(
    actor: Actor, *, edition: int, route: str, content: Mapping[str, Any], at: datetime, affair: int | None = None,
    activity: int | None = None,
) -> tuple[Remark, ...]:  # fmt: skip
    """What the plan says about a form as it is being filled in, what stops it first: criteria, red lines, lead time,
    places left, near themes. `affair` or `activity` is the one that is being corrected: it is not like itself, and it
    was in time if it was so on the day of its first hand-in."""
    with reading(actor):
        plan = in_force(actor, edition)
        said = by_meaning(form_of(plan, route)[1], content)
        return course.readiness(applying(plan, route, said, day_of(_handed_in(affair, activity) or at), but=affair))


def _handed_in(affair: int | None, activity: int | None) -> datetime | None:
    opened = Run.objects.none()
    if affair is not None:
        opened = Run.objects.filter(id__in=Affair.objects.filter(id=affair).values("run"))
    elif activity is not None:
        opened = Run.objects.filter(id__in=Activity.objects.filter(id=activity).values("run"))
    return opened.values_list("opened_at", flat=True).first()


def affair(actor: Actor, affair: int, *, at: datetime | None = None) -> AffairView:
    """One affair as the actor may read it; raises NotFound for one he may not know of."""
    with reading(actor):
        return _affair(actor, _affairs().filter(id=affair).first(), str(affair), at)


def affair_of_run(actor: Actor, run: int, *, at: datetime | None = None) -> AffairView:
    """The affair that a case is about; raises NotFound."""
    with reading(actor):
        return _affair(actor, _affairs().filter(run=run).first(), str(run), at)


def affair_of_listing(actor: Actor, listing: int, *, at: datetime | None = None) -> AffairView:
    """The affair that a listing came from; raises NotFound."""
    with reading(actor):
        return _affair(actor, _affairs().filter(listing=listing).first(), str(listing), at)


def _affairs() -> QuerySet[Affair]:
    return Affair.objects.select_related("run", "department", "listing")


def _affair(actor: Actor, row: Affair | None, what: str, at: datetime | None) -> AffairView:
    if row is None:
        raise NotFound(what=what)
    run = run_of(actor, row.run_id, at=at)
    plan = in_force(actor, row.edition_id)
    flags = list(Flag.objects.filter(affair=row).select_related("person").order_by("id"))
    form = form_of(plan, row.route)[1]
    kept = answer(actor, row.answer_id, judged=True)
    criterion = plan.pack.criteria.get(row.criterion)
    case = applying(plan, row.route, by_meaning(form, kept.content), day_of(row.run.opened_at), but=row.id)
    done = _evaluations(row.listing_id, {plan.edition: plan}) if row.listing_id else ()
    return AffairView(
        row=affair_row(row, plan, len(flags)),
        mode_says=option_says(form, "mode", row.mode),
        theme=row.theme,
        criterion_clause="、".join(criterion.clause) if criterion else "",
        answer=kept,
        run=run,
        listing=listing_of(actor, row.listing_id) if row.listing_id else None,
        flags=flag_views(plan, row.route, flags),
        red_lines=tuple(remark for remark in course.readiness(case) if remark.about == "conduct"),
        evaluations=done,
        activities=_activities_of(actor, row.listing_id, plan),
        may_reapply="resubmit" in {verb.verb for verb in run.verbs},
        may_flag=bool(run.roles & {"keeper", "decider"}),
        may_plan_activity=_may_plan(actor, row, plan, at),
        evaluations_open=_open_evaluations(actor, row, plan, done, at),
    )


def _may_plan(actor: Actor, row: Affair, plan: InForce, at: datetime | None) -> bool:
    listed = row.listing is not None and row.listing.state == "listed"
    own = actor.kind == "person" and actor.organ == row.department_id
    still = row.listing is None or at is None or not _over(row.listing, day_of(at))
    return listed and own and still and any(route.of == "activity" for route in plan.pack.routes.values())


def _over(listing: Listing, today: date) -> bool:
    return listing.valid_until is not None and today > listing.valid_until


def _open_evaluations(
    actor: Actor, row: Affair, plan: InForce, done: tuple[EvaluationView, ...], at: datetime | None
) -> tuple[str, ...]:
    if row.listing is None or row.listing.state not in HOLDING or at is None:
        return ()
    judged = {one.evaluation for one in done if one.year == day_of(at).year}
    mine = parties_of(actor, plan)
    return tuple(key for key, held in plan.pack.evaluations.items() if held.by in mine and key not in judged)


def _activities_of(actor: Actor, listing: int | None, plan: InForce) -> tuple[ActivityRow, ...]:
    if listing is None:
        return ()
    rows = _seen(actor, Activity.objects.filter(listing=listing))
    return _activity_rows(rows.order_by("starts_on", "id"), {plan.edition: plan})


def attachment(actor: Actor, *, affair: int, ref: str) -> Download:
    """A file of an affair's form, for everybody who may read the affair; raises NotFound."""
    with reading(actor):
        row = Affair.objects.filter(id=affair).first()
        if row is None:
            raise NotFound(what=ref)
        run_of(actor, row.run_id)
        return file(actor, ref, under=row.answer_id)


def affairs(
    actor: Actor, *, edition: int | None = None, span: str = "", state: str = "", text: str = "",
    department: int | None = None, page: int = 1,
) -> Page[AffairRow]:  # fmt: skip
    """Affairs whose case the actor may know of, newest first; `state` is the case's."""
    with reading(actor):
        plans = {plan.edition: plan for plan in plans_in_force(actor)}
        given = {"edition": edition, "span": span, "run__state": state, "department": department}
        wanted = Q(**{key: value for key, value in given.items() if value})
        if text:
            wanted &= Q(title__icontains=text) | Q(run__number__icontains=text) | Q(department__name__icontains=text)
        known = Run.objects.filter(visible(actor, seats_of(actor))).values("pk")
        rows = _affairs().filter(wanted, run__in=known).order_by("-id")
        number = max(page, 1)
        part = list(rows[(number - 1) * PAGE : number * PAGE])
        flags = dict(Flag.objects.filter(affair__in=part).values_list("affair").annotate(n=Count("id")))
        told = tuple(affair_row(row, plans.get(row.edition_id), flags.get(row.id, 0)) for row in part)
        return Page(told, rows.count(), number, PAGE)


def _seen(actor: Actor, rows: QuerySet[Activity]) -> QuerySet[Activity]:
    """Activities whose case the actor may know of, and approved ones that come to his own school."""
    known = Run.objects.filter(visible(actor, seats_of(actor))).values("pk")
    here = ActivitySchool.objects.filter(activity=OuterRef("pk"), school=actor.organ)
    coming = Q(run__state="finished") & Q(Exists(here))
    return rows.select_related("run", "department", "listing").filter(Q(run__in=known) | coming)


def activities(
    actor: Actor, *, listing: int | None = None, state: str = "", school: int | None = None,
    from_on: date | None = None, page: int = 1,
) -> Page[ActivityRow]:  # fmt: skip
    """Activities the actor may know of, the next first; a school sees the approved ones that come to it."""
    with reading(actor):
        given = {"listing": listing, "run__state": state, "schools__school": school, "ends_on__gte": from_on}
        wanted = Q(**{key: value for key, value in given.items() if value})
        rows = _seen(actor, Activity.objects.filter(wanted)).order_by("starts_on", "id")
        number = max(page, 1)
        plans = {plan.edition: plan for plan in plans_in_force(actor)}
        part = _activity_rows(rows[(number - 1) * PAGE : number * PAGE], plans)
        return Page(part, rows.count(), number, PAGE)


def _activity_rows(rows: QuerySet[Activity], plans: Mapping[int, InForce]) -> tuple[ActivityRow, ...]:
    part = list(rows)
    counts = ActivitySchool.objects.filter(activity__in=part).values_list("activity").annotate(n=Count("id"))
    schools = dict(counts)
    return tuple(activity_row(row, plans.get(row.run.edition_id), schools.get(row.id, 0)) for row in part)


def activity(actor: Actor, activity: int, *, at: datetime | None = None) -> ActivityView:
    """One activity; raises NotFound."""
    with reading(actor):
        return _activity(actor, Activity.objects.filter(id=activity), str(activity), at)


def activity_of_run(actor: Actor, run: int, *, at: datetime | None = None) -> ActivityView:
    """The activity that a case is about; raises NotFound."""
    with reading(actor):
        return _activity(actor, Activity.objects.filter(run=run), str(run), at)


def _activity(actor: Actor, rows: QuerySet[Activity], what: str, at: datetime | None) -> ActivityView:
    row = _seen(actor, rows).first()
    if row is None:
        raise NotFound(what=what)
    schools = Organ.objects.filter(id__in=ActivitySchool.objects.filter(activity=row).values("school"))
    # The school it comes to is no party of the case: it reads the case as the clock would, once it is approved.
    reader = actor if row.run_id in _known(actor, row.run_id) else Actor.clock(actor.bureau)
    run: RunView = run_of(reader, row.run_id, at=at)
    plan = in_force(actor, row.run.edition_id)
    return ActivityView(
        row=activity_row(row, plan, schools.count()),
        answer=answer(actor, row.answer_id, judged=True),
        run=run,
        schools=tuple(organ_view(school) for school in schools.order_by("sort_key", "id")),
    )


def _known(actor: Actor, run: int) -> frozenset[int]:
    return frozenset(Run.objects.filter(visible(actor, seats_of(actor)), id=run).values_list("id", flat=True))


def evaluations(actor: Actor, *, listing: int) -> tuple[EvaluationView, ...]:
    """How a listing was judged, oldest first."""
    with reading(actor):
        return _evaluations(listing, {plan.edition: plan for plan in plans_in_force(actor)})


def _evaluations(listing: int, plans: Mapping[int, InForce]) -> tuple[EvaluationView, ...]:
    rows = Evaluation.objects.filter(listing=listing).select_related("person", "listing__roll").order_by("id")
    found = []
    for row in rows:
        plan = plans.get(row.listing.roll.edition_id)
        found.append(evaluation_view(row, plan.pack.evaluations.get(row.evaluation) if plan else None))
    return tuple(found)


def to_evaluate(actor: Actor, at: datetime) -> tuple[EvaluationDue, ...]:
    """Listings that a party of the actor has yet to judge this year (A19)."""
    with reading(actor):
        today, found = day_of(at), []
        for plan in plans_in_force(actor):
            mine = parties_of(actor, plan)
            for key, held in plan.pack.evaluations.items():
                if held.by in mine:
                    rows = _unjudged(plan, held.of.removeprefix("lists."), key, today)
                    found += [evaluation_due(row, plan, key, today) for row in rows]
        return tuple(found)


def _unjudged(plan: InForce, name: str, key: str, today: date) -> QuerySet[Listing]:
    judged = Evaluation.objects.filter(listing=OuterRef("pk"), evaluation=key, year=today.year)
    here = Listing.objects.filter(roll__edition=plan.edition, roll__list=name, state__in=HOLDING, valid_from__lte=today)
    return here.filter(~Exists(judged)).select_related("organ").order_by("number")


def public_card(actor: Actor, *, affair: int) -> dict[str, str]:
    """What the public may read of an affair on a list: nothing that names a person."""
    with reading(actor):
        row = Affair.objects.select_related("run", "answer").get(id=affair)
        plan = in_force(actor, row.edition_id)
        form, criterion = form_of(plan, row.route)[1], plan.pack.criteria.get(row.criterion)
        route, said = plan.pack.routes[row.route], by_meaning(form, row.answer.content)
        named = schools_in(said)
        schools = Organ.objects.filter(id__in=named or ()).order_by("sort_key", "id")
        return {
            "scope": text_of(said, "scope"),
            # Nothing here means every school.
            "schools": "、".join(schools.values_list("short_name", flat=True)) if named else "",
            "school_codes": " ".join(schools.values_list("code", flat=True)) if named else "",
            "case": row.run.number,
            "criterion": criterion.says if criterion else "",
            "criterion_clause": "、".join(criterion.clause) if criterion else "",
            "mode": option_says(form, "mode", row.mode),
            "starts": row.starts_on.isoformat() if row.starts_on else "",
            "ends": row.ends_on.isoformat() if row.ends_on else "",
            "route": route.says,
            "route_clause": "、".join(route.clause),
        }
