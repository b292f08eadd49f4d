"""Routes: steps that a case can walk to the end, with the right forms and the right people."""

from __future__ import annotations

from qingfu.base.errors import DuplicateKey, NotFound
from qingfu.base.words import N_, Word
from qingfu.packfile.check.bench import Bench
from qingfu.packfile.check.meanings import form_at, need_meanings
from qingfu.packfile.course import route_of, steps_of
from qingfu.packfile.course.moving import AGREEING, FORWARD
from qingfu.packfile.errors import Circular, Contradiction, NeverFinishes
from qingfu.packfile.words.moves import AnswerIs, Route, Step
from qingfu.packfile.yamltext import Path

NEEDS = ("title", "starts")
OPINION = ("recommends",)


def check_routes(bench: Bench) -> None:
    """All checks of routes."""
    for key, route in bench.pack.routes.items():
        try:
            steps = steps_of(bench.pack, route)
        except Circular as error:
            bench.fault(Circular, ("routes", key, "like"), circle=error.facts["circle"])
            continue
        except NotFound:
            continue  # the missing route is reported where it is named
        if not route.like:
            _steps(bench, key, route)
        if steps:
            _application(bench, key, route, steps[0])
        _window(bench, key, route)


def _never(bench: Bench, path: Path, route: str, problem: str) -> None:
    bench.fault(NeverFinishes, path, route=bench.pack.routes[route].says, problem=Word(problem))


def _steps(bench: Bench, key: str, route: Route) -> None:
    ids = [step.id for step in route.steps]
    for index, step in enumerate(route.steps):
        path: Path = ("routes", key, "steps", index)
        if step.id in ids[:index]:
            bench.fault(DuplicateKey, (*path, "id"))
        if not set(step.verbs) & set(FORWARD):
            _never(bench, (*path, "verbs"), key, N_("no verb of this step leads on"))
        if (index == 0) != ("submit" in step.verbs):
            said = N_("the first step, and only that one, is the applicant's submit")
            _never(bench, (*path, "verbs"), key, said)
        _people(bench, path, key, step)
        _opinions(bench, path, key, step)


def _people(bench: Bench, path: Path, key: str, step: Step) -> None:
    party = bench.pack.parties.get(step.by)
    if party is None:
        return
    if party.of_case == "applicant" and "submit" not in step.verbs:
        problem = Word(N_("the applicant would decide on its own application"))
        bench.fault(Contradiction, (*path, "by"), problem=problem)
    for name in ("opinions", "agree"):
        need = getattr(step.need, name) if step.need else None
        if need is not None and need.value is not None and need.value < 1:
            _never(bench, (*path, "need", name), key, N_("somebody must act; write at least 1"))
        if need is not None and party.members and (need.value or 0) > len(party.members):
            _never(bench, (*path, "need", name), key, N_("more people are needed than the party has members"))


def _opinions(bench: Bench, path: Path, key: str, step: Step) -> None:
    need = step.need
    if need and need.opinions and "opine" not in step.verbs:
        _never(bench, (*path, "need", "opinions"), key, N_("opinions are needed, and nobody may give one"))
    if need and need.agree and not set(step.verbs) & set(AGREEING):
        _never(bench, (*path, "need", "agree"), key, N_("agreement is needed, and nobody may pass or approve"))
    if step.sealed and "opine" not in step.verbs:
        problem = Word(N_("only a step where opinions are given can be sealed"))
        bench.fault(Contradiction, (*path, "sealed"), problem=problem)
    if step.into and "publish" not in step.verbs:
        problem = Word(N_("a place on a list is taken by publishing"))
        bench.fault(Contradiction, (*path, "into"), problem=problem)
    if "opine" in step.verbs and (held := form_at(bench, step.form)):
        need_meanings(bench, (*path, "form"), held, OPINION, step.says)


def _application(bench: Bench, key: str, route: Route, first: Step) -> None:
    path: Path = ("routes", key, *(("like",) if route.like else ("steps", 0)))
    if first.form is None:
        problem = Word(N_("the step where an application is made names no form"))
        bench.fault(Contradiction, path, problem=problem)
        return
    held = form_at(bench, first.form)
    if held:
        criteria = any(
            key == route_of(bench.pack, name)[0] and one.admits
            for one in bench.pack.lists.values()
            for name in one.entered_by
            if name.removeprefix("routes.") in bench.pack.routes
        )
        meanings = (*NEEDS, *(("criterion",) if criteria else ()), *_signs(bench, route))
        need_meanings(bench, path if route.like else (*path, "form"), held, meanings, route.says)


def _signs(bench: Bench, route: Route) -> tuple[str, ...]:
    """What the red lines asked about on an affair's route read in its answers."""
    if route.of != "affair":
        return ()
    asked = {flag for step in steps_of(bench.pack, route) for flag in step.flags}
    signs = [sign for key in asked & set(bench.pack.conduct) for sign in bench.pack.conduct[key].seen_when]
    read = {sign.answer if isinstance(sign, AnswerIs) else "theme" for sign in signs}
    return tuple(sorted(read))


def _window(bench: Bench, key: str, route: Route) -> None:
    event = getattr(route.due, "before", getattr(route.due, "after", None))
    other = {"affair": "activity.starts", "activity": "affair.starts"}[route.of]
    if event == other:
        problem = Word(N_("the latest day is counted from an event that this case does not have"))
        bench.fault(Contradiction, ("routes", key, "due"), problem=problem)
