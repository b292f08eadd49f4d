"""Who may know of a placement, and who may know the names in it."""

from __future__ import annotations

from django.db.models import Q

from qingfu.base.actor import Actor
from qingfu.base.errors import NotAllowed, NotFound
from qingfu.base.words import N_, Word
from qingfu.records.placement.models import Placement
from qingfu.records.plans.queries import is_office


def known_to(actor: Actor) -> Q:
    """A school its own; the office every school's, without names."""
    if is_office(actor):
        return Q()
    return Q(organ=actor.organ) if actor.kind == "person" else Q(pk__in=())


def is_reader(actor: Actor) -> bool:
    """Whether placements are any business of the post: a school's own, or the office's."""
    return actor.kind == "person" and (is_office(actor) or "school" in actor.roles)


def require_reader(actor: Actor) -> None:
    """NotAllowed to departments, townships, committees."""
    if not is_reader(actor):
        raise NotAllowed(verb=Word(N_("see class placements")), who=[Word("office"), Word("school")])


def visible(actor: Actor, placement: int) -> Placement:
    """The row; NotFound for one the actor may not know of."""
    row = Placement.objects.filter(known_to(actor), id=placement).select_related("organ", "draw").first()
    if row is None:
        raise NotFound(what=str(placement))
    return row


def roles_in(actor: Actor, row: Placement) -> frozenset[str]:
    """The roles of the table of states."""
    return frozenset({"school"}) if actor.kind == "person" and actor.organ == row.organ_id else frozenset()
