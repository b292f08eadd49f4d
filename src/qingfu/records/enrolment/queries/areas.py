"""Areas in words: taken apart into places, so that order and commas change nothing, and a street can be found."""

from __future__ import annotations

import re
import unicodedata

_BETWEEN = re.compile(r"[、，,；;：:。\n\r]+")
_BLANK = re.compile(r"\s+")
# A place with the colon behind it, where it heads those that follow.
_PART = re.compile(r"[^、，,；;：:。\n\r]+[：:]?")
# The numbers an area has of a street: 河沿街1—80号, 河沿街1号至79号（单号）, 河沿街双号, 柳湾村1—3组.
_RANGE = re.compile(
    r"(?P<street>.*?)(?:(?P<first>\d{1,5})[号组栋幢]?[—–~\-至到]+(?P<last>\d{1,5})[号组栋幢]?)?(?:\(?(?P<side>[单双])号?数?\)?)?"
)
# The first number behind the street of an address: 河沿街35号2栋301室.
_NUMBER = re.compile(r"(?P<street>\D*)(?P<number>\d{1,5})(?!\d)")
_MOST_HOUSES = 99_999
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
    """Whether somebody who asks for a place means this area: one is part of the other, as 阳光路12号 and 阳光路.

    A house number must lie in the numbers an area has of a street (河沿街1—80号, 河沿街单号). What stands before a
    colon, as the town of the streets behind it, is not an area by itself: 某镇某村 is asked for by its village.
    """
    said = plain(asked)
    return bool(said) and any(_means(place, said) for place in _listed(area))


def _listed(area: str) -> list[str]:
    """The places of an area; one that only heads others carries the colon behind it."""
    parts = (plain(part) for part in _PART.findall(unicodedata.normalize("NFC", area)))
    return [part for part in parts if part.strip(":")]


def _means(place: str, said: str) -> bool:
    if place.endswith(":"):
        return said in place
    if said in place or (len(place) >= SHORTEST and place in said):
        return True
    return _is_within(place, said)


def _is_within(place: str, said: str) -> bool:
    """Whether an address lies in the numbers of a street that an area has; without a number the street will do."""
    of = _RANGE.fullmatch(place)
    if of is None or not (of["first"] or of["side"]) or len(of["street"]) < SHORTEST:
        return False
    asked = _NUMBER.match(said)
    street = asked["street"] if asked else said
    if not (street and (of["street"] in street or street in of["street"])):
        return False
    if asked is None:
        return True
    number = int(asked["number"])
    first, last = int(of["first"] or 1), int(of["last"] or _MOST_HOUSES)
    return first <= number <= last and of["side"] in (None, "单" if number % 2 else "双")
