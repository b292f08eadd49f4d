"""`qingfu journal verify`: an exported journal against the head that was printed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from qingfu.base.canon import digest
from qingfu.base.chain import Link, Sealed, verify
from qingfu.base.errors import ChainBroken, Unsayable
from qingfu.base.words import N_, Translate
from qingfu.cli.offline.speaking import DEFAULT_LANGUAGE, AsJson, Language, Voice

HOLDS = N_("The journal holds: {count} rows.")
HEAD_HOLDS = N_("The journal holds up to the printed head {head}: {count} rows.")
NO_HEAD = N_("Without a printed head, a journal written wholly anew would also pass.")


def add(app: typer.Typer, translate: Translate) -> None:
    """Add the command, with its help in the given translation."""
    said = N_("Verify an exported journal: every row, and that it is the one whose head was printed.")
    app.command("verify", help=translate(said))(check)


def check(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False)],
    head: Annotated[str | None, typer.Option("--head", metavar="N:DIGEST")] = None,
    language: Language = DEFAULT_LANGUAGE,
    as_json: AsJson = False,
) -> None:
    """A row changed, dropped, added, moved, cut off or rewritten makes the command end with 1 and names the row."""
    voice = Voice(language, as_json)
    counted = _Counted(file)
    with voice.hearing():
        verify(counted, head)
    voice.tell(HEAD_HOLDS if head else HOLDS, head=head, count=counted.rows)
    if head is None:
        voice.tell(NO_HEAD)
    voice.end(well=True, rows=counted.rows, head=head)


class _Counted:
    """The rows of an export, one JSON object a line, read once and counted."""

    def __init__(self, file: Path) -> None:
        self.file, self.rows = file, 0

    def __iter__(self) -> Iterator[Sealed]:
        with self.file.open(encoding="utf-8") as lines:
            for line in lines:
                if line.strip():
                    self.rows += 1
                    yield _row(line, self.rows)


def _row(line: str, number: int) -> Sealed:
    try:
        said = json.loads(line)
        entry = said["entry"]
        sealed = Link(int(said["n"]), digest(entry), str(said["prev"]), str(said["digest"]))
    except (ValueError, KeyError, TypeError, Unsayable, UnicodeDecodeError) as error:
        raise ChainBroken(row=number) from error
    return Sealed(sealed, entry)
