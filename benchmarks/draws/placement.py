"""Placement: classes for 1,200 to 200,000 pupils, ours beside what others do, all judged alike."""

from __future__ import annotations

from collections.abc import Callable

from benchmarks.draws import notices, placement_peers
from benchmarks.draws.intake import Intake, intake
from benchmarks.draws.placement_judge import Classes, judged, worst
from benchmarks.measure import Clock, in_turns, module, tell
from qingfu.base.draw.allotment import allot

SIZES = (1_200, 20_000, 200_000)
# The solver takes its minute whatever the size; above this it does not even build its model in that time.
LARGEST_FOR_SOLVER = 20_000
# Ours is judged over so many seeds, up to so many pupils; the others are what they are.
SEEDS = ((2_000, 30), (20_000, 5), (1_000_000, 1))
# Takes the list in and gives what then makes classes of it, from a seed; only the latter is timed.
Engine = Callable[[Intake], Callable[[int], Classes]]


def _ours(given: Intake) -> Callable[[int], Classes]:
    method, pool = notices.allotment(given)

    def work(seed: int) -> Classes:
        drawn = allot(method, pool, notices.chance("placement", seed))
        classes: list[dict[str, list[str]]] = drawn["classes"]  # type: ignore[assignment]  # as published
        return [[notices.place(ticket) for ticket in one["tickets"]] for one in classes]

    return work


def _peer(work: Callable[[Intake], Classes]) -> Engine:
    return lambda given: lambda seed: work(given)


ENGINES: dict[str, Engine] = {
    "ours": _ours,
    "serpentine": _peer(placement_peers.serpentine),
    "best-of-many": _peer(placement_peers.best_of_many),
    "cp-sat": _peer(placement_peers.solver),
}


def run(engine: str, size: int) -> None:
    """One run, in this process, warm: a small intake was placed before the clock started."""
    ENGINES[engine](intake(90))(0)
    given = intake(size)
    work = ENGINES[engine](given)
    clock = Clock()
    classes = work(0)
    clock.stop()
    clock.tell({}, told=_told(engine, given, classes, work))


def _told(engine: str, given: Intake, classes: Classes, work: Callable[[int], Classes]) -> dict[str, object]:
    if not classes:
        return {"said": "no classes found in its time", "misses": ["no classes"]}
    found, told = [judged(given, classes)], dict[str, object]()
    if engine == "ours":
        seeds = next(seeds for largest, seeds in SEEDS if given.size <= largest)
        found += [judged(given, work(seed)) for seed in range(1, seeds)]
        told["worst_of_seeds"] = seeds
    if engine == "best-of-many":
        told["draws"] = placement_peers.TRIES
    whole = worst(found)
    return {**told, **whole.line(), "misses": whole.misses()}


def bench(size: int, *, engines: list[str] | None, rounds: int) -> list[str]:
    """Every engine; what ours misses."""
    names = [
        name
        for name in dict.fromkeys(("ours", *(engines or ENGINES)))
        if name != "cp-sat" or size <= LARGEST_FOR_SOLVER
    ]
    commands = {name: module("placement", name, size, command="run-draw") for name in names}
    runs = in_turns(commands, rounds, once=("cp-sat",))
    tell("placement", str(size), runs)
    if size > LARGEST_FOR_SOLVER:
        print(f'{{"bench": "placement", "engine": "cp-sat", "size": "{size}", "said": "skipped: too large for it"}}')
    missed = (runs["ours"][-1].told or {})["misses"]
    return [f"{size} pupils: {miss}" for miss in missed] if isinstance(missed, list) else []
