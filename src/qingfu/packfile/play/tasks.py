"""Facts about duties: handing in, accepting, returning, waiving, rescheduling."""

from __future__ import annotations

from qingfu.base.days import read_day
from qingfu.base.errors import FieldFault, Invalid, Late, NotAllowed, NotYet, WrongState
from qingfu.base.words import N_, Word
from qingfu.packfile.due import refuses_late
from qingfu.packfile.play.world import Tally, World
from qingfu.packfile.words.situation import Fact

REASON = N_("Give the reason.")


def hand_in(world: World, fact: Fact) -> None:
    """So many units hand in; a duty accepted on receipt, or with nothing to hand in, is done with that."""
    world.must_be_in_force()
    _, duty = world.duty(fact)
    if fact.who and fact.who not in duty.who:
        raise NotAllowed(verb=Word(fact.verb), who=duty.who)
    tally = _tally(world, fact)
    if world.today < tally.opens:
        raise NotYet(first_day=tally.opens, today=world.today)
    if tally.due.is_late(world.today) and refuses_late(world.pack, fact.duty or "", fact.unit):
        raise Late(last_day=tally.due.day, today=world.today)
    tally.enlarge(fact.of or fact.count)
    done = duty.accepted_by == "receipt" or duty.hand_in is None
    _move(tally, fact, ("open", "returned"), "accepted" if done else "handed-in")


def accept(world: World, fact: Fact) -> None:
    """Somebody accepts what was handed in."""
    _receives(world, fact)
    _move(_tally(world, fact), fact, ("handed-in",), "accepted")


def return_hand_in(world: World, fact: Fact) -> None:
    """Somebody gives it back, to be handed in again."""
    _receives(world, fact)
    _move(_tally(world, fact), fact, ("handed-in",), "returned")


def waive(world: World, fact: Fact) -> None:
    """Somebody lets a unit off, with a reason."""
    _reasoned(fact)
    tally = _tally(world, fact)
    tally.enlarge(fact.of or fact.count)
    _move(tally, fact, ("open", "returned"), "waived")


def reschedule(world: World, fact: Fact) -> None:
    """A leader moves the day; the old one stays visible."""
    _reasoned(fact)
    tally = _tally(world, fact)
    tally.due = tally.due.moved_to(read_day(fact.to_day or ""), fact.reason or "", fact.who or "…")


def _tally(world: World, fact: Fact) -> Tally:
    return world.tally(fact.duty or "", fact.unit, world.today)


def _receives(world: World, fact: Fact) -> None:
    _, duty = world.duty(fact)
    if fact.who and duty.to and fact.who != duty.to:
        raise NotAllowed(verb=Word(fact.verb), who=(duty.to,))


def _reasoned(fact: Fact) -> None:
    if not fact.reason:
        raise Invalid(FieldFault("reason", REASON))


def _move(tally: Tally, fact: Fact, sources: tuple[str, ...], target: str) -> None:
    left = fact.count
    if sum(tally.counts[source] for source in sources) < left:
        state = next((name for name, count in tally.counts.items() if count and name not in sources), "open")
        raise WrongState(verb=Word(fact.verb), state=Word(state), possible=())
    for source in sources:
        moved = min(left, tally.counts[source])
        tally.counts[source] -= moved
        left -= moved
    tally.counts[target] += fact.count
