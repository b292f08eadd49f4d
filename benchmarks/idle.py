"""Idle: from nothing to a sign-in page, and the memory of it all after a minute without a visitor."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

QINGFU = Path(sys.executable).with_name("qingfu")
MINUTE = 60
PATIENCE = 300


def run() -> None:
    """Start a demonstration of its own, tell seconds and mebibytes, stop it."""
    with tempfile.TemporaryDirectory(prefix="qingfu-idle-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        data, port = Path(folder) / "data", _free_port()
        started = time.perf_counter()
        words = [str(QINGFU), "demo", "--data", str(data), "--port", str(port)]
        process = subprocess.Popen(words, stdout=subprocess.DEVNULL, start_new_session=True)
        try:
            _wait(f"http://127.0.0.1:{port}/healthz", process)
            seconds = time.perf_counter() - started
            time.sleep(MINUTE)
            shares = _shares(process.pid, str(data))
        finally:
            process.terminate()
            process.wait(MINUTE)
            environment = {**os.environ, "QINGFU_DATA": str(data)}
            subprocess.run([str(QINGFU), "db", "stop"], check=False, stdout=subprocess.DEVNULL, env=environment)
    line = {"bench": "idle", "engine": "ours", "size": "demo", "seconds": round(seconds, 1), "processes": len(shares)}
    print(json.dumps({**line, "pss_mib": round(sum(shares) / 1024)}))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(address: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            with urlopen(address) as answer:
                if answer.status == 200:
                    return
        except (URLError, ConnectionError):
            time.sleep(0.2)
    raise SystemExit("the demonstration did not start")


def _shares(root: int, data: str) -> list[int]:
    """The proportional share of memory, in KiB, of every process of the demonstration and of its database."""
    found = []
    for pid in {*_family(root), *(pid for server in _servers(data) for pid in _family(server))}:
        try:
            held = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="utf-8")
        except OSError:
            continue
        share = re.search(r"^Pss:\s+(\d+)", held, re.MULTILINE)
        found.append(int(share[1]) if share else 0)
    return found


def _servers(data: str) -> Iterator[int]:
    for words in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            said = words.read_bytes().decode(errors="replace").split("\0")
        except OSError:
            continue
        if said[0].endswith("/postgres") and any(part.startswith(data) for part in said):
            yield int(words.parent.name)


def _family(root: int) -> Iterator[int]:
    yield root
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(status.read_text(encoding="utf-8").rpartition(")")[2].split()[1])
        except OSError:
            continue
        if parent == root:
            yield from _family(int(status.parent.name))
