"""The canonical bytes of a pack: what a bureau puts in force, the same everywhere, and their digest."""

from __future__ import annotations

import json
from hashlib import sha256

from pydantic import BaseModel

from qingfu.base.canon import canonical
from qingfu.packfile.words.pack import Pack


def pack_bytes(pack: Pack) -> bytes:
    """The canonical bytes of everything the pack puts in force: all but its situations, which are tests of it."""
    return canonical(_said(pack.model_copy(update={"situations": ()})))


def pack_digest(pack: Pack) -> str:
    """SHA-256 of the pack's canonical bytes, 64 lower-case hexadecimal characters."""
    return sha256(pack_bytes(pack)).hexdigest()


def from_bytes(data: bytes) -> Pack:
    """The pack of ``pack_bytes``, without situations."""
    return Pack.model_validate(_unsaid(json.loads(data)), by_alias=True, by_name=False)


# The order of ids is the order a clerk reads them in, and canonical maps forget it: so a map of ids
# is written as a list of pairs behind a key that nothing else can have.
_PAIRS = "~"


def _said(value: object) -> object:
    if isinstance(value, BaseModel):
        fields = type(value).model_fields.items()
        held = {field.alias or name: getattr(value, name) for name, field in fields}
        return {key: _said(part) for key, part in held.items() if part not in (None, (), {})}
    if isinstance(value, dict):
        return {_PAIRS: [[key, _said(part)] for key, part in value.items()]}
    return [_said(part) for part in value] if isinstance(value, tuple) else value


def _unsaid(value: object) -> object:
    if isinstance(value, dict):
        if _PAIRS in value:
            return {key: _unsaid(part) for key, part in value[_PAIRS]}
        return {key: _unsaid(part) for key, part in value.items()}
    return [_unsaid(part) for part in value] if isinstance(value, list) else value
