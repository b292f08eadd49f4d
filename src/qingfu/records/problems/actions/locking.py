"""A line locked for a verb, with its plan and who the actor is to it."""

from __future__ import annotations

from qingfu.base.actor import Actor
from qingfu.base.errors import FieldFault, Invalid, NotFound, SignInNeeded
from qingfu.base.words import N_
from qingfu.packfile.words.asks import ProblemsPolicy
from qingfu.records.plans.queries import InForce, in_force
from qingfu.records.problems.models import Problem
from qingfu.records.problems.queries.rights import standing

LONGEST = 5_000
_EMPTY = N_("Write this in a sentence.")
_TOO_LONG = N_("This is too long: at most {most} characters.")
_NO_SIGN = N_("Write this as text.")


def taken(actor: Actor, problem: int) -> tuple[Problem, InForce, frozenset[str]]:
    """The line, locked, its plan, and the actor's roles; NotFound where he may not know of it."""
    row = Problem.objects.select_for_update(of=("self",)).select_related("owner").filter(id=problem).first()
    if row is None:
        raise NotFound(what=str(problem))
    plan = in_force(actor, row.edition_id)
    mine = standing(actor, plan)
    if not mine.may_see(row.owner_id):
        raise NotFound(what=str(problem))
    return row, plan, mine.roles(owner=row.owner_id, at_once=row.at_once)


def somebody(actor: Actor) -> int:
    """The person who acts; a line is judged by natural persons only."""
    if actor.person is None:
        raise SignInNeeded
    return actor.person


def policy_of(plan: InForce) -> ProblemsPolicy:
    """How the plan keeps its ledger; NotFound for a plan without one."""
    if plan.pack.problems_policy is None:
        raise NotFound(what="problems-policy")
    return plan.pack.problems_policy


def sentence(field: str, text: str, *, most: int = LONGEST, clause: str | None = None) -> str:
    """The text trimmed; Invalid when nothing is said, or too much."""
    said = text.replace("\r\n", "\n").strip()
    if not said:
        raise Invalid(FieldFault(field, _EMPTY), clause=clause)
    return bounded(field, said, most=most)


def bounded(field: str, text: str, *, most: int = LONGEST) -> str:
    """The text trimmed, perhaps empty; Invalid when it is too long."""
    said = text.replace("\r\n", "\n").strip()
    if len(said) > most:
        raise Invalid(FieldFault(field, _TOO_LONG, {"most": most}))
    if "\0" in said:
        raise Invalid(FieldFault(field, _NO_SIGN))
    return said
