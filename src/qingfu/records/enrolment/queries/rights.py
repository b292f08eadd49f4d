"""Which plan orders open enrolment, and who may write for it."""

from __future__ import annotations

from qingfu.base.actor import Actor
from qingfu.base.errors import NotAllowed, NotFound
from qingfu.base.words import N_, Word
from qingfu.packfile.words.moves import Disclosure
from qingfu.records.enrolment.queries.views import FIRST_YEAR, LAST_YEAR
from qingfu.records.people.queries import OrganView, organs
from qingfu.records.plans.queries import InForce, plans_in_force, require_bureau_side, sees_all

ANNOUNCES, RESULTS, CHANGES = "enrolment", "admissions", "rezoning"
# A school of compulsory education has one of these in its stage; one whose stage nobody entered counts as one.
STAGES = ("小学", "初", "九年", "完全")
Ordered = tuple[InForce, str, Disclosure]


def ordered(actor: Actor, shows: str) -> Ordered | None:
    """The first plan in force that orders such a disclosure, with its key."""
    return next(
        (
            (plan, key, said)
            for plan in plans_in_force(actor)
            for key, said in plan.pack.disclosures.items()
            if said.shows == shows
        ),
        None,
    )


def require_ordered(actor: Actor, shows: str = ANNOUNCES) -> Ordered:
    """The same; raises NotFound where no plan in force orders it."""
    found = ordered(actor, shows)
    if found is None:
        raise NotFound(what=shows)
    return found


def require_office(actor: Actor, shows: str = ANNOUNCES) -> Ordered:
    """The plan that orders it, for whoever acts for the bureau; raises NotAllowed, NotFound."""
    found = require_ordered(actor, shows)
    require_bureau_side(actor, found[0])
    return found


def require_result_of(actor: Actor, organ: int) -> Ordered:
    """The plan that orders results, for the school itself or the office; raises NotFound for another's school."""
    found = require_ordered(actor, RESULTS)
    if actor.kind == "clock" or sees_all(actor, found[0]) or (actor.organ == organ and "school" in actor.roles):
        return found
    raise NotFound(what=str(organ))


def require_year(year: int) -> None:
    """Raises NotFound for a number that is no school year."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise NotFound(what=str(year))


def require_part(actor: Actor) -> None:
    """Whether these pages are any business of somebody: the office and schools. Raises NotAllowed."""
    found = ordered(actor, ANNOUNCES)
    office = "administrator" in actor.roles if found is None else sees_all(actor, found[0])
    if not office and "school" not in actor.roles:
        raise NotAllowed(verb=Word(N_("see enrolment")), who=[])


def takes_part(school: OrganView) -> bool:
    """Whether a school has an area by its stage."""
    return not school.stage or any(word in school.stage for word in STAGES)


def schools(actor: Actor) -> tuple[OrganView, ...]:
    """The schools that have an area."""
    return tuple(one for one in organs(actor, kinds=["school"]) if takes_part(one))
