"""A page of the desk and its acts: what a refused act leaves on the page, and what reaches the verb."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import path
from pytest_django import Settings

from qingfu.base.chance import new_id
from qingfu.base.errors import FieldFault, Full, Invalid, NotAllowed, NotFound, SignInNeeded, Stale, TooBig, status
from qingfu.records.journal.queries import entered
from qingfu.web.desk import Desk, page
from qingfu.web.urls import urlpatterns as real
from tests.faces.conftest import SignedIn

pytestmark = pytest.mark.django_db
REASONLESS = Invalid(FieldFault("reason", "Write a reason of {least} characters.", {"least": 4}), clause="四(三)")
SEEN: list[UUID] = []


@page("inbox")
def paper(desk: Desk, number: int) -> HttpResponse:
    """A page that shows what it stands on."""
    assert entered("default") == desk.actor.bureau, "a page is drawn inside one reading"
    text = "|".join(
        [str(number), desk.typed("reason"), desk.fault("reason"), ",".join(t.href for t in desk.troubles())]
    )
    return HttpResponse(text)


@paper.act("sign")
def sign(desk: Desk, number: int) -> HttpResponse:
    assert entered("default") is None, "a verb opens its own deed"
    SEEN.append(desk.client_id)
    return desk.go("home", said="Signed.")


@paper.act("refuse")
def refuse(desk: Desk, number: int) -> HttpResponse:
    raise REASONLESS


@paper.act("fill")
def fill(desk: Desk, number: int) -> HttpResponse:
    raise Full(list="名单", cap=10, window="2024")


@paper.act("lose")
def lose(desk: Desk, number: int) -> HttpResponse:
    raise NotFound(what="12")


urlpatterns = [*real, path("paper/<int:number>", paper, name="paper")]


@pytest.fixture
def desk(settings: Settings, signed_in: SignedIn) -> Client:
    """The clerk's browser, on a site with that page."""
    settings.ROOT_URLCONF = __name__
    return signed_in("clerk")


def post(desk: Client, **sent: str) -> tuple[int, str]:
    answer = desk.post("/paper/7", sent)
    return answer.status_code, answer.content.decode()


def test_a_refused_act_draws_the_page_again_with_what_was_typed_and_where_the_fault_is(desk: Client) -> None:
    assert post(desk, verb="refuse", reason="短") == (422, "7|短|Write a reason of 4 characters.|#reason")


def test_a_refusal_that_is_about_no_field_says_so_by_its_status(desk: Client) -> None:
    assert post(desk, verb="fill", reason="长长的理由")[0] == 409
    assert post(desk, verb="fill", reason="长长的理由")[1].startswith("7|长长的理由|")


def test_a_button_the_page_does_not_have_is_refused(desk: Client) -> None:
    assert post(desk, verb="burn")[0] == 422
    assert post(desk)[0] == 422


def test_an_act_on_something_unknown_is_a_page_of_its_own(desk: Client) -> None:
    found, text = post(desk, verb="lose")
    assert found == 404
    assert "QF-NOT-FOUND" in text


def test_adding_a_row_is_no_act_and_no_error(desk: Client) -> None:
    assert post(desk, **{"row-more": "problems", "verb": "refuse", "reason": "r"}) == (200, "7|r||")


def test_the_client_id_of_the_form_reaches_the_verb(desk: Client) -> None:
    sent = new_id()
    assert post(desk, verb="sign", **{"client-id": str(sent)})[0] == 302
    assert SEEN[-1] == sent


def test_a_form_without_its_id_is_refused_before_anything_happens(desk: Client) -> None:
    before = len(SEEN)
    assert post(desk, verb="sign", **{"client-id": "not-an-id"})[0] == 422
    assert len(SEEN) == before


def test_what_was_done_is_told_once_on_the_next_page(desk: Client) -> None:
    post(desk, verb="sign", **{"client-id": str(new_id())})
    assert "Signed." in desk.get("/stand-in").content.decode()
    assert "Signed." not in desk.get("/stand-in").content.decode()


def test_another_method_is_refused(desk: Client) -> None:
    assert desk.delete("/paper/7").status_code == 405


def test_a_post_without_its_key_does_nothing(desk: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = desk.cookies
    before = len(SEEN)
    assert strict.post("/paper/7", {"verb": "sign", "client-id": str(new_id())}).status_code == 403
    assert len(SEEN) == before


def test_nobody_is_seated_without_signing_in() -> None:
    request: HttpRequest = RequestFactory().post("/paper/7", {"verb": "sign"})
    request.user = AnonymousUser()
    with pytest.raises(SignInNeeded):
        paper(request, number=7)


def test_every_family_of_errors_has_a_status_of_its_own_kind() -> None:
    errors = (NotAllowed(verb="v", who="w"), NotFound(what="x"), Stale(seen="a", now="b"), Invalid(), TooBig(name="n"))
    assert [status.status_of(error) for error in errors] == [403, 404, 409, 422, 413]
