"""The door: by name and password, by one-time link; which post; what language; and out again."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client

from qingfu.base.chance import new_id
from qingfu.base.clock import day_of, system_now
from qingfu.records.people import actions as people
from tests.cast import County
from tests.faces.conftest import PASSWORD, Browser, SignedIn, open_account

pytestmark = pytest.mark.django_db


def enter(client: Client, **sent: str) -> tuple[int, str, str]:
    """Sign in; gives the status, where it leads, and the page."""
    answer = client.post("/sign-in", {"verb": "sign-in", **sent})
    return answer.status_code, answer.headers.get("Location", ""), answer.content.decode()


def test_a_stranger_is_led_to_the_door_and_back_again(home: County) -> None:
    client = Client()
    answer = client.get("/stand-in?x=1")
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/sign-in?next=%2Fstand-in%3Fx%3D1"
    open_account(home, "clerk")
    assert enter(client, name="clerk", password=PASSWORD, next="/stand-in?x=1")[1] == "/stand-in?x=1"


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org", "javascript:alert(1)", ""])
def test_the_door_leads_nowhere_outside(home: County, elsewhere: str) -> None:
    open_account(home, "clerk")
    assert enter(Client(), name="clerk", password=PASSWORD, next=elsewhere)[1] == "/"


def test_a_wrong_password_says_neither_which_half_is_wrong_nor_forgets_the_name(home: County) -> None:
    open_account(home, "clerk")
    known, _, page = enter(Client(), name="clerk", password="wrong")
    unknown, _, other = enter(Client(), name="nobody", password="wrong")
    assert known == unknown == 422
    assert "登录名或者密码不对" in page
    assert "登录名或者密码不对" in other
    assert 'value="clerk"' in page


def test_after_five_failures_the_door_is_shut_even_for_the_right_password(home: County) -> None:
    open_account(home, "clerk")
    client = Client()
    for _ in range(5):
        enter(client, name="clerk", password="wrong")
    assert enter(client, name="clerk", password=PASSWORD)[0] == 429


def test_leaving_ends_the_session(signed_in: SignedIn) -> None:
    client = signed_in("clerk")
    assert client.get("/stand-in").status_code == 200
    assert client.get("/sign-out").status_code == 405
    client.post("/sign-out")
    assert client.get("/stand-in").status_code == 302


def test_an_invitation_sets_name_and_password_once(home: County) -> None:
    token = people.invite(home.keeper, person=home.persons["clerk"], at=system_now())
    client = Browser()
    sent = {"verb": "set", "name": "clerk", "password": PASSWORD, "again": PASSWORD}
    assert client.get(f"/welcome/{token}").status_code == 200
    assert client.post(f"/welcome/{token}", {**sent, "again": "other"}).status_code == 422
    assert client.post(f"/welcome/{token}", sent).status_code == 302
    assert enter(Browser(), name="clerk", password=PASSWORD)[0] == 302
    spent = client.post(f"/welcome/{token}", {**sent, "name": "thief"})
    assert spent.status_code == 403
    assert "QF-LINK-SPENT" in spent.content.decode()


def test_an_invitation_sent_twice_lets_in_both_times(home: County) -> None:
    """The answer to the first sending was lost; the second one gets it, and a third with another password does not."""
    token = people.invite(home.keeper, person=home.persons["clerk"], at=system_now())
    client, address = Client(), f"/welcome/{token}"
    sent = {"verb": "set", "name": "clerk", "password": PASSWORD, "again": PASSWORD, "client-id": str(new_id())}
    assert [client.post(address, sent).status_code for _ in range(2)] == [302, 302]
    assert client.post(address, {**sent, "password": "something else", "again": "something else"}).status_code == 403
    assert enter(Client(), name="clerk", password=PASSWORD)[0] == 302


def test_a_refused_password_is_not_sent_back_in_the_page(home: County) -> None:
    token = people.invite(home.keeper, person=home.persons["clerk"], at=system_now())
    page = Browser().post(f"/welcome/{token}", {"verb": "set", "name": "c", "password": "1234567", "again": "1234567"})
    assert page.status_code == 422
    assert "1234567" not in page.content.decode()


def test_changing_the_password_keeps_this_session_and_ends_the_others(signed_in: SignedIn) -> None:
    here, fresh = signed_in("clerk"), "another long and quiet evening"
    elsewhere = Client()
    enter(elsewhere, name="clerk", password=PASSWORD)
    sent = {"verb": "change", "old": PASSWORD, "password": fresh, "again": fresh}
    assert here.post("/password", {**sent, "old": "wrong"}).status_code == 422
    assert here.post("/password", sent).status_code == 302
    assert here.get("/password").status_code == 200
    assert elsewhere.get("/password").status_code == 302


def test_somebody_with_two_posts_chooses_and_the_choice_lasts(home: County, signed_in: SignedIn) -> None:
    day = day_of(system_now())
    second = people.add_post(home.keeper, organ=home.organs["leading-group"], title="联络员", at=system_now())
    people.hold_post(home.keeper, post=second, person=home.persons["clerk"], from_on=day, at=system_now())
    client = signed_in("clerk")
    assert "办公室工作人员" in sitting(client)
    client.post("/posts", {"post": str(second), "next": "/stand-in"})
    assert "联络员" in sitting(client)


def test_nobody_sits_down_in_a_post_that_is_not_theirs(home: County, signed_in: SignedIn) -> None:
    client = signed_in("clerk")
    assert client.post("/posts", {"post": str(home["leader"].post)}).status_code == 422
    assert "办公室工作人员" in sitting(client)


def sitting(client: Client) -> str:
    """The post that the frame says one acts in."""
    found = re.search(r'class="who-post">(.*?)</span>', client.get("/stand-in").content.decode(), re.DOTALL)
    assert found
    return found[1]


def test_an_account_without_a_post_is_told_so(home: County, signed_in: SignedIn) -> None:
    client = signed_in("clerk")
    people.leave_post(
        home.keeper, post=home["clerk"].post or 0, on=day_of(system_now() - timedelta(days=2)), at=system_now()
    )
    page = client.get("/stand-in")
    assert page.status_code == 403
    assert "QF-NO-POST" in page.content.decode()


def test_the_language_and_large_type_are_remembered_with_the_account(signed_in: SignedIn) -> None:
    client = signed_in("clerk")
    assert '<html lang="zh-Hans">' in client.get("/stand-in").content.decode()
    client.post("/reading", {"language": "en", "next": "/stand-in"})
    client.post("/reading", {"large": "1", "next": "/stand-in"})
    assert '<html lang="en" class="large">' in client.get("/stand-in").content.decode()
    elsewhere = Client()
    enter(elsewhere, name="clerk", password=PASSWORD)
    assert '<html lang="en" class="large">' in elsewhere.get("/stand-in").content.decode()


def test_an_unknown_language_is_chinese(home: County) -> None:
    client = Client()
    client.post("/reading", {"language": "xx"})
    assert '<html lang="zh-Hans">' in client.get("/sign-in").content.decode()


def test_what_was_chosen_at_the_door_outweighs_what_the_account_remembers(home: County) -> None:
    open_account(home, "clerk")
    client = Client()
    client.post("/reading", {"language": "en", "next": "/sign-in"})
    enter(client, name="clerk", password=PASSWORD)
    assert '<html lang="en">' in client.get("/stand-in").content.decode()
    elsewhere = Client()
    enter(elsewhere, name="clerk", password=PASSWORD)
    assert '<html lang="en">' in elsewhere.get("/stand-in").content.decode()
