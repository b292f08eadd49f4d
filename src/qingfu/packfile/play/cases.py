"""Facts about cases: applying, giving opinions, deciding, recording, publishing."""

from __future__ import annotations

from qingfu.base.errors import DecidedAlready, NotAllowed, OpinionGiven, WrongState
from qingfu.base.words import Word
from qingfu.packfile.course import (
    Applying,
    Outcome,
    Position,
    advance,
    list_of,
    may_apply,
    refuse_flagged,
    route_of,
    step_at,
    steps_of,
)
from qingfu.packfile.course.applying import seen_conduct
from qingfu.packfile.play.places import take_place, taken
from qingfu.packfile.play.world import Case, World
from qingfu.packfile.words.moves import Step
from qingfu.packfile.words.situation import Fact


def apply(world: World, fact: Fact) -> None:
    """Hand in an application, or hand in a returned one again."""
    world.must_be_in_force()
    key, route = route_of(world.pack, fact.route or "")
    steps = steps_of(world.pack, route)
    if fact.who and fact.who != steps[0].by and not _is_applicant(world, fact.who):
        raise NotAllowed(verb=Word("submit"), who=(steps[0].by,))
    known = world.cases.get(fact.as_ or "")
    answers = {**(known.answers if known else {}), **fact.answers}
    applying = _applying(world, key, fact, answers)
    if known is None:
        may_apply(applying)
    case = known or Case(fact.as_ or "", fact.name or answers.get("title") or fact.as_ or "", key, answers)
    outcome = advance(steps, case.position, "submit")
    case.answers, case.acts = answers, {}
    case.applicant = fact.person or case.applicant
    case.flags = {conduct for conduct, _ in seen_conduct(applying)}
    case.position = outcome.position
    world.cases[case.name] = case


def _is_applicant(world: World, who: str) -> bool:
    party = world.pack.parties.get(who)
    return party is not None and party.of_case == "applicant"


def _applying(world: World, route: str, fact: Fact, answers: dict[str, str]) -> Applying:
    entered = list_of(world.pack, route)
    count = taken(world, entered[0], world.today) if entered else 0
    return Applying(
        world.pack, route, answers, world.today, world.calendar, similar=_similar(world, fact, answers), taken=count
    )


def _similar(world: World, fact: Fact, answers: dict[str, str]) -> tuple[str, ...]:
    """Other cases that name the very same theme; the register also knows near ones."""
    theme = answers.get("theme")
    others = [case for case in world.cases.values() if case.name != fact.as_ and theme]
    return tuple(case.title for case in others if case.answers.get("theme") == theme)


def act(world: World, fact: Fact) -> None:
    """Opine, pass, approve, return, refuse, record, publish or withdraw, as far as the step allows it."""
    world.must_be_in_force()
    case = world.case(fact)
    steps = steps_of(world.pack, case.route)
    step = step_at(steps, case.position)
    if fact.verb == "withdraw" or step is None or case.position.state != "at":
        case.position = advance(steps, case.position, fact.verb).position
        return
    _right(world, fact, step, case.position)
    refuse_flagged(world.pack, fact.verb, fact.flags)
    case.flags |= set(fact.flags)
    people = world.persons(fact)
    before = case.acts.get((step.id, fact.verb), set())
    _not_twice(fact, before & set(people))
    count = len(before | set(people))
    outcome = advance(steps, case.position, fact.verb, agreed=count, opinions=count)
    if outcome.enters:
        take_place(world, case, outcome.enters)
    case.acts[step.id, fact.verb] = before | set(people)
    _settle(case, outcome)


def _right(world: World, fact: Fact, step: Step, position: Position) -> None:
    if fact.step and fact.step != step.id:
        raise WrongState(verb=Word(fact.verb), state=Word(position.step or ""), possible=step.verbs)
    if fact.verb in step.verbs and fact.who and fact.who != step.by:
        raise NotAllowed(verb=Word(fact.verb), who=(step.by,))


def _not_twice(fact: Fact, again: set[str]) -> None:
    if again and fact.verb == "opine":
        raise OpinionGiven
    if again:
        raise DecidedAlready(decision=Word(fact.verb), by=sorted(again)[0], day=fact.day)


def _settle(case: Case, outcome: Outcome) -> None:
    case.position = outcome.position
    if outcome.closed and outcome.position.state == "returned":
        case.acts = {}
