"""What a worksheet's XML says before anybody reads its values: formulas, merged cells, how far the cells reach."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from xml.parsers import expat

from qingfu.base.errors import Bomb, NotReadable
from qingfu.papers.archive import Office

_CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_HOLDS = frozenset({"v", "is", "f"})


@dataclass
class Scan:
    """One worksheet. `rows` and `columns` count to the last cell that holds something."""

    title: str
    formulas: list[str] = field(default_factory=list)
    merged: list[str] = field(default_factory=list)
    rows: int = 0
    columns: int = 0


def first_sheet(name: str, office: Office, *, rows: int, columns: int) -> Scan:
    """The first worksheet. Every worksheet must stay within `rows` and `columns`; raises Bomb or NotReadable."""
    try:
        title, path = _first(office)
        scans = {part: _scanned(office.part(part), title) for part in office.parts if _is_worksheet(part)}
    except (expat.ExpatError, KeyError, ValueError):
        raise NotReadable(name=name) from None
    if any(scan.rows > rows or scan.columns > columns for scan in scans.values()):
        raise Bomb(name=name)
    if path not in scans:
        raise NotReadable(name=name)
    return scans[path]


def _is_worksheet(part: str) -> bool:
    return part.startswith("xl/worksheets/") and part.endswith(".xml")


def _first(office: Office) -> tuple[str, str]:
    """Title and part of the first sheet; ValueError for a workbook without one."""
    sheets: list[tuple[str, str]] = []
    targets: dict[str, str] = {}

    def sheet(tag: str, facts: dict[str, str]) -> None:
        if tag == "sheet":
            key = next(value for said, value in facts.items() if said.rpartition(":")[2] == "id" and ":" in said)
            sheets.append((facts["name"], key))

    def relation(tag: str, facts: dict[str, str]) -> None:
        if tag == "Relationship":
            targets[facts["Id"]] = facts["Target"]

    _read(office.part("xl/workbook.xml"), sheet)
    _read(office.part("xl/_rels/workbook.xml.rels"), relation)
    if not sheets:
        raise ValueError("no sheet")
    title, key = sheets[0]
    target = targets[key]
    return title, target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join("xl", target))


def _scanned(xml: bytes, title: str) -> Scan:
    scan = Scan(title)
    row, column = 0, 0

    def begin(tag: str, facts: dict[str, str]) -> None:
        nonlocal row, column
        if tag == "row":
            row, column = int(facts.get("r", row + 1)), 0
        elif tag == "c":
            column += 1
            if "r" in facts:
                row, column = _place(facts["r"])
        elif tag in _HOLDS:
            scan.rows, scan.columns = max(scan.rows, row), max(scan.columns, column)
            if tag == "f":
                scan.formulas.append(f"{_letters(column)}{row}")
        elif tag == "mergeCell":
            scan.merged.append(facts.get("ref", ""))

    _read(xml, begin)
    return scan


def _read(xml: bytes, begin: Callable[[str, dict[str, str]], None]) -> None:
    parser = expat.ParserCreate()

    def start(tag: str, facts: dict[str, str]) -> None:
        begin(tag.rpartition(":")[2], facts)

    parser.StartElementHandler = start
    parser.Parse(xml, True)


def _place(ref: str) -> tuple[int, int]:
    found = _CELL.fullmatch(ref)
    if not found:
        raise ValueError(ref)
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]), column


def _letters(column: int) -> str:
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
