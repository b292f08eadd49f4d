"""A pack folder as one tree: which files it may hold, what each holds, where every key stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path as FilePath

from qingfu.base.errors import DuplicateKey, MissingKey, PackError, UnknownKey, WrongValue
from qingfu.base.words import N_, Word
from qingfu.packfile.errors import TooMuch, UnknownFile
from qingfu.packfile.shelf import MOST_FILES, MOST_FOLDER_BYTES
from qingfu.packfile.words.pack import KINDS
from qingfu.packfile.yamltext import Path, Place, Tree, dotted, parse

# Each top key is a file KEY.yaml or a folder KEY/*.yaml; the value is what stands behind the key.
SHAPES: dict[str, type[dict] | type[list]] = {  # type: ignore[type-arg]  # the bare shapes, not what they hold
    "plan": dict,
    "clauses": list,
    "advisories": list,
    "situations": list,
    **{kind.key: dict for kind in KINDS},
}
WHOLE = ("plan", "problems-policy")


@dataclass
class Folder:
    """The tree of all files of a pack, the place of every path in it, and the faults so far."""

    root: FilePath
    tree: dict[str, Tree] = field(default_factory=dict)
    places: dict[Path, Place] = field(default_factory=dict)
    faults: list[PackError] = field(default_factory=list)


def gather(root: FilePath) -> Folder:
    """Read all files of the pack in ``root``: KIND.yaml before KIND/*.yaml, those in the order of their names."""
    folder = Folder(root)
    files = sorted(_yaml_files(root), key=lambda file: _order(root, file))
    weight = sum(file.stat().st_size for file in files)
    if len(files) > MOST_FILES:
        folder.faults.append(TooMuch(file=root.name, what=Word(N_("files")), most=MOST_FILES))
    elif weight > MOST_FOLDER_BYTES:
        folder.faults.append(TooMuch(file=root.name, what=Word(N_("bytes")), most=MOST_FOLDER_BYTES))
    else:
        for file in files:
            _take(folder, file)
    return folder


def _yaml_files(root: FilePath) -> Iterator[FilePath]:
    for pattern in ("*.yaml", "*.yml", "*/*.yaml", "*/*.yml"):
        for file in root.glob(pattern):
            if file.relative_to(root).parts[0] != "demo" and file.is_file():
                yield file


def _order(root: FilePath, file: FilePath) -> tuple[str, ...]:
    first, *rest = file.relative_to(root).parts
    return (first.removesuffix(".yaml"), *rest)


def _take(folder: Folder, file: FilePath) -> None:
    name = file.relative_to(folder.root).as_posix()
    top = name.split("/")[0].removesuffix(".yaml")
    if top not in SHAPES or file.suffix != ".yaml":
        near = get_close_matches(top, SHAPES, 1)
        folder.faults.append(UnknownFile(file=name, name=name, suggestion=f"{near[0]}.yaml" if near else None))
        return
    if not file.resolve().is_relative_to(folder.root.resolve()):
        # A link out of the folder would print somebody else's file in an error.
        folder.faults.append(UnknownFile(file=name, name=name))
        return
    parsed = parse(file.read_bytes(), name)
    folder.faults.extend(parsed.faults)
    if parsed.tree is not None:
        _merge(folder, top, name, parsed.tree, parsed.places)


def _merge(folder: Folder, top: str, file: str, tree: Tree, places: dict[Path, Place]) -> None:
    if not isinstance(tree, dict) or top not in tree:
        wrong = [key for key in tree if isinstance(tree, dict)]
        folder.faults.append(MissingKey(file=file, line=1, key=top, suggestion=f"{top}:" if wrong else None))
        return
    for extra in (key for key in tree if key != top):
        line = places[(extra,)].line
        folder.faults.append(UnknownKey(file=file, line=line, key=extra, suggestion=f"{extra}.yaml"))
    part = tree[top]
    if not isinstance(part, SHAPES[top]):
        expected = Word(N_("a list")) if SHAPES[top] is list else Word(N_("a map of keys"))
        line = places[(top,)].line
        folder.faults.append(WrongValue(file=file, line=line, key=top, value=_shown(part), expected=expected))
    elif isinstance(part, list):
        _append(folder, top, part, places)
    elif isinstance(part, dict):
        _update(folder, top, part, places)


def _append(folder: Folder, top: str, part: list[Tree], places: dict[Path, Place]) -> None:
    known = folder.tree.get(top, [])
    start = len(known)
    folder.tree[top] = [*known, *part]
    for path, place in places.items():
        if len(path) > 1 and path[0] == top and isinstance(path[1], int):
            folder.places[(top, path[1] + start, *path[2:])] = place
        elif path == (top,):
            folder.places.setdefault(path, place)


def _update(folder: Folder, top: str, part: dict[str, Tree], places: dict[Path, Place]) -> None:
    held = folder.tree.get(top)
    known = held if isinstance(held, dict) else {}
    again = set(part) & set(known)
    for key in sorted(again):
        place = places[(top, key)]
        folder.faults.append(DuplicateKey(file=place.file, line=place.line, key=dotted((top, key))))
    folder.tree[top] = {**part, **known} if again else {**known, **part}
    for path, place in places.items():
        if path and path[0] == top and not (len(path) > 1 and path[1] in again):
            folder.places.setdefault(path, place)


def _shown(part: Tree) -> str:
    return part if isinstance(part, str) else ("[…]" if isinstance(part, list) else "{…}")
