"""Walking a pack: every part of it with its path, and a pack with one part replaced.

A *tree path* counts list places (`routes.annual.steps.1.need`), as the YAML does. A *name* uses the id where a list's
entries have one (`routes.annual.steps.experts.need`), so that it survives a step put before another.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from pydantic import BaseModel

from qingfu.packfile.words.pack import Pack
from qingfu.packfile.yamltext import Path


@lru_cache(maxsize=128)
def _fields(kind: type[BaseModel]) -> dict[str, str]:
    """The fields of a type by their YAML keys."""
    return {field.alias or name: name for name, field in kind.model_fields.items()}


@lru_cache(maxsize=128)
def _keys(kind: type[BaseModel]) -> dict[str, str]:
    return {name: key for key, name in _fields(kind).items()}


def key_of(model: BaseModel, name: str) -> str:
    """The YAML key of a field."""
    return _keys(type(model))[name]


def parts(value: object) -> Iterator[tuple[str | int, object]]:
    """The keyed parts of a map, list or object, by tree path; nothing for a plain value."""
    if isinstance(value, BaseModel):
        for key, name in _fields(type(value)).items():
            if (part := getattr(value, name)) is not None:
                yield key, part
    elif isinstance(value, dict):
        yield from value.items()
    elif isinstance(value, tuple):
        yield from enumerate(value)


def _part(value: Any, key: str | int) -> Any:
    """One part by its key; raises KeyError when there is none."""
    if isinstance(value, BaseModel):
        part = getattr(value, _fields(type(value))[str(key)])
    elif isinstance(value, (dict, tuple)):
        part = value[key]  # type: ignore[index]  # a tree path counts tuples and names maps
    else:
        part = None
    if part is None:
        raise KeyError(key)
    return part


def walk(value: object, path: Path = ()) -> Iterator[tuple[Path, object]]:
    """Every part below ``value`` with its tree path, parents first, the value itself first of all."""
    yield path, value
    for key, part in parts(value):
        yield from walk(part, (*path, key))


def name_of(pack: Pack, path: Path) -> str:
    """The name of a tree path: ``lists.whitelist.caps.0.at-most``, ``routes.annual.steps.experts.need``."""
    said: list[str] = []
    value: object = pack
    for key in path:
        inside = _part(value, key)
        own = getattr(inside, "id", None) if isinstance(value, tuple) else None
        said.append(str(own if own is not None else key))
        value = inside
    return ".".join(said)


def path_of(pack: Pack, name: str) -> Path | None:
    """The tree path of a name, or None when nothing in the pack bears it."""
    return _descend(pack, name.split("."), ())


def _descend(value: object, names: list[str], path: Path) -> Path | None:
    if not names:
        return path
    for key, part in parts(value):
        own = getattr(part, "id", None) if isinstance(value, tuple) else None
        # An id may itself hold dots (a clause number), so as many names as it has are taken at once.
        for said in (str(key), own):
            taken = said.split(".") if said else []
            if taken and names[: len(taken)] == taken:
                return _descend(part, names[len(taken) :], (*path, key))
    return None


def at(pack: Pack, path: Path) -> Any:
    """The part at a tree path; raises KeyError when there is none."""
    value: object = pack
    for key in path:
        value = _part(value, key)
    return value


def put(value: Any, path: Path, part: object) -> Any:
    """A copy of ``value`` with the part at ``path`` replaced; everything else is shared."""
    if not path:
        return part
    key, rest = path[0], path[1:]
    if isinstance(value, BaseModel):
        name = _fields(type(value))[str(key)]
        return value.model_copy(update={name: put(getattr(value, name), rest, part)})
    if isinstance(value, dict):
        return {**value, key: put(value[key], rest, part)}
    return tuple(put(old, rest, part) if index == key else old for index, old in enumerate(value))
