"""From every binding sentence of the source to what runs it, or why nothing does, or which room it awaits."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Literal

from qingfu.packfile.check.clauses import ONLY_NAMES
from qingfu.packfile.rooms import room_of, runs
from qingfu.packfile.skeleton import Skeleton
from qingfu.packfile.words.pack import KINDS, Pack
from qingfu.packfile.words.plan import Clause

Fate = Literal["runs", "nothing", "awaits", "unmapped"]


@dataclass(frozen=True)
class Runner:
    """One object under a clause: ``duties.census``, its label, and the room that runs it."""

    name: str
    says: str
    room: str
    built: bool


@dataclass(frozen=True)
class ClauseTrace:
    """What one clause makes happen. ``reason`` and ``because`` are there when it says that nothing runs."""

    clause: str
    says: str
    fate: Fate
    runners: tuple[Runner, ...]
    reason: str | None = None
    because: str | None = None

    @property
    def rooms(self) -> tuple[str, ...]:
        """The rooms not built yet that it waits for."""
        return tuple(dict.fromkeys(runner.room for runner in self.runners if not runner.built))


@dataclass(frozen=True)
class Row:
    """One binding sentence, and the clauses that cover it."""

    section: str
    sentence: int
    fate: Fate
    clauses: tuple[ClauseTrace, ...]


@dataclass(frozen=True)
class Trace:
    """The whole trace of a pack against its skeleton."""

    rows: tuple[Row, ...]
    idle: tuple[str, ...]

    @property
    def counts(self) -> dict[Fate, int]:
        """How many binding sentences run, run nothing for a reason, await a room, or are unmapped."""
        counted = Counter(row.fate for row in self.rows)
        fates: tuple[Fate, ...] = ("runs", "nothing", "awaits", "unmapped")
        return {fate: counted[fate] for fate in fates}

    @property
    def whole(self) -> bool:
        """Whether no binding sentence is unmapped."""
        return not self.counts["unmapped"]


def by_clause(pack: Pack) -> tuple[ClauseTrace, ...]:
    """What each clause of the pack makes happen, in the order of the plan."""
    under: dict[str, list[Runner]] = {clause.id: [] for clause in pack.clauses}
    for kind in KINDS:
        for key, thing in pack.things(kind.key).items():
            name = kind.key if kind.key == "problems-policy" else f"{kind.key}.{key}"
            runner = Runner(name, thing.says, room_of(kind.key), runs(pack, kind.key, key))
            _add(under, thing.clause, runner)
    for key, route in pack.routes.items():
        for step in route.steps:
            _add(under, step.clause or (), Runner(f"routes.{key}.{step.id}", step.says, "routes", built=True))
    if pack.plan.scope:
        _add(under, pack.plan.scope.clause, Runner("plan.scope", pack.plan.scope.says, "plans", built=True))
    return tuple(_traced(clause, tuple(under[clause.id])) for clause in pack.clauses)


def _add(under: dict[str, list[Runner]], clauses: tuple[str, ...], runner: Runner) -> None:
    for number in clauses:
        if number in under:
            under[number].append(runner)


def _traced(clause: Clause, runners: tuple[Runner, ...]) -> ClauseTrace:
    fate: Fate = "unmapped"
    # A clause that names a party and what happens to it runs by what happens; one that only sets up a party, by that.
    doing = tuple(runner for runner in runners if runner.name.split(".")[0] not in ONLY_NAMES)
    if clause.runs_nothing:
        fate, runners = "nothing", doing
    elif any(runner.built for runner in doing or runners):
        fate = "runs"
    elif runners:
        fate = "awaits"
    return ClauseTrace(clause.id, clause.says, fate, runners, clause.runs_nothing, clause.because)


_STRONGEST: tuple[Fate, ...] = ("runs", "awaits", "nothing", "unmapped")


def trace(pack: Pack, skeleton: Skeleton) -> Trace:
    """Follow every binding sentence. A sentence under several clauses has the strongest of their fates."""
    traced = {one.clause: one for one in by_clause(pack)}
    covering: dict[tuple[str, int], list[ClauseTrace]] = {}
    for clause in pack.clauses:
        for sentence in clause.sentences:
            covering.setdefault((clause.of or clause.id, sentence), []).append(traced[clause.id])
    rows = []
    for section, sentence in skeleton.binding:
        clauses = tuple(covering.get((section, sentence), ()))
        fates = {one.fate for one in clauses} or {"unmapped"}
        fate = next(fate for fate in _STRONGEST if fate in fates)
        rows.append(Row(section, sentence, fate, clauses))
    idle = tuple(one.clause for one in traced.values() if one.fate == "unmapped")
    return Trace(tuple(rows), idle)


@dataclass(frozen=True)
class Proof:
    """One mechanism of the catalogue: the things that are an instance of it, the situations that prove it."""

    id: str
    things: tuple[str, ...]
    situations: tuple[str, ...]
    runs: bool


def catalogue(pack: Pack) -> tuple[Proof, ...]:
    """The catalogue ids the pack names, sorted."""
    objects: dict[str, list[str]] = {}
    running: set[str] = set()
    for kind in KINDS:
        for key, thing in pack.things(kind.key).items():
            for proof in getattr(thing, "proves", ()):
                objects.setdefault(proof, []).append(f"{kind.key}.{key}")
                running |= {proof} if runs(pack, kind.key, key) else set()
    shown: dict[str, list[str]] = {}
    for situation in pack.situations:
        for proof in situation.proves:
            shown.setdefault(proof, []).append(situation.id)
    ids = sorted({*objects, *shown})
    running |= set(shown)
    return tuple(Proof(one, tuple(objects.get(one, ())), tuple(shown.get(one, ())), one in running) for one in ids)
