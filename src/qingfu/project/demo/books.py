"""Reading the demonstrations that stand beside the packs, and their acts in the order of time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path

from qingfu.base.errors import BrokenPack, PackError
from qingfu.packfile.shelf import PACKS
from qingfu.packfile.yamltext import Tree, parse
from qingfu.project.demo.words import Act, Book

LISTS = ("organs", "personas", "script")


@dataclass(frozen=True)
class Beat:
    """One act on one of its targets (the ``n``-th) at its instant."""

    at: datetime
    n: int
    act: Act
    target: str


@lru_cache(maxsize=1)
def books() -> tuple[Book, ...]:
    """Every demonstration that is shipped, in the order in which their bureaus are founded. Raises BrokenPack."""
    found = [read_book(folder) for folder in sorted(PACKS.glob("*/demo"))]
    return tuple(sorted(found, key=lambda book: book.bureau.founded))


def read_book(folder: Path) -> Book:
    """The demonstration in a folder: all its YAML files as one. Raises BrokenPack, ValidationError."""
    tree: dict[str, Tree] = {"pack": folder.parent.name}
    faults: list[PackError] = []
    for file in sorted(folder.rglob("*.yaml")):
        parsed = parse(file.read_bytes(), f"demo/{file.relative_to(folder).as_posix()}")
        faults += parsed.faults
        if isinstance(parsed.tree, dict):
            _merge(tree, parsed.tree)
    if faults:
        raise BrokenPack(tuple(faults))
    return Book.model_validate(tree, by_alias=True, by_name=False)


def _merge(tree: dict[str, Tree], part: dict[str, Tree]) -> None:
    for key, value in part.items():
        known = tree.get(key)
        if key in LISTS and isinstance(known, list) and isinstance(value, list):
            tree[key] = [*known, *value]
        elif key == "sheets" and isinstance(value, dict):
            tree[key] = {name: _rows(rows) for name, rows in value.items()}
        else:
            tree[key] = value


def _rows(rows: Tree) -> list[Tree]:
    """The columns of a row stand beside ``of`` and ``as``; the reader wants them under a key of their own."""
    found: list[Tree] = []
    for row in rows if isinstance(rows, list) else []:
        if isinstance(row, dict):
            kept: dict[str, Tree] = {key: row[key] for key in ("of", "as") if key in row}
            kept["cells"] = {key: value for key, value in row.items() if key not in ("of", "as")}
            found.append(kept)
    return found


def beats(book: Book) -> list[Beat]:
    """Every act on every target, in the order of time."""
    return sorted(_beats(book), key=lambda beat: beat.at)


def _beats(book: Book) -> Iterator[Beat]:
    for act in book.script:
        for n, target in enumerate(act.targets):
            yield Beat(act.instant + timedelta(minutes=act.every * n), n, act, target)


def best_day() -> date:
    """The day on which the demonstrations show most."""
    return max(book.bureau.shown_on for book in books())
