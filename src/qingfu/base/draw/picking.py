"""k of n, and at least so much in every stratum: the first of a drawn order, the rest are reserves."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from qingfu.base.draw.notice import Entry, Method, Pick, Share
from qingfu.base.draw.stream import Chance


def pick(method: Pick, pool: Sequence[Entry], chance: Chance) -> dict[str, object]:
    """draw-record.md, 7.1."""
    order = chance.stream("order").shuffled([one.ticket for one in pool])
    return {"chosen": order[: method.take], "order": order}


def share(method: Share, pool: Sequence[Entry], chance: Chance) -> dict[str, object]:
    """draw-record.md, 7.2."""
    drawn = []
    for marks, tickets in strata(method, pool).items():
        label = "order/" + json.dumps(list(marks), ensure_ascii=False, separators=(",", ":"))
        order = chance.stream(label).shuffled(tickets)
        drawn.append({"chosen": order[: needed(method, len(order))], "marks": list(marks), "order": order})
    return {"strata": drawn}


def strata(method: Share, pool: Sequence[Entry]) -> dict[tuple[str, ...], list[str]]:
    """Tickets by the marks that the method asks for, in the order the pool names them."""
    found: dict[tuple[str, ...], list[str]] = {}
    for one in pool:
        found.setdefault(tuple(one.marks[word] for word in method.by), []).append(one.ticket)
    return found


def drawn_of(method: Method, marks: Iterable[Mapping[str, str]]) -> int:
    """How many are drawn of those who stand on the list with these marks; 0 where a method leaves nobody out."""
    if isinstance(method, Pick):
        return method.take
    if not isinstance(method, Share):
        return 0
    sizes = Counter(tuple(one.get(word, "") for word in method.by) for one in marks)
    return sum(needed(method, size) for size in sizes.values())


def needed(method: Share, size: int) -> int:
    """How many of ``size`` are drawn: the part rounded up, at least ``least``, at most all."""
    return min(size, max(method.least, -(-size * method.parts // method.of)))
