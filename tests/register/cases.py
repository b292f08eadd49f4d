"""Facts about cases, by the verbs of the register: applying, opinions, decisions, withdrawing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from qingfu.base.actor import Actor
from qingfu.packfile.course import needed, route_of, steps_of
from qingfu.packfile.words.moves import Step
from qingfu.packfile.words.situation import Fact
from qingfu.records.affairs import actions as affairs
from qingfu.records.affairs.queries import activity_of_run, affair_of_run, live_check
from qingfu.records.affairs.queries.meaning import form_of
from qingfu.records.enactment import actions as enactment
from qingfu.records.routes import actions as routes
from tests.register.answers import attached, filled_in
from tests.register.world import Case, World

# The route of a plan is walked by its own verbs; these take a case on.
ONWARD = ("opine", "pass", "approve", "record", "publish")
SOON = timedelta(days=60)
LISTED_BEFORE = "listed before by"


def apply(world: World, fact: Fact) -> None:
    """A department applies, or hands a returned case in again."""
    name = fact.as_ or ""
    if name in world.cases:
        _again(world, world.cases[name], fact)
        return
    key, route = route_of(world.pack, fact.route or "")
    said = {**({"title": fact.name} if fact.name else {}), **fact.answers}
    actor = _applicant(world, fact)
    if route.of == "activity":
        world.cases[name] = _activity(world, actor, key, said)
    else:
        world.cases[name] = _affair(world, actor, key, said)


def _applicant(world: World, fact: Fact) -> Actor:
    """Every case has a department of its own: two of them may not know of each other."""
    kind = world.pack.parties[fact.who or "department"].any
    if kind is None:
        return world.by(fact.who or "")
    organs = world.organs(kind)
    return world.somebody(organs[len(world.cases) % len(organs)])


def _affair(world: World, actor: Actor, route: str, said: dict[str, str]) -> Case:
    answers = _answers(world, form_of(world.plan, route)[1], said)
    seen = _seen(world, actor, route, answers)
    made = affairs.apply(
        actor, edition=world.edition, route=route, answers=answers, files=attached(world, actor, said), at=world.at
    )
    return Case(made.run, actor, said, seen)


def _seen(world: World, actor: Actor, route: str, answers: dict[str, Any], affair: int | None = None) -> frozenset[str]:
    """The red lines that the form warns of while it is being written."""
    remarks = live_check(actor, edition=world.edition, route=route, content=answers, affair=affair, at=world.at)
    return frozenset(remark.key or "" for remark in remarks if remark.about == "conduct")


def _answers(world: World, form: Any, said: dict[str, str]) -> dict[str, Any]:
    # Where nothing is said of a theme, it is the affair's own.
    own = {"title": said.get("title", "事项"), "theme": said.get("title", "事项"), **said}
    return filled_in(world, form, own, starts=world.today + SOON)


def _activity(world: World, actor: Actor, route: str, said: dict[str, str]) -> Case:
    listing = affair_of_run(actor, world.cases[listed_before(actor)].view.id).listing
    assert listing is not None
    answers = _answers(world, form_of(world.plan, route)[1], said)
    return Case(affairs.plan_activity(actor, listing=listing.id, answers=answers, at=world.at).run, actor, said)


def listed_before(actor: Actor) -> str:
    """The name of the affair that a department had listed before a situation about its activities begins."""
    return f"{LISTED_BEFORE} {actor.organ}"


def _again(world: World, case: Case, fact: Fact) -> None:
    said = case.said | fact.answers
    answers = _answers(world, form_of(world.plan, case.view.route)[1], said)
    if case.view.kind == "activity":
        key = activity_of_run(case.applicant, case.view.id).id
        case.view = affairs.replan_activity(case.applicant, activity=key, answers=answers, at=world.at).run
    else:
        key = affair_of_run(case.applicant, case.view.id).id
        seen = _seen(world, case.applicant, case.view.route, answers, key)
        case.view = affairs.reapply(case.applicant, affair=key, answers=answers, at=world.at).run
        case.seen = seen
    case.said = said


def act(world: World, fact: Fact) -> None:
    """Opine, pass, approve, return, refuse, record, publish or withdraw."""
    case = world.cases[fact.as_ or ""]
    if fact.verb == "withdraw":
        case.view = routes.withdraw(case.applicant, run=case.view.id, at=world.at)
        return
    step = _step(world, case)
    assert fact.step in (None, step.id), "a situation names the step where its case stands"
    if fact.verb == "opine":
        _opine(world, case, fact, step)
        return
    for actor in _persons(world, case, fact, step):
        world.tick()
        _decide(world, actor, case, fact)


def _step(world: World, case: Case) -> Step:
    return next(step for step in steps_of(world.pack, case.view.route) if step.id == case.view.step)


def _persons(world: World, case: Case, fact: Fact, step: Step) -> list[Actor]:
    """As many natural persons as the fact counts; without a label, such as have had no hand in this step."""
    organ = world.organ_of(fact.who or step.by)
    if fact.person:
        return [world.somebody(organ, fact.person)]
    done = {act.person_name for act in case.view.turn.acts} if case.view.turn else set()
    labels = (f"经办人{organ}之{n}" for n in range(1, 100))
    fresh = (world.somebody(organ, label) for label in labels if label not in done)
    return [next(fresh) for _ in range(fact.count)]


def _decide(world: World, actor: Actor, case: Case, fact: Fact) -> None:
    note: dict[str, object] = {"flags": list(fact.flags)} if fact.flags else {}
    if fact.verb == "record":
        note["filing_number"] = "备〔1〕号"
    case.view = enactment.decide(
        actor, run=case.view.id, verb=fact.verb, digest=case.view.digest, reason=fact.reason or "见附件", note=note,
        at=world.at,
    )  # fmt: skip


def _opine(world: World, case: Case, fact: Fact, step: Step) -> None:
    organ = world.organ_of(step.by)
    _seat(world, case, step, [world.somebody(organ, fact.person)] if fact.person else [])
    if fact.person:
        givers = [world.somebody(organ, fact.person)]
    else:
        givers = [member for member in case.panel if (case.view.version, member.person) not in case.opined]
    for actor in givers[: fact.count]:
        world.tick()
        give_opinion(world, actor, case)


def _seat(world: World, case: Case, step: Step, named: list[Actor]) -> None:
    """The panel asked for: one member of every kind, as many as the step needs, and those who are named.

    After a return the register asks the same members again by itself.
    """
    organ, kinds = world.organ_of(step.by), step.panel_kinds or ("委员",)
    many = range(max(len(kinds), needed(step, "opine")))
    members = [world.somebody(organ, f"{kinds[n % len(kinds)]}{n}", member=kinds[n % len(kinds)]) for n in many]
    fresh = [member for member in (*members, *named) if member not in case.panel]
    if fresh:
        office = next(key for key, party in world.pack.parties.items() if party.sees == "all" and party.organ)
        posts = [member.post or 0 for member in fresh]
        case.view = routes.appoint_panel(world.by(office), run=case.view.id, posts=posts, at=world.at)
        case.panel += fresh


def give_opinion(world: World, actor: Actor, case: Case) -> None:
    """One member's opinion on what is shown."""
    version = case.view.version
    form = world.pack.forms[(_step(world, case).form or "").removeprefix("forms.")]
    content = filled_in(world, form, {}, starts=world.today)
    case.view = enactment.opine(actor, run=case.view.id, content=content, digest=case.view.digest, at=world.at)
    case.opined.add((version, actor.person))


def have_listed(world: World, actor: Actor) -> None:
    """An affair of a department goes its whole way: what a situation about activities takes for granted."""
    pack = world.pack
    lists = [key.removeprefix("routes.") for held in pack.lists.values() for key in held.entered_by]
    route = next(key for key in lists if pack.routes[key].due is None)
    held = next(held for held in pack.lists.values() if f"routes.{route}" in held.entered_by)
    said = {"title": f"名单上的事项{actor.organ}", "criterion": held.admits[0]}
    case = world.cases[listed_before(actor)] = _affair(world, actor, route, said)
    for step in steps_of(pack, route)[1:]:
        verb = next(verb for verb in step.verbs if verb in ONWARD)
        fact = Fact(verb=verb, day=world.today.isoformat(), **{"as": listed_before(actor)})
        count = needed(step, verb)
        act(world, fact.model_copy(update={"count": count}))
    assert case.view.state == "finished"
