"""`make bench ARGS="limits --rows 1e6 1e7"`: one JSON line for each measurement, then one for each ratio.

Every run is a process of its own; engines take turns, so that what disturbs the machine disturbs all of them.
A run whose findings differ from the others' ends the benchmark.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from benchmarks import idle, limits

FOLDER = Path(".cache") / "bench"


def main() -> None:
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
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
    given = parser.parse_args()
    if given.bench == "run":
        limits.run(given.engine, given.folder, given.kind)
        return
    if given.bench == "idle":
        idle.run()
        return
    FOLDER.mkdir(parents=True, exist_ok=True)
    for rows in given.rows:
        for order in given.orders:
            folder = limits.prepared(FOLDER, int(rows), order)
            limits.BENCHES[given.bench](folder, engines=given.engines, rounds=given.rounds)


if __name__ == "__main__":
    main()
