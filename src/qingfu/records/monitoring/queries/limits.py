"""The limits that hold in a plan on a day: the plan's own, and what the bureau has ordered beside it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from qingfu.base.actor import Actor
from qingfu.base.errors import NotFound
from qingfu.packfile.limits import bounds_of, rules_of_one, written
from qingfu.packfile.words.plan import Advisory
from qingfu.records.journal.queries import reading
from qingfu.records.monitoring.models import LimitOrder
from qingfu.records.people.queries import person_names
from qingfu.records.plans.queries import InForce, plans_in_force, sees_all
from qingfu.rules.nodes import Limit
from qingfu.rules.parse import limits_of


@dataclass(frozen=True)
class OrderView:
    """An order about a limit: its numbers by grades, or `back` to the plan's own words, and why."""

    id: int
    source: str
    bounds: Mapping[str, int]
    back: bool
    reason: str
    from_on: date
    by: str


@dataclass(frozen=True)
class LimitView:
    """A limit as it holds now: `rules` are what it is judged by, none while its number is blank.

    `bounds` are its numbers by grades, in the office's unit; `ordered` is the order that holds, if one does; `beside`
    says from which pack it was set beside the plan.
    """

    key: str
    clause: str
    says: str
    reads: str
    unit: str
    rules: tuple[Limit, ...]
    bounds: Mapping[str, int]
    ordered: OrderView | None
    orders: tuple[OrderView, ...]
    advisories: tuple[Advisory, ...]
    beside: str = ""


def judging_plans(actor: Actor) -> tuple[InForce, ...]:
    """The plans in force that have limits, of which the actor may see the findings: all, or as a school its own."""
    with reading(actor):
        return tuple(plan for plan in plans_in_force(actor) if plan.pack.limits and may_know(actor, plan))


def may_know(actor: Actor, plan: InForce) -> bool:
    """Whether the actor has any part in the plan's findings: the bureau side, and every school in its own."""
    return actor.kind == "clock" or sees_all(actor, plan) or "school" in actor.roles


def limits(actor: Actor, plan: InForce, *, on: date) -> tuple[LimitView, ...]:
    """Every limit of a plan as it holds on a day, in the plan's order, then those set beside it. Raises NotFound."""
    with reading(actor):
        if not may_know(actor, plan):
            raise NotFound(what=plan.title)
        rows = LimitOrder.objects.filter(edition=plan.edition).order_by("from_on", "id")
        names = person_names(actor, {row.person_id for row in rows})
        by_limit: dict[str, list[LimitOrder]] = {}
        for row in rows:
            by_limit.setdefault(row.limit, []).append(row)
        own = tuple(_own(plan, key, by_limit.get(key, []), names, on) for key in plan.pack.limits)
        others = [key for key in by_limit if key not in plan.pack.limits]
        return own + tuple(view for key in others if (view := _beside(key, by_limit[key], names, on)))


def limits_in_force(actor: Actor, plan: InForce, *, on: date) -> tuple[Limit, ...]:
    """What a plan's data are judged by on a day."""
    return tuple(rule for view in limits(actor, plan, on=on) for rule in view.rules)


def limit(actor: Actor, plan: InForce, key: str, *, on: date) -> LimitView:
    """One limit of a plan; raises NotFound."""
    found = next((view for view in limits(actor, plan, on=on) if view.key == key), None)
    if found is None:
        raise NotFound(what=key)
    return found


def _own(plan: InForce, key: str, rows: list[LimitOrder], names: Mapping[int, str], on: date) -> LimitView:
    thing = plan.pack.limits[key]
    held = next((row for row in reversed(rows) if row.from_on <= on), None)
    clause = "、".join(thing.clause)
    plain = written(thing)
    if held is not None and held.written:
        plain = json.loads(held.written)
        rules = limits_of(key, plain, clause=clause, says=thing.says)
    else:
        rules = rules_of_one(key, thing)
    orders = tuple(_order(row, names) for row in rows)
    return LimitView(
        key, clause, thing.says, thing.reads, thing.unit or "", rules, bounds_of(plain),
        next((order for order in orders if held is not None and order.id == held.id and not order.back), None), orders,
        tuple(one for one in plan.pack.advisories if one.about == f"limits.{key}"),
    )  # fmt: skip


def _beside(key: str, rows: list[LimitOrder], names: Mapping[int, str], on: date) -> LimitView | None:
    """A limit of another pack; while none of its orders has begun it is shown without being judged by."""
    held = next((row for row in reversed(rows) if row.from_on <= on), None)
    shown = held or rows[-1]
    said = shown.written or next((row.written for row in reversed(rows) if row.written), "{}")
    plain: Mapping[str, object] = json.loads(said)
    orders = tuple(_order(row, names) for row in rows)
    holds = held is not None and bool(held.written)
    return LimitView(
        key, shown.clause, shown.says, str(plain.get("reads", "")), str(plain.get("unit") or ""),
        limits_of(key, plain, clause=shown.clause, says=shown.says) if holds else (), bounds_of(plain),
        next((order for order in orders if held and order.id == held.id and not order.back), None), orders, (),
        beside=shown.source,
    )  # fmt: skip


def _order(row: LimitOrder, names: Mapping[int, str]) -> OrderView:
    bounds = bounds_of(json.loads(row.written)) if row.written else {}
    return OrderView(
        row.id, row.source, bounds, not row.written, row.reason, row.from_on, names.get(row.person_id, "")
    )  # fmt: skip
