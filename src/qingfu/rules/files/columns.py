"""Which column of a file is which column of its table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches

from qingfu.base.errors import ColumnMissing, ColumnTwice, ColumnUnknown, DataFault
from qingfu.base.words import Translate, Word
from qingfu.rules.files.folder import plain
from qingfu.rules.nodes import Limit, is_of_class
from qingfu.rules.phrases import short
from qingfu.rules.tables import BROUGHT, BY_NAME, CLASSES, Table

Needs = Mapping[str, Mapping[str, tuple[str, ...]]]


@dataclass
class Placed:
    """For each column found its place among the headings, and what is wrong."""

    places: dict[str, int] = field(default_factory=dict)
    faults: list[DataFault] = field(default_factory=list)
    notes: list[DataFault] = field(default_factory=list)


def needs_of(limits: Iterable[Limit]) -> Needs:
    """For each table the columns that limits need, and which limits they are; the identity is always needed."""
    found: dict[str, dict[str, list[str]]] = {}

    def need(table: str, column: str, limit: Limit) -> None:
        if BY_NAME[table].column(column) is None:
            table = CLASSES
        held = found.setdefault(table, {}).setdefault(column, [])
        if limit.id not in held:
            held.append(limit.id)

    for limit in limits:
        for table, column in _reads(limit):
            need(table, column, limit)
    return {table: {column: tuple(ids) for column, ids in held.items()} for table, held in found.items()}


def _reads(limit: Limit) -> Iterable[tuple[str, str]]:
    compared, tables = limit.measure.compared, [limit.table, *([limit.expects] if limit.expects else [])]
    named = [
        *limit.per,
        *(one.column for one in limit.where),
        *([limit.measure.column] if limit.measure.column else []),
    ]
    if compared:
        named += [compared.column, *compared.by, compared.of]
    yield from ((limit.table, column) for column in named)
    yield from ((limit.expects, column) for column in limit.per if limit.expects)
    yield from ((table, column) for table in tables for column in BY_NAME[table].identity)
    if is_of_class(limit):
        yield CLASSES, "class"
    if limit.bound.by_grade and limit.table != CLASSES:
        yield from ((CLASSES, column) for column in (BROUGHT[1:] if limit.bound.by_place else BROUGHT[1:2]))
    elif limit.bound.by_grade:
        yield from ((CLASSES, column) for column in ("grade", *(("place",) if limit.bound.by_place else ())))


def names_of(table: Table, translate: Translate) -> dict[str, str]:
    """Every name a column may be called by → the column."""
    return {
        plain(name): one.name
        for one in table.columns
        for name in (short(one, translate), translate(one.says), one.name)
    }


def place(
    table: Table,
    headings: Sequence[str],
    file: str,
    needed: Mapping[str, tuple[str, ...]],
    translate: Translate,
) -> Placed:
    """Find the columns of the table among the headings; empty headings are nobody's."""
    called, found = names_of(table, translate), Placed()
    for index, heading in enumerate(headings):
        column = called.get(plain(heading))
        if column in found.places:
            found.faults.append(ColumnTwice(file=file, column=heading))
        elif column is not None:
            found.places[column] = index
        elif heading.strip():
            missing = [one.name for one in table.columns if one.name not in found.places]
            near = get_close_matches(plain(heading), missing, n=1, cutoff=0.7)
            found.notes.append(ColumnUnknown(file=file, column=heading, instead=near[0] if near else None))
    for one in table.columns:
        if one.name in needed and one.name not in found.places:
            limits = needed[one.name]
            found.faults.append(ColumnMissing(file=file, column=one.name, says=Word(one.says), limits=limits))
    return found
