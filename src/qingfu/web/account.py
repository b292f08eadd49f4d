"""The door: signing in and out, choosing a post, one-time links, password, language and size of type."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from qingfu.base.errors import FieldFault, Invalid
from qingfu.base.words import N_
from qingfu.records.people import actions
from qingfu.records.people.queries import bureaus
from qingfu.web.desk import LARGE_TYPE, POST_KEY, Desk, page
from qingfu.web.hall import Hall, open_page
from qingfu.web.navigation import address

A_YEAR = 365 * 24 * 3600
CHOSEN = "chosen-at-the-door"


def home(request: HttpRequest) -> HttpResponse:
    """The first page: the inbox of whoever is signed in, else the door."""
    return redirect((address("inbox") or "choose-post") if request.user.is_authenticated else "sign-in")


@open_page
def sign_in(hall: Hall) -> HttpResponse:
    """The door. The public pages of each bureau lie beside it."""
    open_doors = [(bureau.name, address("portal", bureau=bureau.slug)) for bureau in bureaus()]
    return hall.show("account/sign_in.html", name=hall.typed("name"), next=hall.typed("next"), bureaus=open_doors)


@sign_in.act("sign-in")
def enter(hall: Hall) -> HttpResponse:
    """Sign in by name and password; five failures shut the door for a while."""
    request = hall.request
    name, password = request.POST.get("name", "").strip(), request.POST.get("password", "")
    user = authenticate(request, name=name, password=password)
    if user is None:
        raise Invalid(FieldFault("name", N_("The sign-in name or the password is not right.")))
    login(request, user)
    response = _lead_on(request)
    if request.session.pop(CHOSEN, None):
        actions.choose_language(account=int(user.pk), language=_language(request), large_type=_large(request))
    else:
        _remember(response, getattr(user, "language", ""), large=bool(getattr(user, "large_type", False)))
    return response


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Leave; the session ends."""
    logout(request)
    return redirect("sign-in")


@page("")
def choose_post(desk: Desk) -> HttpResponse:
    """All posts the account may act in, by bureau."""
    return desk.show("account/posts.html", next=desk.typed("next"))


@choose_post.act("")
def sit_down(desk: Desk) -> HttpResponse:
    """Act in another post from now on."""
    wanted = desk.request.POST.get("post", "")
    post = next((p for p in desk.posts if str(p.id) == wanted), None)
    if post is None:
        raise Invalid(FieldFault("post", N_("Choose one of the answers that are offered.")))
    desk.request.session[POST_KEY] = post.id
    return _lead_on(desk.request)


@require_POST
def reading(request: HttpRequest) -> HttpResponse:
    """Choose the language and the size of type; both are remembered, with an account also for other devices."""
    language, large = _language(request), _large(request)
    response = _lead_on(request)
    _remember(response, language, large=large)
    if request.user.is_authenticated:
        actions.choose_language(account=int(request.user.pk), language=language, large_type=large)
    else:
        # Chosen before the door: it outweighs what the account remembers.
        request.session[CHOSEN] = True
    return response


@never_cache
@sensitive_post_parameters()
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """A one-time link: the invited person chooses a sign-in name and a password."""
    return _link(request, token=token, invited=True)


@never_cache
@sensitive_post_parameters()
def reset(request: HttpRequest, token: str) -> HttpResponse:
    """A one-time link: a fresh password for an account that exists."""
    return _link(request, token=token, invited=False)


@open_page
def _link(hall: Hall, *, token: str, invited: bool) -> HttpResponse:
    return hall.show("account/link.html", name=hall.typed("name"), invited=invited)


@_link.act("set")
def _open_link(hall: Hall, *, token: str, invited: bool) -> HttpResponse:
    sent = hall.request.POST
    password = sent.get("password", "")
    if invited and not sent.get("name", "").strip():
        raise Invalid(FieldFault("name", N_("Choose a name to sign in with.")))
    _same(password, sent.get("again", ""))
    # Without the digest of what was said, which would be a trace of the password.
    once = UUID(int=hall.client_id.int)
    actions.accept_link(token=token, name=sent.get("name", ""), password=password, client_id=once, at=hall.at)
    return hall.go("sign-in", said=_("Your password is set. Sign in with it now."))


@page("")
def change_password(desk: Desk) -> HttpResponse:
    """Change one's own password."""
    return desk.show("account/password.html")


@change_password.act("change")
def set_password(desk: Desk) -> HttpResponse:
    """The old password proves who asks; the other sessions end."""
    sent = desk.request.POST
    _same(sent.get("password", ""), sent.get("again", ""))
    account = desk.request.user
    actions.change_password(account=int(account.pk or 0), old=sent.get("old", ""), new=sent.get("password", ""))
    # The session was bound to the old password; signing in afresh keeps this one and ends the others.
    login(desk.request, authenticate(desk.request, name=account.get_username(), password=sent["password"]))
    return desk.go("change-password", said=_("Your password was changed."))


def _same(password: str, again: str) -> None:
    if password != again:
        raise Invalid(FieldFault("again", N_("The two passwords differ.")))


def _lead_on(request: HttpRequest) -> HttpResponse:
    wanted = request.POST.get("next", "")
    ours = {request.get_host()}
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts=ours, require_https=request.is_secure())
    return redirect(wanted if wanted and safe else resolve_url("home"))


def _language(request: HttpRequest) -> str:
    wish = request.POST.get("language") or request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return wish if wish in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def _large(request: HttpRequest) -> bool:
    return (request.POST.get("large") or request.COOKIES.get(LARGE_TYPE, "")) == "1"


def _remember(response: HttpResponse, language: str, *, large: bool) -> None:
    kept = {settings.LANGUAGE_COOKIE_NAME: language or settings.LANGUAGE_CODE, LARGE_TYPE: "1" if large else "0"}
    for name, value in kept.items():
        response.set_cookie(
            name, value, max_age=A_YEAR, samesite="Lax", httponly=True, secure=settings.SESSION_COOKIE_SECURE
        )
