"""Where packs lie: the shipped ones by their names, any other by its path."""

from __future__ import annotations

from pathlib import Path as FilePath

from qingfu.base.errors import NoSuchPack

PACKS = FilePath(__file__).resolve().parent.parent / "packs"
MOST_FILES = 300
MOST_FOLDER_BYTES = 6_000_000


def shipped() -> tuple[str, ...]:
    """The names of the packs in the program, sorted."""
    return tuple(sorted(found.parent.name for found in PACKS.glob("*/plan.yaml")))


def folder_of(name_or_path: str | FilePath) -> FilePath:
    """The folder of a shipped pack's name or of a path; raises NoSuchPack."""
    if isinstance(name_or_path, str) and name_or_path in shipped():
        return PACKS / name_or_path
    folder = FilePath(name_or_path)
    if folder.name == "plan.yaml":
        folder = folder.parent
    if not (folder / "plan.yaml").is_file():
        raise NoSuchPack(file=str(name_or_path), known=list(shipped()))
    return folder.resolve()
