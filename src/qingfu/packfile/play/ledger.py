"""Facts about problems: found, planned, put right, verified by somebody else, looked at again."""

from __future__ import annotations

from collections.abc import Collection

from qingfu.base.days import read_day
from qingfu.base.errors import FieldFault, Invalid, NotFound, SomebodyElse, WrongState
from qingfu.base.terms import Absolute, DueDate
from qingfu.base.words import N_, Word
from qingfu.packfile.due import deadline_of_problem
from qingfu.packfile.play.world import Line, World
from qingfu.packfile.words.situation import Fact

OVER = N_("This day is over already.")
LATER = N_("The deadline is {deadline}; only whoever keeps the ledger moves it, with a reason.")
ROW_NEEDS = N_("The plan asks for this in every line of the ledger.")


def find_problem(world: World, fact: Fact) -> None:
    """Enter one or several lines in the ledger."""
    world.must_be_in_force()
    kind = fact.kind
    if kind is not None and kind not in world.pack.problem_kinds:
        raise NotFound(what=kind)
    due = deadline_of_problem(world.pack, kind, world.today, world.calendar, scope=fact.unit) if kind else None
    lines = [Line(kind, world.today, fact.unit, due=due) for _ in range(fact.count)]
    world.lines.setdefault(fact.as_ or "", []).extend(lines)


def plan_rectification(world: World, fact: Fact) -> None:
    """Say measure, standard, deadline and person: what the plan asks of every line, the plan's own values counting."""
    for line in _lines(world, fact, ("found", "reopened"), ("planned", "sent-back")):
        _needs_met(world, fact, line)
        line.state = "planned"
        line.people |= {fact.person} if fact.person else set()
        if said := fact.answers.get("deadline"):
            line.due = _by(world, line, said)


def _by(world: World, line: Line, said: str) -> DueDate:
    """The day promised: not one that is over, nor a later one than the line has."""
    day = read_day(said)
    if day < world.today:
        raise Invalid(FieldFault("deadline", OVER))
    if line.due and line.due.day and day > line.due.day:
        raise Invalid(FieldFault("deadline", LATER, {"deadline": line.due.day}))
    return Absolute(day).due(world.calendar)[0]


def _needs_met(world: World, fact: Fact, line: Line) -> None:
    policy = world.pack.problems_policy
    kind = world.pack.problem_kinds.get(line.kind or "")
    given = {
        "measure": fact.answers.get("measure"),
        "standard": fact.answers.get("standard") or (kind.standard if kind else None),
        "deadline": fact.answers.get("deadline") or (line.due and (line.due.day or (kind and kind.at_once))),
        "person": fact.answers.get("person") or fact.person,
    }
    missing = [need for need in (policy.row_needs if policy else ()) if not given[need]]
    if missing:
        clause = "、".join(policy.clause) if policy else None
        raise Invalid(*(FieldFault(need, ROW_NEEDS) for need in missing), clause=clause)


def report_done(world: World, fact: Fact) -> None:
    """The owner reports it put right; what is to be put right at once needs no plan before."""
    ready = ("planned", "sent-back")
    for line in _lines(world, fact, ready, ("found", "reopened")):
        kind = world.pack.problem_kinds.get(line.kind or "")
        if line.state not in ready and not (kind and kind.at_once):
            raise WrongState(verb=Word(fact.verb), state=Word(line.state), possible=())
        line.state = "reported"
        line.people |= {fact.person} if fact.person else set()


def verify(world: World, fact: Fact) -> None:
    """Somebody else has seen that it is put right, and strikes it off."""
    _judge(world, fact, ("reported",), "struck-off")


def send_back(world: World, fact: Fact) -> None:
    """Somebody else has seen that it is not."""
    _judge(world, fact, ("reported",), "sent-back")


def revisit(world: World, fact: Fact) -> None:
    """Somebody else looks again after it was struck off (回头看)."""
    for line in _lines(world, fact, ("struck-off",)):
        _somebody_else(world, fact, line.people)
        line.revisited = True


def relapse(world: World, fact: Fact) -> None:
    """Somebody else looks again and it came back: the same line is open again."""
    for line in _lines(world, fact, ("struck-off",)):
        _somebody_else(world, fact, line.people)
        line.state, line.revisited = "reopened", False
        line.due = _counted_anew(world, line)


def _counted_anew(world: World, line: Line) -> DueDate | None:
    """The plan's day, counted from today; a day that is over is for the next plan to set."""
    if line.kind is None:
        return None
    due = deadline_of_problem(world.pack, line.kind, world.today, world.calendar, scope=line.scope)
    return None if due and due.day and due.day < world.today else due


def _judge(world: World, fact: Fact, sources: tuple[str, ...], target: str) -> None:
    lines = _lines(world, fact, sources)
    for line in lines:
        _somebody_else(world, fact, line.people)
    for line in lines:
        line.state = target


def _somebody_else(world: World, fact: Fact, people: Collection[str]) -> None:
    if fact.person and fact.person in people:
        policy = world.pack.problems_policy
        raise SomebodyElse(clause="、".join(policy.clause) if policy else None)


def _lines(world: World, fact: Fact, sources: tuple[str, ...], also: tuple[str, ...] = ()) -> list[Line]:
    """The lines a fact moves: as many as it counts, or all of its name that are where they must be."""
    named = world.lines.get(fact.as_ or "")
    if not named:
        raise NotFound(what=fact.as_ or "")
    ready = [line for line in named if line.state in sources] or [line for line in named if line.state in also]
    wanted = fact.count if "count" in fact.model_fields_set else len(ready)
    if not ready or len(ready) < wanted:
        raise WrongState(verb=Word(fact.verb), state=Word(named[0].state), possible=())
    return ready[:wanted]
