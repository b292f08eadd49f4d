"""`qingfu draw freeze`, `join`, `close`, `deal`, `seal`: everything before the first share is told."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from qingfu.base.clock import system_now
from qingfu.base.draw import ceremony as steps
from qingfu.base.draw import escrow, running
from qingfu.base.draw.keys import drawn_from
from qingfu.base.draw.shapes import list_of
from qingfu.base.errors import BadNotice
from qingfu.base.words import N_, Translate, Word
from qingfu.cli.offline.drawing import keyfiles
from qingfu.cli.offline.drawing.folder import ANCHOR, CIRCLE, NOTICE, Folder
from qingfu.cli.offline.drawing.refusals import StepTaken
from qingfu.cli.offline.speaking import DEFAULT_LANGUAGE, AsJson, Language, Voice

FROZEN = N_("Frozen: {count} in the list, {excluded} excluded. Post this digest at the door: {digest}")
JOINED = N_("{name} is member {place} of the circle. The key lies in {key}: nobody else may have it.")
CLOSED = N_("The circle is closed: any {threshold} of {count} can open a share.")
DEALT = N_("{name} has dealt; everybody can check that the circle could open it.")
SEALED = N_("Sealed: nothing is added or dropped any more. Post this at the door too: {digest}")

Where = Annotated[Path, typer.Argument(metavar="FOLDER", exists=True, file_okay=False)]
Key = Annotated[Path, typer.Option("--key", metavar="FILE", dir_okay=False)]


class Role(StrEnum):
    """On whose side a member stands."""

    ORGANISER = "organiser"
    WITNESS = "witness"


def add(app: typer.Typer, translate: Translate) -> None:
    """Add the commands, with their help in the given translation."""
    app.command("freeze", help=translate(N_("Check a list and freeze it: the notice and its digest.")))(freeze)
    app.command("join", help=translate(N_("Join the circle; the member's key is made outside the folder.")))(join)
    app.command("close", help=translate(N_("Close the circle and say how many can open a share.")))(close)
    app.command("deal", help=translate(N_("Deal a member's share in pieces that the circle can open.")))(deal)
    app.command("seal", help=translate(N_("Seal the shares: the anchor that is posted before anything is told.")))(seal)


def freeze(
    file: Annotated[Path, typer.Argument(metavar="LIST.json", exists=True, dir_okay=False)],
    folder: Annotated[Path, typer.Option("-o", "--output", metavar="FOLDER", file_okay=False)],
    language: Language = DEFAULT_LANGUAGE,
    as_json: AsJson = False,
) -> None:
    """The list is a notice without what freezing adds; what is left out is none, and order does not matter."""
    voice = Voice(language, as_json)
    with voice.hearing():
        try:
            document = json.loads(file.read_bytes())
        except (ValueError, RecursionError):
            raise BadNotice(where=file.name, problem=Word(N_("this is not JSON"))) from None
        notice = list_of(document, at=system_now())
        Folder(folder).keep(NOTICE, notice.document())
    digest = notice.digest().hex()
    voice.tell(FROZEN, count=len(notice.pool), excluded=len(notice.excluded), digest=digest)
    voice.end(well=True, digest=digest)


def join(
    folder: Where,
    name: Annotated[str, typer.Option("--name", metavar="NAME")],
    role: Annotated[Role, typer.Option("--role")],
    key: Key,
    language: Language = DEFAULT_LANGUAGE,
    as_json: AsJson = False,
) -> None:
    """Done again with the same key and name after the machine died, it goes on where it stopped."""
    voice, kept = Voice(language, as_json), Folder(folder)
    with voice.hearing():
        kept.needs(NOTICE)
        kept.lacks(CIRCLE)
        owner = keyfiles.made(key, kept, kept.read().notice, name, role.value)
        place = _joined(kept, owner)
    voice.tell(JOINED, name=name, place=place + 1, key=key)
    voice.end(well=True, place=place)


def _joined(kept: Folder, owner: keyfiles.KeyFile) -> int:
    """The member's place; two who join at once get one each."""
    while True:
        at = kept.read()
        member = steps.new_member(
            at.notice, name=owner.name, role=owner.role, secret=owner.secret, secrets=keyfiles.secrets
        )
        place = len(steps.join(at, member).circle) - 1
        try:
            kept.keep(f"member-{place:02d}.json", member.document())
        except StepTaken:
            continue
        return place


def close(
    folder: Where,
    threshold: Annotated[int, typer.Option("--threshold", metavar="K", min=1)],
    language: Language = DEFAULT_LANGUAGE,
    as_json: AsJson = False,
) -> None:
    """The threshold is more than the organiser's members, and no more than the witnesses."""
    voice, kept = Voice(language, as_json), Folder(folder)
    with voice.hearing():
        kept.lacks(CIRCLE)
        at = steps.close_circle(kept.read(), threshold=threshold)
        kept.keep(CIRCLE, {"circle": at.table.circle.hex(), "members": len(at.circle), "threshold": threshold})
    voice.tell(CLOSED, threshold=threshold, count=len(at.circle))
    voice.end(well=True, circle=at.table.circle.hex())


def deal(folder: Where, key: Key, language: Language = DEFAULT_LANGUAGE, as_json: AsJson = False) -> None:
    """What is dealt follows from the key: done again after the machine died, it is the same."""
    voice, kept = Voice(language, as_json), Folder(folder)
    with voice.hearing():
        kept.needs(CIRCLE)
        kept.lacks(ANCHOR)
        at, owner = kept.read(), keyfiles.read(key)
        by = owner.place(at)
        kept.lacks(f"deal-{by:02d}.json")
        one, _ = dealt(at, by, owner.secret)
        steps.give(at, one)
        kept.keep(f"deal-{by:02d}.json", one.document())
    voice.tell(DEALT, name=owner.name)
    voice.end(well=True, by=by)


def dealt(at: steps.Ceremony, by: int, secret: int) -> tuple[escrow.Deal, int]:
    """The deal and the share that follow from a member's key in this circle."""
    table = at.table
    return escrow.deal(table, by=by, secret=secret, secrets=drawn_from(table.domain, secret, table.circle))


def seal(folder: Where, language: Language = DEFAULT_LANGUAGE, as_json: AsJson = False) -> None:
    """Whoever has not dealt by now does not; whoever has cannot take it back."""
    voice, kept = Voice(language, as_json), Folder(folder)
    with voice.hearing():
        kept.lacks(ANCHOR)
        at = steps.seal(kept.read())
        kept.keep_bytes(ANCHOR, running.anchor(at))
    voice.tell(SEALED, digest=at.seal_digest().hex())
    voice.end(well=True, seal=at.seal_digest().hex(), shares=[one.hex() for one in at.share_hashes()])
