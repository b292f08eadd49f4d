"""`qingfu draw run`: the record, once."""

from __future__ import annotations

import json
from typing import Any

import typer

from qingfu.base.draw import running
from qingfu.base.errors import DrawnAlready
from qingfu.base.words import N_, Translate
from qingfu.cli.offline.drawing.folder import ANCHOR, RECORD, Folder
from qingfu.cli.offline.drawing.joining import Where
from qingfu.cli.offline.drawing.refusals import StepTaken
from qingfu.cli.offline.speaking import DEFAULT_LANGUAGE, AsJson, Language, Voice

WRITTEN = N_("Run. The record: {file}. Its seed: {seed}")


def add(app: typer.Typer, translate: Translate) -> None:
    """Add the command, with its help in the given translation."""
    app.command("run", help=translate(N_("Run the draw and write its record, once.")))(run)


def run(folder: Where, language: Language = DEFAULT_LANGUAGE, as_json: AsJson = False) -> None:
    """The record follows from the folder: on every machine it is the same, byte for byte."""
    voice, kept = Voice(language, as_json), Folder(folder)
    with voice.hearing():
        kept.needs(ANCHOR)
        at = kept.read()
        if kept.has(RECORD):
            raise DrawnAlready(draw=at.notice.draw)
        record = running.run(at)
        try:
            kept.keep_bytes(RECORD, record)
        except StepTaken:
            raise DrawnAlready(draw=at.notice.draw) from None
    said: dict[str, Any] = json.loads(record)
    voice.tell(WRITTEN, file=str(folder / RECORD), seed=said["seed"])
    voice.end(well=True, file=str(folder / RECORD), seed=said["seed"], result=said["result"])
