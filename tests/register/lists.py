"""Facts about lists, by the verbs of the register; and the gate, as the school's own page answers."""

from __future__ import annotations

from qingfu.base.errors import NotFound
from qingfu.packfile import gate
from qingfu.packfile.words.situation import Fact
from qingfu.records.affairs.queries import affair_of_run
from qingfu.records.disclosures.queries import shown
from qingfu.records.enactment import actions as enactment
from qingfu.records.lists.queries import ListingView
from qingfu.records.lists.queries.standing import deciders_of
from qingfu.web.portal import _items as items_of
from tests.register.world import World

WHY = "师生反映强烈"


def listing_of(world: World, fact: Fact) -> ListingView:
    """The place on a list that a case took."""
    held = affair_of_run(world.clock, world.cases[fact.as_ or ""].view.id, at=world.at).listing
    if held is None:
        raise NotFound(what=fact.as_ or "")
    return held


def evaluate(world: World, fact: Fact) -> None:
    """A listed affair is judged; a verdict may lead it off the list."""
    held = listing_of(world, fact)
    key, evaluation = next(
        (key, one) for key, one in world.pack.evaluations.items()
        if one.of == f"lists.{held.list}" and fact.kind in (None, key)
    )  # fmt: skip
    enactment.evaluate(
        world.by(fact.who or evaluation.by), listing_id=held.id, evaluation=key, verdict=fact.verdict or "",
        reason=fact.reason or WHY, at=world.at,
    )  # fmt: skip


def leave(world: World, fact: Fact) -> None:
    """It leaves the list by an exit."""
    held = listing_of(world, fact)
    who = fact.who or sorted(deciders_of(world.plan, held.list))[0]
    enactment.leave(
        world.by(who), listing_id=held.id, exit=fact.exit or "", reason=fact.reason or WHY, at=world.at
    )  # fmt: skip


def restore(world: World, fact: Fact) -> None:
    """It stands on the list again."""
    held = listing_of(world, fact)
    who = fact.who or sorted(deciders_of(world.plan, held.list))[0]
    enactment.come_back(world.by(who), listing_id=held.id, reason=fact.reason or "已改进", at=world.at)


def at_the_gate(world: World, name: str) -> gate.Answer:
    """What a school's own page says today: it reads the published copies, through the portal."""
    return gate.ask(name, standing(world))


def standing(world: World) -> list[str]:
    """What the published copies admit today."""
    listed = items_of(shown(world.ground.bureau, "list", at=world.at))
    return [item.title for item in listed if item.stands(world.today)]


def ask_at_gate(world: World, fact: Fact) -> None:
    """Somebody stands at the gate."""
    world.gate = at_the_gate(world, fact.name or "")
