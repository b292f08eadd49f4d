"""What exists in a demonstration only: the next day, a later day, and another person's seat."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date

from django.conf import settings
from django.contrib.auth import login
from django.db import connections
from django.http import Http404, HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from qingfu.base.clock import day_of
from qingfu.base.days import ONE_DAY, read_day
from qingfu.project.demo import doors, lived
from qingfu.project.demo.errors import NoWayBack
from qingfu.project.moment import plan_now
from qingfu.web.desk import POST_KEY

AT_ONCE = 31
LOCK = 9
SESSIONS = "django.contrib.auth.backends.ModelBackend"

View = Callable[[HttpRequest], HttpResponseBase]


class Personas:
    """Puts ``request.personas`` on every request of a demonstration, for the bar on top of the page."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on."""
        # Attributes of a request cannot be declared; the two names are documented here.
        request.personas = doors.personas()  # type: ignore[attr-defined]
        request.persona = lambda: doors.persona_of(request.user)  # type: ignore[attr-defined]
        return self.get_response(request)


def _only_in_a_demo(view: View) -> View:
    posted = require_POST(view)

    def answer(request: HttpRequest) -> HttpResponseBase:
        if not settings.DEMO:
            raise Http404
        return posted(request)

    return answer


@_only_in_a_demo
def next_day(request: HttpRequest) -> HttpResponseBase:
    """The plan's clock goes on to nine o'clock of the next day."""
    with _alone():
        for _day in lived.days_to(day_of(plan_now()) + ONE_DAY):
            pass
    return redirect(_back(request))


@_only_in_a_demo
def go_to(request: HttpRequest) -> HttpResponseBase:
    """The plan's clock goes on to nine o'clock of a later day; a long way shows how far it has come."""
    today, wanted = day_of(plan_now()), read_day(request.POST.get("on", ""))
    if wanted < today:
        raise NoWayBack(day=wanted, today=today, verb="", state="", possible=[])
    if (wanted - today).days > AT_ONCE:
        return StreamingHttpResponse(_shown(_words(request, today, wanted), wanted))
    with _alone():
        for _day in lived.days_to(wanted):
            pass
    return redirect(_back(request))


@_only_in_a_demo
def persona(request: HttpRequest) -> HttpResponseBase:
    """Take somebody else's seat: signs in as the persona's account, in its post."""
    account, post = doors.seat_of(request.POST.get("persona", ""), plan_now())
    login(request, account, backend=SESSIONS)
    request.session[POST_KEY] = post
    return redirect("home")


def _words(request: HttpRequest, today: date, wanted: date) -> tuple[str, str]:
    # Rendered before the answer begins: the language of the request is gone once it streams.
    facts = {"today": today, "wanted": wanted, "back": _back(request)}
    return render_to_string("project/going.html", facts, request), render_to_string("project/gone.html", facts, request)


def _shown(words: tuple[str, str], wanted: date) -> Iterator[str]:
    before, after = words
    yield before
    with _alone():
        for day in lived.days_to(wanted):
            yield f"<li>{day.isoformat()}</li>\n" if day.day in (1, 15) or day == wanted else " "
    yield after


def _back(request: HttpRequest) -> str:
    wish = request.POST.get("next", "")
    return wish if url_has_allowed_host_and_scheme(wish, allowed_hosts=None) else "/"


@contextmanager
def _alone() -> Iterator[None]:
    """One at a time: two who press at once must not live the same day twice."""
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
