"""The forms of this room, each with its check: an application, a returned one, the plan of an activity."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from qingfu.base.actor import Actor
from qingfu.base.errors import NotFound
from qingfu.packfile.course import steps_of
from qingfu.records.affairs import actions, queries
from qingfu.records.lists.queries import listing as listing_of
from qingfu.records.people.queries import organ as organ_of
from qingfu.records.plans.queries import InForce, in_force
from qingfu.records.routes.queries import run as run_of
from qingfu.web.affairs.choosing import subject
from qingfu.web.affairs.writing import Writing, check_page, content_of, form_page, kept, to_check
from qingfu.web.cases.case import returned_because
from qingfu.web.desk import Desk, page


def _writing(plan: InForce, route: str, **facts: object) -> Writing:
    key = (steps_of(plan.pack, route)[0].form or "").removeprefix("forms.")
    return Writing(plan=plan, route=route, form_key=key, form=plan.pack.forms[key], **facts)  # type: ignore[arg-type]  # the named fields of Writing


def _behalf(desk: Desk) -> int | None:
    """For which organ an application is typed in from paper."""
    number = desk.request.GET.get("for", "")
    return int(number) if number.isdigit() else None


def _application(desk: Desk, edition: int, route: str) -> Writing:
    plan, organ = in_force(desk.actor, edition), _behalf(desk)
    if route not in plan.pack.routes or plan.pack.routes[route].of != "affair" or plan.state != "in-force":
        raise NotFound(what=route)
    query = f"?for={organ}" if organ else ""
    return _writing(
        plan, route, subject=subject(edition, route, organ), title=plan.pack.routes[route].says, about=plan.title,
        here=reverse("apply-form", args=[edition, route]) + query, back=reverse("apply") + query,
        check=reverse("apply-check", args=[edition, route]) + query,
        paper_for=organ_of(desk.actor, organ).name if organ else "",
    )  # fmt: skip


@page("cases")
def apply_form(desk: Desk, edition: int, route: str) -> HttpResponse:
    """The application, saved while it is written, with the live check beside it."""
    return form_page(desk, _application(desk, edition, route))


@apply_form.act("keep")
def keep_application(desk: Desk, edition: int, route: str) -> HttpResponse:
    """Save the draft."""
    return kept(desk, _application(desk, edition, route))


@apply_form.act("check")
def check_application(desk: Desk, edition: int, route: str) -> HttpResponse:
    """Lead on to checking the answers."""
    return to_check(desk, _application(desk, edition, route))


@page("cases")
def apply_check(desk: Desk, edition: int, route: str) -> HttpResponse:
    """The answers in words, before the application is handed in."""
    writing = _application(desk, edition, route)
    steps = steps_of(writing.plan.pack, route)
    effect = _("The application goes on its way: {step}.").format(step=steps[1].says if len(steps) > 1 else "")
    return check_page(desk, writing, label=_("Hand in the application"), effect=effect)


@apply_check.act("hand-in")
def hand_in(desk: Desk, edition: int, route: str) -> HttpResponse:
    """Hand in the application."""
    writing, organ = _application(desk, edition, route), _behalf(desk)
    actor: Actor = replace(desk.actor, via="paper") if organ else desk.actor
    told = actions.apply(
        actor, edition=edition, route=route, answers=content_of(desk, writing), organ=organ, draft=writing.subject,
        client_id=desk.client_id, at=desk.at,
    )  # fmt: skip
    return desk.go("case", run=told.run.id, said=_("Handed in as {number}.").format(number=told.run.number))


def _returned(desk: Desk, run: int) -> Writing:
    shown = run_of(desk.actor, run, at=desk.at)
    if not desk.posted and "resubmit" not in {verb.verb for verb in shown.verbs}:
        raise NotFound(what=str(run))
    about: dict[str, object]
    if shown.kind == "activity":
        activity = queries.activity_of_run(desk.actor, run, at=desk.at)
        about = {"before": activity.answer.content, "activity": activity.id}
    else:
        affair = queries.affair_of_run(desk.actor, run, at=desk.at)
        about = {"before": affair.answer.content, "affair": affair.id}
    return _writing(
        in_force(desk.actor, shown.edition), shown.route, subject=f"correct:{run}", title=shown.title,
        about=shown.number, here=reverse("case-correct", args=[run]), check=reverse("case-correct-check", args=[run]),
        back=reverse("case", args=[run]), returned=returned_because(shown), **about,
    )  # fmt: skip


@page("cases")
def correct(desk: Desk, run: int) -> HttpResponse:
    """A returned application, with the reason on top."""
    return form_page(desk, _returned(desk, run))


@correct.act("keep")
def keep_correction(desk: Desk, run: int) -> HttpResponse:
    """Save the draft."""
    return kept(desk, _returned(desk, run))


@correct.act("check")
def check_correction(desk: Desk, run: int) -> HttpResponse:
    """Lead on to checking the answers."""
    return to_check(desk, _returned(desk, run))


@page("cases")
def correct_check(desk: Desk, run: int) -> HttpResponse:
    """The corrected answers in words."""
    effect = _("The whole way begins again, with the changed form; what was said before stays in the story.")
    return check_page(desk, _returned(desk, run), label=_("Hand in again"), effect=effect)


@correct_check.act("hand-in")
def hand_in_again(desk: Desk, run: int) -> HttpResponse:
    """Hand in the corrected form."""
    writing = _returned(desk, run)
    # The draft is gone once it was handed in; a repeat of the same press must still be told its first answer.
    answers, draft, client = content_of(desk, writing), writing.subject, desk.client_id
    if writing.activity is not None:
        actions.replan_activity(
            desk.actor, activity=writing.activity, answers=answers, draft=draft, client_id=client, at=desk.at
        )
    else:
        actions.reapply(
            desk.actor, affair=writing.affair or 0, answers=answers, draft=draft, client_id=client, at=desk.at
        )
    return desk.go("case", run=run, said=_("Handed in again; the case is on its way."))


def _activity(desk: Desk, listing: int) -> Writing:
    held = listing_of(desk.actor, listing)
    plan = in_force(desk.actor, held.edition)
    route = next((key for key, one in plan.pack.routes.items() if one.of == "activity"), None)
    if route is None:
        raise NotFound(what=str(listing))
    return _writing(
        plan, route, subject=f"activity:{listing}", title=plan.pack.routes[route].says, about=held.title,
        here=reverse("activity-plan", args=[listing]), check=reverse("activity-plan-check", args=[listing]),
        back=reverse("listing", args=[listing]), facts={"listing": held},
    )  # fmt: skip


@page("cases")
def activity_plan(desk: Desk, listing: int) -> HttpResponse:
    """The plan of an activity for a listed affair."""
    return form_page(desk, _activity(desk, listing))


@activity_plan.act("keep")
def keep_plan(desk: Desk, listing: int) -> HttpResponse:
    """Save the draft."""
    return kept(desk, _activity(desk, listing))


@activity_plan.act("check")
def check_plan(desk: Desk, listing: int) -> HttpResponse:
    """Lead on to checking the answers."""
    return to_check(desk, _activity(desk, listing))


@page("cases")
def activity_check(desk: Desk, listing: int) -> HttpResponse:
    """The plan in words, before it is handed in."""
    writing = _activity(desk, listing)
    steps = steps_of(writing.plan.pack, writing.route)
    effect = _("The plan goes on its way: {step}.").format(step=steps[1].says if len(steps) > 1 else "")
    return check_page(desk, writing, label=_("Hand in the activity plan"), effect=effect)


@activity_check.act("hand-in")
def hand_in_plan(desk: Desk, listing: int) -> HttpResponse:
    """Hand in the plan of the activity."""
    writing = _activity(desk, listing)
    told = actions.plan_activity(
        desk.actor, listing=listing, answers=content_of(desk, writing), draft=writing.subject,
        client_id=desk.client_id, at=desk.at,
    )  # fmt: skip
    return desk.go("case", run=told.run.id, said=_("Handed in as {number}.").format(number=told.run.number))
