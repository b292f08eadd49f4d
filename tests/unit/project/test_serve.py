"""Serving is refused where it would be unsafe or impossible, before anything is started."""

from __future__ import annotations

import json
import os
import socket
from pathlib import Path

import pytest

from qingfu.base.errors import NoTransportSecurity, PortInUse, SettingWrong
from qingfu.project import serve
from qingfu.project.serve import Serving
from qingfu.project.supervisor import Order, children


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7", "school.example"])
def test_others_are_not_served_without_tls(host: str) -> None:
    with pytest.raises(NoTransportSecurity):
        serve.check_transport(Serving(host=host))


@pytest.mark.parametrize("host", ["127.0.0.1", "127.1.2.3", "::1", "[::1]", "localhost"])
def test_this_machine_is_served_plainly(host: str) -> None:
    serve.check_transport(Serving(host=host))


def test_a_declared_proxy_or_a_certificate_opens_the_address(tmp_path: Path) -> None:
    certificate, key = tmp_path / "c.pem", tmp_path / "k.pem"
    certificate.touch()
    key.touch()
    serve.check_transport(Serving(host="0.0.0.0", behind_proxy=True))
    serve.check_transport(Serving(host="0.0.0.0", certificate=str(certificate), key=str(key)))


def test_half_a_certificate_or_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingWrong):
        serve.check_transport(Serving(certificate="c.pem"))
    with pytest.raises(SettingWrong):
        serve.check_transport(Serving(certificate=str(tmp_path / "c"), key=str(tmp_path / "k")))


def test_a_port_in_use_is_said_with_another_one() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(PortInUse) as refused:
            serve.check_port("127.0.0.1", port)
    assert f"PORT={port + 1} before the command" in str(refused.value)
    serve.check_port("127.0.0.1", port)


def test_an_address_that_is_not_ours_is_refused() -> None:
    with pytest.raises(SettingWrong):
        serve.check_port("192.0.2.7", 8000)
    with pytest.raises(SettingWrong):
        serve.check_port("127.0.0.1", 70000)


def test_the_supervisor_reads_the_order_it_was_given() -> None:
    order = Order(host="127.0.0.1", port=8000, workers=2, ready="轻负")
    assert Order(**json.loads(order.word())) == order


def test_the_certificate_reaches_the_web_server_and_nothing_does_without_one() -> None:
    plain = children(Order("127.0.0.1", 8000, 2))[0].words
    safe = children(Order("127.0.0.1", 8000, 2, certificate="c.pem", key="k.pem"))[0].words
    assert "--ssl-certificate" not in plain
    assert safe[safe.index("--ssl-certificate") + 1] == "c.pem"


def test_the_owners_address_is_not_for_the_children(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("QINGFU_TLS", "QINGFU_DEMO", "QINGFU_BEHIND_PROXY"):
        monkeypatch.setenv(name, "")
    monkeypatch.setenv("DATABASE_OWNER_URL", "postgresql://o:p@h/n")
    monkeypatch.setenv("DATABASE_OWNER_URL_FILE", "/run/secret")
    serve._surround(Serving(demo=True))
    assert "DATABASE_OWNER_URL" not in os.environ
    assert "DATABASE_OWNER_URL_FILE" not in os.environ
    assert os.environ["QINGFU_DEMO"] == "1"


def test_what_is_said_at_the_start_travels_by_a_pipe() -> None:
    with os.fdopen(serve._through_pipe("口令 abcd"), "rb") as pipe:
        assert pipe.read().decode() == "口令 abcd"
