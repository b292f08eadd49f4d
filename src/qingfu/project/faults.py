"""What a visitor sees when something goes wrong: one page, by family of the error; a program reads a problem."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError, InterfaceError, OperationalError, ProgrammingError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.loader import select_template
from django.urls import NoReverseMatch
from django.utils.http import urlencode
from django.utils.translation import gettext
from psycopg.errors import InsufficientPrivilege
from psycopg_pool import PoolTimeout

from qingfu.api.contract import ROOT as API
from qingfu.api.problems import problem
from qingfu.base.clock import system_now
from qingfu.base.errors import (
    DatabaseDown,
    Invalid,
    NotAllowed,
    NotFound,
    QingfuError,
    SignInNeeded,
)
from qingfu.base.errors.status import STATUS as STATUS
from qingfu.base.errors.status import status_of as status_of
from qingfu.base.eventlog import event
from qingfu.base.words import N_
from qingfu.project.moment import plan_now
from qingfu.records.people.queries import bureau_by_slug
from qingfu.web.desk import seat
from qingfu.web.hall import Hall

SOURCE = Path(__file__).resolve().parents[1]
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
TOKEN = 32  # the longest word of an operator's event
TEMPLATES = ("errors/page.html", "project/error.html")


class DatabaseAway(DatabaseDown):
    """The database was away while a page was made; the same form may be sent again."""

    code = "QF-DATABASE-AWAY"
    says = N_("The database is away for a moment. Nothing that was confirmed is lost.")
    do = N_("Send it again; however often it arrives, it counts once.")


class TooManyTries(NotAllowed):
    """Signing in failed too often. Facts: minutes."""

    code = "QF-TOO-MANY-TRIES"
    says = N_("Signing in failed too often for this name from this address.")
    do = N_("Wait {minutes} minutes, or ask the office for a new password.")


class FormExpired(NotAllowed):
    """The form's own key does not fit the session."""

    code = "QF-FORM-EXPIRED"
    says = N_("This form was opened too long ago, or in another session.")
    do = N_("Go back, reload the page and send it again; nothing was recorded.")


class NoSuchPage(NotFound):
    """No page has this address."""

    code = "QF-NO-PAGE"
    says = N_("There is no page at this address.")
    do = N_("Check the address, or begin at the first page.")


class NotPublic(NotFound):
    """Nothing at this address that somebody without an account may see."""

    code = "QF-NOT-PUBLIC"
    says = N_("There is nothing to see at this address; it may be mistyped, or no longer public.")
    do = N_("Check the address, or begin at the first page.")


class BadRequest(Invalid):
    """The request itself is malformed."""

    code = "QF-BAD-REQUEST"
    says = N_("The request could not be read.")
    do = N_("Go back and try again; nothing was recorded.")


class Faults:
    """Turns the errors of pages into pages."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponse | None:
        """The page for an error that we know; None leaves it to ``server_error``."""
        known = known_as(fault)
        return page(request, known) if known else None


def known_as(fault: BaseException | None) -> QingfuError | None:
    """The error of our tree that a fault means to the visitor, if any."""
    if isinstance(fault, QingfuError):
        return fault
    if isinstance(fault, (OperationalError, InterfaceError, PoolTimeout)):
        return DatabaseAway(where="—")
    if isinstance(fault, ProgrammingError) and isinstance(fault.__cause__, InsufficientPrivilege):
        # Row-level security refused: a filter was forgotten, and the database did not.
        return NotAllowed(verb="—", who="—")
    return None


def page(request: HttpRequest, error: QingfuError, *, status: int | None = None) -> HttpResponse:
    """The page of one error: what happened, under which clause, what to do next, the code; to a program as JSON."""
    if request.path.startswith(f"{API}/"):
        return problem(request, error, status=status)
    if isinstance(error, SignInNeeded) and (elsewhere := _to_sign_in(request)):
        return elsewhere
    status = status or status_of(error)
    if type(error) is NotFound and not _signed_in(request):
        error = NotPublic()
    known: dict[str, Any] = {
        "code": error.code,
        "says": error.what(gettext),
        "clause": error.clause,
        "do": error.next_step(gettext),
        "error": error,
        "status": status,
        "language": "zh-CN" if getattr(request, "LANGUAGE_CODE", "zh-hans") == "zh-hans" else "en",
        "again": list(_fields(request)) if isinstance(error, DatabaseAway) else [],
        "path": request.get_full_path(),
    }
    response = _at_the_desk(request, known) if 400 <= status < 500 else None
    if response is None and status == 404:
        response = _in_the_hall(request, known)
    # Without the request: its context processors might ask the very database that is away.
    response = response or HttpResponse(select_template(TEMPLATES).render(known), status=status)
    if status == 503:
        response.headers["Retry-After"] = "3"
    response.headers["Cache-Control"] = "no-store"
    return response


def _at_the_desk(request: HttpRequest, known: Mapping[str, Any]) -> HttpResponse | None:
    """The same page inside the desk of whoever is signed in, so that the way on is at hand; None for anybody else."""
    if not hasattr(request, "user"):
        return None
    try:
        _moment_of(request)
        return seat(request, "").show("errors/desk.html", status=known["status"], **_told(known))
    except (QingfuError, DatabaseError, PoolTimeout):
        return None


def _in_the_hall(request: HttpRequest, known: Mapping[str, Any]) -> HttpResponse | None:
    """The same page among the public pages of the bureau that the address begins with; None where it names none."""
    try:
        bureau = bureau_by_slug(request.path.split("/")[1])
        hall = Hall(request, _moment_of(request), bureau=bureau)
        return hall.show("errors/hall.html", status=known["status"], **_told(known))
    except (QingfuError, DatabaseError, PoolTimeout):
        return None


def _moment_of(request: HttpRequest) -> datetime:
    if not hasattr(request, "moment"):
        # No page was found, so none has set it.
        request.moment = plan_now()  # type: ignore[attr-defined]  # as the roof sets it
    moment: datetime = request.moment  # type: ignore[attr-defined]
    return moment


def _told(known: Mapping[str, Any]) -> dict[str, Any]:
    return {name: known[name] for name in ("code", "says", "clause", "do")}


def _signed_in(request: HttpRequest) -> bool:
    try:
        return hasattr(request, "user") and request.user.is_authenticated
    except (DatabaseError, PoolTimeout):
        return False


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Django's handler400; also reached when the session could not be saved because the database went away."""
    cause: BaseException | None = exception
    while cause is not None:
        if isinstance(away := known_as(cause), DatabaseAway):
            return page(request, away)
        cause = cause.__context__
    return page(request, BadRequest(), status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Django's handler403."""
    return page(request, NotAllowed(verb="—", who="—"))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Django's handler404."""
    return page(request, NoSuchPage(what=request.path))


def server_error(request: HttpRequest) -> HttpResponse:
    """Django's handler500; also reached by faults of middleware, such as a session without a database."""
    fault = sys.exception()
    known = known_as(fault)
    if known is None and fault is not None:
        report(fault)
    return page(request, known or QingfuError())


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django's CSRF_FAILURE_VIEW."""
    return page(request, FormExpired())


def locked_out(request: HttpRequest, *_: object) -> HttpResponse:
    """The answer to a locked-out sign-in."""
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    return page(request, TooManyTries(minutes=minutes), status=429)


def report(fault: BaseException) -> None:
    """Tell the operator the kind and the place of a fault, not its message: that may hold a name."""
    at = system_now()
    event("page.fault", at=at, kind=type(fault).__qualname__[:TOKEN])
    trace = fault.__traceback__
    while trace:
        file = Path(trace.tb_frame.f_code.co_filename)
        if SOURCE in file.parents:
            event(
                "page.fault.line", at=at, file=str(file.relative_to(SOURCE))[-TOKEN:].lstrip("/_"), line=trace.tb_lineno
            )
        trace = trace.tb_next


def _to_sign_in(request: HttpRequest) -> HttpResponse | None:
    if request.method not in ("GET", "HEAD"):
        return None
    try:
        place = redirect(settings.LOGIN_URL)
    except NoReverseMatch:
        return None
    place["Location"] += "?" + urlencode({"next": request.get_full_path()})
    return place


def _fields(request: HttpRequest) -> Iterator[tuple[str, str]]:
    """What a form sent, to be sent again as it was; never files or passwords."""
    if request.method != "POST" or request.content_type not in FORMS or request.FILES:
        return
    sent: Mapping[str, Any] = request.POST
    if any("password" in name for name in sent):
        return
    for name in sent:
        for value in request.POST.getlist(name):
            yield name, value
