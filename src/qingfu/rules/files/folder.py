"""Which file of a folder holds which table, and whether it is what its ending says."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Literal

from qingfu.base.errors import DataContent, DataEmpty, DataFault, DataKind, DataMissing, DataTwice, FileUnknown
from qingfu.base.words import N_, Translate, Word
from qingfu.rules.tables import BY_NAME

CSV, PARQUET = ".csv", ".parquet"
_WORKBOOKS = (".xlsx", ".xls", ".et", ".ods", ".xlsm", ".txt", ".tsv", ".json")
# What a file begins with, whatever its name says.
_MAGIC = (
    (b"PK\x03\x04", N_("a workbook or another packed file")),
    (b"\xd0\xcf\x11\xe0", N_("an old workbook")),
    (b"%PDF", N_("a PDF")),
    (b"PAR1", N_("a Parquet file")),
    (b"\xff\xd8\xff", N_("a picture")),
    (b"\x89PNG", N_("a picture")),
    (b"\x1f\x8b", N_("a packed file")),
    (b"SQLite format 3", N_("a database")),
    (b"<", N_("a web page")),
)
_OTHER = N_("something else")


@dataclass(frozen=True)
class Source:
    """The file or files of one table; ``files`` are several only for Parquet. ``shown`` names them to people."""

    table: str
    kind: Literal["csv", "parquet"]
    files: tuple[Path, ...]
    shown: str


@dataclass
class Found:
    """What was found, and what is wrong with it."""

    sources: dict[str, Source] = field(default_factory=dict)
    faults: list[DataFault] = field(default_factory=list)
    notes: list[DataFault] = field(default_factory=list)


def plain(name: str) -> str:
    """A name without what nobody means: width, case, spaces, hyphen or underscore."""
    return "".join(unicodedata.normalize("NFKC", name).split()).casefold().replace("_", "-")


def sources(folder: Path, wanted: Sequence[str], translate: Translate) -> Found:
    """The sources of the wanted tables; files may be called by a table's name or by its Chinese one."""
    found = Found()
    called = {plain(name): table.name for table in BY_NAME.values() for name in (table.name, translate(table.says))}
    held: dict[str, list[Path]] = {}
    for entry in sorted(folder.iterdir()):
        if entry.name.startswith((".", "~$")):
            continue
        stem = entry.name if entry.is_dir() else entry.stem
        table = called.get(plain(stem))
        if table in wanted:
            _take(entry, table or "", held, found)
        elif table is None and entry.suffix.lower() in (CSV, PARQUET):
            near = get_close_matches(plain(stem), list(called), n=1, cutoff=0.6)
            found.notes.append(FileUnknown(file=entry.name, instead=called[near[0]] + entry.suffix if near else None))
    for name, entries in held.items():
        _settle(name, entries, found)
    if not found.sources and not found.faults:
        found.faults.append(DataMissing(file=folder.name or ".", tables=tuple(wanted)))
    return found


def _take(entry: Path, table: str, held: dict[str, list[Path]], found: Found) -> None:
    is_folder = entry.is_dir() and any(entry.glob(f"*{PARQUET}"))
    if is_folder or (entry.is_file() and entry.suffix.lower() in (CSV, PARQUET)):
        held.setdefault(table, []).append(entry)
    elif entry.suffix.lower() in _WORKBOOKS:
        found.faults.append(DataKind(file=entry.name))


def _settle(name: str, entries: Sequence[Path], found: Found) -> None:
    if len(entries) > 1:
        files = tuple(entry.name for entry in entries)
        found.faults.append(DataTwice(file=files[0], table=name, files=files))
        return
    (entry,) = entries
    files_ = tuple(sorted(entry.glob(f"*{PARQUET}"))) if entry.is_dir() else (entry,)
    kind: Literal["csv", "parquet"] = "csv" if files_[0].suffix.lower() == CSV else "parquet"
    shown = f"{entry.name}/*{PARQUET}" if entry.is_dir() else entry.name
    wrong = list(_contents(files_, kind))
    found.faults += wrong
    if not wrong:
        found.sources[name] = Source(name, kind, files_, shown)


def _contents(files: Iterable[Path], kind: str) -> Iterable[DataFault]:
    for file in files:
        with file.open("rb") as opened:
            head = opened.read(64)
        if not head.strip(b"\xef\xbb\xbf\r\n\t ,"):
            yield DataEmpty(file=file.name)
            continue
        is_ = next((says for magic, says in _MAGIC if head.removeprefix(b"\xef\xbb\xbf").startswith(magic)), None)
        if kind == "parquet" and not head.startswith(b"PAR1"):
            yield DataContent(file=file.name, kind=Word(is_ or _OTHER))
        elif kind == "csv" and is_ is not None:
            yield DataContent(file=file.name, kind=Word(is_))
