"""Limits: what their types cannot say, the rule language does when it takes them."""

from __future__ import annotations

from qingfu.packfile.check.bench import Bench
from qingfu.packfile.errors import Contradiction
from qingfu.packfile.limits import rules_of_one
from qingfu.rules.faults import RuleFault


def check_limits(bench: Bench) -> None:
    """Every limit can be judged, its units fit, its tables, columns and grades exist."""
    for key, limit in bench.pack.limits.items():
        try:
            rules_of_one(key, limit)
        except RuleFault as fault:
            path = ("limits", key, *fault.key.split("."))
            bench.fault(Contradiction, path, problem=fault.problem, suggestion=fault.suggestion or None)
