"""Schemes of others, for their vectors and for places that draw that way (draw-record.md, 11).

Both take a hash modulo the number of those left, which favours some by less than anybody could notice; ours does not.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import md5, sha256

from qingfu.base.draw.notice import Entry, Pick

Values = tuple[tuple[int, ...], ...]


def rfc3797(method: Pick, pool: Sequence[Entry], values: Values) -> dict[str, object]:
    """RFC 3797: one MD5 a place; ``digests`` in the order of the places."""
    key = "".join(".".join(str(one) for one in sorted(row)) + "./" for row in values).encode("ascii")
    left, order, digests = [one.ticket for one in pool], [], []
    for place in range(len(pool)):
        end = place.to_bytes(2, "big")
        made = md5(end + key + end, usedforsecurity=False).hexdigest().upper()
        order.append(left.pop(int(made, 16) % len(left)))
        digests.append(made)
    return {"chosen": order[: method.take], "digests": digests, "order": order}


def sha256_lot(pool: Sequence[Entry], values: Values) -> dict[str, object]:
    """One of the pool by a single SHA-256, as the XMPP Standards Foundation breaks ties."""
    key = ".".join(f"{one:02d}" for one in sorted(values[0])) + "./"
    made = sha256(key.encode("ascii")).hexdigest()
    chosen = [pool[int(made, 16) % len(pool)].ticket]
    return {"chosen": chosen, "digests": [made], "order": chosen}
