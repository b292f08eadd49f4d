"""Who may know of a draw, and as what they act in it."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from qingfu.base.actor import Actor
from qingfu.base.errors import NotAllowed, NotFound
from qingfu.base.words import N_, Word
from qingfu.records.draws.models import Draw
from qingfu.records.plans.queries import is_office

# The leading group, committees and departments hold no draws; what is published they read like everybody.
_HOLDERS = frozenset({"authority", "office", "administrator", "school"})


def may_hold(actor: Actor) -> bool:
    """The authority and the office, whoever keeps the register, and a school for what it draws itself."""
    return actor.kind == "person" and actor.organ is not None and bool(actor.roles & _HOLDERS)


def require_holder(actor: Actor) -> None:
    """NotAllowed to whoever holds no draws."""
    if not may_hold(actor):
        raise NotAllowed(verb=Word(N_("hold a draw")), who=[Word("office"), Word("school")])


def known_to(actor: Actor) -> Q:
    """The office knows all draws, an organ those it holds; everybody else those that are published, elsewhere."""
    if is_office(actor):
        return Q()
    return Q(organ=actor.organ) if actor.kind == "person" else Q(pk__in=())


def rows() -> QuerySet[Draw]:
    """Draws as they are read. The notice is left out: it may hold a hundred thousand, and its digest finds it."""
    return Draw.objects.select_related("organ", "replaces").defer("notice", "replaces__notice")


def visible(actor: Actor, draw: int) -> Draw:
    """The row; NotFound for one the actor may not know of."""
    row = rows().filter(known_to(actor), id=draw).first()
    if row is None:
        raise NotFound(what=str(draw))
    return row


def roles_in(actor: Actor, row: Draw) -> frozenset[str]:
    """The roles of the table of states. What a school draws it draws itself; the office may look on."""
    held_here = actor.organ == row.organ_id or (row.organ.kind != "school" and is_office(actor))
    organiser = held_here and may_hold(actor)
    # The organiser's own key is kept here, so that its share is told and its pieces are opened for it.
    return frozenset({"organiser", "member"}) if organiser else frozenset()


def named(actor: Actor, draw: int) -> Draw:
    """The row, for whoever may know the names behind its tickets; NotFound to others.

    Sealed names are for those who hold the draw: the bureau does not learn the names of a school's pupils.
    """
    row = visible(actor, draw)
    if row.sealed_names and not roles_in(actor, row):
        raise NotFound(what=str(draw))
    return row
