"""`qingfu draw verify`: the stand-alone verifier, under the name of a command."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from qingfu.base.verify_draw import SLIPS, Slip, as_text, check_slip, verify
from qingfu.base.words import N_, Translate
from qingfu.cli.offline.speaking import DEFAULT_LANGUAGE, AsJson, Language, Voice

NO_SLIP = N_("The record does not hold; a slip proves nothing with it.")


def add(app: typer.Typer, translate: Translate) -> None:
    """Add the command, with its help in the given translation."""
    said = N_("Verify a record: 0 it holds, 1 it does not, 3 it is a rehearsal.")
    app.command("verify", help=translate(said))(check)


def check(
    record: Annotated[Path, typer.Argument(metavar="RECORD", exists=True, dir_okay=False)],
    anchor: Annotated[Path | None, typer.Option("--anchor", metavar="NOTICE", exists=True, dir_okay=False)] = None,
    slip: Annotated[tuple[str, str, str] | None, typer.Option("--slip", metavar="TICKET SALT IDENTITY")] = None,
    language: Language = DEFAULT_LANGUAGE,
    as_json: AsJson = False,
) -> None:
    """The anchor is what was posted at the door; a slip is what a family was given."""
    voice, english = Voice(language, as_json), language.startswith("en")
    content, lang = record.read_bytes(), "en" if english else "zh"
    found = verify(content, anchor.read_bytes() if anchor else None)
    shown = check_slip(content, *slip) if slip and found.verdict != "rejected" else None
    lines = _slip_lines(voice, shown) if slip else ()
    if not as_json:
        typer.echo(as_text(found, lang, lines), nl=False)
    opened = slip is None or (shown is not None and shown.state in ("holds", "public"))
    status = found.exit_code or (0 if opened else 1)
    voice.end(
        well=not status,
        status=status,
        **found.as_json(lang),
        slip=shown.state if shown else None,
        slip_says=list(lines),
    )


def _slip_lines(voice: Voice, slip: Slip | None) -> tuple[str, ...]:
    if slip is None:
        return (voice.say(NO_SLIP),)
    english = voice.language.startswith("en")
    return SLIPS[slip.state][english].format(ticket=slip.ticket), *(place[english] for place in slip.places)
