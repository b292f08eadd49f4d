"""Parameters: a limit may name a number of its own pack or of another; it is written in when the pack is read.

So what a bureau puts in force holds the numbers themselves, and a later edition of the other pack changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from functools import lru_cache
from pathlib import Path as FilePath

from qingfu.base.errors import NoSuchPack
from qingfu.packfile.folder import gather
from qingfu.packfile.shelf import folder_of
from qingfu.packfile.yamltext import Tree

OWN = "parameters"
_TAKING = ("at-most", "at-least", "exactly", "needs", "fixes")


def with_parameters(tree: Mapping[str, Tree]) -> dict[str, Tree]:
    """The tree with every parameter a limit names written in; a name nobody bears stays, for the types to refuse."""
    limits = tree.get("limits")
    if not isinstance(limits, dict):
        return dict(tree)
    return {**tree, "limits": {key: _filled(limit, tree) for key, limit in limits.items()}}


def packs_named(tree: Mapping[str, Tree]) -> frozenset[str]:
    """The other packs whose parameters the limits name."""
    limits = tree.get("limits")
    written = limits.values() if isinstance(limits, dict) else ()
    named = (value for limit in written if isinstance(limit, dict) for key, value in limit.items() if key in _TAKING)
    return frozenset(value.partition(".")[0] for value in named if isinstance(value, str) and "." in value) - {OWN}


def _filled(limit: Tree, tree: Mapping[str, Tree]) -> Tree:
    if not isinstance(limit, dict):
        return limit
    return {key: _taken(value, tree) if key in _TAKING else value for key, value in limit.items()}


def _taken(value: Tree, tree: Mapping[str, Tree]) -> Tree:
    if not isinstance(value, str):
        return value
    pack, _, name = value.partition(".")
    held = tree.get(OWN) if pack == OWN else _of_pack(pack)
    found = held.get(name) if isinstance(held, dict) else None
    return deepcopy(found["value"]) if isinstance(found, dict) and "value" in found else value


def _of_pack(name: str) -> Tree | None:
    try:
        root = folder_of(name)
    except NoSuchPack:
        return None
    return _read(root, max((file.stat().st_mtime_ns for file in _files(root)), default=0))


def _files(root: FilePath) -> Iterator[FilePath]:
    yield from root.glob(f"{OWN}*")
    yield from root.glob(f"{OWN}/*")


@lru_cache(maxsize=16)
def _read(root: FilePath, stamp: int) -> Tree | None:
    return gather(root).tree.get(OWN)
