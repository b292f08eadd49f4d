"""A zip from outside: small, whole and still, or refused.

Every part is unpacked once within bounds, so that what the table of contents claims about a part is known to be true
before anything else reads it.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO

from qingfu.base.errors import Bomb, KindNotTaken, NotReadable, OtherContent

MOST_PARTS = 2_000
MOST_UNPACKED = 100 * 1024 * 1024
_PIECE = 1 << 16

# What runs when somebody opens the document, or fetches something that runs.
_RUNS = re.compile(
    r"vbaproject|vbadata|activex/|macrosheets/|(^|/)embeddings/.*\.bin$|\.(exe|dll|scr|com|js|vbs|ps1|bat|cmd|hta)$",
    re.IGNORECASE,
)
_FETCHES = re.compile(
    rb"(attachedTemplate|oleObject|subDocument|/frame)[^>]*TargetMode\s*=\s*[\"']External", re.IGNORECASE
)
_FETCHES_TOO = re.compile(
    rb"TargetMode\s*=\s*[\"']External[\"'][^>]*(attachedTemplate|oleObject|subDocument|/frame)", re.IGNORECASE
)
_DECLARES = tuple(
    word.encode(coding) for word in ("<!DOCTYPE", "<!ENTITY") for coding in ("utf-8", "utf-16-le", "utf-16-be")
)


@dataclass(frozen=True)
class Office:
    """An office document whose parts have all been unpacked once. `kind` is docx or xlsx."""

    kind: str
    data: bytes
    parts: tuple[str, ...]

    def part(self, name: str) -> bytes:
        """The bytes of one part; raises KeyError for one that is not there."""
        with zipfile.ZipFile(BytesIO(self.data)) as archive:
            return archive.read(name)


def opened(name: str, data: bytes) -> Office:
    """The office document in `data`; `name` is for the message. Raises Hostile and its kin."""
    if not data.startswith(b"PK\x03\x04"):
        raise OtherContent(name=name)
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = _inspected(name, archive)
            _nothing_runs(name, archive, parts)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError):
        raise NotReadable(name=name) from None
    if "[Content_Types].xml" not in parts:
        raise KindNotTaken(name=name, kind="zip")
    if "word/document.xml" in parts:
        return Office("docx", data, parts)
    if "xl/workbook.xml" in parts:
        return Office("xlsx", data, parts)
    raise KindNotTaken(name=name, kind="zip")


def _inspected(name: str, archive: zipfile.ZipFile) -> tuple[str, ...]:
    """The names of the parts, after each was unpacked within bounds and its checksum compared."""
    entries = archive.infolist()
    if len(entries) > MOST_PARTS or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise Bomb(name=name)
    if len({entry.filename.lower() for entry in entries}) != len(entries):
        raise OtherContent(name=name)
    left = MOST_UNPACKED
    for entry in entries:
        if entry.filename.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", entry.filename):
            raise OtherContent(name=name)
        with archive.open(entry) as part:
            while piece := part.read(_PIECE):
                left -= len(piece)
                if left < 0:
                    raise Bomb(name=name)
    return tuple(entry.filename for entry in entries)


def _nothing_runs(name: str, archive: zipfile.ZipFile, parts: tuple[str, ...]) -> None:
    if any(_RUNS.search(part) for part in parts):
        raise KindNotTaken(name=name, kind="macro")
    for part in parts:
        if not part.lower().endswith((".xml", ".rels", ".vml")):
            continue
        text = archive.read(part)
        if any(word in text for word in _DECLARES):
            raise Bomb(name=name)
        if part == "[Content_Types].xml" and b"macroenabled" in text.lower():
            raise KindNotTaken(name=name, kind="macro")
        if part.endswith(".rels") and (_FETCHES.search(text) or _FETCHES_TOO.search(text)):
            raise KindNotTaken(name=name, kind="macro")
