"""Facts about the plan itself: filling a blank, putting it in force."""

from __future__ import annotations

from qingfu.base.errors import DecidedAlready
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
        raise DecidedAlready(decision=fact.verb, by=fact.who, day=world.in_force)
    refuse_unready(world.pack)
    world.in_force = world.today
