"""Estimating from a sample: how many class-days keep a limit, and how sure that is.

The interval is the exact one of Clopper and Pearson, at 95 %. Who was asked and did not tell widens it: at its lower
end the silent ones count as keeping the limit, at its upper end as breaking it. Nobody is compliant by silence.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from math import exp, lgamma, log, log1p

from qingfu.base.actor import Actor
from qingfu.records.journal.queries import reading
from qingfu.records.monitoring.models import AskedClass, Homework, SchoolClass
from qingfu.records.monitoring.queries.facts import standing_facts
from qingfu.records.monitoring.queries.judging import violations
from qingfu.records.monitoring.queries.limits import limits_in_force
from qingfu.records.monitoring.queries.terms import TermView
from qingfu.records.plans.queries import InForce, sees_all
from qingfu.rules.findings import Cell
from qingfu.rules.nodes import Limit

TAIL = 0.025
STEPS = 60


@dataclass(frozen=True)
class Estimate:
    """One stage under one limit: `asked` class-days, of which `told` reported and `over` broke the limit.

    `low` and `high` bound the share that breaks it, from 0 to 1.
    """

    stage: str
    limit: Limit
    asked: int
    told: int
    over: int
    low: float
    high: float


def estimates(actor: Actor, *, plan: InForce, term: TermView, on: date) -> tuple[Estimate, ...]:
    """For each homework limit in force on a day, by class and day, and each stage asked, the share that breaks it."""
    with reading(actor):
        if not sees_all(actor, plan):
            return ()
        rules = [one for one in limits_in_force(actor, plan, on=on) if _by_day(one)]
        grades = dict(SchoolClass.objects.filter(year=term.year).values_list("id", "grade"))
        days = (term.from_on, term.until_on)
        asked = set(AskedClass.objects.filter(day__range=days).values_list("school_class_id", "day"))
        told = asked & set(
            Homework.objects.filter(replaced_by=None, day__range=days).values_list("school_class_id", "day").distinct()
        )
        over: dict[str, set[tuple[int, date]]] = {}
        with standing_facts(actor, term) as ask:
            for one in violations(ask, rules):
                over.setdefault(one.limit, set()).add(_place(rules, one.limit, one.keys))
        return tuple(
            _estimate(stage, rule, grades, asked, told, over.get(rule.name, set()))
            for rule in rules
            for stage in _stages(rule, grades, asked)
        )


def _by_day(limit: Limit) -> bool:
    return limit.table == "homework" and set(limit.per) == {"class", "day"}


def _place(rules: list[Limit], name: str, keys: tuple[Cell, ...]) -> tuple[int, date]:
    cells = dict(zip(next(one.per for one in rules if one.name == name), keys, strict=True))
    day = cells["day"]
    assert isinstance(day, date)  # noqa: S101 # the grain of the limit
    return int(str(cells["class"])), day


def _stages(rule: Limit, grades: dict[int, str], asked: set[tuple[int, date]]) -> list[str]:
    """The stages that were asked and that the limit bounds."""
    found = {grades[of] for of, _ in asked if of in grades}
    return sorted({grade[0] for grade in found if rule.bound.of(grade, None) is not None}, key="PJS".index)


def _estimate(
    stage: str, rule: Limit, grades: dict[int, str], asked: set[tuple[int, date]], told: set[tuple[int, date]],
    over: set[tuple[int, date]],
) -> Estimate:  # fmt: skip
    def of_stage(some: set[tuple[int, date]]) -> int:
        return sum(grades.get(of, " ")[0] == stage for of, _ in some)

    n, m, x = of_stage(asked), of_stage(told), of_stage({one for one in told if one in over})
    low, high = interval(x, m, n - m)
    return Estimate(stage, rule, n, m, x, low, high)


def interval(over: int, told: int, silent: int) -> tuple[float, float]:
    """The bounds of the share: `over` of `told` break it, `silent` were asked and did not tell."""
    n = told + silent
    if n == 0:
        return 0.0, 1.0
    most = over + silent
    low = 0.0 if over == 0 else _solve(lambda p: 1 - _below(over - 1, n, p) - TAIL)
    high = 1.0 if most == n else _solve(lambda p: TAIL - _below(most, n, p))
    return low, high


def _solve(rising: Callable[[float], float]) -> float:
    """Where a rising function of a share passes zero, by halving."""
    low, high = 0.0, 1.0
    for _ in range(STEPS):
        middle = (low + high) / 2
        if rising(middle) < 0:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _below(most: int, n: int, p: float) -> float:
    """The chance of at most so many among n, each with chance p."""
    if p <= 0 or p >= 1:
        return 1.0 if p <= 0 or most >= n else 0.0
    return min(1.0, sum(exp(_choose(n, k) + k * log(p) + (n - k) * log1p(-p)) for k in range(most + 1)))


def _choose(n: int, k: int) -> float:
    return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)
