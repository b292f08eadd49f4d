"""Every name that points to something in the pack, and whether it is there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from pydantic import BaseModel

from qingfu.base.errors import NoSuchClause, NoSuchReference
from qingfu.packfile.check.bench import Bench
from qingfu.packfile.faults import nearest
from qingfu.packfile.paths import key_of, walk
from qingfu.packfile.words import asks, moves, plan
from qingfu.packfile.words.pack import KINDS, Pack
from qingfu.packfile.yamltext import Path


class Target(NamedTuple):
    """What a field may point to: bare ids of ``bare`` kinds, dotted names of ``dotted`` kinds."""

    bare: tuple[str, ...] = ()
    dotted: tuple[str, ...] = ()
    free: bool = False


ANY = tuple(kind.key for kind in KINDS)
_PARTY = Target(bare=("parties",))
_UNITS = Target(bare=("parties", "scopes"))
_SCOPE = Target(bare=("scopes",))
_CONDUCT = Target(bare=("conduct",))
_FORM = Target(dotted=("forms",))
_ROUTE = Target(dotted=("routes",))
# Free text that must resolve once it is written as a dotted name.
_MAYBE = Target(dotted=ANY, free=True)

REFERS: dict[tuple[type[BaseModel], str], Target] = {
    (plan.Issuer, "party"): _PARTY,
    (plan.LooksBack, "units"): _UNITS,
    (plan.Party, "seated_in"): _PARTY,
    (plan.Advisory, "about"): Target(dotted=ANY),
    (asks.Duty, "who"): _PARTY,
    (asks.Duty, "to"): _PARTY,
    (asks.Duty, "for_each"): _UNITS,
    (asks.Duty, "hand_in"): _FORM,
    (asks.Duty, "due_for"): _SCOPE,
    (asks.Duty, "phase"): Target(bare=("phases",)),
    (asks.Duty, "rolls_up"): Target(bare=("duties",)),
    (asks.Intake, "keeper"): _PARTY,
    (asks.ProblemKind, "deadline_for"): _SCOPE,
    (asks.ProblemKind, "conduct"): _CONDUCT,
    (asks.ProblemsPolicy, "kept_by"): _PARTY,
    (asks.Measure, "decides"): _PARTY,
    (asks.Proposal, "decides"): _PARTY,
    (asks.Proposal, "propose"): Target(dotted=("measures",)),
    (asks.Counting, "count"): _MAYBE,
    (moves.ConsentOf, "consent_of"): _PARTY,
    (moves.Conduct, "who"): _PARTY,
    (moves.Conduct, "asked_at"): Target(dotted=ANY),
    (moves.Conduct, "unless"): _ROUTE,
    (moves.WhiteList, "admits"): Target(bare=("criteria",)),
    (moves.WhiteList, "entered_by"): _ROUTE,
    (moves.Step, "by"): _PARTY,
    (moves.Step, "form"): _FORM,
    (moves.Step, "flags"): _CONDUCT,
    (moves.Step, "into"): Target(dotted=("lists",)),
    (moves.Step, "discloses"): Target(dotted=("disclosures",)),
    (moves.Route, "like"): _ROUTE,
    (moves.Evaluation, "of"): Target(dotted=("lists", "routes")),
    (moves.Evaluation, "by"): _PARTY,
    (moves.Evaluation, "form"): _FORM,
    (moves.Disclosure, "of"): Target(dotted=ANY),
    (moves.Visit, "by"): Target(bare=("parties",), dotted=ANY),
    (moves.Visit, "for_each"): _MAYBE,
    (moves.Visit, "uses"): _FORM,
    (moves.Pairing, "a"): _MAYBE,
    (moves.Pairing, "b"): _MAYBE,
    (moves.Draw, "from_"): _MAYBE,
    (moves.Monitor, "by"): _PARTY,
    (moves.Paper, "by"): _PARTY,
}


class Reference(NamedTuple):
    """One name in one place, and what it may point to."""

    path: Path
    name: str
    target: Target


def references(pack: Pack) -> Iterator[Reference]:
    """Every reference of the pack, in the order of the vocabulary."""
    for path, part in walk(pack):
        if not isinstance(part, BaseModel) or path[:1] == ("situations",):
            continue
        for name in type(part).model_fields:
            target = REFERS.get((type(part), name))
            value = getattr(part, name)
            if target and value is not None:
                yield from _named((*path, key_of(part, name)), value, target)


def _named(path: Path, value: object, target: Target) -> Iterator[Reference]:
    if isinstance(value, str):
        yield Reference(path, value, target)
    elif isinstance(value, dict):
        yield from (Reference((*path, key), key, target) for key in value)
    elif isinstance(value, tuple):
        yield from (Reference((*path, index), name, target) for index, name in enumerate(value))


def resolves(pack: Pack, name: str) -> bool:
    """Whether a dotted name stands for something: `lists.whitelist`, `routes.annual.first`, `problems-policy`."""
    kind, _, rest = name.partition(".")
    if kind not in ANY:
        return False
    if kind == "problems-policy" and not rest:
        return pack.problems_policy is not None
    thing, _, inner = rest.partition(".")
    found = pack.things(kind).get(thing)
    if found is None:
        return False
    return not inner or (isinstance(found, moves.Route) and inner in step_ids(pack, found))


def step_ids(pack: Pack, route: moves.Route) -> tuple[str, ...]:
    """The ids of a route's steps, taken from the route it is like; empty where that leads nowhere."""
    seen: list[moves.Route] = []
    while route.like and route not in seen:
        seen.append(route)
        other = pack.routes.get(route.like.removeprefix("routes."))
        if other is None:
            return ()
        route = other
    return tuple(step.id for step in route.steps)


def check_references(bench: Bench) -> None:
    """Every reference resolves, and every clause named exists."""
    for reference in references(bench.pack):
        _check(bench, reference)
    for index, advisory in enumerate(bench.pack.advisories):
        path: Path = ("advisories", index, "about")
        if not resolves(bench.pack, advisory.about) and bench.pack.clause(advisory.about) is None:
            _missing(bench, path, advisory.about, (*_dotted(bench.pack, ANY), *_clause_ids(bench.pack)))
    _check_clauses(bench)


def _check(bench: Bench, reference: Reference) -> None:
    pack, target, name = bench.pack, reference.target, reference.name
    if reference.path[0] == "advisories":
        return
    bare = [key for kind in target.bare for key in pack.things(kind)]
    kind = name.partition(".")[0]
    if name in bare or (kind in target.dotted and resolves(pack, name)):
        return
    if target.free and kind not in ANY:
        return
    _missing(bench, reference.path, name, (*bare, *_dotted(pack, target.dotted)))


def _missing(bench: Bench, path: Path, name: str, known: tuple[str, ...]) -> None:
    few = " · ".join(known) if 0 < len(known) <= 6 else None
    bench.fault(NoSuchReference, path, value=name, suggestion=_near(name, known) or few)


def _near(name: str, known: tuple[str, ...]) -> str | None:
    # Whoever writes `problem-list` for `forms.problem-list` forgot only the kind.
    tail = next((one for one in known if one.rpartition(".")[2] == name.rpartition(".")[2]), None)
    return tail or nearest(name, known)


def _dotted(pack: Pack, kinds: tuple[str, ...]) -> Iterator[str]:
    for kind in kinds:
        yield from (f"{kind}.{key}" for key in pack.things(kind))
        if kind == "routes":
            for key, route in pack.routes.items():
                yield from (f"routes.{key}.{step}" for step in step_ids(pack, route))


def _clause_ids(pack: Pack) -> tuple[str, ...]:
    return tuple(clause.id for clause in pack.clauses)


def _check_clauses(bench: Bench) -> None:
    known = _clause_ids(bench.pack)
    for path, part in walk(bench.pack):
        if not isinstance(part, BaseModel) or path[:1] in ((), ("clauses",), ("situations",)):
            continue
        for field in ("clause", "off_list_clause"):
            said = getattr(part, field, None) or ()
            for index, number in enumerate((said,) if isinstance(said, str) else said):
                if number not in known:
                    key = (*path, key_of(part, field))
                    where = (*key, index) if (*key, index) in bench.places else key
                    bench.fault(NoSuchClause, where, value=number, suggestion=nearest(number, known))
