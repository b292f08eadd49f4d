"""Findings: one group that one limit does not call compliant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from qingfu.rules.nodes import Limit
from qingfu.rules.truth import Verdict

Cell = str | int | date


@dataclass(frozen=True)
class Finding:
    """``keys`` are the group, in the order of the limit's ``per``.

    ``value`` is in the column's unit (for a mean the sum), ``bound`` without the tolerance; ``bound`` is None
    where nobody knows which bound is meant, ``value`` is None where there was nothing to measure.
    """

    limit: str
    keys: tuple[Cell, ...]
    verdict: Verdict
    value: int | None
    counted: int
    missing: int
    bound: int | None

    def order(self) -> tuple[str, tuple[str, ...]]:
        """What findings are sorted by."""
        return self.limit, tuple(f"{one:0>12}" if isinstance(one, int) else str(one) for one in self.keys)


def name_of(limit: Limit, keys: tuple[Cell, ...]) -> str:
    """How a finding is called on the command line: ``homework-time:class=301,day=2025-03-04``."""
    return f"{limit.name}:" + ",".join(f"{column}={cell}" for column, cell in zip(limit.per, keys, strict=True))
