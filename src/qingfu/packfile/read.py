"""Read a plan pack: YAML → typed objects, with every fault and its place; pack bytes and digest."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path as FilePath

from pydantic import BaseModel, ValidationError

from qingfu.base.canon import canonical
from qingfu.base.errors import BadYaml, BrokenPack, PackError
from qingfu.packfile.check import check
from qingfu.packfile.errors import TooMuch
from qingfu.packfile.faults import translated
from qingfu.packfile.folder import folder_of, gather, shipped
from qingfu.packfile.parameters import with_parameters
from qingfu.packfile.skeleton import read_skeleton
from qingfu.packfile.words.pack import Pack
from qingfu.packfile.yamltext import Path, Place

__all__ = ["Reading", "folder_of", "from_bytes", "load", "pack_bytes", "pack_digest", "read", "shipped"]


@dataclass(frozen=True)
class Reading:
    """What reading a folder gave: the pack (None when its types do not hold), all faults, the place of each path.

    ``notes`` are remarks that do not make the pack wrong.
    """

    folder: FilePath
    pack: Pack | None
    faults: tuple[PackError, ...]
    notes: tuple[PackError, ...]
    places: Mapping[Path, Place]


def read(name_or_path: str | FilePath) -> Reading:
    """Read and check a pack; only NoSuchPack is raised, everything else is a fault in the reading."""
    root = folder_of(name_or_path)
    folder = gather(root)
    faults, pack = list(folder.faults), None
    notes: list[PackError] = []
    # What stands in a file that cannot be read would only be missed everywhere else.
    unread = any(isinstance(fault, (BadYaml, TooMuch)) for fault in faults)
    try:
        pack = Pack.model_validate(with_parameters(folder.tree), by_alias=True, by_name=False)
    except ValidationError as error:
        faults += _told_anew(translated(error, folder.tree, folder.places), faults, unread)
    else:
        skeleton, broken = read_skeleton(root)
        found = None if unread else check(pack, folder.tree, folder.places, skeleton)
        faults += [*broken, *(found.faults if found else ())]
        notes = found.notes if found else []
    ordered = sorted(faults, key=lambda fault: (fault.file, fault.line))
    return Reading(root, pack, tuple(ordered), tuple(notes), folder.places)


def _told_anew(said: list[PackError], known: list[PackError], unread: bool) -> list[PackError]:
    """What the types complain of, without what was already reported where it stands."""
    told = {(fault.file, fault.key) for fault in known}
    fresh = [fault for fault in said if (fault.file, fault.key) not in told]
    return [fault for fault in fresh if not (unread and "." not in fault.key)]


@lru_cache(maxsize=16)
def _loaded(root: FilePath, stamp: int) -> Pack:
    reading = read(root)
    if reading.faults or reading.pack is None:
        raise BrokenPack(reading.faults)
    return reading.pack


def load(name_or_path: str | FilePath) -> Pack:
    """A sound pack; raises BrokenPack with all faults, or NoSuchPack. Read anew only when a file changed."""
    root = folder_of(name_or_path)
    stamp = max(file.stat().st_mtime_ns for file in (root, *root.rglob("*")))
    return _loaded(root, stamp)


def pack_bytes(pack: Pack) -> bytes:
    """The canonical bytes of everything the pack puts in force: all but its situations, which are tests of it."""
    return canonical(_said(pack.model_copy(update={"situations": ()})))


def pack_digest(pack: Pack) -> str:
    """SHA-256 of the pack's canonical bytes, 64 lower-case hexadecimal characters."""
    return sha256(pack_bytes(pack)).hexdigest()


def from_bytes(data: bytes) -> Pack:
    """The pack of ``pack_bytes``, without situations."""
    return Pack.model_validate(_unsaid(json.loads(data)), by_alias=True, by_name=False)


# The order of ids is the order a clerk reads them in, and canonical maps forget it: so a map of ids
# is written as a list of pairs behind a key that nothing else can have.
_PAIRS = "~"


def _said(value: object) -> object:
    if isinstance(value, BaseModel):
        fields = type(value).model_fields.items()
        held = {field.alias or name: getattr(value, name) for name, field in fields}
        return {key: _said(part) for key, part in held.items() if part not in (None, (), {})}
    if isinstance(value, dict):
        return {_PAIRS: [[key, _said(part)] for key, part in value.items()]}
    return [_said(part) for part in value] if isinstance(value, tuple) else value


def _unsaid(value: object) -> object:
    if isinstance(value, dict):
        if _PAIRS in value:
            return {key: _unsaid(part) for key, part in value[_PAIRS]}
        return {key: _unsaid(part) for key, part in value.items()}
    return [_unsaid(part) for part in value] if isinstance(value, list) else value
