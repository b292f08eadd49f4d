"""Measure: runs in processes of their own, taken in turns, each telling its seconds, CPU, memory and findings."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class Run:
    """One run. ``found`` is what every engine must agree on: findings a rule, and a checksum over all of them.

    ``read`` says of a run that need not read everything how much it read, asked again outside the clock.
    ``told`` is what a judge says of a result that need not be the same for every engine.
    """

    seconds: float
    cpu_seconds: float
    peak_mib: int
    found: dict[str, int]
    read: dict[str, int] | None = None
    told: dict[str, object] | None = None


class Disagree(SystemExit):
    """Two engines found different things."""


class Clock:
    """Inside the process: starts when it is made, stops when the findings table stands, then tells the run."""

    def __init__(self) -> None:
        self.wall, self.cpu = time.perf_counter(), time.process_time()

    def stop(self) -> None:
        """What comes after, as counting the findings, is nobody's time."""
        self.wall, self.cpu = time.perf_counter() - self.wall, time.process_time() - self.cpu
        self.peak = _peak()

    def tell(
        self, found: dict[str, int], read: dict[str, int] | None = None, told: dict[str, object] | None = None
    ) -> None:
        """Print the run."""
        print(json.dumps(asdict(Run(self.wall, self.cpu, self.peak, found, read, told))))


def _peak() -> int:
    """The most memory this process held, in MiB; what the kernel tells of resources counts the parent's, too."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) // 1024


def in_turns(commands: Mapping[str, Sequence[str]], rounds: int, *, once: Sequence[str] = ()) -> dict[str, list[Run]]:
    """Every engine once a round, the order turned round each time; differing findings end it all.

    Those named by ``once`` take part in the first round only.
    """
    runs: dict[str, list[Run]] = {engine: [] for engine in commands}
    for number in range(rounds):
        engines = list(commands) if number % 2 == 0 else list(commands)[::-1]
        for engine in engines:
            if number and engine in once:
                continue
            runs[engine].append(_run(commands[engine]))
            _agree(runs)
    return runs


def _run(command: Sequence[str]) -> Run:
    done = subprocess.run([sys.executable, *command], capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr)
    return Run(**json.loads(done.stdout.splitlines()[-1]))


def _agree(runs: dict[str, list[Run]]) -> None:
    found = {json.dumps(run.found, sort_keys=True): engine for engine, all_of in runs.items() for run in all_of}
    if len(found) > 1:
        raise Disagree("\n".join(f"{engine}: {what}" for what, engine in found.items()))


def tell(bench: str, size: str, runs: dict[str, list[Run]], ours: str = "ours") -> None:
    """One line a measurement: medians, and how many times our seconds it takes (above 1: we are faster)."""
    base = statistics.median(run.seconds for run in runs[ours])
    base_cpu = statistics.median(run.cpu_seconds for run in runs[ours])
    for engine, all_of in runs.items():
        seconds = statistics.median(run.seconds for run in all_of)
        cpu = statistics.median(run.cpu_seconds for run in all_of)
        line = {
            "bench": bench, "engine": engine, "size": size, "rounds": len(all_of), "seconds": round(seconds, 4),
            "cpu_seconds": round(cpu, 3), "peak_mib": max(run.peak_mib for run in all_of),
            "ratio_to_ours": round(seconds / base, 3), "cpu_ratio_to_ours": round(cpu / base_cpu, 3),
        }  # fmt: skip
        if read := all_of[-1].read:
            line |= {**read, "share_read": round(read["rows_read"] / read["rows_held"], 4)}
        line |= all_of[-1].told or {}
        print(json.dumps(line), flush=True)


def module(*words: str | int | Path, command: str = "run") -> list[str]:
    """The command that runs one engine."""
    return ["-m", "benchmarks", command, *map(str, words)]
