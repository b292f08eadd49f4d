"""Facts about lists: taking a place, evaluating, leaving, coming back, asking at the gate."""

from __future__ import annotations

from datetime import date

from qingfu.base.errors import AlreadyThere, Full, Late, NotAllowed, NotFound, OpenBlank, WrongState
from qingfu.base.words import Word
from qingfu.packfile.due import listed_span, span_of, terms_of
from qingfu.packfile.gate import ask
from qingfu.packfile.play.world import HOLDING, Case, Listed, World
from qingfu.packfile.words.moves import Exit
from qingfu.packfile.words.situation import Fact

# How the register names where an exit leads; an exit the plan names otherwise is one that returns or one that does not.
STATES = {"pause": "paused", "rectify": "rectifying", "revoke": "revoked", "clear": "cleared"}


def state_after(leave: Exit) -> str:
    """The state of an entry after an exit."""
    return STATES.get(leave.id, "paused" if leave.returns else "cleared")


def taken(world: World, key: str, day: date) -> int:
    """Places taken on a list in the span that a place given on ``day`` is good for."""
    span = listed_span(world.pack.lists[key], day, terms_of(world.pack))
    held = [entry for entry in world.listed if entry.list == key and entry.state in HOLDING]
    return sum(entry.span == span for entry in held)


def take_place(world: World, case: Case, key: str) -> None:
    """Put a case on the list, or refuse it when a cap is reached."""
    held = world.pack.lists[key]
    span = listed_span(held, world.today, terms_of(world.pack))
    for cap in held.caps:
        if cap.counts != "items" or cap.scope != "bureau":
            continue
        if cap.at_most.value is None:
            raise OpenBlank(file="lists.yaml", key=f"lists.{key}.caps", blank=cap.at_most.blank)
        if taken(world, key, world.today) >= cap.at_most.value:
            clause = "、".join(held.clause)
            raise Full(clause=clause, list=held.says, cap=cap.at_most.value, window=span.key)
    same = [entry for entry in world.listed if entry.span == span and entry.name == case.title]
    if any(entry.state in HOLDING for entry in same):
        raise AlreadyThere(what=case.title)
    until = span.end if held.valid_until == "span-end" else None
    since = max(world.today, span.start) if held.valid_for == "next" else world.today
    world.listed.append(Listed(key, case.title, case.name, span, since, until))


def evaluate(world: World, fact: Fact) -> None:
    """Judge a listed affair; a verdict with an exit takes it off the list."""
    entry = world.place(fact)
    for key, evaluation in world.pack.evaluations.items():
        wanted = fact.kind in (None, key) and evaluation.of == f"lists.{entry.list}"
        verdict = next((one for one in evaluation.verdicts if one.id == fact.verdict), None)
        if wanted and verdict:
            if fact.who and fact.who != evaluation.by:
                raise NotAllowed(verb=Word("evaluate"), who=(evaluation.by,))
            if verdict.exit:
                _leave(world, entry, verdict.exit)
            return
    raise NotFound(what=fact.verdict or "")


def leave(world: World, fact: Fact) -> None:
    """Take an affair off the list by one of its exits."""
    _leave(world, world.place(fact), fact.exit or "")


def _leave(world: World, entry: Listed, name: str) -> None:
    known = {one.id: one for one in world.pack.lists[entry.list].leaves_by}
    if name not in known:
        raise NotFound(what=name)
    if entry.state not in HOLDING:
        raise WrongState(verb=Word("exit"), state=Word(entry.state), possible=())
    entry.state = state_after(known[name])


def restore(world: World, fact: Fact) -> None:
    """Take an affair back that was paused or had to be put right, while its list still stands."""
    entry = world.place(fact)
    if entry.state not in HOLDING or entry.state == "listed":
        raise WrongState(verb=Word("restore"), state=Word(entry.state), possible=())
    if entry.until and world.today > entry.until:
        raise Late(last_day=entry.until, today=world.today)
    entry.state = "listed"


def ask_at_gate(world: World, fact: Fact) -> None:
    """Somebody stands at the gate and says what he comes for."""
    world.gate = ask(fact.name or "", world.admitted(world.today))


def state_on(world: World, entry: Listed, day: date) -> str:
    """The state of an entry on a day: a listed one whose time is over has expired."""
    over = entry.until is not None and day > entry.until
    newer = entry.until is None and any(
        other.list == entry.list and other.span.start > entry.span.start for other in world.listed
    )
    return "expired" if entry.state == "listed" and (over or newer) else entry.state


def taken_on(world: World, key: str, day: date) -> int:
    """Places taken in the span that is running on ``day``, or in the next one where the list has none of this span."""
    terms = terms_of(world.pack)
    held = [entry for entry in world.listed if entry.list == key and entry.state in HOLDING]
    running = span_of(world.pack.lists[key].per, day, terms)
    now = [entry for entry in held if entry.span == running]
    return len(now or [entry for entry in held if entry.span == listed_span(world.pack.lists[key], day, terms)])
