"""Summing up (P17): what a summary starts from, out of the forms handed in below it. Numbers, no judgement."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from qingfu.packfile.words.asks import Form, Item

Content = Mapping[str, Any]


@dataclass(frozen=True)
class Counted:
    """One item of the form below: how many rows, what total, how many said yes; `each` in the order handed in."""

    item: str
    asks: str
    total: int
    each: tuple[int, ...]


def counted(lower: Form, contents: Sequence[Content]) -> tuple[Counted, ...]:
    """Every item that can be counted: rows by their number, numbers by their sum, yes-no by the yeses."""
    found = []
    for item in lower.items:
        if item.answer in ("rows", "number", "yes-no"):
            each = tuple(_count(item, content) for content in contents)
            found.append(Counted(item.id, item.asks, sum(each), each))
    return tuple(found)


def _count(item: Item, content: Content) -> int:
    value = content.get(item.id)
    if item.answer == "rows":
        return len(value or ())
    if item.answer == "number":
        return int(value or 0)
    return 1 if value == "yes" else 0


def start(upper: Form, lower: Form, contents: Sequence[Content]) -> dict[str, Any]:
    """What the summary may start from; whoever hands it in checks and changes it.

    A number that means a count is the number of rows below that mean a problem (or of all rows where none do). Rows
    with the same columns are put one after the other, in the order of `contents`.
    """
    begun: dict[str, Any] = {}
    for item in upper.items:
        if item.answer == "number" and item.means == "count":
            begun[item.id] = sum(_rows(below, contents) for below in _counted_rows(lower))
        elif item.answer == "rows" and (same := _same_rows(item, lower)):
            begun[item.id] = [dict(row) for content in contents for row in content.get(same.id) or ()]
    return begun


def _rows(item: Item, contents: Sequence[Content]) -> int:
    return sum(len(content.get(item.id) or ()) for content in contents)


def _counted_rows(lower: Form) -> Iterator[Item]:
    rows = [item for item in lower.items if item.answer == "rows"]
    problems = [item for item in rows if any(column.means == "problem" for column in item.items)]
    yield from problems or rows


def _same_rows(item: Item, lower: Form) -> Item | None:
    columns = {column.id for column in item.items}
    below = (one for one in lower.items if one.answer == "rows")
    return next((one for one in below if {column.id for column in one.items} == columns), None)
