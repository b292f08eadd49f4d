"""Servers of a test's own: to be served from, killed, filled and locked out without hurting anybody."""

from __future__ import annotations

import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from subprocess import CompletedProcess, run
from threading import Event

import pytest

from qingfu.base.chance import new_code
from qingfu.project import embedded
from tests import pg_plugin

Qingfu = Callable[..., CompletedProcess[str]]
PATIENCE = 90  # seconds until a part must be back; a busy machine needs some of them


def eventually(seen: Callable[[], object]) -> None:
    """Ask until the answer is yes; other processes give no other sign that they are back."""
    pause = Event()
    for _ in range(PATIENCE * 5):
        if seen():
            return
        pause.wait(0.2)
    raise AssertionError("it did not come back")


def free_port() -> int:
    """A port of the loopback that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def children_of(parent: int, word: str = "") -> list[int]:
    """The pids of a process's own children whose command line holds a word."""
    listed = subprocess.run(["ps", "-eo", "pid,ppid,args"], capture_output=True, text=True, check=True).stdout
    rows = [line.split(None, 2) for line in listed.splitlines()[1:]]
    return [int(pid) for pid, above, line in rows if int(above) == parent and word in line]


@dataclass(frozen=True)
class Served:
    """A site that is being served."""

    port: int
    process: subprocess.Popen[str]

    def status(self, path: str = "/healthz") -> int:
        """The status of a page; 0 when nobody answers."""
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            link.request("GET", path)
            return link.getresponse().status
        except (OSError, http.client.HTTPException):
            return 0
        finally:
            link.close()

    def parts(self, word: str) -> list[int]:
        """The pids of the supervisor's own children whose command line holds a word."""
        return children_of(self.process.pid, word)


def sweep() -> None:
    """Stop and remove what test sessions that were killed have left behind."""
    for data in pg_plugin.CACHE.glob("own-*-*"):
        pid = data.name.split("-")[1]
        if pid.isdigit() and not Path(f"/proc/{pid}").exists():
            embedded.stop(data)
            shutil.rmtree(data, ignore_errors=True)


@pytest.fixture
def own_data(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A data folder of the test's own, not yet made; its server is stopped and all is removed afterwards."""
    sweep()
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


@pytest.fixture
def served(migrated: Path) -> Iterator[Served]:
    """The site, served for real from the test's own data folder by the embedded database; stopped afterwards."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "qingfu.project.main", "serve", "--port", str(port)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        cwd="/",
    )
    assert process.stdout is not None
    assert f"http://127.0.0.1:{port}/" in process.stdout.readline()
    yield Served(port, process)
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=60)
