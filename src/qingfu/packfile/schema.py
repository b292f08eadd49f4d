"""JSON Schema of a pack's files, generated from the reader's types: one for each kind, one for the whole."""

from __future__ import annotations

import json
from typing import Any

from pydantic import TypeAdapter

from qingfu.packfile.words.pack import KINDS, Pack

DIALECT = "https://json-schema.org/draft/2020-12/schema"
WHOLE_NAME = "pack"


def names() -> tuple[str, ...]:
    """The names of all schemas: the whole pack first, then each top key."""
    return (WHOLE_NAME, "plan", "clauses", "advisories", "situations", *(kind.key for kind in KINDS))


def schema(name: str) -> dict[str, Any]:
    """The schema of one file (`duties` for duties.yaml), or of the whole pack as one map; raises KeyError."""
    if name == WHOLE_NAME:
        return {"$schema": DIALECT, **Pack.model_json_schema(by_alias=True)}
    field = next(field for field in Pack.model_fields.values() if field.alias == name) if name in names() else None
    if field is None:
        raise KeyError(name)
    held: Any = field.annotation
    inner = TypeAdapter(held).json_schema(by_alias=True)
    definitions = inner.pop("$defs", {})
    made: dict[str, Any] = {
        "$schema": DIALECT,
        "title": f"{name}.yaml",
        "type": "object",
        "properties": {name: inner},
        "required": [name],
        "additionalProperties": False,
    }
    return {**made, "$defs": definitions} if definitions else made


def as_text(name: str) -> str:
    """The schema as it is committed."""
    return json.dumps(schema(name), ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def file_of(name: str) -> str:
    """The file name of a schema."""
    return f"{name}.schema.json"
