"""The canonical form of a record and its digest: the same bytes for the same content, everywhere."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from hashlib import sha256
from uuid import UUID

from qingfu.base.errors import Unsayable
from qingfu.base.words import N_, Word

Sayable = None | bool | int | str | list["Sayable"] | dict[str, "Sayable"]


def canonical(value: object) -> bytes:
    """JSON in UTF-8 with sorted keys, no spaces, text in Unicode NFC.

    Says: None, bool, int, str, Decimal (as text), date (ISO), aware datetime (ISO, UTC),
    UUID, Enum (its value), list, tuple, map with text keys, dataclass. Everything else,
    floats and naive instants above all, raises Unsayable.
    """
    plain = _plain(value, "$")
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8")


def digest(value: object) -> str:
    """SHA-256 of the canonical form, 64 lower-case hexadecimal characters."""
    return sha256(canonical(value)).hexdigest()


def _plain(value: object, where: str) -> Sayable:
    if isinstance(value, Enum):
        return _plain(value.value, where)
    if value is None or isinstance(value, (bool, int)):
        return value
    if isinstance(value, str):
        return _text(value, where)
    if isinstance(value, (list, tuple)):
        return [_plain(part, f"{where}[{index}]") for index, part in enumerate(value)]
    if isinstance(value, Mapping):
        return _map(value, where)
    if is_dataclass(value) and not isinstance(value, type):
        return _map({part.name: getattr(value, part.name) for part in fields(value)}, where)
    return _scalar(value, where)


def _scalar(value: object, where: str) -> str:
    if isinstance(value, datetime):
        if value.utcoffset() is None:
            raise Unsayable(where=where, kind=Word(N_("an instant without its time zone")))
        return value.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal) and value.is_finite():
        return _decimal(value)
    if isinstance(value, UUID):
        return str(value)
    raise Unsayable(where=where, kind=type(value).__name__)


def _decimal(value: Decimal) -> str:
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def _text(value: str, where: str) -> str:
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        raise Unsayable(where=where, kind=Word(N_("half a character"))) from None
    return unicodedata.normalize("NFC", value)


def _map(value: Mapping[object, object], where: str) -> dict[str, Sayable]:
    plain: dict[str, Sayable] = {}
    for key, part in value.items():
        if not isinstance(key, str):
            raise Unsayable(where=where, kind=f"{type(key).__name__} key")
        name = _text(key, where)
        if name in plain:
            raise Unsayable(where=f"{where}.{name}", kind=Word(N_("the same key twice")))
        plain[name] = _plain(part, f"{where}.{name}")
    return plain
