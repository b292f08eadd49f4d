"""`qingfu pack schema`: the JSON Schema of a pack's files and the page of the manual, printed, written or checked."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from qingfu.base.errors import NotFound
from qingfu.base.words import N_, Translate
from qingfu.cli.offline.speaking import ALL_WELL, DEFAULT_LANGUAGE, AsJson, Language, Voice
from qingfu.packfile import manual, schema

STALE = N_("Stale: {files}. Run: qingfu pack schema --write {folder}")
WRITTEN = N_("Written: {file}.")


def add(app: typer.Typer, translate: Translate) -> None:
    """Add the command, with its help in the given translation."""
    said = N_("Print the JSON Schema of a kind or of the whole pack, or keep docs/reference in step with it.")
    app.command("schema", help=translate(said))(show)


def show(
    kind: Annotated[str, typer.Argument(metavar="[KIND]")] = schema.WHOLE_NAME,
    write: Annotated[Path | None, typer.Option("--write", metavar="FOLDER", file_okay=False)] = None,
    check: Annotated[Path | None, typer.Option("--check", metavar="FOLDER", file_okay=False)] = None,
    language: Language = DEFAULT_LANGUAGE,
    as_json: AsJson = False,
) -> None:
    """A stale file makes --check end with 1. What is printed is JSON in any case."""
    voice = Voice(language, as_json)
    if write is not None:
        files = generated()
        for name, text in files.items():
            file = write / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        voice.tell(WRITTEN, file=write)
        voice.end(well=True, files=list(files))
    if check is not None:
        old = [name for name, text in generated().items() if _read(check / name) != text]
        voice.tell(STALE if old else ALL_WELL, files=tuple(old), folder=check)
        voice.end(well=not old, stale=old)
    if kind not in schema.names():
        with voice.hearing():
            raise NotFound(what=kind)
    typer.echo(schema.as_text(kind), nl=False)


def generated() -> dict[str, str]:
    """Every generated file of docs/reference that is about packs, by its name there."""
    made = {f"schema/{schema.file_of(name)}": schema.as_text(name) for name in schema.names()}
    return {"pack.md": manual.page(), **made}


def _read(file: Path) -> str | None:
    return file.read_text(encoding="utf-8") if file.is_file() else None
