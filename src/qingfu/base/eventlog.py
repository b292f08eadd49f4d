"""Operator events: one JSON line each on stderr, numbers and short tokens only.

This is the operator's log, not the journal: it may be lost, and it must hold no names, no
contact data and no secrets. What people did belongs in the journal.
"""

from __future__ import annotations

import json
import re
import sys
from datetime import datetime
from typing import TextIO

from qingfu.base.errors import NotForTheLog

# A token is one of our own words (a state, a code, a version), never free text. Long random-looking
# texts are refused because they would be keys, passwords or one-time links.
_TOKEN = re.compile(r"[A-Za-z][A-Za-z0-9_.:/-]{0,31}|\d{1,4}(\.\d{1,4}){1,3}", re.ASCII)
_KEY = re.compile(r"[a-z][a-z0-9_]{0,31}", re.ASCII)
_SECRET = re.compile(r"passw|secret|token|cookie|session|key|phone|mail|name|address", re.ASCII)

# A telephone number has eleven digits, an identity number eighteen.
ELEVEN_DIGITS = 10**10

Value = int | bool | str


def event(event_name: str, *, at: datetime | None = None, to: TextIO | None = None, **facts: Value) -> None:
    """Write one event; ``event_name`` and text values are ASCII tokens of at most 32 characters.

    Raises NotForTheLog for anything else: other types, long numbers, free text, and keys that speak of
    people or secrets. ``to`` is stderr unless given.
    """
    if not _is_token(event_name):
        raise NotForTheLog(event="…", key="event")
    line: dict[str, Value] = {"event": event_name}
    if at is not None:
        line["at"] = at.isoformat(timespec="seconds")
    for key, value in facts.items():
        if key in line or not _KEY.fullmatch(key) or _SECRET.search(key) or not _is_sayable(value):
            raise NotForTheLog(event=event_name, key=key)
        line[key] = value
    stream = sys.stderr if to is None else to
    stream.write(json.dumps(line, ensure_ascii=True, separators=(",", ":")) + "\n")
    stream.flush()


def _is_sayable(value: object) -> bool:
    if isinstance(value, int):
        return abs(value) < ELEVEN_DIGITS
    return isinstance(value, str) and _is_token(value)


def _is_token(value: str) -> bool:
    return bool(_TOKEN.fullmatch(value))
