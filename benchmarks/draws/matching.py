"""Matching: schools and inspectors over three months, ours beside a solver; and what is said where no answer exists."""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from benchmarks.draws import matching_peers, notices
from benchmarks.draws.intake import Visits, visits
from benchmarks.draws.matching_judge import Months, impossible, judged
from benchmarks.measure import Clock, in_turns, module, tell
from qingfu.base.draw.matching import match
from qingfu.base.errors import NoMatch

SCHOOLS = (500, 5_000)
SCHOOLS_AN_INSPECTOR = 25 / 3
LARGEST_FOR_SOLVER = 500
FASTER = 50


def _given(schools: int) -> Visits:
    return visits(schools, round(schools / SCHOOLS_AN_INSPECTOR))


# Takes the lists in and gives what then makes visits of them; only the latter is timed.
Engine = Callable[[Visits], Callable[[], Months]]


def _ours(given: Visits) -> Callable[[], Months]:
    method, pool = notices.matching(given)

    def work() -> Months:
        drawn = match(method, pool, notices.chance("matching", 0))
        rounds: list[list[list[str]]] = drawn["rounds"]  # type: ignore[assignment]  # as published
        return [[(notices.place(school), notices.place(taker)) for school, taker in month] for month in rounds]

    return work


ENGINES: dict[str, Engine] = {"ours": _ours, "cp-sat": lambda given: lambda: matching_peers.solver(given)}


def run(engine: str, size: int) -> None:
    """One run, in this process, warm: a small instance was matched before the clock started."""
    ENGINES[engine](_given(50))()
    given = _given(size)
    work = ENGINES[engine](given)
    clock = Clock()
    months = work()
    clock.stop()
    if not months:
        clock.tell({}, told={"said": "no answer found in its time", "misses": ["no answer"]})
        return
    quality = judged(given, months)
    clock.tell({}, told={**quality.line(), "misses": quality.misses()})


def bench(size: int, *, engines: list[str] | None, rounds: int) -> list[str]:
    """Both engines; what ours misses."""
    names = [
        name
        for name in dict.fromkeys(("ours", *(engines or ENGINES)))
        if name != "cp-sat" or size <= LARGEST_FOR_SOLVER
    ]
    commands = {name: module("matching", name, size, command="run-draw") for name in names}
    runs = in_turns(commands, rounds, once=("cp-sat",))
    tell("matching", f"{size} x {round(size / SCHOOLS_AN_INSPECTOR)}", runs)
    told = (runs["ours"][-1].told or {})["misses"]
    missed = [f"{size} schools: {miss}" for miss in told] if isinstance(told, list) else []
    if "cp-sat" in runs:
        ours, theirs = (statistics.median(run.seconds for run in runs[name]) for name in ("ours", "cp-sat"))
        if theirs < FASTER * ours:
            missed.append(f"{size} schools: only {theirs / ours:.1f} times as fast as cp-sat, not {FASTER}")
    elif size > LARGEST_FOR_SOLVER:
        print(f'{{"bench": "matching", "engine": "cp-sat", "size": "{size}", "said": "skipped: too large for it"}}')
    return missed


def refusals() -> list[str]:
    """Two instances without an answer: who and what stand in the way is said, and proven by the judge."""
    missed = []
    for what, given in (("a school with two inspectors", _lonely()), ("thirty schools, five inspectors", _crowded())):
        method, pool = notices.matching(given)
        started = time.perf_counter()
        try:
            match(method, pool, notices.chance("matching", 0))
        except NoMatch as refused:
            seconds = time.perf_counter() - started
            line, proven = _refusal(given, refused)
            print(
                json.dumps({"bench": "matching", "engine": "ours", "size": what, "seconds": round(seconds, 4), **line})
            )
            missed += [] if proven else [f"{what}: what is named does not prove it"]
        else:
            missed.append(f"{what}: an answer was given where none exists")
    return missed


def _refusal(given: Visits, refused: NoMatch) -> tuple[dict[str, object], bool]:
    names = {word: [str(name) for name in refused.facts[word]] for word in ("targets", "takers")}  # type: ignore[attr-defined]  # tuples of tickets
    schools, inspectors = ([notices.place(name) for name in names[word]] for word in ("targets", "takers"))
    needs, room = impossible(given, schools, inspectors)
    ties = [[f"S{school:06d}", f"I{taker:06d}"] for school, taker in sorted(given.ties) if school in schools]
    own = int((given.schools[schools][:, None] == given.inspectors).sum())
    line = {
        "schools": names["targets"], "inspectors": names["takers"], "needs": needs, "room": room,
        "conflicts": {"own_township": own, "kinship": len(ties), "first_of_kinship": ties[:5]}, "says": refused.text(),
    }  # fmt: skip
    return line, needs > room


def _lonely() -> Visits:
    """One school whose ties leave it two inspectors for three months."""
    given = _given(500)
    free = [taker for taker in range(len(given.inspectors)) if given.allowed(17, taker)][2:]
    return replace(given, ties=given.ties | {(17, taker) for taker in free})


def _crowded() -> Visits:
    """Thirty schools tied to all but five inspectors, each of whom makes fifteen visits at most: 90 > 75."""
    given = _given(500)
    few = [taker for taker in range(len(given.inspectors)) if given.inspectors[taker] != given.inspectors[0]][:5]
    townships = {int(given.inspectors[taker]) for taker in few}
    free = [school for school in range(500) if int(given.schools[school]) not in townships][:30]
    schools = np.array(given.schools)
    own = {(school, taker) for school, taker in given.ties if not (school in free and taker in few)}
    ties = own | {(school, taker) for school in free for taker in range(len(given.inspectors)) if taker not in few}
    most = tuple(15 if taker in few else None for taker in range(len(given.inspectors)))
    return replace(given, schools=schools, ties=frozenset(ties), most=most)
