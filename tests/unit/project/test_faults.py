"""What a visitor sees when something goes wrong."""

from __future__ import annotations

import io
from contextlib import redirect_stderr
from typing import cast

import pytest
from django.db import OperationalError, ProgrammingError
from django.http import HttpResponse
from django.test import RequestFactory
from psycopg.errors import InsufficientPrivilege
from psycopg_pool import PoolTimeout

from qingfu.base.errors import Full, NotFound, QingfuError, SetUp, SignInNeeded, Stale, TooBig, every_error
from qingfu.project import faults

FROM = RequestFactory()


def _body(response: HttpResponse) -> str:
    return response.content.decode()


def test_every_family_has_its_status_and_no_error_falls_to_500_by_oversight() -> None:
    statuses = {error.code: next((s for f, s in faults.STATUS if issubclass(error, f)), 500) for error in every_error()}
    assert statuses["QF-NOT-FOUND"] == 404
    assert statuses["QF-LIST-FULL"] == 409
    assert statuses["QF-FILE-BIG"] == 413
    assert {code for code, status in statuses.items() if status == 500 and not code.startswith("QF-CHAIN")} <= {
        "QF-ERROR", "QF-BROKEN", "QF-CANON", "QF-TABLE", "QF-YEAR", "QF-TERM", "QF-EVENT-LOG",
    }  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        # Whoever is not signed in is not told about units and posts.
        (NotFound(what="x"), 404, "QF-NOT-PUBLIC"),
        (Stale(seen="a", now="b"), 409, Stale.code),
        (Full(), 409, Full.code),
        (TooBig(), 413, TooBig.code),
    ],
)
def test_a_page_says_what_happened_what_to_do_and_the_code(error: QingfuError, status: int, code: str) -> None:
    page = faults.page(FROM.get("/somewhere"), error)
    assert page.status_code == status
    assert code in _body(page)
    assert page.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("fault", [OperationalError("gone"), PoolTimeout("gone")])
def test_a_database_that_is_away_answers_503_and_offers_the_same_form_again(fault: Exception) -> None:
    known = faults.known_as(fault)
    assert isinstance(known, faults.DatabaseAway)
    page = faults.page(FROM.post("/ledger/7", {"client_id": "c-1", "note": "“甲”"}), known)
    page.render() if hasattr(page, "render") else None
    assert (page.status_code, page.headers["Retry-After"]) == (503, "3")


def test_a_form_is_sent_again_as_it_was_and_files_and_passwords_are_not_repeated() -> None:
    form = FROM.post("/x", "client_id=c-1&note=%E7%94%B2&note=b", content_type="application/x-www-form-urlencoded")
    assert list(faults._fields(form)) == [("client_id", "c-1"), ("note", "甲"), ("note", "b")]
    page = faults.page(form, faults.DatabaseAway(where="—"))
    assert 'name="client_id" value="c-1"' in _body(page)
    sign_in = FROM.post("/x", "password=abc&name=b", content_type="application/x-www-form-urlencoded")
    assert list(faults._fields(sign_in)) == []
    assert list(faults._fields(FROM.post("/x", {"file": io.BytesIO(b"x")}))) == []
    assert list(faults._fields(FROM.get("/x?a=b"))) == []


def test_a_refusal_of_row_level_security_is_a_403() -> None:
    fault = ProgrammingError("new row violates row-level security policy")
    fault.__cause__ = InsufficientPrivilege()
    known = faults.known_as(fault)
    assert known is not None
    assert faults.status_of(known) == 403
    assert faults.known_as(ProgrammingError("syntax error")) is None


def test_what_we_do_not_know_is_a_500_that_tells_the_operator_the_place_and_not_the_message() -> None:
    told = io.StringIO()
    with redirect_stderr(told):
        try:
            cast(object, faults.status_of(None))  # type: ignore[arg-type] # the wrong type is the point
            raise ValueError("张三 13800000000")
        except ValueError:
            page = faults.server_error(FROM.get("/x"))
    assert page.status_code == 500
    assert "page.fault" in told.getvalue()
    assert "张三" not in told.getvalue() + _body(page)


def test_setting_up_errors_ask_to_come_back() -> None:
    assert faults.page(FROM.get("/x"), SetUp(problem="a", mend="b")).headers["Retry-After"] == "3"


def test_who_is_not_signed_in_is_led_to_the_door_and_a_form_is_not() -> None:
    reading, sending = faults.page(FROM.get("/x?y=1"), SignInNeeded()), faults.page(FROM.post("/x"), SignInNeeded())
    assert reading.status_code in (302, 403)
    if reading.status_code == 302:
        assert reading["Location"].endswith("?next=%2Fx%3Fy%3D1")
    assert sending.status_code == 403


@pytest.mark.django_db
def test_an_error_of_the_visitor_is_escaped() -> None:
    page = faults.page(FROM.get("/x"), NotFound(what="<script>"))
    assert "<script>" not in _body(page).replace("<script src=", "").replace("<script defer", "")
