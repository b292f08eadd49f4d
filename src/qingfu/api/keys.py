"""Keys: who a program is, by the key it sends; how much and how often it may ask."""

from __future__ import annotations

from collections import OrderedDict, deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock

from django.http import HttpRequest
from ninja.security import HttpBearer

from qingfu.base.actor import Actor
from qingfu.base.clock import system_now
from qingfu.base.errors import TooBig
from qingfu.base.errors.keys import KeyMissing, TooFast
from qingfu.base.words import N_, Word
from qingfu.records.people.actions import open_with_key

MEGABYTE = 1024 * 1024
MOST_BYTES = 5 * MEGABYTE


@dataclass
class Pace:
    """At most ``most`` requests of each key within ``within``, counted in this process; the oldest keys are forgotten.

    It keeps one program that went wrong from holding up everybody, and is no wall against an attack.
    """

    most: int
    within: timedelta
    remembered: int = 1_000
    _times: OrderedDict[int, deque[datetime]] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def step(self, key: int, now: datetime) -> None:
        """Count one request; raises TooFast, which is not counted."""
        with self._lock:
            times = self._times.setdefault(key, deque())
            self._times.move_to_end(key)
            if len(self._times) > self.remembered:
                self._times.popitem(last=False)
            while times and now - times[0] >= self.within:
                times.popleft()
            if len(times) >= self.most:
                wait = times[0] + self.within - now
                raise TooFast(most=self.most, seconds=int(wait.total_seconds()) + 1)
            times.append(now)


PACE = Pace(120, timedelta(minutes=1))


class Key(HttpBearer):
    """The key in the header `Authorization: Bearer …`; nothing else opens the contract, no session and no cookie."""

    def __call__(self, request: HttpRequest) -> Actor:
        """The actor whose key it is; raises KeyRefused and its branches, TooBig, TooFast. No body is read before."""
        scheme, _, token = request.headers.get(self.header, "").partition(" ")
        if scheme.lower() != self.openapi_scheme or not token.strip():
            raise KeyMissing
        return self.authenticate(request, token.strip())

    def authenticate(self, request: HttpRequest, token: str) -> Actor:
        """Open with the token."""
        opened = open_with_key(token=token, at=moment_of(request))
        PACE.step(opened.id, system_now())
        size = int(request.META.get("CONTENT_LENGTH") or 0)
        if size > MOST_BYTES:
            name = Word(N_("the request"))
            raise TooBig(name=name, size=-(-size // MEGABYTE), most=MOST_BYTES // MEGABYTE)
        return opened.actor


def moment_of(request: HttpRequest) -> datetime:
    """The plan's present instant, as the roof set it for this request."""
    moment: datetime = request.moment  # type: ignore[attr-defined]  # set by the roof for every request
    return moment


def actor_of(request: HttpRequest) -> Actor:
    """Who asks."""
    actor: Actor = request.auth  # type: ignore[attr-defined]  # set once the key has opened
    return actor
