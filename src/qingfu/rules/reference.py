"""Reference: the slow, obvious evaluator. What it finds is what a limit means; the engines must agree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import cast

from qingfu.rules.findings import Cell, Finding
from qingfu.rules.nodes import Condition, Limit, is_of_class
from qingfu.rules.tables import BROUGHT, BY_NAME, CLASSES
from qingfu.rules.truth import NEEDS_A_CELL, Verdict, verdict

Entry = Mapping[str, object]
Data = Mapping[str, Sequence[Entry]]


def judge(limits: Iterable[Limit], data: Data) -> list[Finding]:
    """All findings of the limits over the data: table name → rows, a missing cell being None or absent."""
    found = [finding for limit in limits for finding in _judge(limit, data)]
    return sorted(found, key=Finding.order)


def stands(limit: Limit, data: Data) -> Finding | None:
    """How the group stands that is the only one the data holds, compliant or not; None where no bound is set for it."""
    return next(_groups(limit, data), None)


def _judge(limit: Limit, data: Data) -> Iterator[Finding]:
    return (one for one in _groups(limit, data) if one.verdict is not Verdict.COMPLIANT)


def _groups(limit: Limit, data: Data) -> Iterator[Finding]:
    groups: dict[tuple[Cell, ...], list[Entry]] = {}
    for row in _rows(limit.table, data, brought=is_of_class(limit)):
        groups.setdefault(_keys(limit, row), []).append(row)
    if limit.expects:
        of_class = [one for one in limit.where if one.column in BROUGHT]
        for row in _rows(limit.expects, data, brought=True):
            if meets(of_class, row) is not False:
                groups.setdefault(_keys(limit, row), [])
    classes = {row["class"]: row for row in data.get(CLASSES, ())}
    for keys, rows in groups.items():
        named = dict(zip(limit.per, keys, strict=True))
        known: Entry = classes.get(named["class"], {}) if "class" in named else named
        finding = _finding(limit, keys, rows, known)
        if finding is not None:
            yield finding


def _rows(table: str, data: Data, *, brought: bool) -> Iterator[Entry]:
    """The rows of a table, with what their class brings along."""
    classes = {row["class"]: row for row in data.get(CLASSES, ())}
    for row in data.get(table, ()):
        if brought and BY_NAME[table].has_class:
            known = classes.get(row["class"], {})
            yield {**{name: known.get(name) for name in BROUGHT}, **row}
        else:
            yield row


def _keys(limit: Limit, row: Entry) -> tuple[Cell, ...]:
    return tuple(cast(Cell, row.get(column)) for column in limit.per)


def _finding(limit: Limit, keys: tuple[Cell, ...], rows: Sequence[Entry], known: Entry) -> Finding | None:
    grade, place = cast("str | None", known.get("grade")), cast("str | None", known.get("place"))
    told = not limit.bound.by_grade or (grade is not None and (place is not None or not limit.bound.by_place))
    bound = limit.bound.of(grade, place) if told else None
    if told and bound is None:
        return None
    if not rows:
        return Finding(limit.name, keys, Verdict.NOT_REPORTED, None, 0, 0, bound)
    value, counted, missing = _measured(limit, rows)
    if bound is None:
        return Finding(limit.name, keys, Verdict.NOT_REPORTED, value, counted, missing, bound)
    slack = limit.tolerance if limit.bound.side == "at-most" else -limit.tolerance
    judged = verdict(
        limit.measure.does, limit.bound.side, value=value, counted=counted, missing=missing, bound=bound + slack
    )
    return Finding(limit.name, keys, judged, value, counted, missing, bound)


def _measured(limit: Limit, rows: Sequence[Entry]) -> tuple[int | None, int, int]:
    """The value of the known cells, how many they are, how many are missing."""
    taken = [(row, meets(limit.where, row)) for row in rows]
    does, column = limit.measure.does, limit.measure.column
    sure = [row for row, holds in taken if holds]
    doubtful = sum(holds is None for _, holds in taken)
    if limit.measure.among and not any(meets(limit.measure.among, row) for row in rows):
        doubtful += 1
    if does == "count":
        return len(sure), len(sure), doubtful
    if does == "differing":
        return _differing(limit, sure, doubtful)
    cells = [row.get(cast(str, column)) for row in sure]
    full = [cell for cell in cells if cell is not None]
    missing = doubtful + len(cells) - len(full)
    return _value(limit, full), len(full), missing


def _value(limit: Limit, cells: list[object]) -> int | None:
    does = limit.measure.does
    if does == "distinct":
        return len(set(cells))
    if does == "gap":
        days = sorted({cast(date, cell) for cell in cells})
        return min(((after - before).days for before, after in pairwise(days)), default=None)
    numbers = [int(cast(int, cell)) for cell in cells]
    if does in NEEDS_A_CELL and not numbers:
        return None
    return {"most": max, "least": min}.get(does, sum)(numbers)


def _differing(limit: Limit, rows: list[Entry], doubtful: int) -> tuple[int | None, int, int]:
    """In how many places two records differ; a record that is not there at all is missing as a whole."""
    compared = limit.measure.compared
    assert compared is not None, "a differing measure compares"  # noqa: S101 # the parser made it so
    sides: dict[object, dict[tuple[object, ...], int]] = {compared.one: {}, compared.other: {}}
    holes: list[tuple[object, ...]] = []
    for row in rows:
        side = sides.get(row[compared.column])
        if side is None:
            continue
        place, amount = tuple(row[name] for name in compared.by), row.get(compared.of)
        side[place] = side.get(place, 0) + int(cast(int, amount or 0))
        if amount is None:
            holes.append(place)
    one, other = sides.values()
    missing = doubtful + len(holes) + (not one) + (not other)
    if not one or not other:
        return None, 0, missing
    sound = (set(one) | set(other)) - set(holes)
    return sum(one.get(place, 0) != other.get(place, 0) for place in sound), len(sound), missing


def meets(where: Iterable[Condition], row: Entry) -> bool | None:
    """Whether all conditions hold: one that fails decides, one that cannot be told leaves the rest in doubt."""
    answers = [_holds(one, row.get(one.column)) for one in where]
    if False in answers:
        return False
    return None if None in answers else True


def _holds(condition: Condition, cell: object) -> bool | None:
    if cell is None:
        return None
    if condition.test == "in":
        return cell in condition.values
    edge = cast(int, condition.values[0])
    return cast(int, cell) >= edge if condition.test == "at-least" else cast(int, cell) <= edge
