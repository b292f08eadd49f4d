"""`make bench ARGS="limits --rows 1e6 1e7"`: one JSON line for each measurement, then one for each ratio.

`fairness [--quick]`, `placement --pupils 1200 20000`, `matching --schools 500 5000` and `replay --pupils 20000` (by the
offline page in a browser) measure draws; they end with an error where a result is worse than arithmetic, chance or the
ceiling allow, or, for a planted cheat, as good.

Every run is a process of its own; engines take turns, so that what disturbs the machine disturbs all of them.
A run whose findings differ from the others' ends the benchmark.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks import idle, limits
from benchmarks.draws import fairness, matching, placement, replay

FOLDER = Path(".cache") / "bench"


def main() -> None:
    parser = ArgumentParser(prog="benchmarks", description=__doc__)
    kinds = parser.add_subparsers(dest="bench", required=True)
    for name, bench in limits.BENCHES.items():
        one = kinds.add_parser(name, help=bench.__doc__)
        one.add_argument("--rows", type=float, nargs="+", default=[1e6, 1e7])
        one.add_argument("--orders", nargs="+", choices=limits.ORDERS, default=["sorted"])
        one.add_argument("--engines", nargs="+", choices=limits.ENGINES, default=None)
        one.add_argument("--rounds", type=int, default=7)
    kinds.add_parser("idle", help=idle.run.__doc__)
    child = kinds.add_parser("run", help="one run in this process; the benchmark calls it")
    child.add_argument("engine", choices=limits.ENGINES)
    child.add_argument("folder", type=Path)
    child.add_argument("--kind", default="limits")
    _draws(kinds)
    given = parser.parse_args()
    if given.bench in DRAWS:
        DRAWS[given.bench](given)
    elif given.bench == "run":
        limits.run(given.engine, given.folder, given.kind)
    elif given.bench == "idle":
        idle.run()
    else:
        _limits(given)


def _draws(kinds: Any) -> None:
    kinds.add_parser("fairness", help=fairness.__doc__).add_argument("--quick", action="store_true")
    for name, bench, word, sizes in (
        ("placement", placement, "--pupils", placement.SIZES),
        ("matching", matching, "--schools", matching.SCHOOLS),
    ):
        one = kinds.add_parser(name, help=bench.__doc__)
        one.add_argument(word, type=int, nargs="+", default=sizes, dest="sizes")
        one.add_argument("--engines", nargs="+", choices=bench.ENGINES, default=None)
        one.add_argument("--rounds", type=int, default=3)
    one = kinds.add_parser("replay", help=replay.__doc__)
    one.add_argument("--pupils", type=int, nargs="+", default=replay.SIZES, dest="sizes")
    one.add_argument("--rounds", type=int, default=3)
    child = kinds.add_parser("run-draw", help="one run in this process; the benchmark calls it")
    child.add_argument("kind", choices=("placement", "matching"))
    child.add_argument("engine")
    child.add_argument("size", type=int)


def _placement(given: Namespace) -> None:
    _judge([placement.bench(size, engines=given.engines, rounds=given.rounds) for size in given.sizes])


def _matching(given: Namespace) -> None:
    missed = [matching.bench(size, engines=given.engines, rounds=given.rounds) for size in given.sizes]
    _judge([*missed, matching.refusals()])


def _replay(given: Namespace) -> None:
    _judge([replay.bench(FOLDER, size, rounds=given.rounds) for size in given.sizes])


def _judge(missed: list[list[str]]) -> None:
    if any(missed):
        raise SystemExit("missed: " + "; ".join(miss for one in missed for miss in one))


DRAWS: dict[str, Callable[[Namespace], None]] = {
    "fairness": lambda given: fairness.run(quick=given.quick),
    "placement": _placement,
    "matching": _matching,
    "replay": _replay,
    "run-draw": lambda given: (placement if given.kind == "placement" else matching).run(given.engine, given.size),
}


def _limits(given: Namespace) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for rows in given.rows:
        for order in given.orders:
            folder = limits.prepared(FOLDER, int(rows), order)
            limits.BENCHES[given.bench](folder, engines=given.engines, rounds=given.rounds)


if __name__ == "__main__":
    main()
