"""The figures of a later national notice, read from a data file beside the packs."""

from __future__ import annotations

from pathlib import Path as FilePath

from pydantic import Field, ValidationError

from qingfu.base.errors import BadYaml, BrokenPack, WrongValue
from qingfu.packfile.shelf import PACKS
from qingfu.packfile.words.plan import Cap
from qingfu.packfile.words.word import Text, Word
from qingfu.packfile.yamltext import Path, dotted, parse

SHIPPED = PACKS / "national-2025.yaml"


class Notice(Word):
    """A notice that caps what a plan may ask."""

    title: Text
    issuer: Text
    issued: Text
    source: Text
    says: Text
    caps: tuple[Cap, ...] = Field(min_length=1)


def read_notice(file: FilePath = SHIPPED) -> Notice:
    """The notice in ``file``; raises BrokenPack naming file, line and key."""
    parsed = parse(file.read_bytes(), file.name)
    if parsed.faults:
        raise BrokenPack(parsed.faults)
    if not isinstance(parsed.tree, dict) or "notice" not in parsed.tree:
        raise BrokenPack([BadYaml(file=file.name, line=1, problem="notice: …")])
    try:
        return Notice.model_validate(parsed.tree["notice"], by_alias=True, by_name=False)
    except ValidationError as error:
        first = error.errors()[0]
        path: Path = ("notice", *first["loc"])
        place = parsed.places.get(path) or parsed.places[("notice",)]
        fault = WrongValue(
            file=file.name, line=place.line, key=dotted(path), value=str(first["input"]), expected=first["msg"]
        )
        raise BrokenPack([fault]) from error
