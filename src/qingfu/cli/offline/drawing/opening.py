"""`qingfu draw reveal`, `open`, `number`: everything that the seed still needs after the seal."""

from __future__ import annotations

from typing import Annotated

import typer

from qingfu.base.draw import ceremony as steps
from qingfu.base.draw import escrow
from qingfu.base.draw.ceremony import Ceremony
from qingfu.base.draw.reading import opening_document, share_document
from qingfu.base.errors import NotFound
from qingfu.base.words import N_, Translate
from qingfu.cli.offline.drawing import keyfiles
from qingfu.cli.offline.drawing.folder import ANCHOR, NUMBER, Folder
from qingfu.cli.offline.drawing.joining import Key, Where, dealt
from qingfu.cli.offline.speaking import DEFAULT_LANGUAGE, AsJson, Language, Voice

TOLD = N_("{name} has told the share.")
OPENED = N_("{name} has opened a piece of the share of {dealer}.")
TAKEN = N_("The public number is taken.")
MISSING = N_("Still missing: {names}.")
ALL_THERE = N_("All shares are there.")


def add(app: typer.Typer, translate: Translate) -> None:
    """Add the commands, with their help in the given translation."""
    app.command("reveal", help=translate(N_("Tell a member's own share.")))(reveal)
    said = N_("Open a member's piece of a share whose dealer does not tell it; the outcome is the same.")
    app.command("open", help=translate(said))(open_for)
    app.command("number", help=translate(N_("Enter the public number that the notice names, as published.")))(number)


def reveal(folder: Where, key: Key, language: Language = DEFAULT_LANGUAGE, as_json: AsJson = False) -> None:
    """The share follows from the key: nothing else has to be kept for it."""
    voice, kept = Voice(language, as_json), Folder(folder)
    with voice.hearing():
        kept.needs(ANCHOR)
        at, owner = kept.read(), keyfiles.read(key)
        by = owner.place(at)
        kept.lacks(f"share-{by:02d}.json")
        _, share = dealt(at, by, owner.secret)
        at = steps.reveal(at, by=by, share=share)
        kept.keep(f"share-{by:02d}.json", share_document(by, share))
    voice.tell(TOLD, name=owner.name)
    _end(voice, at)


def open_for(
    folder: Where,
    key: Key,
    dealer: Annotated[str, typer.Option("--for", metavar="NAME")],
    language: Language = DEFAULT_LANGUAGE,
    as_json: AsJson = False,
) -> None:
    """As many members as the threshold says open one share together, in any order, on any machine."""
    voice, kept = Voice(language, as_json), Folder(folder)
    with voice.hearing():
        kept.needs(ANCHOR)
        at, owner = kept.read(), keyfiles.read(key)
        of, one = owner.place(at), _deal_of(at, dealer)
        name = f"opening-{one.by:02d}-{of:02d}.json"
        kept.lacks(name)
        opening = escrow.open_piece(at.table, one, of=of, secret=owner.secret, secrets=keyfiles.secrets)
        at = steps.open_for(at, by=one.by, opening=opening)
        kept.keep(name, opening_document(one.by, opening))
    voice.tell(OPENED, name=owner.name, dealer=dealer)
    _end(voice, at)


def _deal_of(at: Ceremony, name: str) -> escrow.Deal:
    for one in at.deals:
        if at.circle[one.by].name == name:
            return one
    raise NotFound(what=name)


def number(
    folder: Where,
    values: Annotated[list[str], typer.Argument(metavar="3,9,17…")],
    language: Language = DEFAULT_LANGUAGE,
    as_json: AsJson = False,
) -> None:
    """One word for each source, its numbers joined by commas, in the order of publication."""
    voice, kept = Voice(language, as_json), Folder(folder)
    try:
        rows = tuple(tuple(int(one) for one in row.split(",")) for row in values)
    except ValueError as error:
        raise typer.BadParameter(" ".join(values)) from error
    with voice.hearing():
        kept.needs(ANCHOR)
        kept.lacks(NUMBER)
        at = steps.tell_number(kept.read(), rows)
        kept.keep(NUMBER, {"values": rows})
    voice.tell(TAKEN)
    _end(voice, at)


def _end(voice: Voice, at: Ceremony) -> None:
    names = steps.missing(at)
    voice.tell(MISSING if names else ALL_THERE, names=names)
    voice.end(well=True, missing=list(names))
