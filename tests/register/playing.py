"""One situation on the register: its facts in the order of their days, then its expectations."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from qingfu.base.clock import day_of
from qingfu.base.errors import QingfuError
from qingfu.packfile.words.situation import Fact, Situation
from qingfu.records.enactment.actions import put_in_force as enact
from qingfu.records.journal.actions import deed
from qingfu.records.plans import actions as plans
from tests.register import cases, duties, ledger, lists
from tests.register.expecting import differences
from tests.register.units import units_of
from tests.register.world import World


def fill(world: World, fact: Fact) -> None:
    """The keeper of the register fills a blank."""
    plans.fill_blank(
        world.ground.keeper, edition=world.edition, path=fact.blank or "", value=fact.value or "", at=world.at
    )


def put_in_force(world: World, fact: Fact) -> None:
    """The keeper of the register carries out what the leading group decided."""
    enact(world.ground.keeper, edition=world.edition, on=day_of(world.at), at=world.at)


VERBS: dict[str, Callable[[World, Fact], None]] = {
    "fill": fill,
    "put-in-force": put_in_force,
    "hand-in": duties.hand_in,
    "accept": duties.accept,
    "return-hand-in": duties.give_back,
    "waive": duties.waive,
    "reschedule": duties.reschedule,
    "apply": cases.apply,
    **dict.fromkeys(("opine", "pass", "approve", "return", "refuse", "record", "publish", "withdraw"), cases.act),
    "evaluate": lists.evaluate,
    "exit": lists.leave,
    "restore": lists.restore,
    "find-problem": ledger.find_problem,
    "plan-rectification": ledger.plan_rectification,
    "report-done": ledger.report_done,
    "verify": ledger.verify,
    "send-back": ledger.send_back,
    "revisit": ledger.revisit,
    "relapse": ledger.relapse,
    "ask-at-gate": lists.ask_at_gate,
}


@dataclass(frozen=True)
class Played:
    """What came of it: refusals by the number of the fact, and every way in which an expectation does not hold."""

    refused: dict[int, QingfuError]
    differences: tuple[str, ...]


def play(world: World, situation: Situation, *, every_day: bool = False) -> Played:
    """Play a situation. With `every_day` no day on the way is left out."""
    with deed(world.clock):
        world.settle(units_of(world.ground.pack, situation))
        _before(world, situation)
    refused: dict[int, QingfuError] = {}
    for number, fact in sorted(enumerate(situation.facts, 1), key=lambda one: one[1].day):
        _live(world, date.fromisoformat(fact.day), every_day)
        world.tick()
        before = world.remembered()
        try:
            # One transaction, as the page of a fact would be: refused, it leaves nothing behind.
            with deed(world.clock):
                VERBS[fact.verb](world, fact)
        except QingfuError as error:
            refused[number] = error
            world.forget_since(before)
    _live(world, date.fromisoformat(situation.day), every_day)
    found = (said for expect in situation.expect for said in differences(world, expect, refused))
    return Played(refused, tuple(found))


def _live(world: World, day: date, every_day: bool) -> None:
    for number in range(world.today.toordinal() + 1, day.toordinal()) if every_day else ():
        world.live_to(date.fromordinal(number))
    world.live_to(day)


def _before(world: World, situation: Situation) -> None:
    """What is taken for granted: a plan of activities is about an affair that is listed already."""
    routes = world.ground.pack.routes
    if any(fact.verb == "apply" and routes[fact.route or ""].of == "activity" for fact in situation.facts):
        cases.have_listed(world, world.somebody(world.organs("department")[0]))
