"""How large a class may be: what the plans in force say (C08)."""

from __future__ import annotations

from dataclasses import dataclass

from qingfu.base.actor import Actor
from qingfu.packfile.limits import rules_of_one
from qingfu.records.plans.queries import InForce, plans_in_force


@dataclass(frozen=True)
class Cap:
    """At most so many pupils in a class, with the plan and the clause that say so."""

    pupils: int
    plan: InForce
    clause: str


def cap_of(actor: Actor, grade: str) -> Cap | None:
    """The strictest cap of all plans in force; None where no plan has one for this grade."""
    found = [cap for plan in plans_in_force(actor) for cap in _caps(plan, grade)]
    return min(found, key=lambda cap: cap.pupils, default=None)


def _caps(plan: InForce, grade: str) -> list[Cap]:
    caps = []
    for key, thing in plan.pack.limits.items():
        if thing.reads != "classes":
            continue
        for rule in rules_of_one(key, thing):
            bound = rule.bound.of(grade, None)
            if rule.measure.column == "pupils" and rule.bound.side == "at-most" and bound is not None:
                caps.append(Cap(bound, plan, "、".join(thing.clause)))
    return caps
