"""Deciding many cases together: one verb, one reason, all or none (A08)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.utils.safestring import SafeString
from django.utils.translation import ngettext

from qingfu.base.days import read_day
from qingfu.base.errors import FieldFault, Invalid, NoSuchDay
from qingfu.base.words import N_
from qingfu.base.workdays import Workdays
from qingfu.packfile import course
from qingfu.packfile.words.asks import Form
from qingfu.records.affairs.queries.meaning import by_meaning, form_of, text_of
from qingfu.records.enactment import actions as enactment
from qingfu.records.lists.queries import places_left
from qingfu.records.plans.queries import InForce, in_force
from qingfu.records.routes.queries import CaseRow, WaitingCase, waiting_together
from qingfu.web.cases.case import offer
from qingfu.web.desk import Desk, page
from qingfu.web.ids import id_in
from qingfu.web.spoken import clauses_of, sentence


@dataclass(frozen=True)
class Line:
    """One case of the table; ``key`` carries the digest of what is shown, ``changed`` that it was another before."""

    row: CaseRow
    key: str
    criterion: str
    starts: date | None
    ends: date | None
    red_lines: tuple[SafeString, ...]
    ticked: bool
    changed: bool


@page("cases")
def together(desk: Desk, edition: int, route: str, step: str) -> HttpResponse:
    """All cases that wait for the reader at one step."""
    found = waiting_together(desk.actor, edition=edition, route=route, step=step, at=desk.at)
    plan, pack = found.plan, found.plan.pack
    here = next(one for one in course.steps_of(pack, route) if one.id == step)
    entered = course.list_of(pack, route)
    left = places_left(desk.actor, plan=plan, list=entered[0], on=desk.today) if entered else None
    form = form_of(plan, route)[1]
    chosen = _chosen(desk)
    return desk.show(
        "cases/together.html", lines=[_line(desk, plan, route, form, one, chosen) for one in found.cases],
        offers=[offer(verb) for verb in found.verbs], step=here, route=pack.routes[route], left=left,
        list_says=entered[1].says if entered else "", clauses=clauses_of(pack), plan=plan,
        clause=here.clause or pack.routes[route].clause, asks_flags=bool(here.flags),
    )  # fmt: skip


def _chosen(desk: Desk) -> dict[int, str]:
    """Cases that were ticked, with the digest of what was shown then."""
    pairs = (key.partition(":") for key in desk.request.POST.getlist("case"))
    return {run: digest for text, _colon, digest in pairs if (run := id_in(text)) is not None}


def _line(desk: Desk, plan: InForce, route: str, form: Form, one: WaitingCase, chosen: dict[int, str]) -> Line:
    kept = one.content.get("answers")
    said = by_meaning(form, kept if isinstance(kept, dict) else {})
    criterion = plan.pack.criteria.get(text_of(said, "criterion"))
    applying = course.Applying(plan.pack, route, said, desk.today, Workdays.shipped())
    remarks = course.readiness(applying)
    return Line(
        row=one.row,
        key=f"{one.row.id}:{one.digest}",
        criterion=criterion.says if criterion else "",
        starts=_day(text_of(said, "starts")),
        ends=_day(text_of(said, "ends")),
        red_lines=tuple(sentence(remark.said, desk.today) for remark in remarks if remark.about == "conduct"),
        ticked=one.row.id in chosen,
        changed=one.row.id in chosen and chosen[one.row.id] != one.digest,
    )


def _day(text: str) -> date | None:
    try:
        return read_day(text)
    except NoSuchDay:
        return None


def decide(desk: Desk, edition: int, route: str, step: str) -> HttpResponse:
    """Decide about all that are ticked, in one transaction."""
    in_force(desk.actor, edition)
    chosen = _chosen(desk)
    if not chosen:
        raise Invalid(FieldFault("cases", N_("Tick at least one case.")))
    told = enactment.decide_batch(
        desk.actor, runs=tuple(chosen.items()), verb=desk.request.POST["verb"],
        reason=desk.request.POST.get("reason", ""), client_id=desk.client_id, at=desk.at,
    )  # fmt: skip
    said = ngettext("Signed for {n} case.", "Signed for {n} cases together.", len(told)).format(n=len(told))
    return desk.go("cases", said=said)


for _verb in ("approve", "pass", "publish", "record", "refuse", "return"):
    together.act(_verb)(decide)
