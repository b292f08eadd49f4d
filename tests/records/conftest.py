"""Servers of a test's own: to be killed, filled and locked out without hurting anybody."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from subprocess import CompletedProcess, run

import pytest

from qingfu.base.chance import new_code
from qingfu.project import embedded
from tests import pg_plugin

Qingfu = Callable[..., CompletedProcess[str]]


@pytest.fixture
def own_data(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A data folder of the test's own, not yet made; its server is stopped and all is removed afterwards."""
    data = pg_plugin.CACHE / f"own-{os.getpid()}-{new_code(4)}"
    for name in ("DATABASE_URL", "DATABASE_PORTAL_URL", "DATABASE_OWNER_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("QINGFU_DATA", str(data))
    monkeypatch.setenv("QINGFU_LANGUAGE", "en")
    yield data
    embedded.stop(data)
    shutil.rmtree(data, ignore_errors=True)


@pytest.fixture(scope="session")
def pristine() -> Iterator[Path]:
    """A data folder with a migrated, empty, stopped database, made once per session to be copied."""
    data = pg_plugin.CACHE / f"own-{os.getpid()}-pristine"
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DATABASE_")}
    line = [sys.executable, "-m", "qingfu.project.main", "migrate"]
    done = run(line, capture_output=True, text=True, check=False, cwd="/", env={**kept, "QINGFU_DATA": str(data)})
    assert (done.returncode, done.stderr) == (0, "")
    embedded.stop(data)
    yield data
    shutil.rmtree(data, ignore_errors=True)


@pytest.fixture
def migrated(pristine: Path, own_data: Path) -> Path:
    """The test's own data folder, with a migrated and empty database that is not running yet."""
    run(["cp", "-a", str(pristine), str(own_data)], check=True)
    return own_data


@pytest.fixture
def qingfu(own_data: Path) -> Qingfu:
    """The command ``qingfu`` over the test's own data."""

    def command(*words: str) -> CompletedProcess[str]:
        line = [sys.executable, "-m", "qingfu.project.main", *words]
        return run(line, capture_output=True, text=True, check=False, cwd="/")

    return command
