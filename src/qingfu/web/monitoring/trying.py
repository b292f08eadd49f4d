"""One limit: its rule and numbers, tried on the past before it is put in force; a later rule set beside the plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from qingfu.base.days import read_day
from qingfu.base.errors import FieldFault, Invalid, NoSuchDay, NotFound
from qingfu.base.words import N_
from qingfu.packfile.limits import rules_of_one, written
from qingfu.packfile.read import load
from qingfu.packfile.shelf import shipped
from qingfu.packfile.words.pack import Pack
from qingfu.records.enactment import actions as enactment
from qingfu.records.monitoring import actions, queries
from qingfu.records.monitoring.queries import LimitView, Tried
from qingfu.records.plans.queries import InForce, in_force, require_bureau_side, sees_all
from qingfu.rules import sentences
from qingfu.web.desk import Desk, page
from qingfu.web.monitoring.ground import CHOOSE, chosen_term, lead_on
from qingfu.web.monitoring.limits import (
    ROOM,
    bound_fields,
    grades_said,
    opened,
    orders_told,
    rules_said,
    unit_said,
)
from qingfu.web.spoken import clauses_of, numbers

TERMS = 3
NOT_WHOLE = N_("Write a whole number from 0 to 9999.")
NO_DAY = N_("Write the day from which it holds.")


@dataclass(frozen=True)
class Later:
    """A limit of another pack that may be set beside a plan."""

    key: str
    says: str
    clause: str
    rules: tuple[str, ...]
    there: bool


@page(ROOM)
def limit(desk: Desk, edition: int, key: str) -> HttpResponse:
    """The rule in words, its numbers by grade, what is said about it, what it would do with other numbers."""
    plan, view = opened(desk, edition, key)
    return _limit_page(desk, plan, view, None)


def _limit_page(desk: Desk, plan: InForce, view: LimitView, tried: Tried | None) -> HttpResponse:
    keeps = sees_all(desk.actor, plan)
    return desk.show(
        "monitoring/limit.html", plan=plan, view=view, clause=numbers(view.clause), rules=rules_said(view),
        fields=bound_fields(desk, view), unit=unit_said(view), orders=orders_told(view), keeps=keeps, tried=tried,
        may_change=keeps and not view.beside and bool(view.bounds), clauses=clauses_of(plan.pack), term=_term(desk),
        reason=desk.typed("reason"), from_on=desk.typed("from", desk.today.isoformat()), terms=_terms(desk),
    )  # fmt: skip


@limit.act("try")
def try_numbers(desk: Desk, edition: int, key: str) -> HttpResponse:
    """Judge the last terms by other numbers; nothing is kept."""
    plan, view = _changed(desk, edition, key)
    draft = actions.draft_bound(plan, key, _bounds(desk, view))
    tried = queries.try_limit(
        desk.actor, plan=plan, key=key, written=draft, terms=[one.id for one in _terms(desk)], on=desk.today
    )
    return _limit_page(desk, plan, view, tried)


@limit.act("order")
def order(desk: Desk, edition: int, key: str) -> HttpResponse:
    """Put other numbers in force from a day on."""
    _plan, view = _changed(desk, edition, key)
    enactment.order_limit(
        desk.actor, edition=edition, limit_key=key, bounds=_bounds(desk, view),
        reason=desk.request.POST.get("reason", ""), from_on=_from(desk), client_id=desk.client_id, at=desk.at,
    )  # fmt: skip
    return _ordered(desk, edition, key)


@limit.act("restore")
def restore(desk: Desk, edition: int, key: str) -> HttpResponse:
    """The plan's own words hold again; a limit set beside the plan holds no longer."""
    require_bureau_side(desk.actor, opened(desk, edition, key)[0])
    enactment.order_limit(
        desk.actor, edition=edition, limit_key=key, bounds=None, reason=desk.request.POST.get("reason", ""),
        from_on=_from(desk), client_id=desk.client_id, at=desk.at,
    )  # fmt: skip
    return _ordered(desk, edition, key)


def _ordered(desk: Desk, edition: int, key: str) -> HttpResponse:
    return lead_on(desk, "limit", edition, key, said=_("The order is in force from the day you set; it stands below."))


def _changed(desk: Desk, edition: int, key: str) -> tuple[InForce, LimitView]:
    plan, view = opened(desk, edition, key)
    require_bureau_side(desk.actor, plan)
    return plan, view


def _terms(desk: Desk) -> tuple[queries.TermView, ...]:
    """The last terms that have begun, the latest first."""
    begun = [one for one in queries.terms(desk.actor) if one.from_on <= desk.today]
    return tuple(begun[:TERMS])


def _term(desk: Desk) -> queries.TermView | None:
    return chosen_term(desk, queries.terms(desk.actor))


def _bounds(desk: Desk, view: LimitView) -> dict[str, int]:
    """The numbers as typed, by grades; raises Invalid."""
    found: dict[str, int] = {}
    faults = []
    for grades in view.bounds:
        text = desk.request.POST.get(f"bound.{grades}", "").strip()
        if text.isascii() and text.isdigit() and len(text) < 5:
            found[grades] = int(text)
        else:
            says = {"field": grades_said(grades), "fault": _(NOT_WHOLE)}
            faults.append(FieldFault(f"bound.{grades}", "{field}: {fault}", says))
    if faults:
        raise Invalid(*faults)
    return found


def _from(desk: Desk) -> date:
    try:
        return read_day(desk.request.POST.get("from", ""))
    except NoSuchDay:
        raise Invalid(FieldFault("from", NO_DAY)) from None


@page(ROOM)
def beside(desk: Desk, edition: int) -> HttpResponse:
    """Limits that later rules bring: chosen, tried on the past, set beside the plan."""
    return _beside_page(desk, _kept(desk, edition), None)


def _beside_page(desk: Desk, plan: InForce, tried: Tried | None) -> HttpResponse:
    source = _source(desk, plan)
    held = {view.key for view in queries.limits(desk.actor, plan, on=desk.today) if view.rules}
    chosen = desk.typed("limit")
    return desk.show(
        "monitoring/beside.html", plan=plan, source=source, chosen=chosen, tried=tried, terms=_terms(desk),
        later=_later(source, held), sources=[pack.plan for pack in _sources(plan)],
        reason=desk.typed("reason"), from_on=desk.typed("from", desk.today.isoformat()),
    )  # fmt: skip


@beside.act("try")
def try_beside(desk: Desk, edition: int) -> HttpResponse:
    """Whom the later rule would flag that nothing flags now; nothing is kept."""
    plan = _kept(desk, edition)
    source = _source(desk, plan)
    key = _key(desk, source)
    tried = queries.try_limit(
        desk.actor, plan=plan, key=f"{source.plan.id}.{key}", written=_written(source, key),
        terms=[one.id for one in _terms(desk)], on=desk.today,
    )  # fmt: skip
    return _beside_page(desk, plan, tried)


@beside.act("set")
def set_beside(desk: Desk, edition: int) -> HttpResponse:
    """Put the later rule in force beside the plan."""
    source = _source(desk, _kept(desk, edition))
    view = enactment.set_limit_beside(
        desk.actor, edition=edition, source=source, limit_key=_key(desk, source),
        reason=desk.request.POST.get("reason", ""), from_on=_from(desk), client_id=desk.client_id, at=desk.at,
    )  # fmt: skip
    return _ordered(desk, edition, view.key)


def _kept(desk: Desk, edition: int) -> InForce:
    plan = in_force(desk.actor, edition)
    if not sees_all(desk.actor, plan):
        raise NotFound(what=str(edition))
    return plan


def _sources(plan: InForce) -> list[Pack]:
    """Packs whose limits may be set beside a plan; those of parameters, which gather later rules, come first."""
    packs = [pack for name in shipped() if (pack := load(name)).limits and pack.plan.id != plan.pack.plan.id]
    return sorted(packs, key=lambda pack: not pack.parameters)


def _source(desk: Desk, plan: InForce) -> Pack:
    known, asked = _sources(plan), desk.typed("pack")
    found = next((pack for pack in known if asked in ("", pack.plan.id)), None)
    if found is None:
        raise NotFound(what=asked or "pack")
    return found


def _key(desk: Desk, source: Pack) -> str:
    key = desk.request.POST.get("limit", "")
    if key not in source.limits:
        raise Invalid(FieldFault("limit", CHOOSE))
    return key


def _written(source: Pack, key: str) -> Mapping[str, Any]:
    return written(source.limits[key])


def _later(source: Pack, held: set[str]) -> list[Later]:
    return [
        Later(
            key, thing.says, "、".join(thing.clause),
            tuple(sentences.rule(rule, _) for rule in rules_of_one(key, thing)), f"{source.plan.id}.{key}" in held,
        )
        for key, thing in source.limits.items()
    ]  # fmt: skip
