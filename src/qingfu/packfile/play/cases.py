"""Facts about cases: applying, giving opinions, deciding, recording, publishing."""

from __future__ import annotations

from dataclasses import replace

from qingfu.base.errors import AlreadyThere, FieldFault, Invalid, NotAllowed, OpinionGiven, WrongState
from qingfu.base.words import N_, Word
from qingfu.packfile.answers import NO_CRITERION, UNANSWERED
from qingfu.packfile.course import (
    ALIVE,
    Applying,
    Outcome,
    Position,
    advance,
    list_of,
    may_apply,
    refuse_flagged,
    route_of,
    similar,
    step_at,
    steps_of,
    window_of,
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
    title = known.title if known else fact.name or answers.get("title") or fact.as_ or ""
    _criterion_answered(world, steps[0], answers)
    applying = _applying(world, key, fact, title, answers)
    # It was handed in in time; a correction is judged by the day of the first hand-in.
    may_apply(replace(applying, today=known.since if known else world.today))
    case = known or Case(fact.as_ or "", title, key, answers, world.today)
    outcome = advance(steps, case.position, "submit")
    case.answers, case.acts = answers, {}
    case.applicant = fact.person or case.applicant
    case.flags = {conduct for conduct, _ in seen_conduct(applying)}
    case.position = outcome.position
    world.cases[case.name] = case


def _criterion_answered(world: World, first: Step, answers: dict[str, str]) -> None:
    """Of a form a situation says only what it needs; by which criterion it should be admitted it always says."""
    form = world.pack.forms.get((first.form or "").removeprefix("forms."))
    item = next((item for item in form.items if item.means == "criterion" and item.required), None) if form else None
    named = answers.get("criterion", "")
    if form and item and named not in world.pack.criteria:
        fault = FieldFault(item.id, NO_CRITERION if named else UNANSWERED)
        raise Invalid(fault, clause="、".join(form.clause))


def _is_applicant(world: World, who: str) -> bool:
    party = world.pack.parties.get(who)
    return party is not None and party.of_case == "applicant"


def _applying(world: World, route: str, fact: Fact, title: str, answers: dict[str, str]) -> Applying:
    entered = list_of(world.pack, route)
    count = taken(world, entered[0], world.today) if entered else 0
    return Applying(
        world.pack,
        route,
        answers,
        world.today,
        world.calendar,
        similar=_similar(world, route, fact, title, answers),
        taken=count,
    )


def _similar(world: World, route: str, fact: Fact, title: str, answers: dict[str, str]) -> tuple[str, ...]:
    """Other living cases of the same window that are like it; a theme nobody named is the affair's own title."""
    window = window_of(world.pack, route, world.today)
    others = [case for case in world.cases.values() if case.name != fact.as_ and case.position.state in ALIVE]
    rows = [(one.title, one.theme) for one in others if window_of(world.pack, one.route, one.since) == window]
    return similar(title, answers.get("theme") or title, rows)


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
        raise WrongState(verb=Word(fact.verb), state=Word(position.step or step.id), possible=step.verbs)
    if fact.verb in step.verbs and fact.who and fact.who != step.by:
        raise NotAllowed(verb=Word(fact.verb), who=(step.by,))


def _not_twice(fact: Fact, again: set[str]) -> None:
    if again and fact.verb == "opine":
        raise OpinionGiven
    if again:
        raise AlreadyThere(what=Word(N_("your own decision on this step")))


def _settle(case: Case, outcome: Outcome) -> None:
    case.position = outcome.position
    if outcome.closed and outcome.position.state == "returned":
        case.acts = {}
