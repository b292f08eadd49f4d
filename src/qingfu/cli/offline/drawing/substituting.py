"""`qingfu draw substitute`: who goes instead of whom in a matching, from its record alone."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from qingfu.base.draw.substitutes import ABSENT, APART, FULL, RECUSED, THERE, TIED, Change, Gone, matched, standing
from qingfu.base.verify_draw import verify
from qingfu.base.words import N_, Translate, Word, say
from qingfu.cli.offline.drawing.refusals import NoRecord
from qingfu.cli.offline.speaking import DEFAULT_LANGUAGE, AsJson, Language, Voice

GOES = N_("Round {round}, {target}: {taker} does not go ({cause}); {heir} goes instead.")
NOBODY = N_("Round {round}, {target}: {taker} does not go ({cause}); nobody is left: {why}.")
COUNTED = N_("{count} × {why}")
AS_DRAWN = N_("Everybody goes as drawn.")
WORDS = {
    ABSENT: N_("absent in this round"),
    RECUSED: N_("recused from this target"),
    TIED: N_("tied in the notice"),
    APART: N_("of the same area"),
    THERE: N_("there in another round"),
    FULL: N_("at the limit"),
}


def add(app: typer.Typer, translate: Translate) -> None:
    """Add the command, with its help in the given translation."""
    said = N_("Say who goes instead in a matching: absent:ROUND:TARGET or recused:ROUND:TARGET, in the order noted.")
    app.command("substitute", help=translate(said))(substitute)


def substitute(
    record: Annotated[Path, typer.Argument(metavar="RECORD", exists=True, dir_okay=False)],
    visits: Annotated[list[str] | None, typer.Argument(metavar="absent:2:014 recused:1:003 …")] = None,
    anchor: Annotated[Path | None, typer.Option("--anchor", metavar="NOTICE", exists=True, dir_okay=False)] = None,
    language: Language = DEFAULT_LANGUAGE,
    as_json: AsJson = False,
) -> None:
    """The record is verified first; then the same rule gives the same substitutes on every machine."""
    voice, content = Voice(language, as_json), record.read_bytes()
    gone = [_gone(text) for text in visits or ()]
    with voice.hearing():
        if verify(content, anchor.read_bytes() if anchor else None).verdict == "rejected":
            raise NoRecord(file=str(record))
        after = standing(matched(content), gone)
    for one in after.changes:
        voice.line(_line(voice, one))
    if not after.changes:
        voice.tell(AS_DRAWN)
    voice.end(
        well=True,
        changes=[_document(one) for one in after.changes],
        rounds=[sorted([target, taker] for target, taker in pairs.items()) for pairs in after.rounds],
    )


def _gone(text: str) -> Gone:
    cause, _, seat = text.partition(":")
    number, _, target = seat.partition(":")
    if cause not in (ABSENT, RECUSED) or not (number.isascii() and number.isdigit() and len(number) < 6 and target):
        raise typer.BadParameter(text)
    return Gone(cause, int(number), target)


def _line(voice: Voice, one: Change) -> str:
    facts = {
        "round": one.gone.round, "target": one.gone.target, "taker": one.taker, "cause": Word(WORDS[one.gone.cause]),
    }  # fmt: skip
    if one.substitute is not None:
        return voice.say(GOES, **facts, heir=one.substitute)
    counted = Counter(each.why for each in one.barred)
    return voice.say(NOBODY, **facts, why=[say(COUNTED, count=n, why=Word(WORDS[why])) for why, n in counted.items()])


def _document(one: Change) -> dict[str, object]:
    return {
        "cause": one.gone.cause, "round": one.gone.round, "target": one.gone.target, "taker": one.taker,
        "substitute": one.substitute, "barred": [[each.taker, each.why] for each in one.barred],
    }  # fmt: skip
