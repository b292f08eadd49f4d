"""The judge of classes: reads who is in which class and knows nothing of how it came about; exact fractions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from benchmarks.draws.intake import MARKS, Intake

Classes = Sequence[Sequence[int]]


@dataclass(frozen=True)
class Quality:
    """Ranges over the classes with the arithmetic limits beside them; mean scores in points."""

    ranges: dict[str, int]
    limits: dict[str, int]
    mean_range: Fraction
    quantum: Fraction
    broken: int
    misplaced: int

    def misses(self) -> list[str]:
        """What is worse than arithmetic allows, in words."""
        found = [f"{name}: {self.ranges[name]} > {limit}" for name, limit in self.limits.items()
                 if self.ranges[name] > limit]  # fmt: skip
        if self.mean_range > self.quantum:
            found.append(f"mean score: {float(self.mean_range):.4f} > {float(self.quantum):.4f}")
        found += [f"{self.broken} pairs broken"] if self.broken else []
        return found + ([f"{self.misplaced} pupils in no class or in two"] if self.misplaced else [])

    def line(self) -> dict[str, object]:
        counts: dict[str, object] = {}
        for name, limit in self.limits.items():
            counts |= {f"{name}_range": self.ranges[name], f"{name}_limit": limit}
        return counts | {
            "mean_range": round(float(self.mean_range), 4), "quantum": round(float(self.quantum), 4),
            "pairs_broken": self.broken, "misplaced": self.misplaced,
        }  # fmt: skip


def judged(given: Intake, classes: Classes) -> Quality:
    """The quantum is half a point over the larger class size: whole half points cannot in general agree better."""
    counts = {"head_count": [len(one) for one in classes]}
    limits = {"head_count": _limit(given.size, given.classes)}
    for word, row in zip(("girls", *MARKS[1:]), given.marks, strict=True):
        counts[word] = [sum(int(row[pupil]) for pupil in one) for one in classes]
        limits[word] = _limit(int(row.sum()), given.classes)
    means = [Fraction(sum(int(given.level[pupil]) for pupil in one), 2 * len(one)) for one in classes if one]
    placed = sorted(pupil for one in classes for pupil in one)
    missing = given.size - len(set(placed)) + len(placed) - len(set(placed)) + abs(len(classes) - given.classes)
    return Quality(
        ranges={name: max(row) - min(row) for name, row in counts.items()},
        limits=limits,
        mean_range=max(means) - min(means),
        quantum=Fraction(1, 2 * -(-given.size // given.classes)),
        broken=_broken(given, classes),
        misplaced=missing,
    )


def _limit(count: int, classes: int) -> int:
    return int(count % classes > 0)


def _broken(given: Intake, classes: Classes) -> int:
    where = {pupil: number for number, one in enumerate(classes) for pupil in one}
    apart = sum(where.get(a) == where.get(b) for a, b in given.apart)
    return apart + sum(where.get(a) != where.get(b) for a, b in given.together)


def worst(found: Iterable[Quality]) -> Quality:
    """Of several results over the same pupils, the worst of everything."""
    row = list(found)
    return Quality(
        ranges={name: max(one.ranges[name] for one in row) for name in row[0].ranges},
        limits=row[0].limits,
        mean_range=max(one.mean_range for one in row),
        quantum=row[0].quantum,
        broken=max(one.broken for one in row),
        misplaced=max(one.misplaced for one in row),
    )
