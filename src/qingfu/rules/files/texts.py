"""CSV: text of unknown encoding, checked cell by cell before it becomes a table."""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import nullcontext
from io import IncrementalNewlineDecoder
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qingfu.base.errors import (
    DataFault,
    DataHeader,
    DataHeaderMissing,
    DataUnreadable,
    Excess,
    FailedFormula,
    KeyEmpty,
    Negative,
    NotAClock,
    NotADay,
    NotAmong,
    NotANumber,
    NotYesNo,
    ReadAs,
    RowBroken,
)
from qingfu.base.words import N_, Translate, Word, translator
from qingfu.rules.files import instead
from qingfu.rules.files.checks import EXAMPLES, Check, Relation
from qingfu.rules.files.columns import names_of
from qingfu.rules.files.folder import plain
from qingfu.rules.phrases import word_called
from qingfu.rules.sql import literal
from qingfu.rules.tables import Column, Table

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

NOT_TEXT, NO_ENCODING = N_("it is no plain text"), N_("it is neither UTF-8 nor GB18030")
NO_COMMAS, BROKEN = N_("its cells are not separated by commas"), N_("a quotation mark is not closed")
ENCODINGS = (("utf-8-sig", "UTF-8"), ("gb18030", "GB18030"))
# How far down the names of the columns are looked for.
TITLES = 10
_BLOCK = 1 << 20
_BLANKS = " \t\r\n\u3000\u00a0\ufeff"
YES, NO = ("true", "yes", "y", "t", "1", "是", "有"), ("false", "no", "n", "f", "0", "否", "无")
_FORMULA = r"^(=.+|#(REF|N/A|DIV/0|VALUE|NAME|NULL|NUM|SPILL|CALC)[!?]?)$"
_TAKES: dict[str, tuple[str, type[DataFault]]] = {
    "whole": (r"^\d{1,9}$", NotANumber),
    "day": (r"^\d{4}-\d{2}-\d{2}$", NotADay),
    "clock": (r"^([01]?\d|2[0-3]):[0-5]\d(:00)?$", NotAClock),
}
_LINE = re.compile(r"Line: (\d+)")


class Unreadable(Exception):
    """A file that cannot become rows; carries the faults."""

    def __init__(self, *faults: DataFault) -> None:
        super().__init__(*faults)
        self.faults = faults


def as_utf8(path: Path, copies: Path) -> tuple[Path, list[DataFault]]:
    """The file, or a copy of it in UTF-8 with one kind of line ends, and the note on it; raises Unreadable."""
    for encoding, name in ENCODINGS:
        try:
            alike = _decoded(path, encoding)
        except UnicodeDecodeError:
            continue
        if alike and name == "UTF-8":
            return path, []
        copy = copies / f"{path.stem}.csv"
        _decoded(path, encoding, copy)
        return copy, [] if name == "UTF-8" else [ReadAs(file=path.name, encoding=name)]
    raise Unreadable(DataUnreadable(file=path.name, problem=Word(NO_ENCODING)))


def _decoded(path: Path, encoding: str, copy: Path | None = None) -> bool:
    """Read the whole file as text, and write it anew where ``copy`` is given; whether its line ends are all alike."""
    decoder = IncrementalNewlineDecoder(codecs.getincrementaldecoder(encoding)(), translate=True)
    marks = 0
    with path.open("rb") as source, copy.open("w", encoding="utf-8", newline="") if copy else nullcontext() as target:
        while block := source.read(_BLOCK):
            if b"\0" in block:
                raise Unreadable(DataUnreadable(file=path.name, problem=Word(NOT_TEXT)))
            text = decoder.decode(block)
            marks += text.count('"')
            if target:
                target.write(text)
        rest = decoder.decode(b"", final=True)
        if target:
            target.write(rest)
    if marks % 2:
        raise Unreadable(DataUnreadable(file=path.name, row=_odd(path, encoding), problem=Word(BROKEN)))
    return not isinstance(decoder.newlines, tuple)


def _odd(path: Path, encoding: str) -> int:
    """The first line with a quotation mark that is not closed on it."""
    with path.open(encoding=encoding) as opened:
        return next((row for row, line in enumerate(opened, start=1) if line.count('"') % 2), 0)


def header(path: Path, shown: str, table: Table, translate: Translate) -> list[str]:
    """The headings in the first row; raises Unreadable where the names stand elsewhere or nowhere."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as opened:
            first = list(islice(csv.reader(opened), TITLES))
    except csv.Error:
        raise Unreadable(DataUnreadable(file=shown, problem=Word(BROKEN))) from None
    called = names_of(table, translate)
    known = [sum(plain(cell) in called for cell in row) for row in first]
    best = max(known)
    if known[0] >= max(1, min(2, best)):
        return first[0]
    if best:
        raise Unreadable(DataHeader(file=shown, row=1, found=known.index(best) + 1))
    text = first[0][0] if first[0] else ""
    if any(sum(plain(part) in called for part in re.split(sign, text)) > 1 for sign in ("\t", ";", r"\|")):
        raise Unreadable(DataUnreadable(file=shown, row=1, problem=Word(NO_COMMAS)))
    columns = ",".join(one.name for one in table.columns)
    raise Unreadable(DataHeaderMissing(file=shown, row=1, columns=columns))


def staged(connection: DuckDBPyConnection, path: Path, shown: str, width: int, name: str) -> Relation:
    """The cells as text, trimmed, empty ones as nothing, rows numbered; raises Unreadable."""
    columns = "{" + ", ".join(f"'c{index}': 'VARCHAR'" for index in range(width)) + "}"
    cells = [f"NULLIF(trim(c{index}, {literal(_BLANKS)}), '') AS c{index}" for index in range(width)]
    some = " OR ".join(f"c{index} IS NOT NULL" for index in range(width))
    read = (
        f"read_csv({literal(str(path))}, auto_detect=false, header=true, delim=',', quote='\"', escape='\"',"
        f" columns={columns}, parallel=false, null_padding=true)"
    )
    numbered = f'SELECT row_number() OVER () AS "row", * FROM {read}'
    import duckdb

    connection.execute("SET preserve_insertion_order = true")
    try:
        connection.execute(
            f'CREATE OR REPLACE TABLE {name} AS SELECT * FROM (SELECT "row", {", ".join(cells)} FROM ({numbered}))'
            f" WHERE {some}"
        )
    except duckdb.Error as error:
        raise Unreadable(*_broken(path, shown, width, str(error))) from None
    finally:
        connection.execute("SET preserve_insertion_order = false")
    return Relation(connection, name, shown, lambda rows: rows_of(path, rows))


def _broken(path: Path, shown: str, width: int, said: str) -> list[DataFault]:
    """Which rows have too many cells; where there are none, a quotation mark is open."""
    faults: list[DataFault] = []
    try:
        with path.open(encoding="utf-8-sig", newline="") as opened:
            for row, cells in enumerate(csv.reader(opened, strict=True), start=1):
                if len(cells) > width:
                    faults.append(RowBroken(file=shown, row=row, found=len(cells), expected=width))
    except csv.Error:
        pass
    if not faults:
        line = _LINE.search(said)
        return [DataUnreadable(file=shown, row=int(line[1]) if line else 0, problem=Word(BROKEN))]
    if len(faults) > EXAMPLES:
        last, unsaid = faults[EXAMPLES - 1], len(faults) - EXAMPLES
        found, expected = last.facts["found"], last.facts["expected"]
        faults[EXAMPLES - 1 :] = [
            RowBroken(file=shown, row=last.row, unsaid=unsaid, found=found, expected=expected),
        ]
    return faults


def rows_of(path: Path, numbers: Iterable[int]) -> Mapping[int, int]:
    """The number of a row that holds something, counted from 1 below the header → its row in a spreadsheet."""
    wanted, found, number = set(numbers), {}, -1
    with path.open(encoding="utf-8-sig", newline="") as opened:
        for row, cells in enumerate(csv.reader(opened), start=1):
            if cells:
                number += 1
                if number in wanted:
                    found[number] = row
                    if len(found) == len(wanted):
                        break
    return {number: found.get(number, number + 1) for number in wanted}


def checks_of(table: Table, places: Mapping[str, int], headings: Sequence[str]) -> list[Check]:
    """Every test of every column that is there; a cell fails the first that it fails."""
    made: list[Check] = []
    for column in table.columns:
        if column.name not in places:
            continue
        cell = f"c{places[column.name]}"
        heading, before = headings[places[column.name]], ""
        for test, fault, facts, suggest in _tests(column, cell):
            made.append(Check(heading, f"({test}){before}", cell, fault, facts, suggest))
            before += f" AND NOT ({test})"
        if column.kind == "key" or column.name in table.identity:
            made.append(Check(heading, f"{cell} IS NULL", cell, KeyEmpty))
    return made


_Test = tuple[str, type[DataFault], Mapping[str, Any], Callable[[str], str | None]]
_SUGGEST: dict[str, Callable[[str], str | None]] = {
    "whole": instead.number,
    "day": instead.day,
    "clock": instead.clock,
}


def _tests(column: Column, cell: str) -> Iterable[_Test]:
    yield f"regexp_matches({cell}, '{_FORMULA}')", FailedFormula, {}, lambda text: None
    if column.kind == "whole":
        yield rf"regexp_matches({cell}, '^[-−－]\d+$')", Negative, {}, lambda text: None
    if column.kind in _TAKES:
        shape, fault = _TAKES[column.kind]
        yield f"NOT regexp_matches({cell}, '{shape}')", fault, {}, _SUGGEST[column.kind]
    if column.kind == "day":
        yield f"TRY_CAST({cell} AS DATE) IS NULL AND {cell} IS NOT NULL", NotADay, {}, lambda text: None
    if column.most is not None:
        yield f"TRY_CAST({cell} AS BIGINT) > {column.most}", Excess, {"most": column.most}, lambda text: None
    if column.kind == "yes-no":
        known = ", ".join(map(literal, (*YES, *NO)))
        yield f"lower({cell}) NOT IN ({known})", NotYesNo, {}, lambda text: None
    if column.among:
        among = ", ".join(map(literal, (*column.among, *_called(column))))
        yield f"{cell} NOT IN ({among})", NotAmong, {"among": column.among}, lambda text: instead.word(text, column)


def typed(column: Column, cell: str) -> str:
    """A checked cell as its column holds it."""
    if column.kind == "whole":
        return f"CAST({cell} AS INTEGER)"
    if column.kind == "day":
        return f"CAST({cell} AS DATE)"
    if column.kind == "yes-no":
        return f"lower({cell}) IN ({', '.join(map(literal, YES))})"
    if column.kind == "clock":
        parts = (f"CAST(split_part({cell}, ':', {part}) AS INTEGER)" for part in (1, 2))
        return f"{next(parts)} * 60 + {next(parts)}"
    return as_code(column, cell)


def as_code(column: Column, cell: str) -> str:
    """A cell whose word, if its column holds few, stands as the register's own."""
    said = " ".join(f"WHEN {literal(name)} THEN {literal(code)}" for name, code in _called(column).items())
    return f"CASE {cell} {said} ELSE {cell} END" if said else cell


def _called(column: Column) -> dict[str, str]:
    """The words of a column as templates write them → the words."""
    return {word_called(code, translator("zh-hans")): code for code in column.among}
