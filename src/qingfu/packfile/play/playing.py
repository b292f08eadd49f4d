"""Playing one situation: its facts in order, each on its day, then its expectations on theirs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from qingfu.base.days import read_day
from qingfu.base.errors import QingfuError
from qingfu.base.words import N_, Said, say
from qingfu.base.workdays import Workdays
from qingfu.packfile.blanks import filled
from qingfu.packfile.due import plan_period
from qingfu.packfile.play import cases, ledger, places, plan, tasks
from qingfu.packfile.play.expecting import differences
from qingfu.packfile.play.world import World
from qingfu.packfile.words.pack import Pack
from qingfu.packfile.words.situation import Expect, Fact, Situation

REFUSED = N_("fact {number} ({verb}) was refused: {reason}")

_Happens = Callable[[World, Fact], None]
VERBS: dict[str, _Happens] = {
    "fill": plan.fill_blank,
    "put-in-force": plan.put_in_force,
    "hand-in": tasks.hand_in,
    "accept": tasks.accept,
    "return-hand-in": tasks.return_hand_in,
    "waive": tasks.waive,
    "reschedule": tasks.reschedule,
    "apply": cases.apply,
    **dict.fromkeys(("opine", "pass", "approve", "return", "refuse", "record", "publish", "withdraw"), cases.act),
    "evaluate": places.evaluate,
    "exit": places.leave,
    "restore": places.restore,
    "find-problem": ledger.find_problem,
    "plan-rectification": ledger.plan_rectification,
    "report-done": ledger.report_done,
    "verify": ledger.verify,
    "send-back": ledger.send_back,
    "revisit": ledger.revisit,
    "relapse": ledger.relapse,
    "ask-at-gate": places.ask_at_gate,
}


@dataclass(frozen=True)
class Happened:
    """One fact, counted from 1, and the error when it was refused."""

    number: int
    fact: Fact
    refused: QingfuError | None


@dataclass(frozen=True)
class Check:
    """One expectation and every way in which it does not hold."""

    expect: Expect
    differences: tuple[Said, ...]


@dataclass(frozen=True)
class Played:
    """A situation played. It holds when every expectation does and nothing was refused that should not be.

    `world` is how all then stands; None where a blank of the situation could not be filled.
    """

    situation: Situation
    facts: tuple[Happened, ...]
    checks: tuple[Check, ...]
    failures: tuple[Said, ...]
    world: World | None = None

    @property
    def holds(self) -> bool:
        """Whether everything turned out as written."""
        return not self.failures


def play(pack: Pack, situation: Situation, calendar: Workdays | None = None) -> Played:
    """Play one situation.

    Unless one of its facts puts the plan in force, the plan is in force from the first day of its period. Facts happen
    in the order of their days, those of one day as they are written. A refusal that no expectation names is a failure.
    """
    calendar = calendar or Workdays.shipped()
    puts = any(fact.verb == "put-in-force" for fact in situation.facts)
    start = plan_period(pack)[0]
    try:
        ready = filled(pack, situation.blanks)
    except QingfuError as error:
        return Played(situation, (), (), (_unexpected(0, "fill", error),))
    world = World(ready, calendar, start, None if puts else start)
    facts = _happen_in_order(world, situation)
    refusals = {one.number: one.refused for one in facts if one.refused}
    world.today = read_day(situation.day)
    checks = tuple(Check(expect, tuple(_look(world, expect, refusals))) for expect in situation.expect)
    expected = {expect.refused for expect in situation.expect}
    surprises = [
        _unexpected(one.number, one.fact.verb, one.refused)
        for one in facts
        if one.refused and one.number not in expected
    ]
    failures = (*surprises, *(said for check in checks for said in check.differences))
    return Played(situation, facts, checks, failures, world)


def _look(world: World, expect: Expect, refusals: dict[int, QingfuError]) -> list[Said]:
    try:
        return differences(world, expect, refusals)
    except QingfuError as error:
        return [_unexpected(0, "expect", error)]


def _happen_in_order(world: World, situation: Situation) -> tuple[Happened, ...]:
    numbered = sorted(enumerate(situation.facts, 1), key=lambda one: read_day(one[1].day))
    return tuple(sorted((_happen(world, *one) for one in numbered), key=lambda happened: happened.number))


def _happen(world: World, number: int, fact: Fact) -> Happened:
    world.today, world.number = read_day(fact.day), number
    try:
        VERBS[fact.verb](world, fact)
    except QingfuError as error:
        return Happened(number, fact, error)
    return Happened(number, fact, None)


def _unexpected(number: int, verb: str, error: QingfuError) -> Said:
    return say(REFUSED, number=number, verb=verb, reason=say("{code} {says}", code=error.code, says=_said(error)))


def _said(error: QingfuError) -> Said:
    return say(error.says, **error.facts)


def play_all(pack: Pack, calendar: Workdays | None = None) -> tuple[Played, ...]:
    """Play every situation of a pack, in order."""
    shared = calendar or Workdays.shipped()
    return tuple(play(pack, situation, shared) for situation in pack.situations)
