"""A situation in the offline player and on the register: every way in which they differ, from each other or from it."""

from __future__ import annotations

from qingfu.base.workdays import Workdays
from qingfu.packfile import play as offline
from qingfu.packfile.words.situation import Situation
from tests.register.comparing import disagreements
from tests.register.playing import play
from tests.register.world import World

WORKDAYS = Workdays.shipped()


def played_twice(world: World, situation: Situation, *, every_day: bool = False) -> list[str]:
    """What should be so and is not, who is refused by one and not by the other, and all they end up apart in."""
    same = offline.play(world.ground.pack, situation, WORKDAYS)
    played = play(world, situation, every_day=every_day)
    found = [said.text() for said in same.failures] + list(played.differences)
    theirs = {one.number: one.refused.code for one in same.facts if one.refused}
    ours = {number: error.code for number, error in played.refused.items()}
    if theirs != ours:
        found.append(f"the player refuses {theirs}, the register {ours}")
    return found + (disagreements(same.world, world) if same.world else [])
