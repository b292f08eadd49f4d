"""The row of a placement, locked for a verb of its school."""

from __future__ import annotations

from qingfu.base.actor import Actor
from qingfu.base.errors import NotAllowed
from qingfu.base.words import Word
from qingfu.records.placement.models import Placement
from qingfu.records.placement.queries.rights import roles_in, visible
from qingfu.records.placement.states import PLACEMENT


def locked(actor: Actor, placement: int, verb: str) -> Placement:
    """NotFound for one that may not be known, NotAllowed to the bureau, WrongState out of turn."""
    visible(actor, placement)
    row = Placement.objects.select_for_update(of=("self",)).select_related("organ", "draw").get(id=placement)
    roles = roles_in(actor, row)
    if not roles:
        raise NotAllowed(verb=Word(verb), who=[Word("school")])
    PLACEMENT.move(row.state, verb, roles)
    return row
