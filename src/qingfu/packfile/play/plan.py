"""Facts about the plan itself: filling a blank, putting it in force."""

from __future__ import annotations

from qingfu.base.errors import WrongState
from qingfu.base.words import Word
from qingfu.packfile.blanks import fill
from qingfu.packfile.hurdles import refuse_unready
from qingfu.packfile.play.world import World
from qingfu.packfile.words.situation import Fact


def fill_blank(world: World, fact: Fact) -> None:
    """Set one place the source leaves open."""
    world.pack = fill(world.pack, fact.blank or "", fact.value or "")


def put_in_force(world: World, fact: Fact) -> None:
    """Put the edition in force, which is refused while a hurdle remains."""
    if world.in_force is not None:
        raise WrongState(verb=Word(fact.verb), state=Word("in-force"), possible=())
    refuse_unready(world.pack)
    world.in_force = world.today
