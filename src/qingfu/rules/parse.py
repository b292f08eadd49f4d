"""Parse: what a pack writes under ``limits`` becomes nodes, or a RuleFault that names the key.

``written`` holds the keys of one limit as the pack writes them, its numbers already plain: a whole number,
a table of them by grades, or None where the bureau has not decided yet.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, cast

from qingfu.base.words import N_, Word
from qingfu.rules.faults import RuleFault, nearest
from qingfu.rules.grades import GRADES, grades_of
from qingfu.rules.nodes import (
    PLACES,
    Bound,
    Compared,
    Condition,
    Does,
    Limit,
    Measure,
    Row,
    Side,
    Value,
    column_named,
    ratio_of,
    table_named,
)
from qingfu.rules.tables import Column, Table

Written = Mapping[str, Any]
SIDES: tuple[Side, ...] = ("at-most", "at-least", "exactly")
WORKS: dict[str, tuple[str, ...]] = {
    "sum": ("whole",),
    "mean": ("whole",),
    "most": ("whole", "clock"),
    "least": ("whole", "clock"),
    "distinct": ("key", "word", "day", "whole"),
}


def limits_of(key: str, written: Written, *, clause: str = "", says: str = "") -> tuple[Limit, ...]:
    """The limits one object of a pack stands for: one, or one for each item of a presence limit.

    Bounds nobody has decided yet are left out, and a limit that has no other is not there. Raises RuleFault.
    """
    shapes = [shape for shape in ("measure", "never", "each", "same", "apart") if written.get(shape)]
    if len(shapes) == 2 and set(shapes) == {"measure", "each"}:
        shapes = ["each"]
    if len(shapes) != 1:
        raise RuleFault("measure", Word(N_("write exactly one of measure, never, each, same and apart")))
    table = table_named(str(written["reads"]))
    common: dict[str, Any] = {
        "id": key, "table": table.name, "per": tuple(written["per"]), "expects": written.get("expects"),
        "clause": clause, "says": says,
    }  # fmt: skip
    made = _SHAPES[shapes[0]](table, written)
    return tuple(Limit(**common, **one) for one in made if one["bound"].rows)


def _measured(table: Table, written: Written) -> list[dict[str, Any]]:
    measure, column = _measure(table, written["measure"])
    sides = [side for side in SIDES if written.get(side) is not None]
    if len(sides) != 1:
        raise RuleFault("at-most", Word(N_("write exactly one of at-most, at-least and exactly")))
    unit = _unit(written)
    ratio = ratio_of(unit, column, table)
    if measure.does == "distinct":
        ratio = 1
    bound = Bound(sides[0], _rows(written[sides[0]], ratio, sides[0]))
    return [_one(table, written, measure, bound, unit, ratio)]


def _never(table: Table, written: Written) -> list[dict[str, Any]]:
    """A forbidden fact: at most no row on which it is true."""
    where = {**(written.get("where") or {}), **written["never"]}
    bound = Bound("at-most", (Row(GRADES, PLACES, 0),))
    return [_one(table, {**written, "where": where}, Measure("count"), bound, table.row_unit, 1)]


def _each(table: Table, written: Written) -> list[dict[str, Any]]:
    """Presence: for each item a measure of its rows, against a bound of its own."""
    column_named(table, written["each"], "each")
    sides: tuple[tuple[str, Side], ...] = (("needs", "at-least"), ("fixes", "exactly"))
    found = [(key, side) for key, side in sides if written.get(key)]
    if len(found) != 1:
        raise RuleFault("needs", Word(N_("write exactly one of needs and fixes")))
    (key, side), unit = found[0], _unit(written)
    measure, column = _measure(table, written.get("measure") or {"count": "rows"})
    measure = replace(measure, among=_conditions(table, written.get("where") or {}))
    ratio = ratio_of(unit, column, table)
    made = []
    for item, bounds in written[key].items():
        where = {**(written.get("where") or {}), written["each"]: item}
        bound = Bound(side, _rows(bounds, ratio, f"{key}.{item}"))
        made.append({**_one(table, {**written, "where": where}, measure, bound, unit, ratio), "item": str(item)})
    return made


def _same(table: Table, written: Written) -> list[dict[str, Any]]:
    """Equality: at most no place in which two records differ."""
    same = written["same"]
    for name in (same["column"], *same["by"]):
        column_named(table, name, "same")
        if name not in table.identity:
            raise RuleFault("same", Word(N_("this column may be empty and cannot be compared by")), name)
    if same["column"] in (*same["by"], *written["per"]):
        raise RuleFault("same.column", Word(N_("the records to compare cannot be told apart inside the groups")))
    _whole(column_named(table, same["of"], "same.of"), "same.of", ("whole",))
    compared = Compared(same["column"], same["one"], same["other"], tuple(same["by"]), same["of"])
    bound = Bound("at-most", (Row(GRADES, PLACES, 0),))
    measure = Measure("differing", compared=compared)
    return [_one(table, written, measure, bound, table.row_unit, 1)]


def _apart(table: Table, written: Written) -> list[dict[str, Any]]:
    """Distance: at least so many days between two days on which something was."""
    _whole(column_named(table, written["apart"], "apart"), "apart", ("day",))
    if written.get("at-least") is None:
        raise RuleFault("at-least", Word(N_("write how far apart")))
    bound = Bound("at-least", _rows(written["at-least"], 1, "at-least"))
    return [_one(table, written, Measure("gap", written["apart"]), bound, "day", 1)]


_SHAPES = {"measure": _measured, "never": _never, "each": _each, "same": _same, "apart": _apart}


def _one(table: Table, written: Written, measure: Measure, bound: Bound, unit: str, ratio: int) -> dict[str, Any]:
    tolerance = int(written.get("tolerance") or 0)
    if tolerance and bound.side == "exactly":
        raise RuleFault("tolerance", Word(N_("what must be exact has no tolerance")))
    return {
        "where": _conditions(table, written.get("where") or {}),
        "measure": measure, "bound": bound, "unit": unit, "ratio": ratio, "tolerance": tolerance * ratio,
    }  # fmt: skip


def _unit(written: Written) -> str:
    if not written.get("unit"):
        raise RuleFault("unit", Word(N_("the number has no unit")))
    return str(written["unit"])


def _measure(table: Table, written: Written) -> tuple[Measure, Column | None]:
    if len(written) != 1:
        raise RuleFault("measure", Word(N_("write one measure")), " · ".join((*WORKS, "count")))
    ((does, name),) = written.items()
    if does == "count":
        if name != "rows":
            raise RuleFault("measure.count", Word(N_("only rows are counted")), "rows")
        return Measure("count"), None
    if does not in WORKS:
        raise RuleFault("measure", Word(N_("there is no such measure")), nearest(does, (*WORKS, "count")))
    column = column_named(table, name, f"measure.{does}")
    _whole(column, f"measure.{does}", WORKS[does])
    return Measure(cast(Does, does), name), column if does != "distinct" else None


def _whole(column: Column, key: str, kinds: tuple[str, ...]) -> None:
    if column.kind not in kinds:
        raise RuleFault(key, Word(N_("this column cannot be measured so")), " · ".join(kinds))


def _rows(written: object, ratio: int, key: str) -> tuple[Row, ...]:
    """The rows of a bound, in the order written; a later one overrides an earlier one."""
    table = written if isinstance(written, Mapping) else {"*": written}
    return tuple(_row(str(text), value, ratio, key) for text, value in table.items() if value is not None)


def _row(text: str, value: int, ratio: int, key: str) -> Row:
    place, _, range_ = text.rpartition("/")
    grades = grades_of(range_)
    if grades is None:
        raise RuleFault(f"{key}.{text}", Word(N_("there is no such grade")), "P1-2 · P3-6 · J · S1 · village/J · *")
    if place and place not in PLACES:
        raise RuleFault(f"{key}.{text}", Word(N_("there is no such place")), nearest(place, PLACES))
    if value < 0:
        raise RuleFault(f"{key}.{text}", Word(N_("a bound is never negative")))
    return Row(grades, (place,) if place else PLACES, value * ratio, text)


def _conditions(table: Table, where: Written) -> tuple[Condition, ...]:
    return tuple(one for name, value in where.items() for one in _condition(table, str(name), value))


def _condition(table: Table, name: str, value: object) -> list[Condition]:
    column, key = column_named(table, name, "where"), f"where.{name}"
    if isinstance(value, Mapping):
        return [_edge(column, test, edge, key) for test, edge in value.items()]
    values = [value] if not isinstance(value, (list, tuple)) else list(value)
    if name == "grade":
        ranges = [grades_of(str(one)) for one in values]
        if None in ranges:
            raise RuleFault(key, Word(N_("there is no such grade")), "P1-2 · P3-6 · J · S1")
        values = [grade for found in ranges for grade in cast("tuple[str, ...]", found)]
    return [Condition(name, "in", tuple(_value(column, one, key) for one in values))]


def _edge(column: Column, test: str, edge: object, key: str) -> Condition:
    if test not in ("at-least", "at-most"):
        raise RuleFault(f"{key}.{test}", Word(N_("write at-least or at-most")))
    _whole(column, key, ("whole", "clock"))
    if isinstance(edge, bool) or not isinstance(edge, int):
        raise RuleFault(f"{key}.{test}", Word(N_("write a whole number")))
    return Condition(column.name, "at-least" if test == "at-least" else "at-most", (edge,))


def _value(column: Column, value: object, key: str) -> Value:
    """A cell as the column holds it; raises RuleFault where the column never could."""
    if column.kind == "yes-no" and not isinstance(value, bool):
        raise RuleFault(key, Word(N_("write true or false")))
    if column.kind in ("whole", "clock") and (isinstance(value, bool) or not isinstance(value, int)):
        raise RuleFault(key, Word(N_("write a whole number")))
    if column.kind in ("key", "word", "day") and not isinstance(value, str):
        raise RuleFault(key, Word(N_("write a word in quotes")))
    if column.among and value not in column.among:
        raise RuleFault(key, Word(N_("this never stands in the column")), nearest(str(value), column.among))
    return cast(Value, value)
