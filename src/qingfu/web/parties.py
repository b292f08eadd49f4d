"""Which part somebody has in a plan, as far as a page has to know it to offer a link; the register judges."""

from __future__ import annotations

from qingfu.base.actor import Actor
from qingfu.packfile.course import steps_of
from qingfu.records.plans.queries import InForce, parties_of


def applicant_in(actor: Actor, plan: InForce) -> bool:
    """Whether the actor fills the party that begins one of the plan's routes for affairs."""
    mine = parties_of(actor, plan)
    routes = (route for route in plan.pack.routes.values() if route.of == "affair")
    return any(steps_of(plan.pack, route)[0].by in mine for route in routes)
