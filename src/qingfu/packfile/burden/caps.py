"""A national cap beside what the plan says itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from qingfu.packfile.words.pack import Pack
from qingfu.packfile.words.plan import Cap


@dataclass(frozen=True)
class Beside:
    """``own``: the plan's own figure. ``open``: it leaves a blank (``asks``); ``unsaid``: it says nothing of it.

    ``elsewhere``: it counts the same in another window, so that the two cannot simply be compared.
    """

    cap: Cap
    own: int | None
    asks: str | None
    window: str | None
    verdict: Literal["over", "within", "open", "unsaid", "elsewhere"]


def beside(pack: Pack, cap: Cap) -> Beside:
    """The plan's own cap of the same thing in the same scope, if it has one."""
    caps = [one for held in pack.lists.values() for one in held.caps]
    own = [one for one in caps if (one.counts, one.scope) == (cap.counts, cap.per)]
    same = next((one for one in own if one.window == cap.window), None)
    found = same or (own[0] if own else None)
    if found is None:
        return Beside(cap, None, None, None, "unsaid")
    value = found.at_most.value
    if value is None:
        return Beside(cap, None, found.at_most.blank, found.window, "open")
    if same is None:
        return Beside(cap, value, None, found.window, "elsewhere")
    return Beside(cap, value, None, found.window, "over" if value > cap.at_most else "within")
