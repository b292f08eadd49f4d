"""The roof over every face: health, headers, lock-outs, a database that is away, the clock."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.db import connection, connections
from django.test import Client, RequestFactory
from pytest_django import Settings

from qingfu.project import health, moment
from qingfu.records.almanac.actions import set_clock
from tests import pg_plugin


@pytest.mark.django_db
def test_health_is_ok_when_the_tables_are_those_of_the_program(client: Client) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")


def test_health_names_the_migrations_when_one_is_missing(real_db: str, client: Client) -> None:
    import psycopg

    with psycopg.connect(pg_plugin.administrator(real_db).url, autocommit=True) as administrator:
        administrator.execute("DELETE FROM django_migrations WHERE app = 'records' AND name LIKE '0001%'")
        assert (client.get("/healthz").status_code, client.get("/healthz").content) == (503, b"migrations\n")
        assert [name for name in health.missing_migrations() if name.startswith("records.0001")]
        administrator.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('records', '9999_later', now())"
        )
        assert health.unknown_migrations() == ["records.9999_later"]


def test_health_and_pages_say_that_the_database_is_away(real_db: str, client: Client, settings: Settings) -> None:
    for alias in ("default", "portal"):
        connections[alias].close()
        connections[alias].settings_dict["HOST"] = "/nowhere"
    try:
        assert (client.get("/healthz").status_code, client.get("/healthz").content) == (503, b"database\n")
        client.raise_request_exception = False
        client.cookies[settings.SESSION_COOKIE_NAME] = "a-session-that-must-be-looked-up"
        page = client.get("/", headers={"accept-language": "en"})
        if page.status_code != 404:
            assert page.status_code == 503
            assert "QF-DATABASE-AWAY" in page.content.decode()
    finally:
        for alias in ("default", "portal"):
            connections[alias].close()
            connections[alias].settings_dict["HOST"] = pg_plugin.administrator().host


@pytest.mark.django_db
def test_a_page_that_is_not_there_says_so_in_chinese_with_strict_headers(client: Client) -> None:
    page = client.get("/no/such/page/there/is/", headers={"accept-language": "en"})
    assert page.status_code == 404
    assert "这个地址没有页面" in page.content.decode()
    assert "unsafe" not in page.headers["Content-Security-Policy"]
    assert page.headers["X-Content-Type-Options"] == "nosniff"
    assert page.headers["Referrer-Policy"] == "same-origin"


@pytest.mark.django_db
def test_english_is_spoken_to_who_chose_it(client: Client) -> None:
    client.cookies["qingfu_language"] = "en"
    assert "There is no page at this address." in client.get("/no/such/page/there/is/").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("claimed", ["name", "username"])
def test_signing_in_is_locked_after_five_failures_for_this_name_and_address_only(
    settings: Settings, claimed: str
) -> None:
    from django.contrib.auth import authenticate, get_user_model

    account = get_user_model().objects.create(name="clerk")
    account.set_password("long-enough-password")
    account.save()
    here = RequestFactory().post("/sign-in", REMOTE_ADDR="192.0.2.1")
    for _ in range(settings.AXES_FAILURE_LIMIT):
        assert authenticate(here, **{claimed: "clerk"}, password="wrong") is None
    assert authenticate(here, **{claimed: "clerk"}, password="long-enough-password") is None
    elsewhere = RequestFactory().post("/sign-in", REMOTE_ADDR="192.0.2.2")
    assert authenticate(elsewhere, **{claimed: "clerk"}, password="long-enough-password") == account
    cache.clear()


@pytest.mark.django_db
def test_the_plans_clock_moves_in_a_demonstration_only(settings: Settings) -> None:
    from datetime import timedelta

    from qingfu.base.clock import system_now

    now = system_now()
    set_clock(to=now + timedelta(days=100), at=now)
    settings.DEMO = False
    assert moment.plan_now() - now < timedelta(days=1)
    settings.DEMO = True
    assert moment.plan_now() - now >= timedelta(days=100)


@pytest.mark.django_db
def test_statements_of_the_web_have_an_end() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('statement_timeout'), current_setting('lock_timeout')")
        assert cursor.fetchone() == ("30s", "10s")


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/sign-in?next=%00", "/nowhere/list?text=a%00b"])
def test_a_nul_sign_is_refused_before_any_database_sees_it(address: str) -> None:
    assert Client().get(address).status_code == 422
    assert Client().post("/sign-in", {"verb": "sign-in", "name": "a\x00b", "password": "x"}).status_code == 422
