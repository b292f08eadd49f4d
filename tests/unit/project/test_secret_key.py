"""The key of the sessions is made once, kept for its owner only, and reading it writes nothing."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from qingfu.base.errors import FolderReadOnly
from qingfu.project import secret_key


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("QINGFU_SECRET_KEY", raising=False)
    monkeypatch.setenv("QINGFU_DATA", str(tmp_path / "var"))
    return tmp_path / "var"


def test_reading_makes_nothing(data: Path) -> None:
    assert secret_key.read() != secret_key.read()
    assert not data.exists()


def test_the_key_is_made_once_and_nobody_else_may_read_it(data: Path) -> None:
    secret_key.ensure(data)
    first = secret_key.read()
    secret_key.ensure(data)
    assert secret_key.read() == first
    assert (data / secret_key.NAME).stat().st_mode & 0o777 == 0o600


def test_the_environment_goes_before_the_file(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    secret_key.ensure(data)
    monkeypatch.setenv("QINGFU_SECRET_KEY", "given")
    assert secret_key.read() == "given"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere; tests/records tries it as another user")
def test_a_folder_that_cannot_be_written_to_is_said(data: Path) -> None:
    data.mkdir(mode=0o500)
    with pytest.raises(FolderReadOnly):
        secret_key.ensure(data)
