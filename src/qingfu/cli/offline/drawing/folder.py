"""The folder of a draw: one file for every act, written once and whole or not at all."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from qingfu.base.canon import canonical
from qingfu.base.draw import running
from qingfu.base.draw.ceremony import LARGEST_CIRCLE, Ceremony
from qingfu.base.draw.escrow import share_hash
from qingfu.base.draw.reading import ceremony_of, deal_of
from qingfu.base.errors import Unsayable
from qingfu.cli.offline.drawing.refusals import BadFolder, StepEarly, StepTaken

NOTICE, CIRCLE, ANCHOR, NUMBER, RECORD = "notice.json", "circle.json", "anchor.json", "number.json", "record.json"
# Which command writes what another needs.
_WRITTEN_BY = {NOTICE: "qingfu draw freeze", CIRCLE: "qingfu draw close", ANCHOR: "qingfu draw seal"}


class Folder:
    """What is kept of a draw. Names: `member-00`, `deal-00`, `share-00`, `opening-00-01` by places in the circle."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def has(self, name: str) -> bool:
        return (self.path / name).exists()

    def needs(self, name: str) -> None:
        """StepEarly where the file of an act that comes before is not there."""
        if not self.has(name):
            raise StepEarly(command=_WRITTEN_BY[name])

    def lacks(self, name: str) -> None:
        """StepTaken where the file of this act, or of one after it, is there."""
        if self.has(name):
            raise StepTaken(file=name)

    def keep(self, name: str, document: object) -> Path:
        """Write the canonical form; StepTaken where something stands there, be it written this very moment."""
        return self.keep_bytes(name, canonical(document))

    def keep_bytes(self, name: str, content: bytes) -> Path:
        try:
            return write_once(self.path / name, content)
        except FileExistsError:
            raise StepTaken(file=name) from None

    def read(self) -> Ceremony:
        """The ceremony as it stands, every step proven again. BadFolder, or what the kit says of a document.

        What came after the circle was closed or the shares were sealed belongs to no draw and is passed over.
        """
        self.needs(NOTICE)
        size, threshold = self._circle()
        joined: dict[str, Any] = {
            "notice": self._one(NOTICE),
            "members": self._all("member-*.json")[:size],
            "threshold": threshold,
        }
        at = ceremony_of(
            **joined,
            deals=self._deals(ceremony_of(**joined)),
            sealed=self.has(ANCHOR),
            shares=self._all("share-*.json"),
            openings=self._all("opening-*.json"),
            number=self._one(NUMBER),
        )
        if at.sealed and self._bytes(ANCHOR) != running.anchor(at):
            raise BadFolder(file=ANCHOR)
        return at

    def _circle(self) -> tuple[int, int]:
        """How many joined before the circle was closed, and the threshold; everybody, and 0, while it is open."""
        said = self._one(CIRCLE)
        if said is None:
            return LARGEST_CIRCLE, 0
        size, threshold = said.get("members"), said.get("threshold")
        if type(size) is not int or type(threshold) is not int or min(size, threshold) < 1:
            raise BadFolder(file=CIRCLE)
        return size, threshold

    def _deals(self, joined: Ceremony) -> list[Any]:
        deals, circle, anchor = self._all("deal-*.json"), self._one(CIRCLE), self._one(ANCHOR)
        if circle is not None and circle.get("circle") != joined.table.circle.hex():
            raise BadFolder(file=CIRCLE)
        if anchor is None:
            return deals
        sealed, table = anchor.get("shares"), joined.table
        if not isinstance(sealed, list):
            raise BadFolder(file=ANCHOR)
        return [one for one in deals if share_hash(table, deal_of(one)).hex() in sealed]

    def _all(self, pattern: str) -> list[Any]:
        return [self._one(file.name) for file in sorted(self.path.glob(pattern))]

    def _one(self, name: str) -> Any:
        """A document; None where there is no such file."""
        if not self.has(name):
            return None
        content = self._bytes(name)
        try:
            document = json.loads(content)
            well = isinstance(document, dict) and canonical(document) == content
        except (ValueError, RecursionError, Unsayable):
            well = False
        if not well:
            raise BadFolder(file=name)
        return document

    def _bytes(self, name: str) -> bytes:
        return (self.path / name).read_bytes()


def write_once(path: Path, content: bytes, mode: int = 0o644) -> Path:
    """A new file, whole or not at all whenever the machine dies; FileExistsError where there is one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    part.unlink(missing_ok=True)
    with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    try:
        _name(part, path)
    finally:
        part.unlink(missing_ok=True)
    _keep_names(path.parent)
    return path


def _name(part: Path, path: Path) -> None:
    try:
        os.link(part, path)
    except FileExistsError:
        raise
    except OSError:
        # Memory sticks know no second name for a file.
        if path.exists():
            raise FileExistsError(path) from None
        part.rename(path)


def _keep_names(folder: Path) -> None:
    """That the name is on the disk too, where folders can be told so."""
    if os.name == "posix":
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)
