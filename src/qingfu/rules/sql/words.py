"""Words: names, values, conditions and rows, as every query of a pass writes them."""

from __future__ import annotations

from collections.abc import Sequence

from qingfu.rules.nodes import Condition, Value
from qingfu.rules.tables import BROUGHT, BY_NAME, CLASSES


def name(word: str) -> str:
    """A table or column of the rule language as SQL knows it, quoted."""
    return '"' + word.replace("-", "_") + '"'


def literal(value: Value) -> str:
    """A value as SQL writes it."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return str(value) if isinstance(value, int) else "'" + value.replace("'", "''") + "'"


def among(column: str, values: Sequence[Value]) -> str:
    """Whether a column holds one of the values."""
    return f"{column} IN ({', '.join(map(literal, values))})"


def columns_of(per: Sequence[str], prefix: str = "") -> str:
    """Columns, separated by commas."""
    return ", ".join(f"{prefix}{name(column)}" for column in per)


def rows_of(table: str, *, brought: bool) -> str:
    """A table, with what its class brings along where that is asked for."""
    if not brought or not BY_NAME[table].has_class:
        return f"{name(table)} AS r"
    taken = ", ".join(f"c.{name(column)}" for column in BROUGHT)
    return f"(SELECT t.*, {taken} FROM {name(table)} AS t LEFT JOIN {name(CLASSES)} AS c ON t.class = c.class) AS r"


def holding(where: Sequence[Condition]) -> str:
    """The conditions; SQL's AND over unknowns is the one the language means."""
    return _holds(where[0]) if len(where) == 1 else " AND ".join(f"({_holds(one)})" for one in where)


def _holds(one: Condition) -> str:
    if one.test == "in":
        if len(one.values) == 1 and isinstance(one.values[0], bool):
            # Bare, so that an engine that knows no cell to be empty need not count the full ones.
            return name(one.column) if one.values[0] else f"NOT {name(one.column)}"
        if len(one.values) == 1:
            return f"{name(one.column)} = {literal(one.values[0])}"
        return among(name(one.column), one.values)
    return f"{name(one.column)} {'>=' if one.test == 'at-least' else '<='} {literal(one.values[0])}"
