"""The judge of visits, and of the claim that none exist; knows the frozen lists only, not how an answer was found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.draws.intake import Visits

Months = Sequence[Sequence[tuple[int, int]]]


@dataclass(frozen=True)
class Quality:
    """Faults by name, and the ranges of loads with their limits."""

    faults: dict[str, int]
    month_range: int
    month_limit: int
    quarter_range: int
    quarter_limit: int

    def misses(self) -> list[str]:
        found = [f"{count} {name}" for name, count in self.faults.items() if count]
        if self.month_range > self.month_limit:
            found.append(f"loads of a month: {self.month_range} > {self.month_limit}")
        if self.quarter_range > self.quarter_limit:
            found.append(f"loads of the quarter: {self.quarter_range} > {self.quarter_limit}")
        return found

    def line(self) -> dict[str, object]:
        return {
            "month_range": self.month_range, "month_limit": self.month_limit,
            "quarter_range": self.quarter_range, "quarter_limit": self.quarter_limit, **self.faults,
        }  # fmt: skip


def judged(given: Visits, months: Months) -> Quality:
    """``months`` hold (school, inspector)."""
    pairs = [pair for month in months for pair in month]
    whole = list(range(len(given.schools)))
    loads = [[sum(one == taker for _, one in month) for taker in range(len(given.inspectors))] for month in months]
    quarter = [sum(row) for row in zip(*loads, strict=True)]
    inspectors = len(given.inspectors)
    return Quality(
        faults={
            "months_without": sum(sorted(school for school, _ in month) != whole for month in months)
            + abs(len(months) - given.months),
            "repeats": len(pairs) - len(set(pairs)),
            "forbidden": sum(not given.allowed(*pair) for pair in pairs),
        },
        month_range=max(max(row) - min(row) for row in loads),
        month_limit=int(len(given.schools) % inspectors > 0),
        quarter_range=max(quarter) - min(quarter),
        quarter_limit=int(len(given.schools) * given.months % inspectors > 0),
    )


def impossible(given: Visits, schools: Sequence[int], inspectors: Sequence[int]) -> tuple[int, int]:
    """How many visits the named schools cannot but ask of the named inspectors, and how many these can make.

    No answer exists if the first is larger (Hall).
    """
    needs = 0
    for school in schools:
        others = sum(given.allowed(school, one) for one in range(len(given.inspectors)) if one not in set(inspectors))
        needs += max(0, given.months - others)
    room = 0
    for inspector in inspectors:
        most, may = given.limit(inspector), sum(given.allowed(school, inspector) for school in schools)
        room += may if most is None else min(most, may)
    return needs, room
