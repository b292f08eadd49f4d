"""Read a plan pack: YAML → typed objects, with every fault and its place; pack bytes and digest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path as FilePath

from pydantic import ValidationError

from qingfu.base.errors import BadYaml, BrokenPack, PackError
from qingfu.packfile.bytes import from_bytes, pack_bytes, pack_digest
from qingfu.packfile.check import check
from qingfu.packfile.errors import TooMuch
from qingfu.packfile.faults import translated
from qingfu.packfile.folder import gather
from qingfu.packfile.parameters import packs_named, with_parameters
from qingfu.packfile.shelf import folder_of, shipped
from qingfu.packfile.skeleton import read_skeleton
from qingfu.packfile.words.pack import Pack
from qingfu.packfile.yamltext import Path, Place

__all__ = ["Reading", "folder_of", "from_bytes", "load", "pack_bytes", "pack_digest", "read", "shipped"]


@dataclass(frozen=True)
class Reading:
    """What reading a folder gave: the pack (None when its types do not hold), all faults, the place of each path.

    ``notes`` are remarks that do not make the pack wrong; ``leans_on`` are the packs whose parameters its limits name.
    """

    folder: FilePath
    pack: Pack | None
    faults: tuple[PackError, ...]
    notes: tuple[PackError, ...]
    places: Mapping[Path, Place]
    leans_on: frozenset[str] = frozenset()

    @property
    def sound(self) -> Pack:
        """The pack; raises BrokenPack with all faults."""
        if self.faults or self.pack is None:
            raise BrokenPack(self.faults)
        return self.pack


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
    return Reading(root, pack, tuple(ordered), tuple(notes), folder.places, packs_named(folder.tree))


def _told_anew(said: list[PackError], known: list[PackError], unread: bool) -> list[PackError]:
    """What the types complain of, without what was already reported where it stands."""
    told = {(fault.file, fault.key) for fault in known}
    fresh = [fault for fault in said if (fault.file, fault.key) not in told]
    return [fault for fault in fresh if not (unread and "." not in fault.key)]


@lru_cache(maxsize=16)
def _loaded(root: FilePath, stamp: int) -> Pack:
    return read(root).sound


def load(name_or_path: str | FilePath) -> Pack:
    """A sound pack; raises BrokenPack with all faults, or NoSuchPack. Read anew only when a file changed."""
    root = folder_of(name_or_path)
    stamp = max(file.stat().st_mtime_ns for file in (root, *root.rglob("*")))
    return _loaded(root, stamp)
