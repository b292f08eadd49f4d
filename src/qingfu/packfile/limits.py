"""Limits of a pack as the rule language takes them."""

from __future__ import annotations

from collections.abc import Mapping

from qingfu.packfile.words.limits import Limit, Test, whole
from qingfu.packfile.words.pack import Pack
from qingfu.packfile.words.word import Quantity
from qingfu.rules import nodes
from qingfu.rules.parse import limits_of
from qingfu.rules.tables import BY_NAME, Column, known_column


def rules_of(pack: Pack) -> tuple[nodes.Limit, ...]:
    """All limits that can be judged, in the order of the pack; bounds still blank are left out."""
    return tuple(rule for key, limit in pack.limits.items() for rule in rules_of_one(key, limit))


def rules_of_one(key: str, limit: Limit) -> tuple[nodes.Limit, ...]:
    """What one object of the pack stands for; raises RuleFault."""
    return limits_of(key, written(limit), clause="、".join(limit.clause), says=limit.says)


def written(limit: Limit) -> dict[str, object]:
    """The keys of a limit as the pack writes them, each quantity as its plain number, each cell as its column holds it.

    A cell that its column cannot hold stays text, for the rule language to refuse.
    """
    said = {(field.alias or name): getattr(limit, name) for name, field in type(limit).model_fields.items()}
    plain = {key: _plain(value) for key, value in said.items() if value is not None}
    # A bound that is still blank is there: as a table in which no row decides.
    plain |= {key: {"*": None} for key, value in said.items() if isinstance(value, Quantity) and value.is_open}
    plain |= {key: _cells(limit.reads, said[key]) for key in ("where", "never") if said[key]}
    if limit.same is not None:
        plain["same"] = limit.same.model_dump()
    return plain


def _plain(value: object) -> object:
    if isinstance(value, Quantity):
        return value.value
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items()}
    return value


def _cells(table: str, tests: Mapping[str, Test]) -> dict[str, object]:
    known = BY_NAME.get(table)
    return {name: _cell(known_column(known, name) if known else None, test) for name, test in tests.items()}


def _cell(column: Column | None, test: Test) -> object:
    if isinstance(test, dict):
        return {edge: _cell(column, value) for edge, value in test.items()}
    if isinstance(test, tuple):
        return [_cell(column, value) for value in test]
    if column is not None and column.kind == "yes-no":
        return {"true": True, "false": False}.get(test, test)
    number = whole(test) if column is not None and column.kind in ("whole", "clock") else None
    return test if number is None else number


SIDES = ("at-most", "at-least", "exactly")


def with_bound(limit: Limit, bounds: Mapping[str, int]) -> dict[str, object] | None:
    """The keys of a limit with other numbers in its bound, by grades or `*`; None where it has no single bound."""
    plain = written(limit)
    side = next((side for side in SIDES if plain.get(side) is not None), None)
    return None if side is None else {**plain, side: dict(bounds)}


def bounds_of(plain: Mapping[str, object]) -> dict[str, int]:
    """The bound of a limit as `written` gives it: numbers by grades, `*` for one number for all."""
    found = next((plain[side] for side in SIDES if plain.get(side) is not None), {})
    table = found if isinstance(found, dict) else {"*": found}
    return {str(grades): number for grades, number in table.items() if isinstance(number, int)}
