"""Areas in words: taken apart into places, so that order and commas change nothing, and a street can be found."""

from __future__ import annotations

import re
import unicodedata

_BETWEEN = re.compile(r"[、，,；;：:。\n\r]+")
_BLANK = re.compile(r"\s+")
# A part of an area this short is found only by its whole name.
SHORTEST = 2


def plain(text: str) -> str:
    """A text without blanks, in one width of letters."""
    return _BLANK.sub("", unicodedata.normalize("NFKC", text)).casefold()


def places_of(area: str) -> frozenset[str]:
    """The streets, villages and estates of an area, whatever their order."""
    return frozenset(part for one in _BETWEEN.split(unicodedata.normalize("NFC", area)) if (part := plain(one)))


def same_area(one: str, other: str) -> bool:
    """Whether two texts name the same places."""
    return places_of(one) == places_of(other)


def names_place(area: str, asked: str) -> bool:
    """Whether somebody who asks for a place means this area: one is part of the other, as 阳光路12号 and 阳光路."""
    said = plain(asked)
    return bool(said) and any(said in part or (len(part) >= SHORTEST and part in said) for part in places_of(area))
