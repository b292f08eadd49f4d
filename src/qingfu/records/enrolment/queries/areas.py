"""Areas in words: taken apart into places, so that order and commas change nothing, and a street can be found."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

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
# A blank between two names divides them as well; one before a number does not.
_APART = re.compile(r"(?<=[\u4e00-\u9fff)])\s+(?=[\u4e00-\u9fff])")
_BRACKETS = re.compile(r"(?P<head>[^、,;:。\n\r()]*)\((?P<inner>[^()]*)\)")
_SIDE = re.compile(r"[单双]号?数?")
_ALSO = re.compile(r"^(?:包括|包含|含)")
_NOT = re.compile(r"除|不含|不包括")
_COUNTED = re.compile(r"第?[0-9一二三四五六七八九十]+(?:[组号栋幢期队]|单元|村民小组|[—–~\-至到]|$)")
_TOWNS = ("镇", "乡", "街道", "县", "市", "办事处")
_DIGITS = "零一二三四五六七八九"
_IN_WORDS = re.compile(
    r"第?(?P<words>[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])(?=[组号栋幢期队]|单元|[—–~\-至到]\S*组)"
)
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
    said = _counted(plain(asked))
    return bool(said) and any(_means(place, said) for place in _listed(area))


@dataclass(frozen=True)
class Moved:
    """The places that leave an area and those that come to it, as they are written there."""

    out: tuple[str, ...]
    into: tuple[str, ...]


def moved(before: str, after: str) -> Moved:
    """What a change moves; what only heads other places is not told by itself."""
    was, is_now = places_by_key(before), places_by_key(after)
    out = tuple(text for key, text in was.items() if key not in is_now)
    return Moved(out, tuple(text for key, text in is_now.items() if key not in was))


def places_by_key(area: str) -> dict[str, str]:
    """The places of an area as they are written, by what they are compared by."""
    parts = (part.strip() for part in _parts(area))
    return {plain(part): part for part in parts if part and not part.endswith(":")}


def _listed(area: str) -> list[str]:
    """The places of an area; one that only heads others carries the colon behind it."""
    parts = (_counted(plain(part)) for part in _parts(area))
    return [part for part in parts if part.strip(":")]


def _parts(area: str) -> list[str]:
    """An area taken apart, what stands in brackets too: 某镇(东街、西街) is 某镇: 东街、西街."""
    text = _APART.sub("、", unicodedata.normalize("NFKC", area))
    return _PART.findall(_BRACKETS.sub(_spread, text))


def _spread(found: re.Match[str]) -> str:
    head, inner = found["head"].strip(), found["inner"].strip()
    parts = [part for part in _BETWEEN.split(_ALSO.sub("", inner)) if plain(part)]
    if not parts or _NOT.match(inner):
        return head
    if _SIDE.fullmatch(inner):
        return f"{head}({inner})"
    if _COUNTED.match(parts[0]):
        return "、".join(f"{head}{part}" for part in parts)
    # A town is not an area by itself; a street or a village with others beside it is.
    return "、".join([f"{head}:" if head.endswith(_TOWNS) else head, *parts])


def _counted(text: str) -> str:
    """第三组, 三组 and 三村民小组 are 3组."""
    return _IN_WORDS.sub(lambda one: str(_number(one["words"])), text.replace("村民小组", "组"))


def _number(words: str) -> int:
    tens, is_ten, ones = words.rpartition("十")
    return (_DIGITS.index(tens) if tens else 1) * 10 * bool(is_ten) + (_DIGITS.index(ones) if ones else 0)


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
