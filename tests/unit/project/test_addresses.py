"""Addresses of databases: sockets, ports, passwords with awkward characters."""

from __future__ import annotations

from pathlib import Path

import pytest

from qingfu.base.errors import SettingWrong
from qingfu.project import addresses, embedded


def test_a_folder_in_the_query_is_the_host() -> None:
    read = addresses.parse("postgresql://qingfu_web@/qingfu?host=/run/db&port=5433", setting="DATABASE_URL")
    assert (read.host, read.port, read.name, read.user) == ("/run/db", "5433", "qingfu", "qingfu_web")


def test_an_address_survives_being_written_and_read() -> None:
    read = addresses.parse(
        "postgresql://u%40x:p%2F%3A%E5%AF%86@db.example:6432/n?sslmode=require", setting="DATABASE_URL"
    )
    assert (read.user, read.password, read.options) == ("u@x", "p/:密", (("sslmode", "require"),))
    assert addresses.parse(read.url, setting="DATABASE_URL") == read


@pytest.mark.parametrize(
    "url", ["mysql://a@b/c", "postgresql://a@b", "postgresql:///c", "postgresql://a@b:many/c", "qingfu.db"]
)
def test_an_address_that_is_none_is_refused_without_repeating_its_password(url: str) -> None:
    with pytest.raises(SettingWrong) as refused:
        addresses.parse(url, setting="DATABASE_PORTAL_URL")
    assert "DATABASE_PORTAL_URL" in str(refused.value)
    assert url not in str(refused.value)


def test_what_is_said_of_an_address_holds_no_password() -> None:
    read = addresses.parse("postgresql://u:secret@h/n", setting="DATABASE_URL")
    assert "secret" not in read.spoken


def test_the_pool_is_checked_and_bounded_and_may_be_absent() -> None:
    address = addresses.embedded(Path("/run/db"), addresses.WEB)
    entry = address.django(pool=8)
    assert entry["OPTIONS"]["pool"]["max_size"] == 8
    assert (entry["CONN_MAX_AGE"], entry["CONN_HEALTH_CHECKS"]) == (0, True)
    assert "pool" not in address.django(pool=0)["OPTIONS"]


def test_a_long_path_gets_a_short_folder_for_its_socket(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("QINGFU_RUN", raising=False)
    near, far = Path("/srv/qingfu"), Path("/srv") / ("深" * 40)
    assert embedded.socket_folder(near) == near / "run"
    elsewhere = embedded.socket_folder(far)
    assert not elsewhere.is_relative_to(far)
    assert len(f"{elsewhere}{embedded.SOCKET_NAME}".encode()) <= embedded.SOCKET_LIMIT
    assert embedded.socket_folder(far) == elsewhere
    assert embedded.socket_folder(Path("/srv") / ("远" * 40)) != elsewhere
