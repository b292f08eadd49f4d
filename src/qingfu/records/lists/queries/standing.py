"""Who has a say over a list, and how many places it has."""

from __future__ import annotations

from qingfu.base.actor import Actor
from qingfu.packfile import course
from qingfu.records.plans.queries import InForce, parties_of, sees_all


def cap_of(plan: InForce, key: str) -> int | None:
    """总量控制 (A15): how many items one span of the list may hold; None where the plan sets no number."""
    held = plan.pack.lists[key]
    caps = [cap.at_most.value for cap in held.caps if cap.counts == "items" and cap.scope == "bureau"]
    numbers = [number for number in caps if number is not None]
    return min(numbers) if numbers else None


def deciders_of(plan: InForce, key: str) -> frozenset[str]:
    """The parties that approve for the list on its way in, or evaluate it."""
    found = {held.by for held in plan.pack.evaluations.values() if held.of.removeprefix("lists.") == key}
    for route in plan.pack.lists[key].entered_by:
        found |= {step.by for step in course.steps_of(plan.pack, route) if "approve" in step.verbs}
    return frozenset(found)


def roles_for(actor: Actor, plan: InForce, key: str) -> frozenset[str]:
    """The actor's words in the table of states, for one list of a plan."""
    if actor.kind == "clock":
        return frozenset({"clock"})
    roles = {"decider"} if deciders_of(plan, key) & parties_of(actor, plan) else set()
    return frozenset(roles | ({"keeper"} if sees_all(actor, plan) else set()))
