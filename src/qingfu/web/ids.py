"""Ids of rows as a form or an address sends them."""

from __future__ import annotations

# More signs than any id has; fewer than a column of the database takes.
_MOST = 15


def id_in(text: str) -> int | None:
    """The id that a text says; None for anything else, such as signs that are digits to Unicode and no number (²)."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _MOST else None
