"""Notices as they were read: each is read and judged once in a process, however often the phones of witnesses ask."""

from __future__ import annotations

import json
from collections import OrderedDict
from threading import Lock

from qingfu.base.draw.notice import Notice
from qingfu.base.draw.reading import notice_of
from qingfu.base.errors import BadNotice
from qingfu.base.words import N_, Word
from qingfu.records.draws.models import Draw

# Of so many bytes together as they were posted, about a hundred thousand entries; the least lately asked for go first.
ROOM = 16 * 1024 * 1024


class Shelf:
    """Notices by the digest that was posted, which is theirs whoever asks and from whatever row."""

    def __init__(self, room: int) -> None:
        self._room = room
        self._held: OrderedDict[str, tuple[Notice, int]] = OrderedDict()
        self._lock = Lock()

    def find(self, digest: str) -> Notice | None:
        with self._lock:
            found = self._held.get(digest)
            if found is not None:
                self._held.move_to_end(digest)
            return found[0] if found else None

    def keep(self, digest: str, notice: Notice, size: int) -> None:
        with self._lock:
            self._held[digest] = (notice, size)
            self._held.move_to_end(digest)
            while len(self._held) > 1 and sum(held for _, held in self._held.values()) > self._room:
                self._held.popitem(last=False)


_SHELF = Shelf(ROOM)


def notice_of_row(row: Draw) -> Notice:
    """The notice of a draw; BadNotice where what is stored is not what was posted. The row may leave it out."""
    found = _SHELF.find(row.notice_digest)
    if found is not None:
        return found
    content = bytes(row.notice)
    notice = notice_of(json.loads(content))
    if notice.digest().hex() != row.notice_digest:
        raise BadNotice(where="notice", problem=Word(N_("this is not what was posted")))
    _SHELF.keep(row.notice_digest, notice, len(content))
    return notice
