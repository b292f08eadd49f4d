"""How many schools, departments and townships a situation speaks of: exactly so many the register is given."""

from __future__ import annotations

from collections.abc import Iterator

from qingfu.packfile.words.pack import Pack
from qingfu.packfile.words.situation import Fact, Situation

# A kind of organ, and the scope it falls under where the plan tells units apart.
Units = tuple[str, str | None]
OWNERS = "department"


def units_of(pack: Pack, situation: Situation) -> dict[Units, int]:
    """The organs needed beside those of the parties: (kind, scope) and how many."""
    found: dict[Units, int] = {}
    applicants = {fact.as_ for fact in situation.facts if fact.verb == "apply"}
    for fact in situation.facts:
        others = any(other.duty == fact.duty for other in situation.facts if other is not fact)
        for units, count in _needed(pack, fact, len(applicants), others):
            found[units] = max(found.get(units, 0), count)
    for kind in {kind for kind, scope in found if scope is None}:
        # Those of a scope are of the whole, too.
        inside = sum(count for (its, scope), count in found.items() if its == kind and scope is not None)
        found[kind, None] = max(found[kind, None] - inside, 0)
    return found


def kind_of(pack: Pack, fact: Fact) -> str | None:
    """The kind of organ that does, or is let off, what the fact's duty asks; None for a party's own organ."""
    duty = pack.duties[fact.duty or ""]
    if fact.who in duty.who:
        return pack.parties[fact.who].any
    kinds = [pack.parties[key].any for key in duty.who]
    return "school" if "school" in kinds else kinds[0]


def _is_stranger(pack: Pack, fact: Fact) -> bool:
    return fact.verb == "hand-in" and fact.who is not None and fact.who not in pack.duties[fact.duty or ""].who


def _needed(pack: Pack, fact: Fact, applicants: int, others: bool) -> Iterator[tuple[Units, int]]:
    party = pack.parties.get(fact.who or "")
    if party and party.any:
        yield (party.any, None), 1
    if fact.verb == "apply":
        yield (party.any if party and party.any else "department", None), applicants
        yield ("school", None), 1
    if fact.verb == "find-problem":
        yield (pack.scopes[fact.unit].each, fact.unit) if fact.unit else (OWNERS, None), 1
    # Whoever hands in what is not theirs adds no unit to those who owe it.
    if fact.duty and not (others and _is_stranger(pack, fact)) and (kind := kind_of(pack, fact)):
        yield (kind, fact.unit), fact.of or fact.count
