"""Choosing the panel of a case: members of the committee by kind, and which kinds are still missing."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qingfu.base.errors import FieldFault, Invalid, NotFound
from qingfu.base.words import N_
from qingfu.packfile.course import needed, steps_of
from qingfu.records.enactment import actions as enactment
from qingfu.records.people.queries import posts
from qingfu.records.plans.queries import in_force
from qingfu.records.routes import queries
from qingfu.records.routes.queries import RunView
from qingfu.web.cases.drawn import may_draw, seating, shown_draws
from qingfu.web.desk import Desk, page
from qingfu.web.ids import id_in
from qingfu.web.spoken import clauses_of, numbers, sentence


@dataclass(frozen=True)
class Candidate:
    """A member of the committee; ``seated`` has been asked already, ``aside`` says why he stepped aside."""

    post: int
    name: str
    title: str
    seated: bool
    aside: str
    ticked: bool


@dataclass(frozen=True)
class KindOfMember:
    """Members of one kind; ``asked`` by the plan to be on every panel."""

    says: str
    asked: bool
    members: tuple[Candidate, ...]


@page("cases")
def panel(desk: Desk, run: int) -> HttpResponse:
    """The committee, by kind of member."""
    shown = queries.run(desk.actor, run, at=desk.at)
    verb = next((verb for verb in shown.verbs if verb.verb == "appoint_panel"), None)
    if verb is None and not desk.posted:
        raise NotFound(what=str(run))
    plan = in_force(desk.actor, shown.edition)
    step = next(step for step in steps_of(plan.pack, shown.route) if step.id == shown.step)
    opinions = needed(step, "opine") if step.need else 1
    kinds = _kinds(desk, shown, plan.seats.get(step.by), step.panel_kinds)
    drawn = shown_draws(desk, run).get(step.id)
    asked = _asked(shown)
    seats = seating(desk, drawn, asked) if drawn else None
    stands = drawn is not None and drawn.state != "void"
    return desk.show(
        "cases/panel.html", case=shown, kinds=kinds, needed=opinions,
        least=max(opinions, len(step.panel_kinds)),
        effect=sentence(verb.effect) if verb else "", step_clause=numbers(shown.step_clause),
        clauses=clauses_of(plan.pack), someone=any(kind.members for kind in kinds),
        drawn=drawn, seating=seats, may_draw=may_draw(desk) and not asked and not stands,
        may_name=not stands or bool(seats and seats.exhausted),
    )  # fmt: skip


def _asked(shown: RunView) -> frozenset[int]:
    members = shown.turn.panel.members if shown.turn and shown.turn.panel else ()
    return frozenset(one.person for one in members if not one.stepped_aside)


def _kinds(desk: Desk, shown: RunView, committee: int | None, wanted: tuple[str, ...]) -> list[KindOfMember]:
    turn = shown.turn
    asked = {member.post: member for member in turn.panel.members} if turn and turn.panel else {}
    ticked = desk.request.POST.getlist("posts")
    by_kind: dict[str, list[Candidate]] = {kind: [] for kind in wanted}
    for row in posts(desk.actor, organ=committee, on=desk.today) if committee else ():
        if row.holder is None:
            continue
        seat = asked.get(row.id)
        aside = seat.stepped_aside if seat else ""
        by_kind.setdefault(row.member_kind, []).append(
            Candidate(row.id, row.holder_name, row.title, seat is not None, aside, str(row.id) in ticked)
        )
    return [KindOfMember(kind or _("Other members"), kind in wanted, tuple(held)) for kind, held in by_kind.items()]


@panel.act("appoint")
def appoint(desk: Desk, run: int) -> HttpResponse:
    """Ask the chosen members for their opinions."""
    chosen = [post for text in desk.request.POST.getlist("posts") if (post := id_in(text)) is not None]
    if not chosen:
        raise Invalid(FieldFault("posts", N_("Choose at least one member.")))
    enactment.name_panel(desk.actor, run=run, posts=chosen, client_id=desk.client_id, at=desk.at)
    said = ngettext("{n} member is asked for an opinion.", "{n} members are asked for an opinion.", len(chosen))
    return desk.go("case", run=run, said=said.format(n=len(chosen)))


@panel.act("seat")
def seat(desk: Desk, run: int) -> HttpResponse:
    """Ask those who were drawn and reached."""
    return _seat(desk, run, uncalled=False)


@panel.act("seat-all")
def seat_all(desk: Desk, run: int) -> HttpResponse:
    """Ask everybody whose turn it is, also those who were not called yet."""
    return _seat(desk, run, uncalled=True)


def _seat(desk: Desk, run: int, *, uncalled: bool) -> HttpResponse:
    draw = id_in(desk.request.POST.get("draw", "")) or 0
    told = enactment.seat_panel(
        desk.actor, run=run, draw=draw, uncalled=uncalled, client_id=desk.client_id, at=desk.at
    )  # fmt: skip
    n = len(_asked(told))
    said = ngettext("The panel has {n} member.", "The panel has {n} members.", n).format(n=n)
    return desk.go("case", run=run, said=said)
