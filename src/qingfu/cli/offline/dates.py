"""`qingfu pack calendar`: every due date with its explanation, and as a calendar file."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from qingfu.base.words import N_, Translate
from qingfu.base.workdays import Workdays
from qingfu.cli.offline.speaking import DEFAULT_LANGUAGE, AsJson, Language, Name, Voice
from qingfu.packfile.calendar import Entry, calendar
from qingfu.packfile.ics import ics

DAY, WHAT, WHO, WHY = N_("Day"), N_("What"), N_("Who"), N_("Why this day")
UNTIMED = N_("Without a day: left open, waiting for an event, or standing")
WRITTEN = N_("Written: {file}.")


def add(app: typer.Typer, translate: Translate) -> None:
    """Add the command, with its help in the given translation."""
    said = N_("List every due date of a year, or of the plan's period, with its explanation.")
    app.command("calendar", help=translate(said))(show)


def show(
    name: Name,
    year: Annotated[int | None, typer.Option("--year", min=1, max=9998)] = None,
    to: Annotated[str, typer.Option("--ics", metavar="FILE", help="RFC 5545; - = stdout")] = "",
    language: Language = DEFAULT_LANGUAGE,
    as_json: AsJson = False,
) -> None:
    """With --ics the dates are written as a calendar file, to `-` for standard output."""
    voice = Voice(language, as_json)
    pack = voice.pack(name)
    with voice.hearing():
        entries = calendar(pack, Workdays.shipped(), year=year)
    if to == "-":
        sys.stdout.buffer.write(ics(pack, entries, voice.translate))
        raise typer.Exit(0)
    if to:
        Path(to).write_bytes(ics(pack, entries, voice.translate))
        voice.tell(WRITTEN, file=to)
        voice.end(well=True, file=to)
    dated = [entry for entry in entries if entry.day]
    untimed = [entry for entry in entries if not entry.day]
    voice.table((DAY, WHAT, WHO, WHY), (_row(voice, entry) for entry in dated))
    if untimed:
        voice.tell(UNTIMED)
        voice.table((DAY, WHAT, WHO, WHY), (_row(voice, entry) for entry in untimed))
    voice.end(well=True, dates=[_plain(voice, entry) for entry in entries])


def _row(voice: Voice, entry: Entry) -> tuple[object, ...]:
    what = f"{entry.says} [{entry.scope}]" if entry.scope else entry.says
    return entry.day, what, "、".join(entry.who), entry.explanation(voice.translate)


def _plain(voice: Voice, entry: Entry) -> dict[str, object]:
    return {
        "key": entry.key,
        "about": entry.about,
        "says": entry.says,
        "who": entry.who,
        "scope": entry.scope,
        "day": entry.day,
        "opens": entry.due.opens,
        "clause": entry.due.explanation.clause,
        "provisional": entry.due.explanation.provisional,
        "explanation": entry.explanation(voice.translate),
    }
