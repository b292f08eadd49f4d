"""Nodes: the typed, frozen words of a limit.

A node checks itself when it is made and raises RuleFault, which names the key it stands behind.
What a limit compares is always a whole number; a mean is compared as sum against bound times count.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from qingfu.base.words import N_, Word
from qingfu.rules.faults import RuleFault, nearest
from qingfu.rules.grades import GRADES
from qingfu.rules.tables import BROUGHT, BY_NAME, CLASSES, RATIOS, Column, Table, known_column

Value = str | int | bool
Test = Literal["in", "at-least", "at-most"]
Does = Literal["sum", "mean", "most", "least", "distinct", "count", "differing", "gap"]
Side = Literal["at-most", "at-least", "exactly"]

PLACES = ("town", "village")


@dataclass(frozen=True)
class Condition:
    """One condition on a row. An empty cell makes it neither true nor false."""

    column: str
    test: Test
    values: tuple[Value, ...]


@dataclass(frozen=True)
class Row:
    """One row of a table of bounds: the grades and places it is for, and the bound in the column's unit."""

    grades: tuple[str, ...]
    places: tuple[str, ...]
    bound: int
    written: str = "*"

    def meets(self, grade: str, place: str | None) -> bool:
        """Whether the row is for this grade and place."""
        return grade in self.grades and (self.places == PLACES or place in self.places)


@dataclass(frozen=True)
class Bound:
    """How far a value may go: the last row that meets the class decides; no row, no bound."""

    side: Side
    rows: tuple[Row, ...]

    @cached_property
    def by_grade(self) -> bool:
        """Whether the grade must be known to know the bound."""
        return any(row.grades != GRADES for row in self.rows) or self.by_place

    @cached_property
    def by_place(self) -> bool:
        """Whether the place must be known too."""
        return any(row.places != PLACES for row in self.rows)

    @cached_property
    def by_class(self) -> Mapping[tuple[str, str], int]:
        """The bound of every grade and place that has one."""
        places = [(grade, place, self.of(grade, place)) for grade in GRADES for place in PLACES]
        return {(grade, place): bound for grade, place, bound in places if bound is not None}

    def of(self, grade: str | None, place: str | None) -> int | None:
        """The bound for a class; None where the plan sets none. Asked only when what must be known is known."""
        if not self.by_grade:
            return self.rows[-1].bound
        found = [row.bound for row in self.rows if grade is not None and row.meets(grade, place)]
        return found[-1] if found else None


@dataclass(frozen=True)
class Compared:
    """Two records that must be equal: rows are told apart by ``column``, matched by ``by``, counted in ``of``."""

    column: str
    one: str
    other: str
    by: tuple[str, ...]
    of: str


@dataclass(frozen=True)
class Measure:
    """What is measured over the rows of one group; ``count`` counts rows and names no column.

    ``among``: a group without any row that meets these is missing a record, not an item of it.
    """

    does: Does
    column: str | None = None
    compared: Compared | None = None
    among: tuple[Condition, ...] = ()


@dataclass(frozen=True)
class Limit:
    """A limit that can be judged: for each group of rows, one measure against one bound.

    ``id`` and ``item`` name it (an item is one subject of a presence limit); ``unit`` is how the office
    writes the bound, ``ratio`` how many of the column's units one of it holds; ``tolerance`` is in the
    column's unit. ``expects`` names the table whose groups must have been reported.
    """

    id: str
    table: str
    where: tuple[Condition, ...]
    per: tuple[str, ...]
    measure: Measure
    bound: Bound
    unit: str
    ratio: int = 1
    tolerance: int = 0
    expects: str | None = None
    item: str | None = None
    clause: str = ""
    says: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        table = table_named(self.table)
        for column in self.per:
            group_column(table, column)
        for condition in self.where:
            column_named(table, condition.column, "where")
        self._fixes_the_grade(table)
        if self.expects is not None:
            self._can_expect()

    def _fixes_the_grade(self, table: Table) -> None:
        """A bound by grade needs a group whose grade is one."""
        fixed = "class" in self.per or ("grade" in self.per and (not self.bound.by_place or "place" in self.per))
        if self.bound.by_grade and not fixed:
            raise RuleFault(
                "per",
                Word(N_("the bound depends on the grade, and a group may hold several")),
                "[class, …]" if table.column("class") else "[grade, …]",
            )

    def _can_expect(self) -> None:
        expected = table_named(self.expects or "", "expects")
        for column in self.per:
            if known_column(expected, column) is None:
                raise RuleFault("expects", Word(N_("this table does not know the groups of the limit")), column)

    @property
    def name(self) -> str:
        """The id, with the item behind a slash where there is one."""
        return f"{self.id}/{self.item}" if self.item else self.id


def table_named(name: str, key: str = "reads") -> Table:
    """The table of that name; raises RuleFault."""
    if name not in BY_NAME:
        raise RuleFault(key, Word(N_("there is no such table")), nearest(name, BY_NAME))
    return BY_NAME[name]


def column_named(table: Table, name: str, key: str) -> Column:
    """A column of the table or of its class; raises RuleFault."""
    found = known_column(table, name)
    if found is None:
        known = [one.name for one in table.columns] + (list(BROUGHT) if table.has_class else [])
        raise RuleFault(key, Word(N_("the table has no such column")), nearest(name, known))
    return found


def group_column(table: Table, name: str) -> Column:
    """A column that groups can be made by: never empty in the table, or brought by the class; raises RuleFault."""
    found = column_named(table, name, "per")
    if name not in table.identity and name not in BROUGHT and found.kind not in ("key", "day"):
        raise RuleFault("per", Word(N_("this column may be empty and cannot make groups")), ", ".join(table.identity))
    return found


def ratio_of(unit: str, column: Column | None, table: Table, key: str = "unit") -> int:
    """How many of the column's units one ``unit`` holds; raises RuleFault where the units do not fit."""
    own = table.row_unit if column is None else ("clock" if column.kind == "clock" else column.unit)
    if own is None or unit == own:
        return 1
    if (unit, own) in RATIOS:
        return RATIOS[unit, own]
    raise RuleFault(key, Word(N_("the unit does not fit what is measured")), own)


def is_of_class(limit: Limit) -> bool:
    """Whether judging needs the table of classes: for the bound, the grouping or a condition."""
    table = BY_NAME[limit.table]
    if table.name == CLASSES:
        return False
    named = {*limit.per, *(one.column for one in limit.where)}
    return limit.bound.by_grade or any(table.column(one) is None for one in named)
