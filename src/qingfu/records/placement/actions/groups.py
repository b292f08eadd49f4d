"""Who is to be together: pairs that share somebody are one group."""

from __future__ import annotations

from collections.abc import Iterable


def groups_of(pairs: Iterable[tuple[str, str]]) -> tuple[tuple[str, ...], ...]:
    """Disjoint groups, each and all of them sorted."""
    group_of: dict[str, set[str]] = {}
    for a, b in pairs:
        joined = group_of.get(a, {a}) | group_of.get(b, {b})
        for ticket in joined:
            group_of[ticket] = joined
    return tuple(sorted({tuple(sorted(group)) for group in group_of.values()}))
