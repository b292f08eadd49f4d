"""Key files: the secret of one member in one draw, outside the folder, readable by its owner only."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qingfu.base.canon import canonical
from qingfu.base.chance import new_scalar
from qingfu.base.draw.ceremony import Ceremony
from qingfu.base.draw.curve import N
from qingfu.base.draw.keys import key_of, number, scalar
from qingfu.base.draw.notice import Notice
from qingfu.base.words import N_, Word
from qingfu.cli.offline.drawing.folder import Folder, write_once
from qingfu.cli.offline.drawing.refusals import BadKey

_FORM = "draw-key/1"


def secrets() -> int:
    """A secret number of the curve, from the machine's chance."""
    return new_scalar(N)


@dataclass(frozen=True)
class KeyFile:
    """Who may act for a member."""

    path: Path
    notice: str
    name: str
    role: str
    secret: int

    def place(self, at: Ceremony) -> int:
        """The member's place in the circle; BadKey where it has none."""
        key = key_of(self.secret)
        for place, member in enumerate(at.circle):
            if member.key == key:
                return place
        raise BadKey(file=str(self.path), problem=Word(N_("it is the key of nobody in this draw")))


def made(path: Path, folder: Folder, notice: Notice, name: str, role: str) -> KeyFile:
    """A new key; or the one that is there, if it was made for this member: a machine may have died in between."""
    if path.resolve().is_relative_to(folder.path.resolve()):
        raise BadKey(file=str(path), problem=Word(N_("it lies inside the folder of the draw")))
    document = {
        "qingfu": _FORM, "notice": notice.digest().hex(), "name": name, "role": role, "secret": scalar(secrets()),
    }  # fmt: skip
    try:
        write_once(path, canonical(document), 0o600)
    except FileExistsError:
        known = read(path)
        if (known.notice, known.name, known.role) != (document["notice"], name, role):
            raise BadKey(file=str(path), problem=Word(N_("it exists and belongs to somebody else"))) from None
    return read(path)


def read(path: Path) -> KeyFile:
    """The key in a file; BadKey where there is none."""
    try:
        said: Any = json.loads(path.read_bytes())
        if set(said) != {"qingfu", "notice", "name", "role", "secret"} or said["qingfu"] != _FORM:
            raise ValueError(path)
        secret = number(said["secret"])
        if not 0 < secret < N:
            raise ValueError(path)
        return KeyFile(path, str(said["notice"]), str(said["name"]), str(said["role"]), secret)
    except (ValueError, KeyError, TypeError, RecursionError):
        raise BadKey(file=str(path), problem=Word(N_("it is no key"))) from None
