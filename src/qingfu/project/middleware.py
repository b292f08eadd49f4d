"""What is done to every request on the way in and out: headers, language, size."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation

from qingfu.base.errors import TooBig
from qingfu.project import faults

GetResponse = Callable[[HttpRequest], HttpResponseBase]

# No inline script or style, nothing from elsewhere, never in somebody else's frame.
POLICY = "; ".join(
    (
        "default-src 'self'",
        "img-src 'self' data:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
NUL = "\x00"
# Room for the fields of a form beside one file of the largest size.
FORM_ROOM = 1024 * 1024


def headers(get_response: GetResponse) -> GetResponse:
    """Set the content security policy and its companions on every answer, static files included."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("X-Frame-Options", "DENY")
        return response

    return answer


def language(get_response: GetResponse) -> GetResponse:
    """Speak the language of the cookie, else Chinese; what the browser would accept is not asked."""
    spoken = {code for code, _ in settings.LANGUAGES}

    def answer(request: HttpRequest) -> HttpResponseBase:
        wish = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        chosen = wish if wish in spoken else settings.LANGUAGE_CODE
        request.LANGUAGE_CODE = chosen
        with translation.override(chosen):
            response = get_response(request)
        response.headers.setdefault("Content-Language", "zh-CN" if chosen == "zh-hans" else chosen)
        return response

    return answer


def body_limit(get_response: GetResponse) -> GetResponse:
    """Refuse a body that is larger than one file of the largest size, before reading it."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        size = int(request.META.get("CONTENT_LENGTH") or 0)
        if size > settings.UPLOAD_LIMIT + FORM_ROOM:
            refusal = TooBig(name="—", size=size // settings.MEGABYTE, most=settings.UPLOAD_LIMIT // settings.MEGABYTE)
            return faults.page(request, refusal)
        return get_response(request)

    return answer


def whole_text(get_response: GetResponse) -> GetResponse:
    """Refuse a request with a NUL sign in its words: no database text can hold one, and no person types it."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        if NUL in request.path or any(NUL in value for _name, value in _words(request)):
            return faults.page(request, faults.BadRequest())
        return get_response(request)

    return answer


def _words(request: HttpRequest) -> Iterator[tuple[str, str]]:
    for sent in (request.GET, request.POST) if request.method == "POST" else (request.GET,):
        for name, values in sent.lists():
            for value in values:
                yield name, f"{name}{value}"


def client_address(request: HttpRequest) -> str:
    """The visitor's address: the last one a declared proxy added, else the connection's own."""
    if settings.BEHIND_PROXY and (forwarded := request.headers.get("X-Forwarded-For", "")):
        return forwarded.rsplit(",", 1)[-1].strip()
    return str(request.META.get("REMOTE_ADDR", ""))


def claimed_name(request: HttpRequest, credentials: Mapping[str, str] | None = None) -> str:
    """The account name somebody tries to sign in with, whichever of its two names ``authenticate`` was given."""
    given = credentials or {}
    return given.get("name") or given.get("username") or ""


def plain(text: str, status: int) -> HttpResponse:
    """A short answer for machines."""
    return HttpResponse(f"{text}\n", content_type="text/plain; charset=utf-8", status=status)
