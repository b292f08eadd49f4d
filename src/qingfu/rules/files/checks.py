"""Checks: every test of a table in one reading of it, and examples only of what failed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from qingfu.base.errors import DataFault, NotChecked, RowTwice

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

EXAMPLES = 20
# Above, remembering every row to see whether one stands there twice takes more memory than a laptop gives.
DUPLICATES_UP_TO = 5_000_000


@dataclass(frozen=True)
class Check:
    """One test of one column: ``test`` is true of the rows at fault, ``shown`` is the cell as text."""

    heading: str
    test: str
    shown: str
    fault: type[DataFault]
    facts: Mapping[str, Any] = field(default_factory=dict)
    instead: Callable[[str], str | None] = lambda text: None


@dataclass(frozen=True)
class Relation:
    """Rows to test: what stands after FROM, with a column ``row``; ``row_of`` maps its numbers to a spreadsheet's."""

    connection: DuckDBPyConnection
    source: str
    file: str
    row_of: Callable[[Iterable[int]], Mapping[int, int]]

    def failed(self, checks: Sequence[Check]) -> list[DataFault]:
        """The faults of all checks: examples of each, the last saying how many more there are."""
        if not checks:
            return []
        counts = ", ".join(f"count(*) FILTER (WHERE {one.test})" for one in checks)
        found = self.connection.execute(f"SELECT {counts} FROM {self.source}").fetchone() or ()
        pairs = [(one, count) for one, count in zip(checks, found, strict=True) if count]
        return [fault for one, count in pairs for fault in self._examples(one, count)]

    def _examples(self, check: Check, count: int) -> list[DataFault]:
        asked = f'SELECT "row", {check.shown} FROM {self.source} WHERE {check.test} ORDER BY "row" LIMIT {EXAMPLES}'
        rows = self.connection.execute(asked).fetchall()
        places = self.row_of([row for row, _ in rows])
        return [
            check.fault(
                file=self.file, row=places[row], column=check.heading, value=value,
                instead=check.instead(value) if value is not None else None,
                unsaid=count - len(rows) if at == len(rows) - 1 else 0, **check.facts,
            )
            for at, (row, value) in enumerate(rows)
        ]  # fmt: skip

    def repeated(self, keys: Sequence[str], headings: Sequence[str], rows: int) -> tuple[list[DataFault], bool]:
        """Rows whose keys stand there before; False as second where there are too many to see."""
        if rows > DUPLICATES_UP_TO:
            return [], False
        listed, told = ", ".join(keys), " AND ".join(f"{key} IS NOT NULL" for key in keys)
        # Other hashes are other rows, and cost a third; only where some are alike the rows themselves are asked.
        alone = f"SELECT count(*) = count(DISTINCT hash({listed})) FROM {self.source} WHERE {told}"
        if (self.connection.execute(alone).fetchone() or (False,))[0]:
            return [], True
        twice = (
            f'SELECT {listed}, min("row") AS one, max("row") AS other, count(*) - 1 AS more FROM {self.source}'
            f" WHERE {told} GROUP BY {listed} HAVING count(*) > 1"
        )
        total = f"SELECT *, sum(more) OVER () AS total FROM ({twice}) ORDER BY other LIMIT {EXAMPLES}"
        found = self.connection.execute(total).fetchall()
        places = self.row_of([number for row in found for number in row[len(keys) : len(keys) + 2]])
        faults: list[DataFault] = []
        for at, (*cells, one, other, _, all_) in enumerate(found):
            value = " · ".join(str(cell) for cell in cells)
            unsaid = int(all_) - len(found) if at == len(found) - 1 else 0
            faults.append(
                RowTwice(
                    file=self.file, row=places[other], other=places[one], value=value, unsaid=unsaid,
                    columns=tuple(headings),
                )
            )  # fmt: skip
        return faults, True


def not_checked(file: str, rows: int) -> NotChecked:
    """The note that a file is too long to be searched for repeated rows."""
    return NotChecked(file=file, rows=rows, most=DUPLICATES_UP_TO)
