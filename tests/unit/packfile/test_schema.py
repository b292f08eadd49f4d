"""The generated schema and manual say what the reader takes, and are committed as generated."""

from __future__ import annotations

import json
from pathlib import Path
from typing import get_args

import pytest
from pydantic import BaseModel

from qingfu.cli.offline.schemas import generated
from qingfu.packfile import manual, schema
from qingfu.packfile.words.pack import KINDS, Pack
from qingfu.packfile.words.situation import FactVerb

REFERENCE = Path(__file__).resolve().parents[3] / "docs" / "reference"


@pytest.mark.parametrize("name", schema.names())
def test_every_schema_is_json_and_refuses_unknown_keys(name: str) -> None:
    made = json.loads(schema.as_text(name))
    assert made["$schema"] == schema.DIALECT
    assert made["additionalProperties"] is False


def test_there_is_a_schema_for_every_top_key() -> None:
    keys = {field.alias or name for name, field in Pack.model_fields.items()}
    assert set(schema.names()) == keys | {schema.WHOLE_NAME}


def test_an_unknown_schema_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        schema.schema("dutys")


def test_a_clause_may_be_written_as_one_or_as_a_list() -> None:
    duty = schema.schema("duties")["$defs"]["Duty"]["properties"]
    assert {part["type"] for part in duty["clause"]["anyOf"]} == {"string", "array"}


def test_the_manual_names_every_kind_every_key_and_every_verb() -> None:
    page = manual.page()
    for kind in KINDS:
        assert f"| `{kind.key}` | {kind.name} |" in page
    for key in _keys(Pack, []):
        assert f"`{key}`" in page, key
    for verb in get_args(FactVerb):
        assert f"| `{verb}` |" in page


def _keys(model: type[BaseModel], seen: list[type[BaseModel]]) -> set[str]:
    found = set()
    for name, field in model.model_fields.items():
        found.add(field.alias or name)
        for inner in manual.inside(field.annotation):
            if inner not in seen:
                seen.append(inner)
                found |= _keys(inner, seen)
    return found


GENERATED = generated()


@pytest.mark.parametrize("name", GENERATED)
def test_what_is_committed_is_what_is_generated(name: str) -> None:
    text = (REFERENCE / name).read_text(encoding="utf-8")
    assert text == GENERATED[name], "run: qingfu pack schema --write docs/reference"
