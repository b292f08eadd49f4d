"""Fairness: draws from fixed master seeds, many times over; one chi-square a family, and two cheats who must fail."""

from __future__ import annotations

import json
import multiprocessing
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from dataclasses import dataclass
from functools import reduce
from itertools import pairwise
from typing import TypeVar

from benchmarks.draws import choosers, places
from benchmarks.draws.chi_square import BAR, Verdict
from benchmarks.draws.intake import Intake, intake
from benchmarks.draws.places import Chooser, Counted
from benchmarks.draws.samples import SAMPLES, Sample, Tables

MASTER = "qingfu fairness 1"
# Pupils, classes, draws, draws with --quick.
ALLOTMENTS = ((90, 2, 100_000, 2_000), (360, 8, 20_000, 300), (1200, 27, 2_000, 60))
DRAWS, QUICK_DRAWS = 20_000, 1_000
# A cheat needs no more to be found out.
CHEATED = 500
PARTS = 40
PROCESSES = 2
T = TypeVar("T")


@dataclass(frozen=True)
class Family:
    """One chi-square, and what the honest and the cheating are expected to come to."""

    name: str
    size: str
    draws: int
    verdict: Verdict
    seconds: float
    fair: bool = True

    @property
    def holds(self) -> bool:
        return (self.verdict.p > BAR) == self.fair

    def line(self) -> str:
        return json.dumps({
            "bench": "fairness", "family": self.name, "size": self.size, "draws": self.draws,
            "chi_square": round(self.verdict.statistic, 1), "freedom": round(self.verdict.freedom, 1),
            "p": float(f"{self.verdict.p:.3g}"), "bar": BAR,
            "expected": "fair" if self.fair else "unfair: must fail the bar", "holds": self.holds,
            "seconds": round(self.seconds, 1),
        })  # fmt: skip


def run(*, quick: bool) -> None:
    """Ends with an error that names the families that did not come out as expected."""
    # Two processes are all there is room for; threads of the algebra below them would only be in the way.
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    with ProcessPoolExecutor(PROCESSES, multiprocessing.get_context("spawn")) as executor:
        failed = []
        for family in families(executor, quick=quick):
            print(family.line(), flush=True)
            if not family.holds:
                failed.append(f"{family.name} ({family.size})")
    if failed:
        raise SystemExit(f"not as expected: {'; '.join(failed)}")


def families(executor: Executor, *, quick: bool) -> Iterator[Family]:
    for size, classes, many, few in ALLOTMENTS:
        yield from allotments(executor, intake(size, classes=classes, bands=12), few if quick else many)
    draws = QUICK_DRAWS if quick else DRAWS
    for name, sample in SAMPLES.items():
        started = time.perf_counter()
        found = reduce(_added, _parts(executor, name, draws, _sampled, sample))
        yield Family(name, sample.size, draws, sample.judge(found, draws), time.perf_counter() - started)


def allotments(executor: Executor, given: Intake, draws: int) -> Iterator[Family]:
    """Ours, then the cheats, over the same pupils."""
    size = f"{given.size} into {given.classes}"
    for name, chooser, times in (
        ("ours", choosers.ours, draws),
        ("planted: partition by hand", choosers.by_hand, min(draws, CHEATED)),
        ("planted: two friends", choosers.friends, min(draws, CHEATED)),
    ):
        started = time.perf_counter()
        found = reduce(Counted.add, _parts(executor, f"{name}, {size}", times, _placed, given, chooser))
        seconds = time.perf_counter() - started
        told = "" if chooser is choosers.ours else f", {name}"
        yield Family(f"pupil x class{told}", size, times, places.by_class(found), seconds)
        yield Family(f"pupil x team{told}", size, times, places.by_team(found), seconds)
        honest = chooser is choosers.ours
        yield Family(f"equal pupils share a class{told}", size, times, places.shared(given, found), seconds, honest)


def _placed(given: Intake, chooser: Chooser, numbers: range) -> Counted:
    return places.counted(given, chooser, f"{MASTER}/{given.size}", numbers)


def _sampled(sample: Sample, numbers: range) -> Tables:
    return sample.count(f"{MASTER}/{sample.size}", numbers)


def _added(first: Tables, second: Tables) -> Tables:
    return {name: table + second[name] for name, table in first.items()}


def _parts(executor: Executor, what: str, draws: int, work: Callable[..., T], *given: object) -> Iterator[T]:
    """The draws in parts, by both processes; how far it is stands on the terminal."""
    for number, part in enumerate(executor.map(work, *_repeated(given), _numbers(draws)), 1):
        if sys.stderr.isatty():
            print(f"\r{what}: {number}/{PARTS} ", end="\n" if number == PARTS else "", file=sys.stderr, flush=True)
        yield part


def _numbers(draws: int) -> Sequence[range]:
    ends = [draws * part // PARTS for part in range(PARTS + 1)]
    return [range(start, end) for start, end in pairwise(ends)]


def _repeated(given: Sequence[object]) -> list[list[object]]:
    return [[one] * PARTS for one in given]
