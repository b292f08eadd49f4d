"""How an offline command speaks: in the reader's language for people, in JSON for programs."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from qingfu.base.errors import BrokenPack, PackError, QingfuError
from qingfu.base.words import N_, Said, Translate, fill, translator
from qingfu.packfile.kept import load
from qingfu.packfile.words.pack import Pack

ALL_WELL = N_("All is well.")
FAULTS = N_("Faults: {count}")

_DEFAULT = os.environ.get("QINGFU_LANGUAGE", "zh-hans")
Language = Annotated[str, typer.Option("--language", help="zh-hans · en")]
AsJson = Annotated[bool, typer.Option("--json", help="JSON")]
Name = Annotated[str, typer.Argument(metavar="NAME|PATH")]
DEFAULT_LANGUAGE = _DEFAULT


def _kept_in() -> Path:
    """The folder of what can be made again; one that cannot be made is as good as none."""
    given, shared = os.environ.get("QINGFU_CACHE"), os.environ.get("XDG_CACHE_HOME")
    return Path(given) if given else Path(shared or os.path.expanduser("~/.cache")) / "qingfu" / "packs"


@dataclass(frozen=True)
class Voice:
    """The language and the form of what a command prints."""

    language: str
    as_json: bool

    @cached_property
    def translate(self) -> Translate:
        """The translation into the language."""
        return translator(self.language)

    @cached_property
    def console(self) -> Console:
        """The terminal; wide enough for a table where the output is read by a program."""
        console = Console(highlight=False, soft_wrap=False)
        return console if console.is_terminal else Console(highlight=False, width=max(console.width, 140))

    def say(self, msgid: str, **facts: object) -> str:
        """A sentence in the language."""
        return fill(msgid, facts, self.translate)

    def tell(self, msgid: str, **facts: object) -> None:
        """Print a sentence, unless a program reads."""
        if not self.as_json:
            self.line(self.say(msgid, **facts))

    def line(self, text: str) -> None:
        """Print a line as it is."""
        if not self.as_json:
            self.console.print(escape(text), soft_wrap=True)

    def table(self, headings: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
        """Print a table; headings are msgids."""
        if self.as_json:
            return
        table = Table()
        for heading in headings:
            table.add_column(self.translate(heading), overflow="fold")
        for row in rows:
            table.add_row(*(escape(self._cell(cell)) for cell in row))
        self.console.print(table)

    def _cell(self, cell: object) -> str:
        if cell is None:
            return "—"
        if isinstance(cell, Said):
            return cell.text(self.translate)
        return cell.isoformat() if isinstance(cell, date) else str(cell)

    def end(self, *, well: bool, status: int = 1, **said: object) -> None:
        """Print the JSON where a program reads, and end the command: 0 only where all is well, else ``status``."""
        if self.as_json:
            document = {"ok": well, **said}
            typer.echo(json.dumps(document, ensure_ascii=False, indent=2, default=self._json))
        raise typer.Exit(0 if well else status)

    def _json(self, value: object) -> object:
        if isinstance(value, Said):
            return value.text(self.translate)
        if isinstance(value, date):
            return value.isoformat()
        raise TypeError(type(value).__name__)

    def fault(self, error: PackError) -> dict[str, object]:
        """A fault of a pack as JSON says it."""
        return {
            "code": error.code,
            "file": error.file,
            "line": error.line,
            "key": error.key,
            "clause": error.clause,
            "what": error.what(self.translate),
            "suggestion": error.suggestion,
            "do": error.next_step(self.translate),
        }

    def faults(self, errors: Sequence[PackError]) -> None:
        """Print faults, each with its place, its clause and what to write instead."""
        for error in errors:
            self.line(f"{error.code}  {error.text(self.translate)}")

    @contextmanager
    def hearing(self) -> Iterator[None]:
        """Whatever goes wrong inside is said in this voice, and the command ends with 1."""
        try:
            yield
        except BrokenPack as error:
            self.faults(error.errors)
            self.tell(FAULTS, count=len(error.errors))
            self.end(well=False, faults=[self.fault(one) for one in error.errors])
        except PackError as error:
            self.faults([error])
            self.end(well=False, faults=[self.fault(error)])
        except QingfuError as error:
            self.line(f"{error.code}  {error.text(self.translate)}")
            self.end(well=False, code=error.code, what=error.text(self.translate))

    def pack(self, name: str) -> Pack:
        """A sound pack; otherwise its faults are said and the command ends."""
        with self.hearing():
            return load(name, _kept_in())
        raise typer.Exit(1)
