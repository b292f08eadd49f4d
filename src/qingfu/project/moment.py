"""Plan time, read once per request: the system's time, in a demo moved by the almanac's offset."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from qingfu.base.clock import system_now
from qingfu.records.almanac import queries as almanac


def plan_now() -> datetime:
    """The plan's present instant, aware, in UTC. Asks the database in a demo only."""
    now = system_now()
    return almanac.plan_time(now) if settings.DEMO else now


class Moment:
    """Puts ``request.moment`` on every request that reaches a page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on; the instant is set in ``process_view``, so that unknown pages cost no query."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: object) -> None:
        """Set ``request.moment`` for the page about to be made."""
        # Attributes of a request cannot be declared; the one name is documented here.
        request.moment = plan_now()  # type: ignore[attr-defined]
