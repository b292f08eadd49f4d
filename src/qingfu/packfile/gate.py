"""At the school gate: whether what the visitor says he comes for is on the list.

Only the same name admits: written exactly so, or differing in nothing but width, case, space and punctuation.
A near name never admits; it is shown, so that the school can ask.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

NEAR = 0.6
MOST_NEAR = 5


@dataclass(frozen=True)
class Answer:
    """``admit`` with the name that matched and how, or ``refuse`` with the names that are near."""

    verdict: Literal["admit", "refuse"]
    name: str | None = None
    how: Literal["exact", "normalised"] | None = None
    near: tuple[str, ...] = ()


def normalised(name: str) -> str:
    """The name without what people write differently: width, case, space and punctuation."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    kept = "".join(sign for sign in folded if unicodedata.category(sign)[0] in "LNM")
    # Signs that stood apart may compose once what was between them is gone.
    return unicodedata.normalize("NFKC", kept)


def ask(name: str, listed: Iterable[str]) -> Answer:
    """Compare ``name`` with the names that are listed today."""
    names = tuple(listed)
    if name in names:
        return Answer("admit", name, "exact")
    said = normalised(name)
    if said:
        for one in names:
            if normalised(one) == said:
                return Answer("admit", one, "normalised")
    return Answer("refuse", near=near(name, names))


def near(name: str, names: Iterable[str]) -> tuple[str, ...]:
    """The names most like ``name``, the nearest first; at most five."""
    said = normalised(name)
    if not said:
        return ()
    likeness = {one: _likeness(said, normalised(one)) for one in names}
    found = sorted((one for one in likeness if likeness[one] >= NEAR), key=lambda one: (-likeness[one], one))
    return tuple(found[:MOST_NEAR])


def _likeness(said: str, other: str) -> float:
    if len(said) >= 2 and len(other) >= 2 and (said in other or other in said):
        return 1.0
    return SequenceMatcher(None, said, other).ratio()
