"""Ordered: a further evaluator for far more rows than a county has, which uses the order they come in.

Reports arrive day by day, so the rows of one group stand together and can be added up in one pass over the
file, without a hash table. It is admitted by name because it must agree with the reference; where the order
does not hold, or a limit asks for more than sums and counts, it does nothing and SQL judges instead.

Needs the extra ``province`` (numpy, nanoarrow).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, permutations
from typing import TYPE_CHECKING, Any

from qingfu.rules import chunks
from qingfu.rules.chunks import OutOfOrder, Summed
from qingfu.rules.passes import Pass
from qingfu.rules.sql import brought, class_edges, edge_columns, edge_constant, name
from qingfu.rules.tables import BY_NAME
from qingfu.rules.truth import BY_ONE

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection
    from numpy.typing import NDArray

BUFFER = "32MB"
AT_ONCE = 200_000


def fits(one: Pass) -> bool:
    """Whether a pass asks for nothing but sums, means and counts of plain facts, in groups of its own keys."""
    table = BY_NAME[one.table]
    keys = [table.column(column) for column in one.per]
    own = all(key is not None and key.kind in ("key", "day") for key in keys)
    by_constant = one.by_class or not any(judged.limit.bound.by_grade for judged in one.judged)
    return own and by_constant and all(_plain(tally) for tally in one.tallies)


def _plain(tally: Any) -> bool:
    does, where = tally.measure.does, tally.where
    if tally.measure.among:
        return False
    if does in ("sum", "mean"):
        return not where
    return does == "count" and len(where) == 1 and where[0].test == "in" and where[0].values == (True,)


def order_of(connection: DuckDBPyConnection, one: Pass, file: str) -> tuple[str, ...] | None:
    """The order of keys the file seems to be sorted by, told from its row groups alone; None where there is none."""
    asked = (
        "SELECT stats_min_value, stats_max_value FROM parquet_metadata(?)"
        " WHERE path_in_schema = ? ORDER BY file_name, row_group_id"
    )
    for order in permutations(one.per):
        spans = connection.execute(asked, [file, order[0].replace("-", "_")]).fetchall()
        whole = spans and all(low is not None and high is not None for low, high in spans)
        if whole and all(_reads(before[1]) <= _reads(after[0]) for before, after in pairwise(spans)):
            return order
    return None


def _reads(text: str) -> tuple[int, str]:
    """Statistics come as text; numbers must not be compared as such."""
    return (int(text), "") if text.lstrip("-").isdigit() else (0, text)


@dataclass(frozen=True)
class _Edges:
    """The strictest bounds of each tally, by the place of a class; the last place is for classes nobody knows."""

    columns: list[tuple[int, str]]
    classes: NDArray[Any]
    values: list[NDArray[Any]]
    untold: NDArray[Any]
    places: NDArray[Any] | None

    def of(self, classes: NDArray[Any]) -> tuple[list[NDArray[Any]], NDArray[Any]]:
        """For each edge its bound, group by group; and for which groups nobody knows which bound is meant."""
        import numpy as np

        if self.places is None:
            places = np.searchsorted(self.classes, classes)
            places[places == len(self.classes)] = 0
            places[self.classes[places] != classes] = len(self.classes)
        else:
            inside = np.clip(classes, -1, len(self.places) - 2)
            places = self.places[np.where(inside == classes, inside, -1)]
        return [values[places] for values in self.values], self.untold[places]


def _places(classes: NDArray[Any]) -> NDArray[Any] | None:
    """Class number → its place, where the numbers are dense enough; -1 leads to the last, which is nobody's."""
    import numpy as np

    if not len(classes) or classes[0] < 0 or classes[-1] > 4 * len(classes) + 1_000_000:
        return None
    places = np.full(int(classes[-1]) + 2, len(classes), np.int64)
    places[classes] = np.arange(len(classes))
    return places


def hits(connection: DuckDBPyConnection, one: Pass, order: Sequence[str], table: str) -> bool:
    """Fill ``table`` as the query ``hits`` of the pass would; False, and no table, where the order does not hold."""
    asked = ", ".join(dict.fromkeys([*map(name, order), *(_read(tally) for tally in one.tallies)]))
    connection.execute(f"SET preserve_insertion_order = true; SET streaming_buffer_size = '{BUFFER}'")
    # A stream that is given up half-way would keep its connection busy.
    reader = connection.cursor()
    try:
        edges = _edges(connection, one)
        stream = reader.sql(f"SELECT {asked} FROM {name(one.table)}")
        keeper = _Keeper(connection.cursor(), one, order, table)
        for summed in _groups(stream, one, order):
            keeper.take(_doubtful(one, edges, order, summed))
        keeper.write()
    except OutOfOrder:
        connection.execute(f"DROP TABLE IF EXISTS {table}")
        return False
    finally:
        reader.close()
        connection.execute("SET preserve_insertion_order = false")
    return True


def _read(tally: Any) -> str:
    return name(tally.measure.column or tally.where[0].column)


def _groups(stream: Any, one: Pass, order: Sequence[str]) -> Iterator[Summed]:
    tallies = [("sum" if tally.measure.column else "count", _read(tally).strip('"')) for tally in one.tallies]
    yield from chunks.summed(stream, [name(key).strip('"') for key in order], tallies)


def _edges(connection: DuckDBPyConnection, one: Pass) -> _Edges:
    import numpy as np

    columns = [(index, mark) for index, _, mark in edge_columns(one)]
    constants = [edge_constant(one, index, side) for index, side, _ in edge_columns(one)]
    if not one.by_class:
        values = [np.array([constant], np.int64) for constant in constants]
        return _Edges(columns, np.zeros(1, np.int64), values, np.zeros(2, bool), None)
    held = connection.execute(f"SELECT * FROM ({class_edges(one)}) AS d ORDER BY class").fetchnumpy()
    classes = np.ma.getdata(held["class"])
    if classes.dtype.kind not in "iu":
        raise OutOfOrder
    values = []
    for (index, mark), constant in zip(columns, constants, strict=True):
        # No bound: nothing is above it, nothing below.
        none = np.iinfo(np.int64).max if mark == "u" else np.int64(-1)
        bounds = np.full(len(classes), constant) if constant is not None else held[f"{mark}{index}"]
        values.append(np.append(np.ma.filled(np.ma.asarray(bounds).astype(np.int64), none), none))
    holes = [np.ma.getmaskarray(np.ma.asarray(held[column])) for column in ("grade", "place")[: 1 + one.by_place]]
    untold = np.append(np.logical_or.reduce(holes), True)
    return _Edges(columns, classes, values, untold, _places(classes))


def _doubtful(one: Pass, edges: _Edges, order: Sequence[str], summed: Summed) -> Summed:
    """Only those groups that some limit of the pass may not call compliant; as `sql` decides it."""
    import numpy as np

    size = len(summed.keys[0])
    classes = summed.keys[list(order).index("class")] if one.by_class else np.zeros(size, np.int64)
    bounds, doubt = edges.of(classes)
    for (index, mark), bound in zip(edges.columns, bounds, strict=True):
        does = one.tallies[index].measure.does
        value, counted, missing = summed.tallies[index]
        bounded = bound != (np.iinfo(np.int64).max if mark == "u" else -1)
        edge = np.where(bounded, bound, 0) * (counted + missing) if does == "mean" else bound
        if mark == "l":
            beyond = value < edge
        elif does in BY_ONE:
            beyond = value + missing > edge
        else:
            beyond = (value > edge) | (missing > 0)
        if does == "mean":
            beyond |= counted == 0
        doubt |= beyond & bounded
    return summed.only(np.flatnonzero(doubt))


class _Keeper:
    """Writes what is found into a table, some at a time, so that memory does not grow with the findings."""

    def __init__(self, connection: DuckDBPyConnection, one: Pass, order: Sequence[str], table: str) -> None:
        self.connection, self.one, self.order, self.table = connection, one, order, table
        self.parts: list[Summed] = []
        self.size = 0
        self.made = False

    def take(self, part: Summed) -> None:
        """Keep the groups of a chunk."""
        self.parts.append(part)
        self.size += len(part.keys[0])
        if self.size >= AT_ONCE:
            self.write()

    def write(self) -> None:
        """Write what is kept; at the end this is asked for once more, so that there is a table in any case."""
        verb = f"INSERT INTO {self.table}" if self.made else f"CREATE OR REPLACE TABLE {self.table} AS"
        self.connection.register("found_in_order", self._held())
        self.connection.execute(f"{verb} {_back(self.one)}")
        self.connection.unregister("found_in_order")
        self.parts, self.size, self.made = [], 0, True

    def _held(self) -> dict[str, Any]:
        import numpy as np

        held: dict[str, Any] = {}
        for place, key in enumerate(self.order):
            held[f"k{list(self.one.per).index(key)}"] = chunks.together([part.keys[place] for part in self.parts])
        for index, tally in enumerate(self.one.tallies):
            for which, mark in enumerate("vnm"):
                held[f"{mark}{index}"] = chunks.together([part.tallies[index][which] for part in self.parts])
            if tally.measure.does == "mean":
                held[f"v{index}"] = np.ma.masked_array(held[f"v{index}"], held[f"n{index}"] == 0)
        return held


def _back(one: Pass) -> str:
    """The query that gives arrays the columns of the table of hits."""
    columns = [_key_back(one, place, column) for place, column in enumerate(one.per)]
    marks = [f"{mark}{index}" for index in range(len(one.tallies)) for mark in "vnm"]
    columns += [f"CAST(f.{mark} AS BIGINT) AS {mark}" for mark in marks]
    joined = ""
    if one.by_class:
        columns += [f"d.{column}" for column in brought(one)]
        joined = f" LEFT JOIN ({class_edges(one)}) AS d ON f.k{one.per.index('class')} = d.class"
    return f"SELECT {', '.join(columns)} FROM found_in_order AS f{joined}"


def _key_back(one: Pass, place: int, column: str) -> str:
    known = BY_NAME[one.table].column(column)
    day = known is not None and known.kind == "day"
    cell = f"DATE '1970-01-01' + CAST(f.k{place} AS INTEGER)" if day else f"f.k{place}"
    return f"{cell} AS {name(column)}"
