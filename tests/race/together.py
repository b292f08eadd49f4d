"""Letting many go at the same moment, each in a thread and on a connection of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from threading import Barrier, Thread

from django.db import connections

from qingfu.base.errors import QingfuError

AT_ONCE = 20


def at_once(verbs: Sequence[Callable[[], object]]) -> list[object]:
    """What each came back with, in order: what the verb gave, or the error of ours that it raised."""
    came_back: list[object] = [None] * len(verbs)
    gate = Barrier(len(verbs))

    def go(place: int, verb: Callable[[], object]) -> None:
        try:
            gate.wait()
            came_back[place] = verb()
        except QingfuError as refused:
            came_back[place] = refused
        finally:
            connections.close_all()

    threads = [Thread(target=go, args=(place, verb)) for place, verb in enumerate(verbs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return came_back


def refused(came_back: Sequence[object], kind: type[QingfuError] = QingfuError) -> int:
    """How many were told an error of this kind."""
    return sum(isinstance(told, kind) for told in came_back)
