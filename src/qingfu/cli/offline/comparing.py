"""`qingfu pack diff`: what differs between two packs."""

from __future__ import annotations

from itertools import groupby
from typing import Annotated

import typer

from qingfu.base.words import N_, Translate
from qingfu.cli.offline.speaking import DEFAULT_LANGUAGE, AsJson, Language, Voice
from qingfu.packfile.diff import Difference, diff

SAME = N_("The two packs say the same.")
COUNT = N_("Differences: {count}")
OTHER_TOPIC = N_("The two plans have different topics; what is compared may have nothing to do with each other.")


def add(app: typer.Typer, translate: Translate) -> None:
    """Add the command, with its help in the given translation."""
    said = N_("Compare two packs object by object; two plans of one topic are aligned by likeness.")
    app.command("diff", help=translate(said))(compare)


def compare(
    old: Annotated[str, typer.Argument(metavar="A")],
    new: Annotated[str, typer.Argument(metavar="B")],
    language: Language = DEFAULT_LANGUAGE,
    as_json: AsJson = False,
) -> None:
    """Ends with 0 when both packs could be read: a difference is not a fault."""
    voice = Voice(language, as_json)
    one, other = voice.pack(old), voice.pack(new)
    if one.plan.topic != other.plan.topic:
        voice.tell(OTHER_TOPIC)
    found = diff(one, other)
    for kind, group in groupby(found, key=lambda difference: difference.kind):
        voice.line(f"── {kind}")
        for difference in group:
            voice.line(f"  {difference.text(voice.translate)}")
    voice.tell(COUNT if found else SAME, count=len(found))
    voice.end(well=True, differences=[_plain(voice, difference) for difference in found])


def _plain(voice: Voice, found: Difference) -> dict[str, object]:
    return {
        "kind": found.kind,
        "id": found.id,
        "other_id": found.other_id,
        "what": found.what,
        "field": found.field,
        "old": found.old,
        "new": found.new,
        "says": found.text(voice.translate),
    }
