"""The type checker's complaints in a clerk's words: file, line, key, clause, what to write instead."""

from __future__ import annotations

import types
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, Tag, ValidationError
from pydantic_core import ErrorDetails

from qingfu.base.errors import MissingKey, PackError, UnknownKey, WrongValue
from qingfu.base.words import N_, Word
from qingfu.packfile.errors import Contradiction
from qingfu.packfile.words.pack import Pack
from qingfu.packfile.yamltext import Path, Place, Tree, clause_of, dotted

_SHAPES = {
    "int_parsing": N_("a whole number"),
    "int_type": N_("a whole number"),
    "int_from_float": N_("a whole number"),
    "bool_parsing": N_("true or false"),
    "bool_type": N_("true or false"),
    "string_type": N_("a text"),
    "string_too_short": N_("a text that is not empty"),
    "dict_type": N_("a map of keys"),
    "model_type": N_("a map of keys"),
    "model_attributes_type": N_("a map of keys"),
    "tuple_type": N_("a list"),
    "list_type": N_("a list"),
    "too_short": N_("at least one entry"),
}
_PATTERNS = {
    r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$": N_("small letters, digits and hyphens, as problem-list"),
    r"^\d{4}-\d{2}(-\d{2})?$": N_("a day as 2024-07-30 or a month as 2024-08"),
    r"^\d{2}-\d{2}$": N_("month and day, as 05-10"),
    r"^\d{6}(\d{3})?$": N_("a division code of 6 or 9 digits"),
}


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word most like ``word``, or None when none is near."""
    return next(iter(get_close_matches(word, list(known), 1, 0.55)), None)


def place_of(path: Path, places: Mapping[Path, Place]) -> Place:
    """Where a path stands, or the nearest thing above it that stands somewhere."""
    for length in range(len(path), 0, -1):
        if found := places.get(path[:length]):
            return found
    return Place("plan.yaml")


def translated(error: ValidationError, tree: dict[str, Tree], places: Mapping[Path, Place]) -> list[PackError]:
    """One fault for each complaint, without those that only follow from another."""
    details = error.errors(include_url=False)
    locs = [_path(detail) for detail in details]
    faults = []
    for detail, path in zip(details, locs, strict=True):
        beneath = any(other[: len(path)] == path and other != path for other in locs)
        if detail["type"] == "too_short" and beneath:
            continue
        faults.append(_fault(detail, path, tree, places))
    return faults


def _path(detail: ErrorDetails) -> Path:
    return tuple(part for part in detail["loc"] if not str(part).startswith("~") and part != "[key]")


def _fault(detail: ErrorDetails, path: Path, tree: dict[str, Tree], places: Mapping[Path, Place]) -> PackError:
    place = place_of(path, places)
    where: dict[str, Any] = {
        "file": place.file, "line": place.line, "key": dotted(path), "clause": clause_of(path, tree),
    }  # fmt: skip
    kind = detail["type"]
    if kind == "missing":
        return MissingKey(**where, suggestion=f"{path[-1]}: …")
    if kind == "extra_forbidden":
        known = keys_known(detail["loc"][:-1])
        near = nearest(str(path[-1]), known)
        return UnknownKey(**where, suggestion=near or (" · ".join(known) if known else None))
    if kind == "value_error":
        return Contradiction(**where, problem=Word(str(detail["ctx"]["error"])))
    return _wrong(detail, where)


def _wrong(detail: ErrorDetails, where: dict[str, Any]) -> PackError:
    kind, ctx, value = detail["type"], detail.get("ctx", {}), detail["input"]
    shown = value if isinstance(value, str) else "{…}" if isinstance(value, dict) else "[…]"
    if kind == "literal_error":
        allowed = _quoted(ctx["expected"])
        return WrongValue(**where, value=shown, expected=" · ".join(allowed), suggestion=nearest(shown, allowed))
    if kind.startswith("union_tag"):
        tags = _tags_at(detail["loc"])
        near = next((hit for key in value if (hit := nearest(key, tags))), None) if isinstance(value, dict) else None
        return WrongValue(**where, value=shown, expected=" · ".join(tags), suggestion=near)
    if kind == "string_pattern_mismatch":
        said = _PATTERNS.get(ctx["pattern"])
        expected = Word(said) if said else ctx["pattern"]
        suggestion = shown.lower().replace("_", "-") if "[a-z]" in ctx["pattern"] and shown.isascii() else None
        return WrongValue(**where, value=shown, expected=expected, suggestion=suggestion)
    return WrongValue(**where, value=shown, expected=Word(_SHAPES.get(kind, detail["msg"])))


def _quoted(expected: str) -> list[str]:
    return expected.replace("' or '", "', '").strip("'").split("', '")


def keys_known(loc: Iterable[str | int]) -> tuple[str, ...]:
    """The keys that may stand where an error's path ends; empty where ids stand."""
    held = _holds(Pack, tuple(loc))
    if isinstance(held, type) and issubclass(held, BaseModel):
        return tuple(field.alias or name for name, field in held.model_fields.items())
    return ()


def _tags_at(loc: Iterable[str | int]) -> tuple[str, ...]:
    held = _holds(Pack, tuple(loc))
    tags = [tag for member in get_args(_bare(held)) if (tag := _tag(member))]
    return tuple(tag.removeprefix("~") for tag in tags)


def _holds(held: Any, loc: tuple[str | int, ...]) -> Any:
    """The type that stands at the end of ``loc``, walking from ``held``."""
    for part in loc:
        held = _step(_bare(held), part)
        if held is None:
            return None
    return _bare(held)


def _step(held: Any, part: str | int) -> Any:
    origin, args = get_origin(held), get_args(held)
    if origin in (Union, types.UnionType):
        return next((member for member in args if _tag(member) == part), None)
    if isinstance(held, type) and issubclass(held, BaseModel):
        fields = held.model_fields.items()
        return next((field.annotation for name, field in fields if part in (field.alias, name)), None)
    if origin is dict:
        return held if part == "[key]" else args[1]
    return args[0] if origin is tuple else None


def _bare(held: Any) -> Any:
    """Without None and without annotations, unless what is left is a choice by tags."""
    while True:
        if get_origin(held) is Annotated:
            held = get_args(held)[0]
        elif get_origin(held) in (Union, types.UnionType) and type(None) in get_args(held):
            rest = [member for member in get_args(held) if member is not type(None)]
            if len(rest) > 1:
                return Union[tuple(rest)]  # noqa: UP007  # built from a list
            held = rest[0]
        else:
            return held


def _tag(member: Any) -> str | None:
    if get_origin(member) is not Annotated or get_origin(member) is Literal:
        return None
    return next((note.tag for note in get_args(member)[1:] if isinstance(note, Tag)), None)
