"""The process that stays: starts web and jobs, restarts what dies, brings the embedded database back.

Standard library only, so that it costs little memory. ``serve`` replaces itself by
``python -m qingfu.project.supervisor`` with its order as one JSON word.
"""

from __future__ import annotations

import contextlib
import ctypes
import http.client
import json
import os
import select
import signal
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field

PULSE = 0.5  # seconds between two looks
STEADY = 30.0  # seconds after which a child counts as well again
LONGEST_PAUSE = 10.0
GRACE = 10.0
STOP_SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG


@dataclass(frozen=True)
class Order:
    """What to supervise. ``socket`` is the embedded database's, empty for another server's."""

    host: str
    port: int
    workers: int
    certificate: str = ""
    key: str = ""
    socket: str = ""
    banner: int = -1
    ready: str = ""

    @property
    def tls(self) -> bool:
        """Whether web itself speaks TLS."""
        return bool(self.certificate)

    def word(self) -> str:
        """The order as one word of a command line."""
        return json.dumps(asdict(self))


@dataclass
class Child:
    """One process that must always run."""

    name: str
    words: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    pause: float = PULSE
    not_before: float = field(default=0.0)

    def look(self, now: float) -> None:
        """Start it, or start it again after a pause that doubles while it keeps dying."""
        if self.process is not None and self.process.poll() is None:
            if now - self.started > STEADY:
                self.pause = PULSE
            return
        if self.process is not None:
            self._sweep()
            note(f"{self.name} ended with {self.process.returncode}; starting it again")
            self.process, self.not_before = None, now + self.pause
            self.pause = min(self.pause * 2, LONGEST_PAUSE)
        if now >= self.not_before:
            self.started = now
            self.process = subprocess.Popen(
                self.words,
                stdin=subprocess.DEVNULL,
                # Ctrl-C reaches the supervisor alone, which then ends its children in order.
                start_new_session=True,
                # The supervisor has one thread, so nothing can be locked between fork and exec.
                preexec_fn=_die_with_parent if sys.platform == "linux" else None,  # noqa: PLW1509
            )

    def tell(self, number: int) -> None:
        """Send a signal to the child, if it lives."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(number)

    def wait(self, until: float) -> None:
        """Wait for the end; kill when it takes too long."""
        if self.process is None:
            return
        try:
            self.process.wait(max(0.0, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self._sweep()

    def _sweep(self) -> None:
        # A killed web server leaves workers behind that would hold the port.
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)


def children(order: Order) -> list[Child]:
    """Web and jobs."""
    tls = ["--ssl-certificate", order.certificate, "--ssl-keyfile", order.key, "--ssl-protocol-min", "tls1.2"]
    web = [
        *(sys.executable, "-m", "qingfu.project.web_server", "--interface", "wsgi", "--no-ws"),
        *("--host", order.host, "--port", str(order.port), "--log-level", "warning"),
        *("--workers", str(order.workers), "--blocking-threads", "4", "--respawn-failed-workers"),
        *("--workers-kill-timeout", "5", *(tls if order.tls else ())),
        "qingfu.project.wsgi:application",
    ]
    jobs = [sys.executable, "-m", "qingfu.project.main", "jobs"]
    return [Child("web", web), Child("jobs", jobs)]


def supervise(order: Order) -> None:
    """Keep everything running until a stop signal comes."""
    said = False
    family = children(order)
    with Wakeup() as wakeup:
        while True:
            if order.socket and not listens(order.socket):
                bring_database_back()
            for child in family:
                child.look(time.monotonic())
            if not said and healthy(order):
                said = True
                announce(order)
            if wakeup.stop_wanted():
                break
    for child in family:
        child.tell(signal.SIGTERM)
    until = time.monotonic() + GRACE
    for child in family:
        child.wait(until)


class Wakeup:
    """Waits for the next pulse or for a stop signal, whichever is first."""

    def __enter__(self) -> Wakeup:
        self.wanted = False
        self.read, self.write = os.pipe()
        os.set_blocking(self.write, False)
        signal.set_wakeup_fd(self.write, warn_on_full_buffer=False)
        for number in STOP_SIGNALS:
            signal.signal(number, self._want)
        return self

    def __exit__(self, *_: object) -> None:
        signal.set_wakeup_fd(-1)

    def _want(self, *_: object) -> None:
        self.wanted = True

    def stop_wanted(self) -> bool:
        """Wait for at most one pulse; whether to stop."""
        select.select([self.read], [], [], PULSE)
        return self.wanted


def listens(path: str) -> bool:
    """Whether somebody listens at the database's socket."""
    with socket.socket(socket.AF_UNIX) as probe:
        probe.settimeout(2)
        try:
            probe.connect(path)
        except OSError:
            return False
    return True


def bring_database_back() -> None:
    """Start the embedded database again; it replays its log, nothing acknowledged is lost."""
    note("the database does not listen; starting it again")
    subprocess.run([sys.executable, "-m", "qingfu.project.main", "db", "start"], stdout=subprocess.DEVNULL, check=False)


def healthy(order: Order) -> bool:
    """Whether the pages are served."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(order.host, order.host)  # noqa: S104 - compared, not bound
    link: http.client.HTTPConnection
    if order.tls:
        # Our own server, reached by a name its certificate need not carry.
        unchecked = ssl._create_unverified_context()  # noqa: S323, SLF001
        link = http.client.HTTPSConnection(host, order.port, timeout=5, context=unchecked)
    else:
        link = http.client.HTTPConnection(host, order.port, timeout=5)
    try:
        link.request("GET", "/healthz", headers={"Host": "localhost"})
        return link.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        link.close()


def announce(order: Order) -> None:
    """Print what is to be said once the pages are served."""
    if order.banner >= 0:
        with os.fdopen(order.banner, "rb") as banner:
            sys.stdout.write(banner.read().decode())
    sys.stdout.write(f"{order.ready}\n" if order.ready else "")
    sys.stdout.flush()


def note(line: str) -> None:
    """Tell the operator."""
    sys.stderr.write(f"qingfu: {line}\n")
    sys.stderr.flush()


def _die_with_parent() -> None:
    ctypes.CDLL(None).prctl(DIE_WITH_PARENT, signal.SIGTERM)


if __name__ == "__main__":
    supervise(Order(**json.loads(sys.argv[1])))
