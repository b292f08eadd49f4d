"""The row of a draw, locked for a verb of its organiser."""

from __future__ import annotations

from qingfu.base.actor import Actor
from qingfu.base.errors import NotAllowed
from qingfu.base.words import Word
from qingfu.records.draws.models import Draw
from qingfu.records.draws.queries.rights import roles_in, rows, visible


def locked(actor: Actor, draw: int, verb: str) -> Draw:
    """NotFound for a draw one may not know of, NotAllowed for somebody else's."""
    visible(actor, draw)
    row = rows().select_for_update(of=("self",)).get(id=draw)
    if not roles_in(actor, row):
        raise NotAllowed(verb=Word(verb), who=[Word("organiser")])
    return row
