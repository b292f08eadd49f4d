"""Kept: a sound pack is not read again while nothing that its reading depends on has changed.

A kept pack lies under the digest of all of it: the pack's own files, the parameters of the shipped packs, the source
of what reads and checks, and the libraries that do. So a kept pack is never old; whatever else is wrong with it —
cut, changed, somebody else's — makes it nobody's, and the pack is read. It is plain JSON, which the types check as
they check what stands in a file. It has no places: where a fault must be shown, the pack is read.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from stat import S_IMODE

from pydantic import VERSION, ValidationError

from qingfu.packfile.shelf import MOST_FILES, MOST_FOLDER_BYTES, PACKS, folder_of, shipped
from qingfu.packfile.words.pack import Pack

MOST_KEPT = 32
PROGRAM = Path(__file__).resolve().parent.parent
ROOMS = ("base", "rules", "packfile")
_READ = (".yaml", ".yml", ".toml")


def load(name_or_path: str | Path, folder: Path) -> Pack:
    """A sound pack, kept in the folder; raises BrokenPack with all faults, or NoSuchPack."""
    root = folder_of(name_or_path)
    name = _name(root)
    kept = _found(folder / name) if name else None
    if kept is not None:
        return kept
    # What was kept is found without all that is needed to read.
    from qingfu.packfile.read import read

    reading = read(root)
    pack = reading.sound
    # What a pack outside the program says of a parameter, the name does not tell.
    if name and reading.leans_on <= set(shipped()):
        _keep(pack, folder, name)
    return pack


def _name(root: Path) -> str | None:
    """The digest of everything the reading depends on; None for a folder that is too large to be a pack."""
    files = sorted(file for file in root.rglob("*") if file.suffix in _READ and file.is_file())
    if len(files) > MOST_FILES or sum(file.stat().st_size for file in files) > MOST_FOLDER_BYTES:
        return None
    told = sha256(f"{sys.version} {VERSION} {version('ruamel.yaml')} {shipped()}\n".encode())
    for file in (*_sources(), *files):
        content = file.read_bytes()
        # Where a link leads to decides whether it is taken.
        told.update(f"{file}\n{file.resolve()}\n{len(content)}\n".encode(errors="surrogateescape"))
        told.update(content)
    return told.hexdigest()


def _sources() -> Iterator[Path]:
    """What reads packs, and what they may take from another."""
    for room in ROOMS:
        yield from sorted(file for file in (PROGRAM / room).rglob("*") if file.suffix in (".py", ".toml"))
    yield from sorted((*PACKS.glob("*/parameters*"), *PACKS.glob("*/parameters/*")))


def _found(file: Path) -> Pack | None:
    """The pack kept in a file of our own that is whole."""
    try:
        with file.open("rb") as opened:
            status = os.fstat(opened.fileno())
            digest, _, content = opened.read().partition(b"\n")
    except OSError:
        return None
    is_ours = status.st_uid == os.geteuid() and not S_IMODE(status.st_mode) & 0o022
    if not is_ours or sha256(content).hexdigest().encode() != digest:
        return None
    try:
        return Pack.model_validate_json(content, by_alias=True, by_name=False)
    except ValidationError:
        return None


def _keep(pack: Pack, folder: Path, name: str) -> None:
    """Keep it for the next time, if it comes out as it went in; where that cannot be, nothing is lost."""
    content = pack.model_dump_json(by_alias=True, exclude_unset=True).encode()
    if Pack.model_validate_json(content, by_alias=True, by_name=False) != pack:
        return
    started = folder / f"{name}.{os.getpid()}"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(started, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as opened:
            opened.write(sha256(content).hexdigest().encode() + b"\n" + content)
        started.replace(folder / name)
        for old in sorted(folder.iterdir(), key=lambda file: -file.stat().st_mtime_ns)[MOST_KEPT:]:
            old.unlink()
    except OSError:
        return
