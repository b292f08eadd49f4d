"""Facts about duties, by the verbs of the register: handing in, accepting, returning, waiving, moving a day."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from qingfu.base.actor import Actor
from qingfu.base.errors import Invalid, NotAllowed, NotFound
from qingfu.base.words import Word
from qingfu.packfile.published import is_done_by_publishing
from qingfu.packfile.rolling_up import start
from qingfu.packfile.words.asks import Duty
from qingfu.packfile.words.situation import Fact
from qingfu.records.duties import actions as duties
from qingfu.records.duties.queries import TaskRow, board, mine, rolled_up
from qingfu.records.enactment import actions as enactment
from tests.register.answers import filled_in
from tests.register.enrolling import publish
from tests.register.units import kind_of
from tests.register.world import World

MOST = 500


def tasks(world: World, duty: str, kind: str | None = None, unit: str | None = None) -> list[TaskRow]:
    """The tasks of a duty at the date that is running: all, or those of the units of a kind, or of a scope."""
    rows = board(world.clock, edition=world.edition, duty=duty, size=MOST, at=world.at).rows
    if unit is not None:
        kind = world.pack.scopes[unit].each
    if kind is not None:
        rows = tuple(row for row in rows if row.organ.id in world.organs(kind, unit))
    begun = [row.period for row in sorted(rows, key=lambda row: row.opens_on) if row.opens_on <= world.today]
    return [row for row in rows if not begun or row.period == begun[-1]]


def hand_in(world: World, fact: Fact) -> None:
    """So many units hand in, each by itself."""
    duty = world.pack.duties[fact.duty or ""]
    if fact.who and fact.who not in duty.who:
        _owes_nothing(world, fact, duty)
    for row in _moved(world, fact, ("open", "returned")):
        world.tick()
        hand_in_one(world, row, duty)


def hand_in_one(world: World, row: TaskRow, duty: Duty) -> None:
    """One unit hands in its form, or says that it is done."""
    _hand_in_by(world, world.somebody(row.organ.id), row, duty)


def _hand_in_by(world: World, actor: Actor, row: TaskRow, duty: Duty) -> None:
    if duty.hand_in is None and is_done_by_publishing(world.pack, row.duty):
        publish(world, actor, row)
    elif duty.hand_in is None:
        duties.tick_off(actor, task=row.id, note="已办", at=world.at)
    else:
        enactment.hand_in(actor, task=row.id, content=_content(world, actor, duty), at=world.at)


def _content(world: World, actor: Actor, duty: Duty) -> dict[str, Any]:
    form = world.pack.forms[(duty.hand_in or "").removeprefix("forms.")]
    content = filled_in(world, form, {}, starts=world.today)
    if duty.rolls_up:
        # A summary starts from what was handed in below it (P17).
        lower = world.pack.forms[(world.pack.duties[duty.rolls_up].hand_in or "").removeprefix("forms.")]
        below = rolled_up(actor, edition=world.edition, duty=duty.rolls_up)
        content |= start(form, lower, [one.content for one in below])
    return content


def _owes_nothing(world: World, fact: Fact, duty: Duty) -> None:
    """Who does not owe a duty has no task, and another's is hidden from him or is only typed in from paper."""
    actor = world.by(fact.who or "")
    assert [row for row in mine(actor, at=world.at) if row.duty == fact.duty] == []
    others = tasks(world, fact.duty or "")
    assert actor.organ not in {row.organ.id for row in others}
    for row in others[:1]:
        with pytest.raises((NotFound, Invalid)):
            _hand_in_by(world, actor, row, duty)
    raise NotAllowed(verb=Word(fact.verb), who=duty.who)


def _moved(world: World, fact: Fact, states: tuple[str, ...]) -> list[TaskRow]:
    """As many tasks as the fact counts, those first whose state comes first; one in vain where there are too few."""
    rows = tasks(world, fact.duty or "", kind_of(world.pack, fact), fact.unit)
    ready = [row for state in states for row in rows if row.state == state]
    return ready[: fact.count] if len(ready) >= fact.count else rows[:1]


def accept(world: World, fact: Fact) -> None:
    """The receiver accepts."""
    for row in _moved(world, fact, ("handed-in",)):
        duties.accept(_receiver(world, fact), task=row.id, at=world.at)


def give_back(world: World, fact: Fact) -> None:
    """The receiver gives back."""
    for row in _moved(world, fact, ("handed-in",)):
        duties.give_back(_receiver(world, fact), task=row.id, reason=fact.reason or "请补正", at=world.at)


def waive(world: World, fact: Fact) -> None:
    """The receiver lets units off."""
    for row in _moved(world, fact, ("open", "returned")):
        duties.waive(_receiver(world, fact), task=row.id, reason=fact.reason or "", at=world.at)


def _receiver(world: World, fact: Fact) -> Actor:
    return world.by(fact.who or world.pack.duties[fact.duty or ""].to or "")


def reschedule(world: World, fact: Fact) -> None:
    """A leader moves the day."""
    duties.move_duty(
        world.by(fact.who or ""), edition=world.edition, duty=fact.duty or "",
        to=date.fromisoformat(fact.to_day or ""), reason=fact.reason or "", at=world.at,
    )  # fmt: skip
