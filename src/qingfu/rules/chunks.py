"""Chunks: sums and counts of groups that stand together in a stream of Arrow arrays."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from os import environ
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray

# How Arrow names the cells this reads: days since 1970 and whole numbers of every width.
FORMATS = {
    "tdD": "int32", "c": "int8", "C": "uint8", "s": "int16", "S": "uint16",
    "i": "int32", "I": "uint32", "l": "int64", "L": "uint64",
}  # fmt: skip
# Read by the library when it is loaded, and never again.
LINEAR_ALGEBRA = "OPENBLAS_NUM_THREADS"


class OutOfOrder(Exception):
    """The rows of a group do not stand together, or the stream holds something that is no whole number."""


@dataclass(frozen=True)
class Summed:
    """Groups of one chunk: their keys, column by column, and for each tally value, known and missing cells."""

    keys: list[NDArray[Any]]
    tallies: list[tuple[NDArray[Any], NDArray[Any], NDArray[Any]]]

    def only(self, places: NDArray[Any] | slice) -> Summed:
        """Some of the groups."""
        tallies = [(value[places], counted[places], missing[places]) for value, counted, missing in self.tallies]
        return Summed([key[places] for key in self.keys], tallies)


def libraries() -> bool:
    """Bring in numpy and nanoarrow; False where they are not installed.

    numpy's linear algebra, which nobody here asks for, would start a thread for each core. They wait by turning in
    circles, each with memory of its own, while the engine wants the cores.
    """
    if not all(find_spec(library) for library in ("numpy", "nanoarrow")):
        return False
    before = environ.get(LINEAR_ALGEBRA)
    environ.setdefault(LINEAR_ALGEBRA, "1")
    try:
        import nanoarrow  # noqa: F401
        import numpy  # noqa: F401, ICN001
    finally:
        if before is None:
            del environ[LINEAR_ALGEBRA]
    return True


def together(parts: Sequence[NDArray[Any]]) -> NDArray[Any]:
    """One array of several; of none, an empty one."""
    import numpy as np

    return np.concatenate(parts) if parts else np.zeros(0, np.int64)


def summed(stream: Any, keys: Sequence[str], tallies: Sequence[tuple[str, str]]) -> Iterator[Summed]:
    """The groups of a stream, each once, chunk by chunk. ``tallies`` are (sum or count, column).

    Raises OutOfOrder as soon as a group comes after one that should follow it.
    """
    import nanoarrow  # type: ignore[import-untyped,unused-ignore] # the library brings no types

    arrays = nanoarrow.ArrayStream(stream)
    names = [field.name for field in arrays.schema.fields]
    held: Summed | None = None
    for chunk in arrays:
        if len(chunk) == 0:
            continue
        columns = {name: _Column(chunk.child(place), len(chunk)) for place, name in enumerate(names)}
        part = _of_chunk(columns, keys, tallies)
        if held is not None and not _goes_on(held, part):
            yield held
        # The last group may go on in the next chunk.
        held = part.only(slice(-1, None))
        yield part.only(slice(None, -1))
    if held is not None:
        yield held


def _goes_on(held: Summed, part: Summed) -> bool:
    """Whether the group held back goes on as the first of the next part; it is then added to it."""
    before, first = [key[0] for key in held.keys], [key[0] for key in part.keys]
    if before > first:
        raise OutOfOrder
    if before < first:
        return False
    for (value, counted, missing), (more, known, holes) in zip(part.tallies, held.tallies, strict=True):
        value[0] += more[0]
        counted[0] += known[0]
        missing[0] += holes[0]
    return True


@dataclass(frozen=True)
class _Column:
    """One column of a chunk, read where it lies."""

    array: Any
    size: int

    @property
    def numbers(self) -> NDArray[Any]:
        import numpy as np

        kind = FORMATS.get(self.array.schema._c_schema.format)  # noqa: SLF001 # nanoarrow shows the format nowhere else
        if kind is None or self.array.offset:
            raise OutOfOrder
        return np.frombuffer(self.array.buffer(1), dtype=kind)[: self.size]

    @property
    def holes(self) -> NDArray[Any]:
        """The places of empty cells."""
        import numpy as np

        bits = np.frombuffer(self.array.buffer(0), dtype=np.uint8)
        return _set_bits(~bits, self.size) if len(bits) else np.zeros(0, np.int64)

    @property
    def trues(self) -> NDArray[Any]:
        """The places of cells that are true."""
        import numpy as np

        if self.array.schema._c_schema.format != "b" or self.array.offset:  # noqa: SLF001 # as above
            raise OutOfOrder
        bits = np.frombuffer(self.array.buffer(1), dtype=np.uint8)
        known = np.frombuffer(self.array.buffer(0), dtype=np.uint8)
        return _set_bits(bits[: len(known)] & known[: len(bits)] if len(known) else bits, self.size)


def _set_bits(bits: NDArray[Any], size: int) -> NDArray[Any]:
    """The places of the ones in a bitmap that holds mostly noughts."""
    import numpy as np

    bits = bits[: (size + 7) // 8]
    some = np.flatnonzero(bits)
    rows, places = np.nonzero(np.unpackbits(bits[some].reshape(-1, 1), axis=1, bitorder="little"))
    found = some[rows] * 8 + places
    return found[found < size]


def _of_chunk(columns: dict[str, _Column], keys: Sequence[str], tallies: Sequence[tuple[str, str]]) -> Summed:
    import numpy as np

    cells = [columns[key].numbers for key in keys]
    if any(len(columns[key].holes) for key in keys):
        raise OutOfOrder
    size = len(cells[0])
    fresh = np.zeros(size, bool)
    fresh[0] = True
    for cell in reversed(cells):
        fresh[1:] |= cell[1:] != cell[:-1]
    starts = np.flatnonzero(fresh)
    groups = [cell[starts] for cell in cells]
    _check_order(groups)
    sizes = np.diff(starts, append=size)
    return Summed(groups, [_tallied(columns[column], does, starts, sizes) for does, column in tallies])


def _check_order(groups: Sequence[NDArray[Any]]) -> None:
    """Every group comes after the one before, by its first key, then by the next."""
    import numpy as np

    later = np.zeros(len(groups[0]) - 1, bool)
    for key in reversed(groups):
        later = (key[1:] > key[:-1]) | ((key[1:] == key[:-1]) & later)
    if not later.all():
        raise OutOfOrder


def _tallied(
    column: _Column, does: str, starts: NDArray[Any], sizes: NDArray[Any]
) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
    holes = column.holes
    missing = _per_group(holes, starts)
    if does == "count":
        value = _per_group(column.trues, starts)
        return value, value.copy(), missing
    return _sums(column, holes, starts), sizes - missing, missing


def _per_group(places: NDArray[Any], starts: NDArray[Any]) -> NDArray[Any]:
    """How many of some places lie in each group."""
    import numpy as np

    if not len(places):
        return np.zeros(len(starts), np.int64)
    return np.bincount(np.searchsorted(starts, places, "right") - 1, minlength=len(starts))


def _sums(column: _Column, holes: NDArray[Any], starts: NDArray[Any]) -> NDArray[Any]:
    import numpy as np

    cells = column.numbers
    if len(holes):
        cells = cells.copy()
        # What lies in an empty cell is anything.
        cells[holes] = 0
    return np.add.reduceat(cells, starts, dtype=np.int64)
