"""How a solver makes a quarter of visits: any answer with loads at their limits; it is not asked for chance."""

from __future__ import annotations

from typing import Any

from benchmarks.draws.intake import Visits

Months = list[list[tuple[int, int]]]
SECONDS, WORKERS = 120.0, 2


def solver(given: Visits) -> Months:
    """CP-SAT; no months where it finds none."""
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    schools, inspectors, months = len(given.schools), len(given.inspectors), range(given.months)
    visit: dict[tuple[int, int, int], Any] = {
        (school, taker, month): model.new_bool_var("")
        for school in range(schools)
        for taker in range(inspectors)
        if given.allowed(school, taker)
        for month in months
    }
    for group in _grouped(visit, 0, 2):
        model.add_exactly_one(group)
    for group in _grouped(visit, 0, 1):
        model.add_at_most_one(group)
    for group in _grouped(visit, 1, 2):
        model.add_linear_constraint(sum(group), schools // inspectors, -(-schools // inspectors))
    total = schools * given.months
    for group in _grouped(visit, 1):
        model.add_linear_constraint(sum(group), total // inspectors, -(-total // inspectors))
    search: Any = cp_model.CpSolver()
    search.parameters.max_time_in_seconds, search.parameters.num_workers = SECONDS, WORKERS
    if search.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return []
    made = [key for key, one in visit.items() if search.value(one)]
    return [[(key[0], key[1]) for key in made if key[2] == month] for month in months]


def _grouped(visit: dict[tuple[int, int, int], Any], *parts: int) -> list[list[Any]]:
    found: dict[tuple[int, ...], list[Any]] = {}
    for key, one in visit.items():
        found.setdefault(tuple(key[part] for part in parts), []).append(one)
    return list(found.values())
