"""What is done to every request: headers, language, size, address."""

from __future__ import annotations

from wsgiref.headers import Headers

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils import translation
from pytest_django import Settings

from qingfu.project import middleware
from qingfu.project.middleware import GetResponse
from qingfu.project.verifier_policy import own_policy
from tests.pg_plugin import ROOT

FROM = RequestFactory()


def _language(request: HttpRequest) -> HttpResponse:
    return HttpResponse(translation.get_language())


def _through(layer: GetResponse, request: HttpRequest) -> HttpResponse:
    response = layer(request)
    assert isinstance(response, HttpResponse)
    return response


def test_no_script_or_style_stands_in_a_page_and_nothing_comes_from_elsewhere() -> None:
    policy = _through(middleware.headers(_language), FROM.get("/")).headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert "form-action 'self'" in policy


def test_the_verifier_alone_has_a_policy_of_its_own_which_allows_no_request() -> None:
    page = ROOT / "src" / "qingfu" / "web" / "static" / "draw" / "verify.html"
    for url, own in (
        ("/static/draw/verify.0123456789ab.html", True),
        ("/static/draw/verify.html", True),
        ("/static/draw/page.html", False),
        ("/static/other/verify.html/x", False),
    ):
        headers = Headers([])
        own_policy(headers, str(page), url)
        policy = headers.get("Content-Security-Policy", "")
        assert policy.startswith("default-src 'none'; script-src 'sha256-") is own
        assert "unsafe" not in policy
        assert policy.endswith("frame-ancestors 'none'") is own


def test_chinese_is_spoken_whatever_the_browser_accepts() -> None:
    request = FROM.get("/", headers={"accept-language": "en-GB,en;q=0.9"})
    assert _through(middleware.language(_language), request).content == b"zh-hans"


@pytest.mark.parametrize(
    ("cookie", "spoken"), [("en", b"en"), ("zh-hans", b"zh-hans"), ("fr", b"zh-hans"), ("", b"zh-hans")]
)
def test_the_cookie_chooses_between_the_two_languages(cookie: str, spoken: bytes) -> None:
    request = FROM.get("/")
    request.COOKIES["qingfu_language"] = cookie
    before = translation.get_language()
    assert _through(middleware.language(_language), request).content == spoken
    assert translation.get_language() == before


def test_a_body_that_is_too_big_is_refused_before_it_is_read(settings: Settings) -> None:
    most = settings.UPLOAD_LIMIT + middleware.FORM_ROOM
    layer = middleware.body_limit(_language)
    assert _through(layer, FROM.post("/", CONTENT_LENGTH=str(most))).status_code == 200
    assert _through(layer, FROM.post("/", CONTENT_LENGTH=str(most + 1))).status_code == 413


def test_a_forwarded_address_counts_only_behind_a_declared_proxy(settings: Settings) -> None:
    request = FROM.get("/", headers={"x-forwarded-for": "203.0.113.9, 198.51.100.2"}, REMOTE_ADDR="10.0.0.1")
    settings.BEHIND_PROXY = False
    assert middleware.client_address(request) == "10.0.0.1"
    settings.BEHIND_PROXY = True
    assert middleware.client_address(request) == "198.51.100.2"
