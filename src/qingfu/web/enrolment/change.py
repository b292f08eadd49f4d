"""片区调整: begun with the new areas, announced, with a transition and parents' representatives, then put in effect."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _

from qingfu.base.errors import FieldFault, Invalid
from qingfu.base.words import N_
from qingfu.records.enrolment import actions, queries
from qingfu.records.enrolment.queries import ChangeView
from qingfu.records.people.queries import OrganView
from qingfu.web.desk import Desk, page
from qingfu.web.enrolment.ground import ROOM, all_sent, day_sent, number_sent, sent
from qingfu.web.enrolment.years import stage
from qingfu.web.files import attachment, keep
from qingfu.web.navigation import address

PARTS = ("notice", "transition", "parents")
CHOOSE_SCHOOL = N_("Choose at least one school.")


@page(ROOM)
def begin(desk: Desk) -> HttpResponse:
    """First the schools are chosen, then their new areas are written beside those that stand.

    ``?like=`` begins one again with what a dropped one says.
    """
    queries.require_office(desk.actor, queries.CHANGES)
    like = _like(desk)
    year = _year(desk, like)
    now = queries.areas_now(desk.actor, year=year)
    there = [one for one in queries.schools(desk.actor) if now.get(one.id)]
    asked = {str(area.school.id): area.after for area in like.areas} if like else dict.fromkeys(_asked(desk))
    chosen = [one for one in there if str(one.id) in asked]
    return desk.show(
        "enrolment/begin.html", year=year, schools=there, chosen=chosen, asked="year" in desk.request.GET,
        areas=[
            (one, now[one.id], _after(desk, one, asked[str(one.id)] or now[one.id]), desk.fault(f"after-{one.id}"))
            for one in chosen
        ],
        years=[desk.today.year, desk.today.year + 1], why=desk.typed("why", like.why if like else ""),
        effect_on=desk.typed("effect-on", like.effect_on.isoformat() if like else ""),
    )  # fmt: skip


def _like(desk: Desk) -> ChangeView | None:
    said = "" if desk.posted else desk.request.GET.get("like", "")
    return queries.change_of(desk.actor, int(said)) if said.isascii() and said.isdigit() and len(said) < 18 else None


def _year(desk: Desk, like: ChangeView | None = None) -> int:
    said = desk.typed("year", str(like.year if like else desk.today.year + 1))
    return int(said) if said.isascii() and said.isdigit() and len(said) == 4 else desk.today.year + 1


def _asked(desk: Desk) -> list[str]:
    return desk.request.POST.getlist("school") if desk.posted else desk.request.GET.getlist("school")


def _after(desk: Desk, one: OrganView, otherwise: str) -> str:
    return sent(desk, f"after-{one.id}") if desk.posted else otherwise


@begin.act("open")
def open_change(desk: Desk) -> HttpResponse:
    """Begin the change; nobody outside sees it before it is announced."""
    chosen = [
        int(one) for one in desk.request.POST.getlist("school") if one.isascii() and one.isdigit() and len(one) < 18
    ]
    if not chosen:
        raise Invalid(FieldFault("schools", CHOOSE_SCHOOL))
    made = actions.open_change(
        desk.actor, year=_year(desk), effect_on=day_sent(desk, "effect-on"), why=sent(desk, "why"),
        areas={one: sent(desk, f"after-{one}") for one in chosen}, client_id=desk.client_id, at=desk.at,
    )  # fmt: skip
    return desk.go("catchment-change", made.id, said=_("Begun. The public sees it once it is announced."))


@page(ROOM)
def change(desk: Desk, change: int) -> HttpResponse:
    """The three parts, which of them stand, what is missing, and the one button."""
    view = queries.change_of(desk.actor, change)
    slug = desk.post.bureau.slug if desk.post else ""
    return desk.show(
        "enrolment/change.html", view=view, stage=stage(desk, view), parts=_parts(view), may=frozenset(view.may),
        missing=[_(queries.MISSING[one]) for one in view.missing], verb=desk.request.POST.get("verb", ""),
        form={name: desk.typed(name, value) for name, value in _kept(desk, view).items()},
        public=address("portal-enrolment", bureau=slug), clause=view.clause,
        left_out=queries.left_out(desk.actor, view) if "put_in_effect" in view.may else (),
    )  # fmt: skip


def _kept(desk: Desk, view: ChangeView) -> dict[str, str]:
    return {
        "notice-on": (view.notice_on or desk.today).isoformat(), "places": view.places,
        "effect-on": view.effect_on.isoformat(),
        "until": view.transition_until.isoformat() if view.transition_until else "", "says": view.transition,
        "name": "", "held-on": "", "parents": "", "said": "", "answered": "", "reason": "",
    }  # fmt: skip


def _parts(view: ChangeView) -> dict[str, str]:
    """Of each part whether it is there, missing and needed, or not asked for by the plan."""
    there = {
        "notice": view.notice_on is not None, "transition": view.transition_until is not None,
        "parents": bool(view.meetings),
    }  # fmt: skip
    return {
        part: "late"
        if part == "notice" and "ahead" in view.missing
        else "there"
        if there[part]
        else ("missing" if part in view.needs else "free")
        for part in PARTS
    }


@change.act("announce")
def announce(desk: Desk, change: int) -> HttpResponse:
    """From now on the public sees it."""
    actions.announce_change(
        desk.actor, change=change, notice_on=day_sent(desk, "notice-on"), places=sent(desk, "places"),
        client_id=desk.client_id, at=desk.at,
    )  # fmt: skip
    return desk.go("catchment-change", change, said=_("Announced: it stands on the bureau's public page."))


@change.act("transition")
def transition(desk: Desk, change: int) -> HttpResponse:
    """When it takes effect, and who keeps the old choice."""
    effect_on, until = all_sent(desk, day_sent, "effect-on", "until")
    actions.plan_transition(
        desk.actor, change=change, effect_on=effect_on, until=until, says=sent(desk, "says"), client_id=desk.client_id,
        at=desk.at,
    )  # fmt: skip
    return desk.go("catchment-change", change, said=_("Saved: the transition."))


@change.act("meeting")
def meeting(desk: Desk, change: int) -> HttpResponse:
    """A meeting with parents' representatives; the paper stays inside."""
    held_on, parents = day_sent(desk, "held-on"), number_sent(desk, "parents")
    upload = desk.request.FILES.get("paper")
    kept = keep(desk, desk.actor, 0, upload).ref if upload is not None else ""
    actions.add_meeting(
        desk.actor, change=change, name=sent(desk, "name"), held_on=held_on, parents=parents, said=sent(desk, "said"),
        answered=sent(desk, "answered"), paper=kept, client_id=desk.client_id, at=desk.at,
    )  # fmt: skip
    return desk.go("catchment-change", change, said=_("Entered: the meeting with parents' representatives."))


@change.act("effect")
def effect(desk: Desk, change: int) -> HttpResponse:
    """Put it in effect from its day on; refused while something is missing, which is named."""
    actions.put_in_effect(desk.actor, change=change, client_id=desk.client_id, at=desk.at)
    return desk.go("catchment-change", change, said=_("Decided: the new areas hold from their day on."))


@change.act("drop")
def drop(desk: Desk, change: int) -> HttpResponse:
    """It is not done after all."""
    actions.drop_change(
        desk.actor, change=change, reason=sent(desk, "reason"), client_id=desk.client_id, at=desk.at
    )  # fmt: skip
    return desk.go("catchment-change", change, said=_("Dropped; the former areas stay."))


@page(ROOM)
def paper(desk: Desk, meeting: int) -> HttpResponse:
    """The paper of a meeting, as an attachment."""
    return attachment(queries.paper(desk.actor, meeting))
